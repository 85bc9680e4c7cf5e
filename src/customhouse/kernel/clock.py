"""Clock: the time that the law allows for an act, which stands still while it waits for somebody else (TFA Article 3.1).

All in days of the law: whoever reads an instant makes it a day first.
"""

from datetime import date, timedelta
from enum import StrEnum

import msgspec

_WEEK = 7


class ClockState(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"


class Calendar(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which days are worked: not those of the week that rest (Monday is 0), not the holidays."""

    rest_days: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()

    def is_worked(self, *, on: date) -> bool:
        """Whether the day is a working day."""
        return on.weekday() not in self.rest_days and on not in self.holidays


class Pause(msgspec.Struct, frozen=True, omit_defaults=True):
    """Days `[start, end)` on which the clock stands still, and why; without an end it still does."""

    start: date
    reason: str
    end: date | None = None

    def includes(self, *, on: date) -> bool:
        """Whether the clock stands still on the day."""
        return self.start <= on and (self.end is None or on < self.end)


class Clock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The day it started, the days allowed (all, or those worked), and its pauses; without an allowance nothing is ever due."""

    started: date
    allowance: int | None = None
    working_days: bool = False
    pauses: tuple[Pause, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still with no end known."""
        return bool(self.pauses) and self.pauses[-1].end is None

    def paused(self, reason: str, *, on: date) -> "Clock":
        """The clock standing still from a day on; one that stands still already is left as it is."""
        return self if self.is_paused else msgspec.structs.replace(self, pauses=(*self.pauses, Pause(on, reason)))

    def resumed(self, *, on: date) -> "Clock":
        """The clock running again from a day on; one that runs already is left as it is."""
        if not self.is_paused:
            return self
        last = msgspec.structs.replace(self.pauses[-1], end=max(on, self.pauses[-1].start))
        return msgspec.structs.replace(self, pauses=(*self.pauses[:-1], last))

    def due(self, calendar: Calendar, *, on: date) -> date | None:
        """The last day allowed, as it is known on a day: a pause that has no end counts up to that day. None without an allowance."""
        if self.allowance is None:
            return None
        if self.working_days and self.allowance and len(calendar.rest_days) >= _WEEK:
            raise ValueError("no day of the week is worked: the time allowed never passes")
        day, left = self.started, self.allowance
        known = self.resumed(on=on)
        while left:
            day += timedelta(days=1)
            counts = not self.working_days or calendar.is_worked(on=day)
            left -= counts and not any(pause.includes(on=day) for pause in known.pauses)
        return day

    def state(self, calendar: Calendar, *, on: date) -> ClockState:
        """How the clock stands on a day."""
        if any(pause.includes(on=on) for pause in self.pauses):
            return ClockState.PAUSED
        due = self.due(calendar, on=on)
        return ClockState.RUNNING if due is None or on <= due else ClockState.OVERDUE
