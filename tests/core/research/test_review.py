"""Papers are read by people without a conflict, as many as there can be, and go on only with what each step needs."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.research.review import Act, Paper, Review, Reviewer, Stage, Verdict, advance, assigned, recommended, to_author
from customhouse.research.review.paper import Citation, RefusedStepError, of_round, open_acts

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


def review(verdict: Verdict, reviewer: str = "bob", *, round_: int = 1, text: str = "Tell more of the sample.") -> Review:
    scores = {"relevance": 4, "method": 3, "evidence": 2, "clarity": 5}
    told = {"to_author": text, "to_chair": "I know this text", "verdict": verdict, "given_on": dt.date(2026, 11, 24)}
    return Review(paper="P1", round=round_, reviewer=reviewer, **scores, **told)


SUBMITTED = Paper(code="P1", title="t", authors=("ann",), ethics_decision="E-7", manuscript="m", stage=Stage.SUBMITTED, round=1)
ACCEPT, REVISE, DECLINE = Verdict


def test_a_paper_goes_from_proposal_over_two_rounds_to_publication_and_citation() -> None:
    paper = msgspec.structs.replace(SUBMITTED, stage=Stage.PROPOSED, round=0, series="Working papers", identifier="10.0/1")
    reviews = [review(ACCEPT), review(REVISE, "cem")]
    for act in (Act.GRANT_ACCESS, Act.SUBMIT, Act.RETURN, Act.SUBMIT):
        paper = advance(paper, act, reviews=reviews)
    assert (paper.round, of_round(paper, reviews)) == (2, ())
    again = [review(ACCEPT, round_=2), review(ACCEPT, "cem", round_=2)]
    for act in (Act.ACCEPT, Act.PUBLISH):
        paper = advance(paper, act, reviews=[*reviews, *again])
    assert paper.stage is Stage.PUBLISHED
    assert open_acts(paper) == ()
    assert msgspec.structs.replace(paper, citations=(Citation(source="Journal"),)).citations


@pytest.mark.parametrize(
    ("verdicts", "spoken"),
    [
        ([], None),
        ([ACCEPT], None),
        ([ACCEPT, ACCEPT], ACCEPT),
        ([ACCEPT, REVISE], REVISE),
        ([ACCEPT, DECLINE], REVISE),
        ([REVISE, DECLINE, DECLINE], DECLINE),
    ],
)
def test_reviews_together_speak_for_one_thing(verdicts: list[Verdict], spoken: Verdict | None) -> None:
    assert recommended([review(each) for each in verdicts]) is spoken


def test_a_decision_against_the_reviews_needs_a_reason_that_stays_with_the_paper() -> None:
    reviews = [review(ACCEPT), review(REVISE, "cem")]
    with pytest.raises(RefusedStepError, match="speak for revision"):
        advance(SUBMITTED, Act.ACCEPT, reviews=reviews)
    assert advance(SUBMITTED, Act.ACCEPT, reviews=reviews, reason="The revision is slight.").reason == "The revision is slight."


def test_no_reason_makes_up_for_too_few_reviews() -> None:
    with pytest.raises(RefusedStepError, match="2 reviews"):
        advance(SUBMITTED, Act.ACCEPT, reviews=[review(ACCEPT), review(ACCEPT, "cem", round_=0)], reason="it is good")


@given(st.permutations([review(ACCEPT, "bob", text="b"), review(DECLINE, "cem", text="c"), review(ACCEPT, "dia", text="a")]))
def test_an_author_reads_every_review_and_nothing_of_who_wrote_it(found: list[Review]) -> None:
    told = to_author(found)
    assert [each.text for each in told] == ["a", "b", "c"]
    assert not {"reviewer", "to_chair", "given_on"} & set(told[0].__struct_fields__)


def test_a_reviewer_has_no_more_papers_than_they_can_read_beside_those_they_hold() -> None:
    found = [Paper(code="P1", title="t", authors=("x",))]
    assert assigned(found, [Reviewer(name="bob")], per_paper=1, most=2, held={"bob": 2}).lacking == {"P1": 1}
    assert assigned(found, [Reviewer(name="bob")], per_paper=1, most=2, held={"bob": 1}).papers_of == {"bob": ("P1",)}


def test_nobody_reviews_what_they_handed_in_themselves_under_another_name() -> None:
    paper = msgspec.structs.replace(SUBMITTED, account="bob1")
    assert not Reviewer(name="Robert", account="bob1").may_read(paper)
    assert Reviewer(name="Robert").may_read(paper)


def test_a_document_that_states_a_number_of_reviews_is_still_read() -> None:
    old = b'{"code":"P1","title":"t","authors":["ann"],"reviews":2,"stage":"submitted"}'
    paper = msgspec.json.decode(old, type=Paper)
    with pytest.raises(RefusedStepError, match="2 reviews"):
        advance(paper, Act.ACCEPT, reason="it said two")


@pytest.mark.parametrize(
    ("stage", "act", "lacks"),
    [
        (Stage.PROPOSED, Act.GRANT_ACCESS, "ethics"),
        (Stage.PROPOSED, Act.DECLINE, "say why"),
        (Stage.ACCESS_GRANTED, Act.SUBMIT, "address"),
        (Stage.SUBMITTED, Act.ACCEPT, "reviews"),
        (Stage.ACCEPTED, Act.PUBLISH, "identifier"),
        (Stage.PUBLISHED, Act.DECLINE, "cannot"),
    ],
)
def test_a_step_that_lacks_what_it_needs_is_refused(stage: Stage, act: Act, lacks: str) -> None:
    paper = msgspec.structs.replace(Paper(code="P1", title="t", authors=("ann",)), stage=stage)
    with pytest.raises(RefusedStepError, match=lacks):
        advance(paper, act)


def test_a_paper_that_is_not_out_was_not_cited() -> None:
    with pytest.raises(ValueError, match="once it is published"):
        Paper(code="P1", title="t", authors=("ann",), citations=(Citation(source="Journal"),))
