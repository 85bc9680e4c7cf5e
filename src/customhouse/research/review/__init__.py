"""Who reviews what: papers read by people who are neither their authors nor near them, and who do not know whose they are."""

from customhouse.research.review.assignment import Assignment, assigned
from customhouse.research.review.paper import Act, Paper, RefusedStepError, Reviewer, Stage, advance

__all__ = ["Act", "Assignment", "Paper", "RefusedStepError", "Reviewer", "Stage", "advance", "assigned"]
