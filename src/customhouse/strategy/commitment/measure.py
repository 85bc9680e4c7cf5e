"""Measure: one measure of the agreement as it stands on a day, after its shifts and extensions (TFA Articles 16 to 19)."""

from collections.abc import Iterable
from datetime import date

import msgspec

from customhouse.strategy.commitment.arrangement import Arrangement
from customhouse.strategy.commitment.pledge import Category, Extension, Pledge, Shift, Status, category_of, due_on


class Promised(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was stated of a measure: what was promised first, and what has changed it since."""

    pledge: Pledge
    shifts: tuple[Shift, ...] = ()
    extensions: tuple[Extension, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure on a day: its category, its dates with every extension that counts, the assistance that it needs and has."""

    category: Category
    indicative_on: date | None
    definitive_on: date | None
    assistance_needed: str = ""
    arrangements: tuple[Arrangement, ...] = ()


def measure_on(promised: Promised, *, status: Status, on: date) -> Measure:
    """A measure as it stands on a day for a member of that status; an arrangement counts from the day on which it was agreed."""
    return Measure(
        category=category_of(promised.pledge, promised.shifts, on=on),
        indicative_on=promised.pledge.indicative_on,
        definitive_on=due_on(promised.pledge, promised.extensions, status=status),
        assistance_needed=_assistance_needed(promised.shifts, on=on),
        arrangements=tuple(each for each in promised.arrangements if each.agreed_on is None or each.agreed_on <= on),
    )


def _assistance_needed(shifts: Iterable[Shift], *, on: date) -> str:
    """What the last shift up to a day said of it (Article 19.1)."""
    done = [each for each in shifts if each.notified_on <= on]
    return max(done, key=lambda each: each.notified_on).assistance_needed if done else ""
