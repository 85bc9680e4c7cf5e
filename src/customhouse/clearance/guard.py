"""Guards: the conditions of the life-cycle table as predicates over a case and the act about to be done."""

from collections.abc import Callable

from customhouse.clearance.act import Deed
from customhouse.clearance.case import Case
from customhouse.clearance.life_cycle import Guard
from customhouse.risk import Lane

GROUNDS_AFTER_RELEASE = ("wrong_procedure", "duplicate", "not_exported", "wrong_goods")


def holds(guard: Guard, case: Case, *, deed: Deed) -> bool:
    """Whether the guard lets the act be done to the case."""
    return _PREDICATE[guard](case, deed)


def _items_left(case: Case, deed: Deed) -> bool:
    return bool(case.unreleased_items) and set(deed.items) <= set(case.unreleased_items)


def _may_lighten(case: Case, deed: Deed) -> bool:
    if deed.lane is None:
        return False
    return not case.random_control or case.lane is None or Lane.heaviest((deed.lane, case.lane)) is deed.lane


def _still_covered(case: Case, deed: Deed) -> bool:
    return not deed.undetermined and case.paid + case.secured >= deed.amount + deed.security


_PREDICATE: dict[Guard, Callable[[Case, Deed], bool]] = {
    Guard.NONE: lambda _, __: True,
    Guard.DETERMINED: lambda case, deed: not case.undetermined and case.secured >= case.security_needed and _items_left(case, deed),
    Guard.COVERED: lambda case, deed: deed.amount >= 0 and case.paid + deed.amount == case.payable and not case.undetermined,
    Guard.SECURITY_COVERS: lambda case, deed: deed.amount > 0 and deed.amount >= case.to_secure,
    Guard.STILL_COVERED: _still_covered,
    Guard.SECURED: lambda case, deed: case.secured >= case.security_needed and _items_left(case, deed),
    Guard.STILL_PAID: lambda case, deed: case.paid >= deed.amount and not deed.undetermined,
    Guard.RESULT_GIVEN: lambda _, deed: bool(deed.result_code),
    Guard.NOT_UNDER_NOTICE: lambda case, _: not case.under_notice and not case.released_items,
    Guard.GROUNDS_AFTER_RELEASE: lambda _, deed: deed.reason in GROUNDS_AFTER_RELEASE,
    Guard.MAY_LIGHTEN: _may_lighten,
    Guard.ITEMS_LEFT: _items_left,
}
