"""Disclosure: whose eyes a figure is for, by the three levels of the WCO's performance measurement, and how many events it takes.

Those outside the administration read figures of months and years alone, since any other days could be told apart by them, and nothing of
what fewer than `kept_back.FEWEST` events came to.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeGuard

from customhouse.performance import indicator
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.performance import store as kept
from customhouse_server.performance.period import Period, UnknownPeriodError

HOUSE = CUSTOMS | {Role.ADMINISTRATOR}
"""Those who work for the administration."""
HEADS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


def is_of_house(person: Person | None) -> TypeGuard[Person]:
    """Whether somebody works for the administration, and so may see single cases."""
    return person is not None and person.role in HOUSE


def disclosed_to(person: Person | None) -> frozenset[indicator.Disclosure]:
    """The levels that somebody may see: anybody what is public, customs what is for the WCO too, supervisors and administrators all."""
    levels = {indicator.Disclosure.PUBLIC}
    if is_of_house(person):
        levels.add(indicator.Disclosure.WCO)
    if person and person.role in HEADS:
        levels.add(indicator.Disclosure.RESTRICTED)
    return frozenset(levels)


def is_told(person: Person | None, period: Period) -> bool:
    """Whether the person reads figures of a period: the administration of any, everybody else of a month or a year."""
    return is_of_house(person) or period.is_month or period.is_year


def require_told(person: Person | None, period: Period) -> None:
    """Refuse with `UnknownPeriodError` a period of which the person reads no figures."""
    if not is_told(person, period):
        raise UnknownPeriodError("figures are told by the month and by the year, as 2026-03 and 2026; not for {period}", period=period.name)


def figures_for(
    person: Person | None, indicators: Iterable[indicator.Indicator], periods: Sequence[Period]
) -> dict[tuple[str, date, date], indicator.Figure]:
    """The kept figures of these indicators as the person may read them, by code, start and end."""
    known = {each.code: each for each in indicators}
    if is_of_house(person):
        return kept.figures_of(known.values(), periods)
    months = {(each.start, each.end): each.months(12) if each.is_year else () for each in periods if each.is_month or each.is_year}
    found = kept.figures_of(known.values(), [*periods, *(month for beside in months.values() for month in beside)])
    return {
        (code, start, end): figure.told_outside(
            known[code].measure,
            parts=[part for month in months[start, end] if (part := found.get((code, month.start, month.end)))],
        )
        for (code, start, end), figure in found.items()
        if (start, end) in months
    }
