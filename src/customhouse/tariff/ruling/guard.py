"""Guards: the conditions of the life-cycle table as predicates over a case and the act about to be done."""

from collections.abc import Callable

from customhouse.tariff.ruling.act import GROUNDS_TO_ANNUL, GROUNDS_TO_REFUSE, Deed
from customhouse.tariff.ruling.case import Case
from customhouse.tariff.ruling.life_cycle import Guard


def holds(guard: Guard, case: Case, *, deed: Deed) -> bool:
    """Whether the guard lets the act be done to the case."""
    return _PREDICATE[guard](case, deed)


def _noticed(_: Case, deed: Deed) -> bool:
    until = deed.notice_until
    return until is not None and until >= deed.on and (deed.grace_until is None or deed.grace_until >= until)


_PREDICATE: dict[Guard, Callable[[Case, Deed], bool]] = {
    Guard.NONE: lambda _, __: True,
    Guard.GROUND_TO_REFUSE: lambda _, deed: deed.ground in GROUNDS_TO_REFUSE,
    Guard.GROUND_TO_ANNUL: lambda _, deed: deed.ground in GROUNDS_TO_ANNUL,
    Guard.ANOTHER_PERSON: lambda case, deed: deed.actor != case.author,
    Guard.REVIEWED_BY_ANOTHER: lambda case, deed: case.review_open and deed.actor != case.decider,
    Guard.NO_REVIEW_OPEN: lambda case, _: not case.review_open,
    Guard.NOT_PUBLISHED: lambda case, _: case.published_at is None,
    Guard.TERM_OVER: lambda case, deed: case.end is not None and case.end <= deed.on,
    Guard.NOTICE_GIVEN: _noticed,
    Guard.REPLACED: lambda case, deed: bool(deed.reference) and _noticed(case, deed),
}
