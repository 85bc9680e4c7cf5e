"""The strategic plan of an organization: what it wants, by which activities and means, how versions differ, and how it is accounted for."""

from customhouse.strategy import operation, review
from customhouse.strategy.budget import By, rolled_up
from customhouse.strategy.coverage import coverage
from customhouse.strategy.difference import difference
from customhouse.strategy.plan import Activity, StrategicPlan
from customhouse.strategy.reading import Form, UnreadablePlanError, read_plan

__all__ = [
    "Activity",
    "By",
    "Form",
    "StrategicPlan",
    "UnreadablePlanError",
    "coverage",
    "difference",
    "operation",
    "read_plan",
    "review",
    "rolled_up",
]
