"""Money, rounding, validity, months, clocks, findings and events: what every area counts with, and no customs knowledge."""

from customhouse.kernel.apportionment import apportioned
from customhouse.kernel.clock import Clock
from customhouse.kernel.event import Event
from customhouse.kernel.finding import Finding, Severity
from customhouse.kernel.money import Money
from customhouse.kernel.month import months_after
from customhouse.kernel.rounding import Rounding, RoundingMode
from customhouse.kernel.validity import ALWAYS, Validity
from customhouse.kernel.working_hours import WorkingHours

__all__ = [
    "ALWAYS",
    "Clock",
    "Event",
    "Finding",
    "Money",
    "Rounding",
    "RoundingMode",
    "Severity",
    "Validity",
    "WorkingHours",
    "apportioned",
    "months_after",
]
