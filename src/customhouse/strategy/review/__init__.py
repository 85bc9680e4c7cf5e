"""The review of a plan: the cycle of its steps and bodies, where it stands in it, and the reports that account for it."""

from customhouse.strategy.review import cycle, event, report, standing
from customhouse.strategy.review.cycle import Act
from customhouse.strategy.review.disposition import Disposition
from customhouse.strategy.review.measuring import figures_of
from customhouse.strategy.review.report import Figures, Report, measured_by, report_on, reported_period

__all__ = [
    "Act",
    "Disposition",
    "Figures",
    "Report",
    "cycle",
    "event",
    "figures_of",
    "measured_by",
    "report",
    "report_on",
    "reported_period",
    "standing",
]
