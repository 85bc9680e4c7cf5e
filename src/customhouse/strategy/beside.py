"""Beside: what stands beside a plan in its report: the months of its indicators, agreements, and the projects of its goals."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.performance import indicator, kept_back


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What an indicator came to in a month, with its interval; nothing where nothing happened.

    `n` is the number of events behind it; a report written before that was told does not have it.
    """

    start: date
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None

    def told_outside(self) -> "Month":
        """The month as it is read outside the administration: nothing of what too few events came to, or nobody knows how many."""
        return self if self.n is not None and kept_back.is_told(self.n) else Month(start=self.start, value=None)


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The twelve months of an approved indicator up to the end of the report, first to last, and for whom they are."""

    code: str
    disclosure: indicator.Disclosure
    months: tuple[Month, ...]


class OpenAction(msgspec.Struct, frozen=True, kw_only=True):
    """An action under a provision of an agreement that is not done yet: who does it by when, and whether its day has passed."""

    title: str
    number: str
    provision: str
    owner: str
    due_on: date
    is_overdue: bool


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement by its title: how many of its provisions are carried out, and its actions."""

    title: str
    carried_out: int
    provisions: int
    actions: int
    actions_done: int
    actions_open: tuple[OpenAction, ...] = ()


class Projects(msgspec.Struct, frozen=True, kw_only=True):
    """The capacity-building projects of a goal in one state and currency; those that serve no goal of the plan have none.

    `cost` is of those whose budget can be valued; of how many it cannot, `undetermined` says.
    """

    goal: int | None
    state: str
    currency: str
    projects: int
    cost: Decimal
    undetermined: int
    agreed: Decimal
    paid: Decimal


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, as it stood when the report was written."""

    series: tuple[Series, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    projects: tuple[Projects, ...] = ()

    def disclosed(self, levels: Collection[indicator.Disclosure]) -> "Beside":
        """What is there for somebody who sees these levels: nothing of the months of an indicator that is for others."""
        return msgspec.structs.replace(self, series=tuple(each for each in self.series if each.disclosure in levels))

    def told_outside(self) -> "Beside":
        """What is there for somebody outside the administration: no month of too few events."""
        series = (msgspec.structs.replace(each, months=tuple(month.told_outside() for month in each.months)) for each in self.series)
        return msgspec.structs.replace(self, series=tuple(series))
