"""Price signal: how a declared price stands to prices recorded before: a reason to look closer, and nothing more.

A database of prices may not replace a declared value, nor be the ground for rejecting one (WTO Valuation Agreement, Articles 7.2(f) and
(g), Decision 6.1). So the signal is text for the eye, and no type of a valuation or of a doubt has a place for it.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """Where the declared price lies among those recorded."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    UNKNOWN = "unknown"


class RecordedPrice(msgspec.Struct, frozen=True, kw_only=True):
    """A price for one unit as declared before, on which day and at which commercial level."""

    per_unit: Decimal
    on: date
    commercial_level: str = ""


class PriceSignal(msgspec.Struct, frozen=True, kw_only=True):
    """How many prices, from when to when, at which levels, and how they are spread; the figures are for reading, not for reckoning."""

    count: int
    currency: str
    lower_quartile: str
    median: str
    upper_quartile: str
    first_on: date | None
    last_on: date | None
    commercial_levels: tuple[str, ...]
    standing: Standing

    def __str__(self) -> str:
        """As it is shown beside a declared price."""
        if not self.count:
            return "no prices are recorded"
        spread = f"median {self.median}, half of them from {self.lower_quartile} to {self.upper_quartile} {self.currency}"
        when = f"from {self.first_on} to {self.last_on}"
        return f"{self.count} prices {when}: {spread}; the declared price is {self.standing}"


def price_signal(declared: Decimal, recorded: Sequence[RecordedPrice], *, currency: str) -> PriceSignal:
    """The spread of the recorded prices, and whether the declared one lies in their middle half."""
    prices = sorted(each.per_unit for each in recorded)
    days = [each.on for each in recorded]
    if not prices:
        return PriceSignal(
            count=0,
            currency=currency,
            lower_quartile="",
            median="",
            upper_quartile="",
            first_on=None,
            last_on=None,
            commercial_levels=(),
            standing=Standing.UNKNOWN,
        )
    lower, middle, upper = (_quantile(prices, quarters) for quarters in (1, 2, 3))
    standing = Standing.BELOW if declared < lower else Standing.ABOVE if declared > upper else Standing.WITHIN
    return PriceSignal(
        count=len(prices),
        currency=currency,
        lower_quartile=f"{lower:f}",
        median=f"{middle:f}",
        upper_quartile=f"{upper:f}",
        first_on=min(days),
        last_on=max(days),
        commercial_levels=tuple(sorted({each.commercial_level for each in recorded if each.commercial_level})),
        standing=standing,
    )


def _quantile(prices: Sequence[Decimal], quarters: int) -> Decimal:
    """The value below which so many quarters of the sorted prices lie, between two neighbours in proportion."""
    whole, part = divmod((len(prices) - 1) * quarters, 4)
    if not part:
        return prices[whole]
    return prices[whole] + (prices[whole + 1] - prices[whole]) * Decimal(part) / Decimal(4)
