"""Tie: what a budget proposal asks for beside what the plan says it costs, activity by activity and source by source.

A line ties where it names one activity of the plan, in the plan's currency; any other is told with its reason and never shared out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from customhouse.strategy.operation import cost, total_of
from customhouse.strategy.plan import StrategicPlan
from customhouse.strategy.secretariat.budget import BudgetLine, Source

_PAYS = {
    Source.BUDGET: cost.Source.BUDGET,
    Source.VOLUNTARY_FUND: cost.Source.VOLUNTARY,
    Source.LENT_TIME: cost.Source.ATTACHE,
}
"""Who pays in the plan for what a budget calls by another word."""


class Untied(StrEnum):
    """Why a line of the budget ties to no cost of the plan."""

    NO_ACTIVITY = "it names no activity"
    SEVERAL_ACTIVITIES = "it names several activities"
    OF_NO_PLAN = "the plan has no such activity"
    OTHER_CURRENCY = "the plan counts in another currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What is proposed and what is planned for an activity from a source; `planned` is none where no rule values it, and says why."""

    goal: int
    activity: str
    source: Source
    proposed: Decimal
    planned: Decimal | None
    undetermined: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """How much more is proposed than planned; none where what is planned is undetermined."""
        return None if self.planned is None else self.proposed - self.planned


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties in the order of the plan, and the lines that tie to nothing, each with its reason."""

    tied: tuple[Tie, ...]
    untied: tuple[tuple[BudgetLine, Untied], ...]


def ties(lines: Iterable[BudgetLine], plan: StrategicPlan, *, year: int) -> Ties:
    """The lines of a budget against the costs of the plan in a financial year; what either has and the other has not is there too."""
    reasons = [(line, _untied(line, plan)) for line in lines]
    tied = _tied([line for line, reason in reasons if reason is None], plan, year=year)
    return Ties(tuple(tied), tuple((line, reason) for line, reason in reasons if reason is not None))


def _tied(lines: list[BudgetLine], plan: StrategicPlan, *, year: int) -> Iterator[Tie]:
    for (goal, activity), source in product(plan.activities(), Source):
        asked = [each.amount for each in lines if (each.activities[0], each.source) == (activity.number, source)]
        costs = [each for each in plan.operation.costs if (each.activity, each.year, each.source) == (activity.number, year, _PAYS[source])]
        if asked or costs:
            planned = total_of(costs, plan.operation.attache_rates)
            yield Tie(
                goal=goal.number,
                activity=activity.number,
                source=source,
                proposed=sum(asked, Decimal(0)),
                planned=None if planned.undetermined else planned.planned,
                undetermined=planned.undetermined,
            )


def _untied(line: BudgetLine, plan: StrategicPlan) -> Untied | None:
    if not line.activities:
        return Untied.NO_ACTIVITY
    if len(line.activities) > 1:
        return Untied.SEVERAL_ACTIVITIES
    if line.activities[0] not in {activity.number for _, activity in plan.activities()}:
        return Untied.OF_NO_PLAN
    return Untied.OTHER_CURRENCY if line.currency != plan.operation.currency else None
