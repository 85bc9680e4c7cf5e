"""Coverage: which goals and activities rest on which building block, and what is planned to be spent on them.

The cost of an activity is shared out evenly over its blocks, to the last rounding step, so that the cells add up to the whole.
"""

from decimal import Decimal

import msgspec

from customhouse.kernel import apportioned
from customhouse.strategy.operation import Total, total_of
from customhouse.strategy.plan import StrategicPlan


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One building block under one goal: the activities that rest on it, and its share of their cost."""

    block: str
    goal: int
    activities: tuple[str, ...] = ()
    cost: Decimal = Decimal(0)


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Every block by every goal, in the order of the plan; `unlinked` are the activities that rest on no block, with their cost."""

    blocks: dict[str, str]
    goals: tuple[int, ...]
    cells: tuple[Cell, ...]
    unlinked: tuple[str, ...]
    unlinked_cost: Decimal

    def row(self, block: str) -> tuple[Cell, ...]:
        """The cells of a block, a goal each."""
        return tuple(cell for cell in self.cells if cell.block == block)


def coverage_of(plan: StrategicPlan) -> Coverage:
    """The blocks of a plan by its goals."""
    found: dict[tuple[str, int], list[tuple[str, Decimal]]] = {}
    unlinked: list[tuple[str, Decimal]] = []
    for goal, activity in plan.activities():
        codes = plan.block_codes_of(activity)
        cost = plan.shown(cost_of_activity(plan, activity.number).planned)
        shares = apportioned(cost, [Decimal(1)] * len(codes), step=plan.operation.rounding_step) if codes else []
        for code, share in zip(codes, shares, strict=True):
            found.setdefault((code, goal.number), []).append((activity.number, share))
        if not codes:
            unlinked.append((activity.number, cost))
    goals = tuple(goal.number for goal in plan.goals)
    cells = tuple(_cell(block, goal, found.get((block, goal), [])) for block in plan.building_blocks for goal in goals)
    return Coverage(
        blocks=plan.building_blocks,
        goals=goals,
        cells=cells,
        unlinked=tuple(number for number, _ in unlinked),
        unlinked_cost=sum((cost for _, cost in unlinked), Decimal(0)),
    )


def cost_of_activity(plan: StrategicPlan, number: str) -> Total:
    """What an activity takes over the whole period."""
    annex = plan.operation
    return total_of((line for line in annex.costs if line.activity == number), annex.attache_rates)


def _cell(block: str, goal: int, found: list[tuple[str, Decimal]]) -> Cell:
    return Cell(
        block=block, goal=goal, activities=tuple(number for number, _ in found), cost=sum((share for _, share in found), Decimal(0))
    )
