"""Where an administration stands (phase I): questions of seven areas, maturity and evidence, gaps, recommendations by priority."""

from customhouse.development.diagnostic.answer import Answer, Diagnostic, Priority, recommendations
from customhouse.development.diagnostic.check import CATALOGUE, checked
from customhouse.development.diagnostic.framework import Framework, Question, UnreadableFrameworkError, read_framework
from customhouse.development.diagnostic.score import Score, scores

__all__ = [
    "CATALOGUE",
    "Answer",
    "Diagnostic",
    "Framework",
    "Priority",
    "Question",
    "Score",
    "UnreadableFrameworkError",
    "checked",
    "read_framework",
    "recommendations",
    "scores",
]
