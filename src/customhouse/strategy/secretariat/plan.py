"""Audit plan: which areas of the universe are audited in which year, as often as their risk asks for, within the days that there are.

Legal source: Global Internal Audit Standards, 9.4 (a plan based on a documented assessment of risks, with what is left out for want of
resources). How often an area is due is a rule of this house, in years by its score.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.kernel import calendar
from customhouse.saying import Saying
from customhouse.strategy.secretariat.audit import Audit, AuditArea, ranked

YEARS_BETWEEN = {15: 1, 8: 2, 4: 3, 1: 5}
"""Years from one audit of an area to the next, by the score from which they hold."""


class AuditYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days that the auditors have in a calendar year, and who settled that."""

    year: int
    days: int
    decided_by: str = ""
    decided_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse with `ValueError` days that are none."""
        if self.days < 0:
            raise ValueError("the days of a year are a number from nothing up")

    def faults(self, *, on: date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: a year that is none, and a decision of a day to come."""
        yield from calendar.to_come(on=on, decided_on=self.decided_on)
        if self.year not in calendar.YEARS:
            yield "year", calendar.beyond(self.year)


class Placing(StrEnum):
    """What becomes of an area in a year, and why."""

    ENTERED = "entered"
    PLANNED = "planned"
    NOT_DUE = "not due"
    NO_CAPACITY = "the days do not suffice"
    NOT_ESTIMATED = "nobody estimated its days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An area in a year: since when it is due, what becomes of it, and how many days of the year are left after it."""

    year: int
    area: AuditArea
    due_year: int
    placing: Placing
    days_left: int


def years_between(area: AuditArea) -> int:
    """How many years an area may go unaudited."""
    return next(years for score, years in YEARS_BETWEEN.items() if area.score >= score)


def as_audited(areas: Iterable[AuditArea], audits: Iterable[Audit]) -> tuple[AuditArea, ...]:
    """The areas, each with the day on which it was last audited by the audits that were reported."""
    reported = [each for each in audits if each.reported_on]
    return tuple(_with_last(area, [each.reported_on for each in reported if each.area == area.name]) for area in areas)


def audit_plan(areas: Iterable[AuditArea], years: Iterable[AuditYear], *, audits: Sequence[Audit] = ()) -> tuple[Planned, ...]:
    """Every area in every year of the calendar, in the order of the plan; what is left out stays due in the next year.

    An audit that was entered for a year holds its days before all others; an area of which nobody knows when it was audited is due at once.
    """
    standing = as_audited(areas, audits)
    told: list[Planned] = []
    for year in sorted((each for each in years if each.year in calendar.YEARS), key=lambda each: each.year):
        rows = tuple(_in_year(standing, year, [each for each in audits if each.year == year.year]))
        done = {row.area.name for row in rows if row.placing in (Placing.ENTERED, Placing.PLANNED)}
        standing = tuple(_with_last(area, [date(year.year, 12, 31)] if area.name in done else []) for area in standing)
        told += rows
    return tuple(told)


def _in_year(areas: tuple[AuditArea, ...], year: AuditYear, audits: list[Audit]) -> Iterator[Planned]:
    entered = {each.area for each in audits}
    left = year.days - sum(each.audit_days for each in audits)
    order = ranked(areas, on=date(year.year, 1, 1))
    for area in sorted(order, key=lambda each: each.name not in entered):
        placing = Placing.ENTERED if area.name in entered else _placing(area, year.year, left)
        if placing is Placing.PLANNED:
            left -= area.audit_days or 0
        yield Planned(year=year.year, area=area, due_year=_due_year(area, year.year), placing=placing, days_left=left)


def _placing(area: AuditArea, year: int, left: int) -> Placing:
    if _due_year(area, year) > year:
        return Placing.NOT_DUE
    if area.audit_days is None:
        return Placing.NOT_ESTIMATED
    return Placing.PLANNED if area.audit_days <= left else Placing.NO_CAPACITY


def _due_year(area: AuditArea, year: int) -> int:
    return year if area.last_audited_on is None else area.last_audited_on.year + years_between(area)


def _with_last(area: AuditArea, days: Iterable[date | None]) -> AuditArea:
    last = max((day for day in (area.last_audited_on, *days) if day), default=None)
    return msgspec.structs.replace(area, last_audited_on=last)
