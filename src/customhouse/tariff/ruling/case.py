"""Case: where one application, or the ruling it became, stands, told again at any time from its events alone."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import reduce

import msgspec

from customhouse.kernel import Clock
from customhouse.tariff.ruling import event
from customhouse.tariff.ruling.act import Act, Role
from customhouse.tariff.ruling.event import AnyEvent
from customhouse.tariff.ruling.life_cycle import TRANSITIONS, State

_ON_FILE = (State.EXPIRED, State.CEASED, State.MODIFIED, State.REVOKED, State.ISSUED)


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a ruling stands: state, clock, who drafted and who decided, from when and until when it binds.

    `end` is the first day on which it binds no longer, `grace_until` the first after its extended use under binding contracts.
    """

    ruling_id: str
    version: int = 0
    state: State = State.DRAFT
    clock: Clock | None = None
    author: str = ""
    decider: str = ""
    consulted: str = ""
    reference: str = ""
    code: str = ""
    start: date | None = None
    end: date | None = None
    term: date | None = None
    grace_until: date | None = None
    replaced_by: str = ""
    review_open: bool = False
    issued_at: datetime | None = None
    published_at: datetime | None = None

    @property
    def was_issued(self) -> bool:
        """Whether there is a ruling, whatever became of it since; an annulled one never was."""
        return self.issued_at is not None and self.state in _ON_FILE

    def allowed_acts(self, role: Role) -> tuple[Act, ...]:
        """The acts that the table opens to a role where the case stands; guards are met when the act is done."""
        return tuple(dict.fromkeys(row.act for row in TRANSITIONS if row.source is self.state and role in row.roles))

    @classmethod
    def told_by(cls, events: Iterable[AnyEvent], *, ruling_id: str) -> "Case":
        """The case that the events tell, from the first to the last."""
        return reduce(applied, events, cls(ruling_id=ruling_id))


def applied(case: Case, happened: AnyEvent) -> Case:
    """The case after one more event."""
    case = msgspec.structs.replace(case, state=happened.state, version=happened.version)
    change = _CHANGE.get(type(happened))
    return msgspec.structs.replace(case, **change(case, happened)) if change else case


def _started(_: Case, happened: event.ApplicationAccepted | event.DecisionOverturned) -> dict[str, object]:
    """The clock of the law; none where it sets no day."""
    return {"clock": happened.clock}


def _paused(case: Case, happened: event.ApplicantAsked) -> dict[str, object]:
    """What runs stands still; what has run out stays so."""
    clock = case.clock
    runs = clock and not clock.is_paused and not clock.has_run_out(on=happened.on)
    return {"clock": clock.paused(happened.reason, on=happened.on)} if clock and runs else {}


def _resumed(case: Case, happened: event.ApplicantAnswered) -> dict[str, object]:
    return {"clock": case.clock.resumed(on=happened.on)} if case.clock and case.clock.is_paused else {}


def _ended(_: Case, happened: event.RulingCeased | event.RulingRevoked | event.RulingModified) -> dict[str, object]:
    replaced = happened.reference if isinstance(happened, event.RulingModified) else ""
    return {"end": happened.notice_until, "grace_until": happened.grace_until, "decider": happened.actor, "replaced_by": replaced}


def _overturned(case: Case, happened: event.DecisionOverturned) -> dict[str, object]:
    """The decision falls: an end before the term falls away, an issued or refused one is examined anew."""
    settled: dict[str, object] = {"review_open": False, "decider": happened.actor}
    if happened.state is State.ISSUED:
        return settled | {"end": case.term, "grace_until": None, "replaced_by": ""}
    return settled | {"issued_at": None, "published_at": None} | _started(case, happened)


_CHANGE: dict[type[AnyEvent], Callable[..., dict[str, object]]] = {
    event.ApplicationAccepted: _started,
    event.RulingRefused: lambda _, happened: {"decider": happened.actor},
    event.ApplicantAsked: _paused,
    event.ApplicantAnswered: _resumed,
    event.ConsultationSought: lambda _, happened: {"consulted": happened.party},
    event.RulingDrafted: lambda _, happened: {
        "author": happened.actor,
        "code": happened.code,
        "start": happened.start,
        "end": happened.end,
        "term": happened.end,
    },
    event.RulingIssued: lambda _, happened: {
        "reference": happened.reference,
        "decider": happened.actor,
        "issued_at": happened.occurred_at,
    },
    event.RulingPublished: lambda _, happened: {"published_at": happened.occurred_at},
    event.RulingCeased: _ended,
    event.RulingModified: _ended,
    event.RulingRevoked: _ended,
    event.RulingAnnulled: lambda case, happened: {"end": case.start, "grace_until": None, "decider": happened.actor},
    event.ReviewSought: lambda _, __: {"review_open": True},
    event.DecisionUpheld: lambda _, __: {"review_open": False},
    event.DecisionOverturned: _overturned,
}
