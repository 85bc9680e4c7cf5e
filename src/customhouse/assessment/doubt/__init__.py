"""What becomes of customs' doubt about a declared value: asked, explained, heard, decided, each with its clock (Decision 6.1)."""

from customhouse.assessment.doubt.doubt import Doubt, DoubtRefusedError, DoubtStep, told_by
from customhouse.assessment.doubt.procedure import OPEN, PROCEDURE, DoubtAct, DoubtState, Side

__all__ = [
    "OPEN",
    "PROCEDURE",
    "Doubt",
    "DoubtAct",
    "DoubtRefusedError",
    "DoubtState",
    "DoubtStep",
    "Side",
    "told_by",
]
