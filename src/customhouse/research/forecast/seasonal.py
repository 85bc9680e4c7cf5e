"""Seasonal: each coming month is the same month a year before, moved by the growth of value to the power of an elasticity.

Where the same month a year before is not known, the mean of the last months stands in its place, and the forecast says so. Growth is
what the assumptions give, or else what the last months grew over the same months a year before; where there are none, there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from customhouse.kernel import months_after
from customhouse.research.forecast.month import Month
from customhouse.saying import Saying, saying

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """How revenue follows value (1: in proportion), how value grows over a year (none: as the history did), over how many last months."""

    elasticity: Decimal = _ONE
    value_growth: Decimal | None = None
    level_months: int = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a month, and from what."""

    first_day: date
    revenue: Decimal
    basis: Saying


def forecast(history: Sequence[Month], *, months: int, assumptions: Assumptions) -> tuple[Expected, ...]:
    """The revenue of so many months after the history; refuses with `ValueError` a history without a month, or with a gap."""
    if not history:
        raise ValueError("a forecast needs a month of history")
    if any(months_after(before.first_day, 1) != after.first_day for before, after in pairwise(history)):
        raise ValueError("the history has a gap: every month has its figures")
    growth = _growth(history, assumptions)
    known = {each.first_day: each.revenue for each in history}
    factor = growth**assumptions.elasticity
    level = history[-assumptions.level_months :]
    mean = sum((each.revenue for each in level), Decimal(0)) / len(level)
    told, day = [], history[-1].first_day
    for _ in range(months):
        day = months_after(day, 1)
        before = known.get(date(day.year - 1, day.month, 1))
        if before is None:
            told.append(Expected(day, mean, saying("mean of the last {months} months", months=len(level))))
        else:
            told.append(Expected(day, before * factor, saying("the same month a year before, times {factor}", factor=f"{factor:.4f}")))
        known[day] = told[-1].revenue
    return tuple(told)


def _growth(history: Sequence[Month], assumptions: Assumptions) -> Decimal:
    if assumptions.value_growth is not None:
        return _ONE + assumptions.value_growth
    value = {each.first_day: each.value for each in history}
    pairs = [(value[day], value[date(day.year - 1, day.month, 1)]) for day in value if date(day.year - 1, day.month, 1) in value]
    now, before = (sum((pair[place] for pair in pairs[-12:]), Decimal(0)) for place in (0, 1))
    return now / before if now > 0 and before > 0 else _ONE
