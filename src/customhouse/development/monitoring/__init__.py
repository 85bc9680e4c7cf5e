"""What came of a project (phase III): its indicators over time against their targets, and independent evaluation."""

from customhouse.development.monitoring.evaluation import NotIndependentError, evaluated
from customhouse.development.monitoring.progress import Course, Progress, progress

__all__ = ["Course", "NotIndependentError", "Progress", "evaluated", "progress"]
