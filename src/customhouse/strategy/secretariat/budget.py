"""Budget proposal: what a year is to cost by directorate and source of funds, line by line."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum

import msgspec


class Source(StrEnum):
    """Where the money comes from: the organization's budget, a voluntary fund, or time that members lend."""

    BUDGET = "budget"
    VOLUNTARY_FUND = "voluntary fund"
    LENT_TIME = "lent time"


class BudgetLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: who spends how much in which currency, from which source, on which strategic activities."""

    directorate: str
    source: Source
    purpose: str
    amount: Decimal
    currency: str
    activities: tuple[str, ...] = ()


def totals(lines: Iterable[BudgetLine], by: Callable[[BudgetLine], str]) -> dict[str, Decimal]:
    """The amounts by what `by` says of a line, exact, in alphabetical order; together they are the whole."""
    sums: dict[str, Decimal] = {}
    for each in lines:
        sums[by(each)] = sums.get(by(each), Decimal(0)) + each.amount
    return dict(sorted(sums.items()))
