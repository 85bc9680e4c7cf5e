"""Paper: from the proposal over access to data and review to publication, one table of steps; and those who review."""

from enum import StrEnum

import msgspec

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


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A paper under its code; access to data needs the decision on ethics, publication a series and an identifier."""

    code: str
    title: str
    authors: tuple[str, ...]
    institutions: tuple[str, ...] = ()
    abstract: str = ""
    data_sets: tuple[str, ...] = ()
    ethics_decision: str = ""
    reviews: int = 0
    series: str = ""
    identifier: str = ""
    stage: Stage = Stage.PROPOSED


class Reviewer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who reviews, from where, and whose papers they must not read for reasons of their own."""

    name: str
    institution: str = ""
    conflicts: tuple[str, ...] = ()

    def may_read(self, paper: Paper) -> bool:
        """Whether the reviewer is neither author nor of an author's institution, and declares no conflict with an author."""
        near = {self.name, *self.conflicts}
        return not near.intersection(paper.authors) and self.institution not in set(paper.institutions) - {""}


_STEPS = {
    (Stage.PROPOSED, Act.GRANT_ACCESS): Stage.ACCESS_GRANTED,
    (Stage.PROPOSED, Act.DECLINE): Stage.DECLINED,
    (Stage.ACCESS_GRANTED, Act.SUBMIT): Stage.SUBMITTED,
    (Stage.SUBMITTED, Act.RETURN): Stage.ACCESS_GRANTED,
    (Stage.SUBMITTED, Act.ACCEPT): Stage.ACCEPTED,
    (Stage.SUBMITTED, Act.DECLINE): Stage.DECLINED,
    (Stage.ACCEPTED, Act.PUBLISH): Stage.PUBLISHED,
}
_FEWEST_REVIEWS = 2


class RefusedStepError(Refusal, RuntimeError):
    """The step is not possible from where the paper stands, or lacks what it needs."""


def advance(paper: Paper, act: Act) -> Paper:
    """The paper after an act; refuses with `RefusedStepError`."""
    after = _STEPS.get((paper.stage, act))
    if after is None:
        raise RefusedStepError("one cannot {act} a paper that is {stage}", act=act.value, stage=paper.stage)
    if act is Act.GRANT_ACCESS and not paper.ethics_decision:
        raise RefusedStepError("access to data needs a decision on ethics")
    if act is Act.ACCEPT and paper.reviews < _FEWEST_REVIEWS:
        raise RefusedStepError("a paper is accepted on {fewest} reviews at least", fewest=_FEWEST_REVIEWS)
    if act is Act.PUBLISH and not (paper.series and paper.identifier):
        raise RefusedStepError("a paper is published in a series and under an identifier")
    return msgspec.structs.replace(paper, stage=after)
