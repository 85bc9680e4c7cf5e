"""The strategic plan of an organization: what it wants, by which activities and means, how versions differ, and how it is accounted for."""

from customhouse.strategy import beside, budget, coverage, operation, review
from customhouse.strategy.difference import Change, difference
from customhouse.strategy.plan import StrategicPlan
from customhouse.strategy.reading import Form, UnreadablePlanError, plan_of, read_plan

__all__ = [
    "Change",
    "Form",
    "StrategicPlan",
    "UnreadablePlanError",
    "beside",
    "budget",
    "coverage",
    "difference",
    "operation",
    "plan_of",
    "read_plan",
    "review",
]
