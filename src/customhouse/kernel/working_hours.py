"""Working hours: when an office is open, and how much of a span of time that is (RKC General Annex 3.1 and 3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NOTHING = timedelta(0)
_LONGEST_CLOSURE = 400
"""Days after which an office that has not opened is taken for closed for good."""


class NeverOpenError(ValueError):
    """The office does not open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """The hours of an office in its own zone: from `opens` until `closes` (midnight for the end of the day) on weekdays, 1 being Monday."""

    opens: time
    closes: time
    weekdays: frozenset[int]
    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The instant by which so much working time has passed since the start; refuses with `NeverOpenError`."""
        left = span
        for opening, closing in self._open_from(start):
            begin = max(opening, start)
            if begin + left <= closing and begin < closing:
                return begin + left
            left -= max(closing - begin, _NOTHING)
        raise NeverOpenError(f"the office does not open within {_LONGEST_CLOSURE} days of {start}")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two aware instants; none where the end comes first."""
        total = _NOTHING
        for opening, closing in self._open_from(start):
            if opening >= end:
                break
            total += max(min(closing, end) - max(opening, start), _NOTHING)
        return total

    def _open_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every time that the office is open, in the zone of the start, from its day on."""
        first = start.astimezone(self.zone).date()
        for days in range(_LONGEST_CLOSURE):
            day = first + timedelta(days=days)
            if day.isoweekday() in self.weekdays and day not in self.holidays:
                until = day if self.closes != time() else day + timedelta(days=1)
                opening = datetime.combine(day, self.opens, self.zone).astimezone(start.tzinfo)
                yield opening, datetime.combine(until, self.closes, self.zone).astimezone(start.tzinfo)
