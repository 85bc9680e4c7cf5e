"""Reviewing: papers go to those who may read them, who do not know whose they are, and the chair decides on what they find.

assign(person, at) -> lacking; readers(person) -> papers by reviewer
to_review(person) -> tuple[Blind, ...]; blind(person, number) -> Blind
give_review(person, number, posted, at)                 once a round; by a reviewer, or by an editor for one who does not sign in
may_decide(person, paper); before_chair(person, number) -> BeforeChair      what whoever decides goes by
step(person, number, act, reason, at)                   by an editor, not on a paper of their own; `review.RefusedStepError`
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from django.db import transaction

from customhouse.research import review
from customhouse_server.accounts.person import Person
from customhouse_server.desk.form import Form, read
from customhouse_server.register import store, writing
from customhouse_server.register.paper import paper_of, papers
from customhouse_server.register.store import UnknownEntryError
from customhouse_server.register.writing import EDITORS
from customhouse_server.tariff.country import current_country

REVIEW = Form(document=review.Review, fixed=frozenset({"paper", "round", "reviewer", "given_on"}))
_PER_PAPER, _MOST = 2, 4
_REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class Blind:
    """A paper as its reviewer sees it: nothing of its authors."""

    number: int
    title: str
    abstract: str
    data_sets: tuple[str, ...]
    manuscript: str
    round: int
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class BeforeChair:
    """What whoever decides on a paper goes by: every review, what those of the last round speak for, what can be done, and who is silent.

    The silent are asked to review the paper and do not sign in, so that an editor enters what they find.
    """

    reviews: tuple[review.Review, ...]
    recommended: review.Verdict | None
    acts: tuple[review.Act, ...]
    silent: tuple[str, ...]


@transaction.atomic
def assign(person: Person, *, at: dt.datetime) -> Mapping[str, int]:
    """Give every submitted paper that has no reviewers yet to those who may read it; how many reviewers each lacks."""
    person.require(EDITORS, "assigning reviews")
    store.hold("papers")
    submitted = [(entry, paper) for entry, paper in papers() if paper.stage is review.Stage.SUBMITTED]
    waiting = [(entry, paper) for entry, paper in submitted if not paper.reviewers]
    held = Counter(name for _, paper in submitted for name in paper.reviewers)
    reviewers = store.documents("reviewers", review.Reviewer)
    told = review.assigned([paper for _, paper in waiting], reviewers, per_paper=_PER_PAPER, most=_MOST, held=held)
    for entry, paper in waiting:
        names = tuple(sorted(name for name, codes in told.papers_of.items() if paper.code in codes))
        if names:
            writing.go_on("papers", entry, msgspec.structs.replace(paper, reviewers=names), actor=person.username, at=at)
    return told.lacking


def readers(person: Person) -> dict[str, tuple[str, ...]]:
    """Every reviewer with the codes of the submitted papers that they are asked to review, but for papers of the person's own."""
    person.require(EDITORS, "seeing who reviews which paper")
    submitted = [paper for _, paper in papers() if paper.stage is review.Stage.SUBMITTED and paper.account != person.username]
    return {
        each.name: tuple(paper.code for paper in submitted if each.name in paper.reviewers)
        for each in store.documents("reviewers", review.Reviewer)
    }


def to_review(person: Person) -> tuple[Blind, ...]:
    """What the person is asked to review."""
    reviewer = _reviewer_of(person)
    return tuple(_blind(number, paper, reviewer.name) for number, paper in _read_by(reviewer)) if reviewer else ()


def blind(person: Person, number: int) -> Blind:
    """A paper that the person is asked to review; refuses with `UnknownEntryError` any other."""
    found = next((each for each in to_review(person) if each.number == number), None)
    if found is None:
        raise UnknownEntryError("there is no paper {paper} for you to review", paper=number)
    return found


@transaction.atomic
def give_review(person: Person, number: int, posted: Mapping[str, object], *, at: dt.datetime) -> None:
    """Review a paper that one is asked to review; an editor enters the review of a reviewer who does not sign in, by name."""
    store.hold(_REVIEWS)
    _, paper = paper_of(number)
    name = _reviewing(person, paper, str(posted.get("reviewer", "")))
    if paper.stage is not review.Stage.SUBMITTED:
        raise review.RefusedStepError("one cannot review a paper that is {stage}", stage=paper.stage)
    if name in {each.reviewer for each in review.paper.of_round(paper, _reviews())}:
        raise review.RefusedStepError("{name} has reviewed the paper as it was submitted", name=name)
    fixed = {"paper": paper.code, "round": paper.round, "reviewer": name, "given_on": current_country().legal_day(at=at)}
    found = {name: value for name, value in posted.items() if name != "reviewer"}
    writing.begin(_REVIEWS, read(REVIEW, found, fixed), actor=person.username, at=at)


@transaction.atomic
def step(person: Person, number: int, act: review.Act, reason: str, *, at: dt.datetime) -> None:
    """Take a paper a step on, on its reviews; refuses with `review.RefusedStepError`."""
    person.require(EDITORS, "deciding on a paper")
    entry, paper = paper_of(number)
    if paper.account == person.username:
        raise review.RefusedStepError("nobody decides on a paper of their own: have another supervisor or administrator do it")
    if _reviews_it(person, paper):
        raise review.RefusedStepError("nobody decides on a paper that they review: have another supervisor or administrator do it")
    writing.go_on("papers", entry, review.advance(paper, act, reviews=_reviews(), reason=reason), actor=person.username, at=at)


def reviews_of(paper: review.Paper) -> tuple[review.Review, ...]:
    """Every review of a paper in all its rounds, for the chair."""
    return tuple(each for each in _reviews() if each.paper == paper.code)


def may_decide(person: Person, paper: review.Paper) -> bool:
    """Whether the person decides on the paper: an editor, but not on a paper of their own, nor on one that they review."""
    return person.role in EDITORS and paper.account != person.username and not _reviews_it(person, paper)


def before_chair(person: Person, number: int) -> BeforeChair:
    """What is before the person who decides on a paper; refuses with `UnknownEntryError` one that they do not decide on."""
    person.require(EDITORS, "deciding on a paper")
    _, paper = paper_of(number)
    if not may_decide(person, paper):
        raise UnknownEntryError("there is no paper {paper} for you to decide on", paper=number)
    return BeforeChair(
        reviews=reviews_of(paper),
        recommended=review.recommended(review.paper.of_round(paper, _reviews())),
        acts=tuple(each for each in review.paper.open_acts(paper) if each is not review.Act.SUBMIT or not paper.account),
        silent=silent(paper),
    )


def silent(paper: review.Paper) -> tuple[str, ...]:
    """Those who are asked to review the paper and do not sign in, so that an editor enters what they find."""
    reviewers = store.documents("reviewers", review.Reviewer)
    return tuple(each.name for each in reviewers if each.name in paper.reviewers and not each.account and each.may_read(paper))


def _reviews() -> tuple[review.Review, ...]:
    return store.documents(_REVIEWS, review.Review)


def _reviewer_of(person: Person) -> review.Reviewer | None:
    return next((each for each in store.documents("reviewers", review.Reviewer) if each.account == person.username), None)


def _reviews_it(person: Person, paper: review.Paper) -> bool:
    reviewer = _reviewer_of(person)
    return reviewer is not None and reviewer.name in paper.reviewers


def _read_by(reviewer: review.Reviewer) -> list[tuple[int, review.Paper]]:
    return [
        (entry.number, paper)
        for entry, paper in papers()
        if paper.stage is review.Stage.SUBMITTED and reviewer.name in paper.reviewers and reviewer.may_read(paper)
    ]


def _reviewing(person: Person, paper: review.Paper, named: str) -> str:
    """In whose name the person reviews: their own, or as an editor that of a reviewer of the paper who does not sign in."""
    reviewer = _reviewer_of(person)
    if reviewer is not None and not named:
        if reviewer.name in paper.reviewers and reviewer.may_read(paper):
            return reviewer.name
        raise UnknownEntryError("there is no paper {paper} for you to review", paper=paper.code)
    if named:
        person.require(EDITORS, "entering the review of another")
        if may_decide(person, paper) and named in silent(paper):
            return named
    raise UnknownEntryError("there is no paper {paper} for you to review", paper=paper.code)


def _blind(number: int, paper: review.Paper, name: str) -> Blind:
    is_reviewed = name in {each.reviewer for each in review.paper.of_round(paper, _reviews())}
    return Blind(number, paper.title, paper.abstract, paper.data_sets, paper.manuscript, paper.round, is_reviewed)
