"""Working hours: when an office is open, and how much of a span of time that is (RKC General Annex 3.1 and 3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NOTHING = timedelta(0)
_LONGEST_CLOSURE = timedelta(days=400)
"""After which an office that has not opened is taken for closed for good."""


class NeverOpenError(ValueError):
    """The office is not open for so long, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """The hours of an office in its own zone: from `opens` until `closes` (midnight for the end of the day) on weekdays, 1 being Monday."""

    opens: time
    closes: time
    weekdays: frozenset[int]
    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse with `ValueError` an office that closes before it opens."""
        if self.closes <= self.opens and self.closes != time():
            raise ValueError(f"the office closes at {self.closes}, before it opens at {self.opens}")

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The instant by which so much working time has passed since the start; refuses with `NeverOpenError`."""
        left = span
        for opening, closing in self.openings(start=start, end=start + _LONGEST_CLOSURE + span * 10):
            begin = max(opening, start)
            if begin + left <= closing and begin < closing:
                return begin + left
            left -= max(closing - begin, _NOTHING)
        raise NeverOpenError(f"the office does not open often enough after {start}")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two aware instants; none where the end comes first."""
        spans = (min(closing, end) - max(opening, start) for opening, closing in self.openings(start=start, end=end))
        return sum((max(span, _NOTHING) for span in spans), _NOTHING)

    def openings(self, *, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every time that the office is open from the day of the start until it has passed the end, in the zone of the start."""
        day = start.astimezone(self.zone).date()
        while (opening := datetime.combine(day, self.opens, self.zone)) < end:
            if day.isoweekday() in self.weekdays and day not in self.holidays:
                until = day if self.closes != time() else day + timedelta(days=1)
                closing = datetime.combine(until, self.closes, self.zone)
                yield opening.astimezone(start.tzinfo), closing.astimezone(start.tzinfo)
            day += timedelta(days=1)
