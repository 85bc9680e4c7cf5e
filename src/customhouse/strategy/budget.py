"""Budget: the cost lines of a plan rolled up per activity, goal, package, source, directorate or year."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from customhouse.strategy.operation import CostLine, Total, total_of
from customhouse.strategy.plan import StrategicPlan


class By(StrEnum):
    """What costs are rolled up by."""

    ACTIVITY = "activity"
    GOAL = "goal"
    PACKAGE = "package"
    SOURCE = "source"
    DIRECTORATE = "directorate"
    YEAR = "year"


def rolled_up(plan: StrategicPlan, by: By, *, lines: Iterable[CostLine] | None = None) -> dict[str, Total]:
    """The totals by what is asked, in its order; the lines of the plan, or those that are given. An empty name holds what has none."""
    chosen = tuple(plan.operation.costs if lines is None else lines)
    name = _naming(plan, by)
    names = {name(line) for line in chosen}
    ordered = [each for each in _order(plan, by) if each in names] + sorted(names - set(_order(plan, by)))
    return {each: total_of((line for line in chosen if name(line) == each), plan.operation.attache_rates) for each in ordered}


def _naming(plan: StrategicPlan, by: By) -> Callable[[CostLine], str]:
    goals = {activity.number: goal for goal, activity in plan.activities()}
    return {
        By.ACTIVITY: lambda line: line.activity,
        By.GOAL: lambda line: str(goals[line.activity].number),
        By.PACKAGE: lambda line: goals[line.activity].package or "",
        By.SOURCE: lambda line: line.source.value,
        By.DIRECTORATE: lambda line: line.directorate,
        By.YEAR: lambda line: str(line.year),
    }[by]


def _order(plan: StrategicPlan, by: By) -> list[str]:
    """Activities and goals in the order of the plan; the rest by name."""
    if by is By.ACTIVITY:
        return [activity.number for _, activity in plan.activities()]
    return [str(goal.number) for goal in plan.goals] if by is By.GOAL else []
