"""Events of a plan's review: each step, comment, decision and report as a fact of the journal, which names its plan."""

from datetime import date

import msgspec

from customhouse.kernel import Event
from customhouse.performance import EventStore
from customhouse.strategy.operation import PlannedIndicator
from customhouse.strategy.review.comment import Disposition, Way
from customhouse.strategy.review.cycle import Act, Body, Step


class _Fact(Event, frozen=True, kw_only=True, omit_defaults=True):
    actor: str
    plan: str = ""


class PlanVersionKept(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A version of the text was kept, with what it is about."""

    version: int
    reason: str


class PlanStepTaken(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A body dealt with a step at a meeting: concluded it, or sent the plan back; or the step was skipped by a decision."""

    act: Act
    step: Step
    year: int | None = None
    body: Body
    document: str
    decision: str
    decided_on: date
    reason: str = ""
    version: int
    meeting: str = ""


class PlanAdoptionProposed(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A version was put up for adoption, for another person to record the Council's decision on it."""

    version: int


class PlanCommentMade(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody commented on what a step is about; `origin` is whose view it is in his words, `body` for which body or region he spoke."""

    number: int
    step: Step
    origin: str
    reason: str
    body: Body | None = None
    way: Way = Way.REMARK


class PlanCommentDisposed(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """It was said what becomes of a comment."""

    number: int
    disposition: Disposition
    reason: str


class PlanIndicatorProposed(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An indicator was put before the Audit Committee, as it is defined now."""

    indicator: PlannedIndicator


class PlanIndicatorDecided(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The Audit Committee approved an indicator as it was put before it, or did not; `reason` says why in another month than its own."""

    indicator: PlannedIndicator
    approved: bool
    decision: str
    decided_on: date
    reason: str = ""
    meeting: str = ""


class PlanReportWritten(_Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A report was written and frozen."""

    number: int
    step: Step
    start: date
    end: date


AnyEvent = (
    PlanVersionKept
    | PlanStepTaken
    | PlanAdoptionProposed
    | PlanCommentMade
    | PlanCommentDisposed
    | PlanIndicatorProposed
    | PlanIndicatorDecided
    | PlanReportWritten
)

DECODER: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def events_in(store: EventStore, plan: str) -> tuple[AnyEvent, ...]:
    """The events of the plan of that name, as an event store has them, in their order."""
    told = "SELECT document FROM event WHERE kind LIKE 'Plan%' AND document::JSON ->> 'plan' = $plan ORDER BY transaction, id"
    return tuple(DECODER.decode(document) for (document,) in store.connect().execute(told, {"plan": plan}).fetchall())
