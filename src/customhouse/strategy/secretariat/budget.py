"""Budget: what a year is to cost by directorate and source of funds, in versions, until a committee decides."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Source(StrEnum):
    """Where the money comes from: the organization's budget, a voluntary fund, or time that members lend."""

    BUDGET = "budget"
    VOLUNTARY_FUND = "voluntary fund"
    LENT_TIME = "lent time"


class BudgetLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: who spends how much on which strategic activity, from which source."""

    directorate: str
    source: Source
    purpose: str
    amount: Decimal
    activity: str = ""


class BudgetProposal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of the budget of a financial year, in one currency; a committee accepts it or sends it back."""

    year: str
    version: int
    currency: str
    lines: tuple[BudgetLine, ...]
    committee: str = ""
    decision: str = ""
    decided_on: date | None = None

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum((each.amount for each in self.lines), Decimal(0))


def totals(lines: Iterable[BudgetLine], by: Callable[[BudgetLine], str]) -> dict[str, Decimal]:
    """The amounts by what `by` says of a line, exact, in alphabetical order; together they are the whole."""
    sums: dict[str, Decimal] = {}
    for each in lines:
        sums[by(each)] = sums.get(by(each), Decimal(0)) + each.amount
    return dict(sorted(sums.items()))
