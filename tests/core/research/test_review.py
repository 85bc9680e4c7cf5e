"""Papers are read by people without a conflict, as many as there can be, and go on only with what each step needs."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.research.review import Act, Paper, Reviewer, Stage, advance, assigned
from customhouse.research.review.paper import RefusedStepError

NAMES = ["ann", "bob", "cem", "dia"]
PLACES = ["north", "south", ""]
papers = st.lists(
    st.builds(
        Paper,
        code=st.sampled_from(["P1", "P2", "P3"]),
        title=st.just("t"),
        authors=st.lists(st.sampled_from(NAMES), min_size=1, max_size=2).map(tuple),
        institutions=st.lists(st.sampled_from(PLACES), max_size=2).map(tuple),
    ),
    unique_by=lambda paper: paper.code,
)
reviewers = st.lists(
    st.builds(
        Reviewer,
        name=st.sampled_from(NAMES),
        institution=st.sampled_from(PLACES),
        conflicts=st.lists(st.sampled_from(NAMES), max_size=1).map(tuple),
    ),
    unique_by=lambda reviewer: reviewer.name,
)


@given(papers, reviewers, st.integers(1, 3), st.integers(1, 3))
def test_nobody_reads_what_is_near_to_them_or_more_than_they_can(
    found: list[Paper], who: list[Reviewer], per_paper: int, most: int
) -> None:
    told = assigned(found, who, per_paper=per_paper, most=most)
    by_code, by_name = {each.code: each for each in found}, {each.name: each for each in who}
    for name, codes in told.papers_of.items():
        assert len(set(codes)) == len(codes) <= most
        assert all(by_name[name].may_read(by_code[code]) for code in codes)
    for paper in found:
        readers = sum(paper.code in codes for codes in told.papers_of.values())
        assert readers + told.lacking.get(paper.code, 0) == per_paper


def test_a_reviewer_is_moved_on_so_that_every_paper_is_read() -> None:
    first, second = Paper(code="P1", title="t", authors=("x",)), Paper(code="P2", title="t", authors=("bob",))
    told = assigned([first, second], [Reviewer(name="ann"), Reviewer(name="bob")], per_paper=1, most=1)
    assert told.papers_of == {"ann": ("P2",), "bob": ("P1",)}
    assert told.lacking == {}


def test_a_paper_goes_from_proposal_to_publication() -> None:
    paper = Paper(code="P1", title="t", authors=("ann",), ethics_decision="E-7", reviews=2, series="Working papers", identifier="10.0/1")
    for act in (Act.GRANT_ACCESS, Act.SUBMIT, Act.RETURN, Act.SUBMIT, Act.ACCEPT, Act.PUBLISH):
        paper = advance(paper, act)
    assert paper.stage is Stage.PUBLISHED


@pytest.mark.parametrize(
    ("stage", "act", "lacks"),
    [
        (Stage.PROPOSED, Act.GRANT_ACCESS, "ethics"),
        (Stage.SUBMITTED, Act.ACCEPT, "reviews"),
        (Stage.ACCEPTED, Act.PUBLISH, "identifier"),
        (Stage.PUBLISHED, Act.DECLINE, "cannot"),
    ],
)
def test_a_step_that_lacks_what_it_needs_is_refused(stage: Stage, act: Act, lacks: str) -> None:
    paper = msgspec.structs.replace(Paper(code="P1", title="t", authors=("ann",)), stage=stage)
    with pytest.raises(RefusedStepError, match=lacks):
        advance(paper, act)
