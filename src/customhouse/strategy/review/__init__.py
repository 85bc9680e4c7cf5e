"""The review of a plan: the cycle of its steps and bodies, where it stands in it, and the reports that account for it."""

from customhouse.strategy.review import comment, cycle, event, membership, report, standing
from customhouse.strategy.review.cycle import Act
from customhouse.strategy.review.measuring import figures_of
from customhouse.strategy.review.report import Report, measured_by, report_on, reported_period

__all__ = [
    "Act",
    "Report",
    "comment",
    "cycle",
    "event",
    "figures_of",
    "measured_by",
    "membership",
    "report",
    "report_on",
    "reported_period",
    "standing",
]
