"""Strategic plan: the goals of an organization for a period, their activities, and the building blocks that each rests on."""

import tomllib
from datetime import date

import msgspec

EVERY_BLOCK = "*"


class UnreadablePlanError(ValueError):
    """A text is no plan, or does not hold together: the message says where."""


class Activity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A strategic activity, by its number within the goal, and the codes of its building blocks."""

    number: str
    title: str
    building_blocks: tuple[str, ...] = ()


class Goal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A strategic goal, the package of instruments that serves it where one does, and its activities."""

    number: int
    title: str
    package: str | None = None
    activities: tuple[Activity, ...] = ()


class StrategicPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan for a half-open period; its building blocks are names by code, in their order."""

    name: str
    title: str
    valid_from: date
    valid_to: date
    building_blocks: dict[str, str]
    goals: tuple[Goal, ...]
    source: str = ""

    def blocks_of(self, activity: Activity) -> tuple[str, ...]:
        """The names of the building blocks of an activity; all of them where it relates to every one."""
        codes = self.building_blocks if EVERY_BLOCK in activity.building_blocks else activity.building_blocks
        return tuple(self.building_blocks[code] for code in codes)


def read_plan(text: str) -> StrategicPlan:
    """The plan that a TOML text states; refuses with `UnreadablePlanError` what is none, or points at what is not there."""
    try:
        plan = msgspec.convert(tomllib.loads(text), StrategicPlan)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadablePlanError(f"the plan cannot be read: {refusal}") from refusal
    faults = [*_numbering(plan), *_links(plan)]
    if plan.valid_to <= plan.valid_from:
        faults.append("the period ends before it begins")
    if faults:
        raise UnreadablePlanError("; ".join(faults))
    return plan


def _numbering(plan: StrategicPlan) -> list[str]:
    goals = [goal.number for goal in plan.goals]
    faults = [f"the goal {number} stands twice" for number in sorted({each for each in goals if goals.count(each) > 1})]
    for goal in plan.goals:
        numbers = [each.number for each in goal.activities]
        strays = [each for each in numbers if each.split(".")[0] != str(goal.number)]
        faults += [f"the activity {each} does not belong under goal {goal.number}" for each in strays]
        faults += [f"the activity {each} stands twice" for each in sorted({each for each in numbers if numbers.count(each) > 1})]
    return faults


def _links(plan: StrategicPlan) -> list[str]:
    known = {EVERY_BLOCK, *plan.building_blocks}
    return [
        f"the activity {activity.number} names the building block {code}, which the plan does not have"
        for goal in plan.goals
        for activity in goal.activities
        for code in activity.building_blocks
        if code not in known
    ]
