"""Case: where one declaration stands, told again at any time from its events alone."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import reduce

import msgspec

from customhouse.clearance import event
from customhouse.clearance.event import AnyEvent
from customhouse.clearance.life_cycle import TOLD, State
from customhouse.risk import Lane


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a declaration stands: state, lane, what is owed and paid, which items are released, and both instants."""

    declaration_id: str
    version: int = 1
    state: State = State.DRAFT
    mrn: str = ""
    lane: Lane | None = None
    random_control: bool = False
    under_notice: bool = False
    item_count: int = 0
    released_items: tuple[int, ...] = ()
    payable: Decimal = Decimal(0)
    undetermined: bool = False
    paid: Decimal = Decimal(0)
    secured: Decimal = Decimal(0)
    doubted_items: tuple[int, ...] = ()
    security_asked: Decimal = Decimal(0)
    security_due: Decimal = Decimal(0)
    accepted_at: datetime | None = None
    released_at: datetime | None = None
    cleared_at: datetime | None = None

    @property
    def outstanding(self) -> Decimal:
        """What is payable and not yet paid."""
        return self.payable - self.paid

    @property
    def security_needed(self) -> Decimal:
        """What must be secured though all is paid: what the law asks for, and what customs does while it doubts a value (VAL Art 13)."""
        return self.security_due + self.security_asked

    @property
    def to_secure(self) -> Decimal:
        """What a security must cover: what is unpaid, and what must be secured beside."""
        return max(self.outstanding, Decimal(0)) + self.security_needed

    @property
    def unreleased_items(self) -> tuple[int, ...]:
        """The sequence numbers of the items that are still held."""
        return tuple(item for item in range(1, self.item_count + 1) if item not in self.released_items)


def replay(events: Iterable[AnyEvent], *, declaration_id: str) -> Case:
    """The case that the events tell, from the first to the last."""
    return reduce(applied, events, Case(declaration_id=declaration_id))


def applied(case: Case, happened: AnyEvent) -> Case:
    """The case after one more event."""
    case = msgspec.structs.replace(case, state=happened.state, version=happened.version)
    change = _CHANGE.get(type(happened))
    return msgspec.structs.replace(case, **change(case, happened)) if change else case


def _accepted(case: Case, happened: event.DeclarationAccepted) -> dict[str, object]:
    return {"mrn": happened.mrn or case.mrn, "item_count": happened.item_count or case.item_count, "accepted_at": happened.occurred_at}


def _released(case: Case, happened: event.GoodsReleased) -> dict[str, object]:
    released = tuple(sorted({*case.released_items, *happened.items}))
    complete = len(released) >= case.item_count
    return {"released_items": released, "released_at": happened.occurred_at if complete else None}


def _cleared(case: Case, happened: event.GoodsCleared) -> dict[str, object]:
    return {"cleared_at": happened.occurred_at, "secured": case.secured - happened.security_returned}


def _amended(case: Case, happened: event.DeclarationAmended) -> dict[str, object]:
    """A new version is assessed anew; what was paid stays paid, what was owed is no longer known."""
    count = happened.item_count or case.item_count
    return {"item_count": count, "payable": Decimal(0), "undetermined": False, "security_due": Decimal(0)}


def _told(_: Case, happened: event.DutyAssessed | event.ValueDetermined) -> dict[str, object]:
    return {"payable": happened.payable, "undetermined": happened.undetermined, "security_due": happened.security}


def _allotted(case: Case, happened: event.QuotaAllotted) -> dict[str, object]:
    """What is owed is what the answer made of it; items split off follow those they were part of, and a debt that comes up reopens."""
    parted = enumerate(happened.parted_from, start=case.item_count + 1)
    released = (*case.released_items, *(item for item, whole in parted if whole in case.released_items))
    return {
        "payable": happened.payable,
        "undetermined": happened.undetermined,
        "security_due": happened.security,
        "item_count": case.item_count + len(happened.parted_from),
        "released_items": tuple(sorted(released)),
        "cleared_at": case.cleared_at if happened.payable == case.paid and not happened.undetermined and not happened.security else None,
    }


def _doubted(case: Case, happened: event.ValueDoubted) -> dict[str, object]:
    doubted = tuple(sorted({*case.doubted_items, *happened.items}))
    return {"doubted_items": doubted, "security_asked": case.security_asked + happened.amount, "under_notice": True}


def _determined(case: Case, happened: event.ValueDetermined) -> dict[str, object]:
    """Security for a doubt is asked for until the last is settled; what is payable is known only once it was told."""
    left = tuple(item for item in case.doubted_items if item not in happened.items)
    told = _told(case, happened) if case.state in TOLD else {}
    return {"doubted_items": left, "security_asked": case.security_asked if left else Decimal(0), **told}


_CHANGE: dict[type[AnyEvent], Callable[..., dict[str, object]]] = {
    event.DeclarationPrelodged: lambda _, happened: {"item_count": happened.item_count},
    event.DeclarationAccepted: _accepted,
    event.LaneAssigned: lambda _, happened: {"lane": happened.lane, "random_control": happened.random_control},
    event.LaneRerouted: lambda _, happened: {"lane": happened.lane},
    event.DeclarantQueried: lambda _, __: {"under_notice": True},
    event.ExaminationOrdered: lambda _, __: {"under_notice": True},
    event.DutyAssessed: _told,
    event.PaymentRecorded: lambda case, happened: {"paid": case.paid + happened.amount},
    event.SecurityRecorded: lambda case, happened: {"secured": case.secured + happened.amount},
    event.GoodsReleased: _released,
    event.GoodsCleared: _cleared,
    event.DeclarationAmended: _amended,
    event.QuotaAllotted: _allotted,
    event.ValueDoubted: _doubted,
    event.ValueDetermined: _determined,
}
