"""Paper: from the proposal over access to data and review to publication and what became of it; one table of steps; those who review."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.research.review.verdict import FEWEST_REVIEWS, Review, Verdict, recommended
from customhouse.saying import Refusal


class Stage(StrEnum):
    """Where a paper stands."""

    PROPOSED = "proposed"
    ACCESS_GRANTED = "access granted"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    DECLINED = "declined"


class Act(StrEnum):
    """What is done with a paper."""

    GRANT_ACCESS = "grant access"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    PUBLISH = "publish"
    DECLINE = "decline"


class Dissemination(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a published paper was brought before people, and when."""

    channel: str
    on: date


class Citation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who cites a published paper, under which identifier where the citing work has one."""

    source: str
    identifier: str = ""
    on: date | None = None


class Paper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paper under its code; access to data needs the decision on ethics, publication a series and an identifier (DOI).

    `call` is the number of the call that it answers, `account` the name under which its author signs in, `manuscript` the address of the
    text without its authors' names, `round` how often it was submitted, `reviewers` who reads it, `reason` why it was decided as it was.
    A number of reviews, as older documents state it, counts for nothing: reviews stand for themselves.
    """

    code: str
    title: str
    authors: tuple[str, ...]
    institutions: tuple[str, ...] = ()
    abstract: str = ""
    data_sets: tuple[str, ...] = ()
    ethics_decision: str = ""
    manuscript: str = ""
    series: str = ""
    identifier: str = ""
    disseminations: tuple[Dissemination, ...] = ()
    citations: tuple[Citation, ...] = ()
    stage: Stage = Stage.PROPOSED
    call: int | None = None
    account: str = ""
    round: int = 0
    reviewers: tuple[str, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse with `ValueError` what became of a paper that is not out."""
        if (self.disseminations or self.citations) and self.stage is not Stage.PUBLISHED:
            raise ValueError("a paper is brought before people and cited once it is published")

    def stands(self, *, on: date) -> str:  # noqa: ARG002 - as every document of a register is asked
        """In a word, its stage."""
        return self.stage.value


class Reviewer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who reviews, from where, under which name they sign in, and whose papers they must not read for reasons of their own."""

    name: str
    institution: str = ""
    conflicts: tuple[str, ...] = ()
    account: str = ""

    def may_read(self, paper: Paper) -> bool:
        """Whether the reviewer is neither author nor of an author's institution, and declares no conflict with an author."""
        near = {self.name, *self.conflicts}
        is_author = bool(self.account) and self.account == paper.account
        return not is_author and not near.intersection(paper.authors) and self.institution not in set(paper.institutions) - {""}


_DECIDED = frozenset({Stage.ACCEPTED, Stage.PUBLISHED, Stage.DECLINED})
_OF_AUTHORS, _OF_REVIEWERS = frozenset({"authors", "institutions", "account"}), frozenset({"reviewers"})
_STEPS = {
    (Stage.PROPOSED, Act.GRANT_ACCESS): Stage.ACCESS_GRANTED,
    (Stage.PROPOSED, Act.DECLINE): Stage.DECLINED,
    (Stage.ACCESS_GRANTED, Act.SUBMIT): Stage.SUBMITTED,
    (Stage.SUBMITTED, Act.RETURN): Stage.ACCESS_GRANTED,
    (Stage.SUBMITTED, Act.ACCEPT): Stage.ACCEPTED,
    (Stage.SUBMITTED, Act.DECLINE): Stage.DECLINED,
    (Stage.ACCEPTED, Act.PUBLISH): Stage.PUBLISHED,
}
_FOLLOWS = {Act.ACCEPT: Verdict.ACCEPT, Act.RETURN: Verdict.REVISE, Act.DECLINE: Verdict.DECLINE}


class RefusedStepError(Refusal, RuntimeError):
    """The step is not possible from where the paper stands, or lacks what it needs."""


def hidden_from(paper: Paper, reviewers: Iterable[Reviewer], *, account: str) -> frozenset[str]:
    """The fields that who signs in so must not read: as its reviewer who wrote it, until it is decided; as its author ever who reviews."""
    if not account:
        return frozenset()
    reads = paper.stage not in _DECIDED and any(each.account == account and each.name in paper.reviewers for each in reviewers)
    return (_OF_AUTHORS if reads else frozenset()) | (_OF_REVIEWERS if account == paper.account else frozenset())


def open_acts(paper: Paper) -> tuple[Act, ...]:
    """What can be done with a paper from where it stands."""
    return tuple(act for stage, act in _STEPS if stage is paper.stage)


def of_round(paper: Paper, reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews of the paper as it was last submitted."""
    return tuple(each for each in reviews if (each.paper, each.round) == (paper.code, paper.round))


def advance(paper: Paper, act: Act, *, reviews: Iterable[Review] = (), reason: str = "") -> Paper:
    """The paper after an act; on the reviews of its round, against them for a stated reason alone. Refuses with `RefusedStepError`."""
    after = _STEPS.get((paper.stage, act))
    if after is None:
        raise RefusedStepError("one cannot {act} a paper that is {stage}", act=act.value, stage=paper.stage)
    if act is Act.GRANT_ACCESS and not paper.ethics_decision:
        raise RefusedStepError("access to data needs a decision on ethics")
    if act is Act.SUBMIT and not paper.manuscript:
        raise RefusedStepError("a paper is submitted with the address of its text, without the authors' names")
    if act is Act.PUBLISH and not (paper.series and paper.identifier):
        raise RefusedStepError("a paper is published in a series and under an identifier")
    if act in _FOLLOWS:
        _refuse_unfounded(act, of_round(paper, reviews), reason)
    said = reason.strip() if act in _FOLLOWS else paper.reason
    return msgspec.structs.replace(paper, stage=after, round=paper.round + (act is Act.SUBMIT), reason=said)


def _refuse_unfounded(act: Act, reviews: tuple[Review, ...], reason: str) -> None:
    """Refuse a decision that neither the reviews speak for nor a reason is given for, and any acceptance on too few of them."""
    if act is Act.ACCEPT and len(reviews) < FEWEST_REVIEWS:
        raise RefusedStepError("a paper is accepted on {fewest} reviews at least", fewest=FEWEST_REVIEWS)
    if recommended(reviews) is not _FOLLOWS[act] and not reason.strip():
        spoken = recommended(reviews)
        if spoken:
            raise RefusedStepError(
                "the reviews speak for {verdict}: say why you {act} the paper all the same", verdict=spoken, act=act.value
            )
        raise RefusedStepError("there are not yet the reviews that speak for it: say why you {act} the paper all the same", act=act.value)
