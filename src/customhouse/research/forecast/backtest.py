"""Backtest: how far the forecast would have been off, each month foretold from what had come before alone, beside a naive one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from customhouse.research.forecast.month import Month
from customhouse.research.forecast.seasonal import Assumptions, forecast

_FEWEST_FOR_INTERVAL = 10


@dataclass(frozen=True, slots=True)
class Backtest:
    """Mean error as a share of what came, with and without its sign, that of taking the last month, and 80 % bounds of what comes.

    `low` and `high` are shares of the forecast between which 8 of 10 outcomes lay; none where there are too few to say.
    """

    months: int
    mean_absolute_error: Decimal
    bias: Decimal
    naive_error: Decimal
    low: Decimal | None
    high: Decimal | None


def backtest(history: Sequence[Month], *, after: int, assumptions: Assumptions, ahead: int = 1) -> Backtest:
    """Foretell months from all that had come `ahead` months before each, at least `after` of them.

    The further ahead, the wider the bounds. Refuses with `ValueError` a history without such a month.
    """
    known = [(place, place + ahead - 1) for place in range(max(1, after), len(history) - ahead + 1)]
    tried = [(history[:place], history[meant]) for place, meant in known if history[meant].revenue > 0]
    if not tried:
        raise ValueError(f"the history has no month after the first {after} and the {ahead - 1} that follow")
    foretold = [forecast(before, months=ahead, assumptions=assumptions)[-1].revenue for before, _ in tried]
    came = [month.revenue for _, month in tried]
    errors = [(each - real) / real for each, real in zip(foretold, came, strict=True)]
    naive = [abs(before[-1].revenue - month.revenue) / month.revenue for before, month in tried]
    ratios = sorted(real / each for each, real in zip(foretold, came, strict=True) if each > 0)
    bounds = (ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]) if len(ratios) >= _FEWEST_FOR_INTERVAL else (None, None)
    return Backtest(len(tried), _mean([abs(each) for each in errors]), _mean(errors), _mean(naive), *bounds)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
