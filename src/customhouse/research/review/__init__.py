"""Who reviews what and what follows: papers read by people without a conflict, who do not know whose they are, and decided on reviews."""

from customhouse.research.review.assignment import Assignment, assigned
from customhouse.research.review.paper import Act, Paper, RefusedStepError, Reviewer, Stage, advance
from customhouse.research.review.verdict import Review, Verdict, recommended, to_author

__all__ = [
    "Act",
    "Assignment",
    "Paper",
    "RefusedStepError",
    "Review",
    "Reviewer",
    "Stage",
    "Verdict",
    "advance",
    "assigned",
    "recommended",
    "to_author",
]
