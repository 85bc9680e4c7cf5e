"""Which subheading goods belong to, by their description: suggestions with their reasons, learned from what customs decided."""

from customhouse.tariff.classification.index import Index
from customhouse.tariff.classification.precedent import Precedent, UnreadablePrecedentError, read_precedents
from customhouse.tariff.classification.suggestion import Answer, Suggestion, Suggestions
from customhouse.tariff.classification.wording import UnreadableWordingError, by_level, read_wording

__all__ = [
    "Answer",
    "Index",
    "Precedent",
    "Suggestion",
    "Suggestions",
    "UnreadablePrecedentError",
    "UnreadableWordingError",
    "by_level",
    "read_precedents",
    "read_wording",
]
