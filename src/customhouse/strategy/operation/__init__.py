"""The operational plan: what is done each financial year about the activities of a strategic plan, by which means, and with what risk."""

from customhouse.strategy.operation.cost import AttacheRate, CostLine, Source, Total, cost_of, total_of
from customhouse.strategy.operation.operational_plan import Deliverable, OperationalPlan, PlannedIndicator, Risk, Target
from customhouse.strategy.operation.year import year_of

__all__ = [
    "AttacheRate",
    "CostLine",
    "Deliverable",
    "OperationalPlan",
    "PlannedIndicator",
    "Risk",
    "Source",
    "Target",
    "Total",
    "cost_of",
    "total_of",
    "year_of",
]
