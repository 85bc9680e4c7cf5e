"""Cost: what an activity takes, line by line and by source; what colleagues lent by members are worth follows from a stated rule.

Amounts are exact and add up exactly; they are rounded once, where they are shown. A line whose rule gives no rate for its year is
undetermined, and every total that it belongs to says so.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

NOTHING = Decimal(0)
MOST, FINEST = Decimal(10) ** 15, 6
"""Bounds within which products and sums of amounts stay exact in twenty-eight digits."""


class Source(StrEnum):
    """Who pays (WCO Strategic Plan, paragraph 11)."""

    BUDGET = "budget"
    VOLUNTARY = "voluntary contribution"
    ATTACHE = "technical attache"


class AttacheRate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a month of a technical attaché is worth in a financial year, and by which decision."""

    year: int
    monthly: Decimal
    basis: str


class CostLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: the planned amount, or the months of an attaché that the rule values; `spent` is what it came to, once that is known."""

    activity: str
    year: int
    source: Source
    directorate: str = ""
    what: str = ""
    fund: str = ""
    amount: Decimal | None = None
    person_months: Decimal = NOTHING
    spent: Decimal | None = None


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """What lines add up to; `undetermined` gives the reason for each line that no rule could value."""

    planned: Decimal = NOTHING
    spent: Decimal = NOTHING
    person_months: Decimal = NOTHING
    undetermined: tuple[str, ...] = ()

    def __add__(self, other: "Total") -> "Total":
        """Both together."""
        return Total(
            planned=self.planned + other.planned,
            spent=self.spent + other.spent,
            person_months=self.person_months + other.person_months,
            undetermined=self.undetermined + other.undetermined,
        )


def is_amount(amount: Decimal, most: Decimal = MOST, *, decimals: int = FINEST) -> bool:
    """Whether a number is an amount from nothing up, less than the most, with so many decimals at most."""
    return amount.is_finite() and 0 <= amount < most and -int(amount.as_tuple().exponent) <= decimals


def cost_of(line: CostLine, rates: Sequence[AttacheRate]) -> Total:
    """What one line adds."""
    known = Total(spent=line.spent or NOTHING, person_months=line.person_months)
    if line.source is not Source.ATTACHE:
        return msgspec.structs.replace(known, planned=line.amount or NOTHING)
    rate = next((each.monthly for each in rates if each.year == line.year), None)
    if rate is None:
        reason = f"{line.activity}, {line.year}: no rate values the months of technical attachés in that year"
        return msgspec.structs.replace(known, undetermined=(reason,))
    return msgspec.structs.replace(known, planned=line.person_months * rate)


def total_of(lines: Iterable[CostLine], rates: Sequence[AttacheRate]) -> Total:
    """What the lines add up to."""
    return sum((cost_of(line, rates) for line in lines), Total())
