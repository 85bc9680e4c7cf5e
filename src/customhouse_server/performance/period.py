"""Period: the time for which figures are told, as an address carries it: `2026-03`, `2026`, or from a day until before another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from customhouse.saying import Refusal

YEAR = timedelta(days=365)
"""How long the year is that ends with any day."""
_SPAN = "--"
"""Between the days of any other period, as ISO 8601 writes an interval."""
_WRITTEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


class UnknownPeriodError(Refusal, ValueError):
    """The text is neither a month nor a year, nor two days in their order."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day until before `end`."""

    start: date
    end: date

    @property
    def name(self) -> str:
        """As an address carries it."""
        if self.is_month:
            return f"{self.start:%Y-%m}"
        return f"{self.start:%Y}" if self.is_year else f"{self.start.isoformat()}{_SPAN}{self.end.isoformat()}"

    @property
    def is_month(self) -> bool:
        """Whether it is a month, and nothing else."""
        return self == month_of(self.start)

    @property
    def is_year(self) -> bool:
        """Whether it is a year, and nothing else."""
        return self == year_of(self.start)

    def months(self, count: int) -> tuple["Period", ...]:
        """The last so many months up to its end, first to last."""
        found = [month_of(self.end - timedelta(days=1))]
        while len(found) < count:
            found.append(month_of(found[-1].start - timedelta(days=1)))
        return tuple(reversed(found))


def month_of(day: date) -> Period:
    """The month in which a day lies."""
    start = day.replace(day=1)
    return Period(start, (start + timedelta(days=31)).replace(day=1))


def year_of(day: date) -> Period:
    """The year in which a day lies."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def year_up_to(day: date) -> Period:
    """The 365 days that end with a day."""
    end = day + timedelta(days=1)
    return Period(end - YEAR, end)


def read_period(text: str) -> Period:
    """The period that a text names; refuses with `UnknownPeriodError`."""
    if _SPAN in text:
        return _span(text)
    found = _WRITTEN.fullmatch(text)
    if not found or not 1 < int(found[1]) < 9999:  # noqa: PLR2004 - the years that a calendar has on both sides
        raise UnknownPeriodError("{text!r} is no period: write a month as 2026-03, or a year as 2026", text=text)
    first = date(int(found[1]), int(found[2] or 1), 1)
    return month_of(first) if found[2] else year_of(first)


def _span(text: str) -> Period:
    try:
        start, end = map(date.fromisoformat, text.split(_SPAN))
    except ValueError as error:
        raise UnknownPeriodError("{text!r} is no period: write two days as 2026-03-15--2026-04-15", text=text) from error
    if not start < end or not 1 < start.year <= end.year < 9999:  # noqa: PLR2004 - as below
        raise UnknownPeriodError("{text!r} is no period: its first day is not before its end", text=text)
    return Period(start, end)


def periods_of(days: Iterable[date]) -> tuple[Period, ...]:
    """Every month and year of these days, which come in their order, and those without any in a gap of less than a year.

    A longer gap has none, so that one day of long ago does not bring a century of empty periods with it.
    """
    found: list[Period] = []
    for day in days:
        if found and found[-1].end <= day < found[-1].end + YEAR:
            found += _months_between(found[-1].end, day)
        elif not found or found[-1].end <= day:
            found.append(month_of(day))
    years = dict.fromkeys(each.start.year for each in found)
    return (*found, *(year_of(date(year, 1, 1)) for year in years))


def _months_between(first: date, last: date) -> Iterator[Period]:
    month = month_of(first)
    while month.start <= last:
        yield month
        month = month_of(month.end)
