"""Clock: the days that somebody has for something, from when they run, when they stood still and why, and what follows at their end.

Nothing here asks what day it is: the day is passed in.
"""

from datetime import date, timedelta
from typing import ClassVar

import msgspec

_DAY = timedelta(days=1)


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """Days that do not count, `[since, until)`, and why; an open pause has no end yet."""

    since: date
    reason: str
    until: date | None = None

    def includes(self, day: date) -> bool:
        """Whether the day lies in the pause."""
        return self.since <= day and (self.until is None or day < self.until)


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """So many days for its owner, the day it starts not counted; `consequence` says what follows when they have run out.

    With `in_working_days` neither the weekdays of rest (0 is Monday) nor the holidays count. A period of more than `longest` days is a
    mistake of whoever set it.
    """

    longest: ClassVar[int] = 3_660
    owner: str
    started_on: date
    days: int
    consequence: str = ""
    in_working_days: bool = False
    rest_weekdays: tuple[int, ...] = ()
    holidays: tuple[date, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a period that never ends."""
        if not 0 <= self.days <= self.longest:
            raise ValueError(f"a clock runs from 0 to {self.longest} days, not {self.days}")
        if self.in_working_days and set(range(7)) <= set(self.rest_weekdays):
            raise ValueError("a week needs a working day for working days to be counted")

    @property
    def is_paused(self) -> bool:
        """Whether it stands still, and nobody has said until when."""
        return any(each.until is None for each in self.pauses)

    @property
    def due_on(self) -> date | None:
        """The last day on which one is in time; nothing while it stands still."""
        if self.is_paused:
            return None
        day, counted = self.started_on, 0
        while counted < self.days:
            day += _DAY
            counted += self._counts(day)
        return day

    def days_left(self, *, on: date) -> int:
        """The days that are left after that one."""
        passed = (on - self.started_on).days
        used = sum(self._counts(self.started_on + _DAY * each) for each in range(1, min(passed, 4 * self.longest) + 1))
        return max(0, self.days - used)

    def has_run_out(self, *, on: date) -> bool:
        """Whether that day is too late."""
        due = self.due_on
        return due is not None and on > due

    def paused(self, reason: str, *, on: date) -> "Clock":
        """The clock standing still from that day; refuses with `ValueError` a pause without a reason, or of what stands or has run out."""
        if not reason.strip() or self.is_paused or self.has_run_out(on=on) or on < self.started_on:
            raise ValueError("a clock that runs is paused, and for a reason")
        return msgspec.structs.replace(self, pauses=(*self.pauses, Pause(since=on, reason=reason)))

    def resumed(self, *, on: date) -> "Clock":
        """The clock running again from that day; refuses with `ValueError` what does not stand still."""
        if not self.is_paused or on < self.pauses[-1].since:
            raise ValueError("only a clock that stands still is started again, and not before it stood")
        return msgspec.structs.replace(self, pauses=(*self.pauses[:-1], msgspec.structs.replace(self.pauses[-1], until=on)))

    def told(self, *, on: date) -> str:
        """How it stands on that day, as in `2 days left, until 2026-11-26`."""
        due = self.due_on
        if due is None:
            return f"paused since {self.pauses[-1].since.isoformat()}: {self.pauses[-1].reason}"
        if on > due:
            return f"ran out on {due.isoformat()}"
        left = self.days_left(on=on)
        return f"{left} {'day' if left == 1 else 'days'} left, until {due.isoformat()}"

    def _counts(self, day: date) -> bool:
        if any(each.includes(day) for each in self.pauses):
            return False
        return not self.in_working_days or (day.weekday() not in self.rest_weekdays and day not in self.holidays)
