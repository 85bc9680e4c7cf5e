"""The strategic plan of an organization: what it wants, by which activities, and what they rest on."""

from customhouse.strategy.plan import Activity, Goal, StrategicPlan, UnreadablePlanError, read_plan

__all__ = ["Activity", "Goal", "StrategicPlan", "UnreadablePlanError", "read_plan"]
