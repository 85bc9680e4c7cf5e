"""Clock: how a thing that is due on a day stands on another: done, due, or overdue by how many days."""

from datetime import date
from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """Where a due thing stands."""

    DONE = "done"
    DONE_LATE = "done_late"
    DUE = "due"
    OVERDUE = "overdue"


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that is due, and how many days are left, negative once it is overdue; nothing once it is done."""

    due_on: date
    standing: Standing
    days_left: int | None


def clock(due_on: date, *, on: date, done_on: date | None = None) -> Clock:
    """How a thing stands on a day; what is done on the day it is due is in time."""
    if done_on is not None and done_on <= on:
        return Clock(due_on=due_on, standing=Standing.DONE if done_on <= due_on else Standing.DONE_LATE, days_left=None)
    left = (due_on - on).days
    return Clock(due_on=due_on, standing=Standing.DUE if left >= 0 else Standing.OVERDUE, days_left=left)
