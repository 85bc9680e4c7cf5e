"""Standing: where a plan stands in its cycle, folded from its events, and the acts that it may take next.

Nothing is passed over in silence: a step is concluded or skipped by a recorded decision, and only once every comment on it has its answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from types import MappingProxyType
from typing import TypeVar

import msgspec

from customhouse.saying import Refusal
from customhouse.strategy.operation import OperationalPlan, PlannedIndicator
from customhouse.strategy.plan import Status, StrategicPlan
from customhouse.strategy.review.comment import Disposition, Said, Way
from customhouse.strategy.review.cycle import REGIONS, Act, Body, Due, Step, first_due, months_of, next_due
from customhouse.strategy.review.event import (
    AnyEvent,
    PlanAdoptionProposed,
    PlanCommentDisposed,
    PlanCommentMade,
    PlanIndicatorDecided,
    PlanIndicatorProposed,
    PlanReportWritten,
    PlanStepTaken,
    PlanVersionKept,
)

OnIndicator = TypeVar("OnIndicator", PlanIndicatorProposed, PlanIndicatorDecided)


class RefusedError(Refusal):
    """The act is not allowed now; the message says why."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and, once it has one, its answer."""

    made: PlanCommentMade
    answer: PlanCommentDisposed | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided at a meeting, as a person recorded it."""

    text: str
    on: date
    actor: str
    reason: str = ""
    document: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands: what is due, what was done, what waits for a decision."""

    due: Due | None = field(default_factory=first_due)
    status: Status = Status.OUTLINE
    version: int = 0
    steps: tuple[PlanStepTaken, ...] = ()
    comments: tuple[Comment, ...] = ()
    proposed: PlanAdoptionProposed | None = None
    put_forward: Mapping[str, PlanIndicatorProposed] = field(default_factory=lambda: MappingProxyType({}))
    decided: Mapping[str, PlanIndicatorDecided] = field(default_factory=lambda: MappingProxyType({}))
    reports: tuple[PlanReportWritten, ...] = ()

    @property
    def skipped(self) -> tuple[PlanStepTaken, ...]:
        """The steps that were skipped, by a decision."""
        return tuple(each for each in self.steps if each.act is Act.SKIP)

    @property
    def unanswered(self) -> tuple[Comment, ...]:
        """The comments that have no answer yet."""
        return tuple(each for each in self.comments if each.answer is None)

    @property
    def unheard(self) -> tuple[Body, ...]:
        """The regions from which nothing was heard on the plan."""
        heard = {each.made.body for each in self.comments}
        return tuple(region for region in REGIONS if region not in heard)

    def approval_of(self, indicator: PlannedIndicator) -> PlanIndicatorDecided | None:
        """The approval that covers an indicator as it is defined now."""
        found = self.decided.get(indicator.code)
        return found if found and found.approved and found.indicator == indicator else None

    def disclosed(self, whole: OperationalPlan, told: OperationalPlan) -> "Standing":
        """Where the plan stands for whom its annex is told so: the same decisions, without the figures that are not."""
        if whole == told:
            return self
        shown = {each.code: (each, other) for each, other in zip(whole.indicators, told.indicators, strict=True)}
        return replace(
            self,
            put_forward={code: _without_figures(each, shown) for code, each in self.put_forward.items()},
            decided={code: _without_figures(each, shown) for code, each in self.decided.items()},
        )


def standing_of(plan: StrategicPlan, events: Iterable[AnyEvent]) -> Standing:
    """Where a plan stands after its events."""
    return reduce(lambda standing, event: _after(plan, standing, event), events, Standing())


def taken(standing: Standing, due: Due, *, act: Act, decision: Decision, at: datetime) -> PlanStepTaken:
    """A step concluded, skipped or sent back; refuses with `RefusedError`."""
    row = due.row
    _require(standing.due is not None, "the plan has been handed over: nothing is due any more")
    _require(standing.due == due, "{due} is due now, not {asked}", due=standing.due and standing.due.step, asked=due.step)
    _require(bool(decision.text.strip()), "a step needs the decision of its body")
    _require(decision.on <= at.date(), "the decision is of a day that has not come yet")
    _require(act is Act.CONCLUDE or bool(decision.reason.strip()), "to skip a step or to send it back needs a reason")
    _require(act is not Act.SKIP or row.may_be_skipped, "{step} cannot be skipped: without it there is no plan", step=row.step)
    _require(act is not Act.SEND_BACK or row.back is not None, "{step} cannot be sent back", step=row.step)
    open_here = [str(each.made.number) for each in standing.unanswered if each.made.step is row.step]
    _require(act is Act.SEND_BACK or not open_here, "the comments {numbers} on this step have no answer yet", numbers=open_here)
    has_met = act is not Act.SKIP and row.body is not Body.SECRETARIAT
    _require(not has_met or bool(decision.meeting.strip()), "the record of a decision names the meeting of the body")
    if row.step is Step.ADOPTION and act is Act.CONCLUDE:
        _require_four_eyes(standing, decision.actor)
    return PlanStepTaken(
        occurred_at=at,
        actor=decision.actor,
        act=act,
        step=row.step,
        year=due.year,
        body=row.body,
        document=decision.document or row.document,
        decision=decision.text,
        decided_on=decision.on,
        reason=decision.reason,
        version=standing.version,
        meeting=decision.meeting.strip(),
    )


def adoption_proposed(standing: Standing, actor: str, *, at: datetime) -> PlanAdoptionProposed:
    """The present version put up for adoption; refuses with `RefusedError` unless adoption is due."""
    _require(standing.due is not None and standing.due.step is Step.ADOPTION, "adoption is not due now")
    return PlanAdoptionProposed(occurred_at=at, actor=actor, version=standing.version)


def commented(standing: Standing, actor: str, *, said: Said, at: datetime) -> PlanCommentMade:
    """A comment on what is due; refuses with `RefusedError` where nothing is said, nothing is due, or nobody knows who was heard."""
    _require(bool(said.text.strip()), "a comment says something")
    is_regional = said.way is Way.REGIONAL_CONSULTATION
    _require(not is_regional or said.body in REGIONS, "a regional consultation names its region")
    _require(said.way is not Way.MEMBER_SURVEY or bool(said.origin.strip()), "what a survey brought names the member that said it")
    if standing.due is None:
        raise RefusedError("nothing is due any more that could be commented on")
    return PlanCommentMade(
        occurred_at=at,
        actor=actor,
        number=len(standing.comments) + 1,
        step=standing.due.step,
        origin=said.origin.strip(),
        reason=said.text.strip(),
        body=said.body,
        way=said.way,
    )


def disposed(  # noqa: PLR0913 - what an answer is made of
    standing: Standing, number: int, *, disposition: Disposition, text: str, actor: str, at: datetime
) -> PlanCommentDisposed:
    """The answer to a comment; refuses with `RefusedError` one that has its answer, or is not there."""
    _require(number in {each.made.number for each in standing.unanswered}, "no comment {number} waits for an answer", number=number)
    _require(bool(text.strip()), "an answer says why")
    return PlanCommentDisposed(occurred_at=at, actor=actor, number=number, disposition=disposition, reason=text.strip())


def put_forward(standing: Standing, indicator: PlannedIndicator, *, actor: str, at: datetime) -> PlanIndicatorProposed:
    """An indicator put before the Audit Committee; refuses with `RefusedError` one that is approved as it is."""
    _require(standing.approval_of(indicator) is None, "{code} is approved as it is defined now", code=indicator.code)
    return PlanIndicatorProposed(occurred_at=at, actor=actor, indicator=indicator)


def indicator_decided(  # noqa: PLR0913 - what a decision is made of
    plan: StrategicPlan, standing: Standing, *, indicator: PlannedIndicator, decision: Decision, approved: bool, at: datetime
) -> PlanIndicatorDecided:
    """The Audit Committee's decision, recorded by another person than put the indicator forward; refuses with `RefusedError`.

    It is of a day from the one on which the indicator was put forward until today. The plan of the WCO names February for it
    (paragraph 10): a decision of another month than the committee's says why.
    """
    proposal = standing.put_forward.get(indicator.code)
    if proposal is None or proposal.indicator != indicator:
        raise RefusedError("{code} as it is defined now has not been put before the Audit Committee", code=indicator.code)
    _require(proposal.actor != decision.actor, "who put an indicator forward does not record its approval: another person must")
    _require(bool(decision.text.strip()), "an approval needs the decision of the Audit Committee")
    _require(bool(decision.meeting.strip()), "the record of a decision names the meeting of the body")
    _require(decision.on <= at.date(), "the decision is of a day that has not come yet")
    presented = proposal.occurred_at.date()
    _require(
        presented <= decision.on,
        "{code} was put before the Audit Committee on {day}, after the decision",
        code=indicator.code,
        day=presented,
    )
    _require(
        decision.on.month in months_of(plan, Body.AUDIT_COMMITTEE) or bool(decision.reason.strip()),
        "the plan names another month for decisions of the Audit Committee than that of {day}: say why it was decided then",
        day=decision.on,
    )
    return PlanIndicatorDecided(
        occurred_at=at,
        actor=decision.actor,
        indicator=indicator,
        approved=approved,
        decision=decision.text,
        decided_on=decision.on,
        reason=decision.reason.strip(),
        meeting=decision.meeting.strip(),
    )


def _require_four_eyes(standing: Standing, actor: str) -> None:
    proposal = standing.proposed
    if proposal is None or proposal.version != standing.version:
        raise RefusedError("this version has not been put up for adoption yet")
    _require(proposal.actor != actor, "who put the plan up for adoption does not record it: another person must")


def _require(holds: bool, wording: str, **params: object) -> None:  # noqa: FBT001 - the condition itself
    if not holds:
        raise RefusedError(wording, between=", ", **params)


def _without_figures(event: OnIndicator, shown: Mapping[str, tuple[PlannedIndicator, PlannedIndicator]]) -> OnIndicator:
    """The event with the indicator as it is told; of one that it does not cover any more, that there was one."""
    whole, told = shown.get(event.indicator.code, (None, None))
    if told is None or event.indicator != whole:
        told = PlannedIndicator(code=event.indicator.code, activity="")
    return msgspec.structs.replace(event, indicator=told)


def _after(plan: StrategicPlan, standing: Standing, event: AnyEvent) -> Standing:
    return _FOLDS[type(event)](plan, standing, event)


def _step(plan: StrategicPlan, standing: Standing, event: PlanStepTaken) -> Standing:
    due = Due(event.step, event.year)
    status = due.row.status if event.act is not Act.SEND_BACK and due.row.status else standing.status
    return replace(standing, due=next_due(plan, due, act=event.act), status=status, steps=(*standing.steps, event), proposed=None)


def _comment(_: StrategicPlan, standing: Standing, event: PlanCommentMade) -> Standing:
    return replace(standing, comments=(*standing.comments, Comment(event)))


def _answer(_: StrategicPlan, standing: Standing, event: PlanCommentDisposed) -> Standing:
    answered = tuple(replace(each, answer=event) if each.made.number == event.number else each for each in standing.comments)
    return replace(standing, comments=answered)


def _indicator(_: StrategicPlan, standing: Standing, event: PlanIndicatorDecided) -> Standing:
    waiting = {code: each for code, each in standing.put_forward.items() if code != event.indicator.code}
    return replace(standing, put_forward=waiting, decided={**standing.decided, event.indicator.code: event})


_FOLDS: Mapping[type, Callable[..., Standing]] = {
    PlanVersionKept: lambda _, standing, event: replace(standing, version=event.version),
    PlanStepTaken: _step,
    PlanAdoptionProposed: lambda _, standing, event: replace(standing, proposed=event),
    PlanCommentMade: _comment,
    PlanCommentDisposed: _answer,
    PlanIndicatorProposed: lambda _, standing, event: replace(standing, put_forward={**standing.put_forward, event.indicator.code: event}),
    PlanIndicatorDecided: _indicator,
    PlanReportWritten: lambda _, standing, event: replace(standing, reports=(*standing.reports, event)),
}
