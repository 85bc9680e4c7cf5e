"""Which subheading goods belong to, by their description: suggestions with their reasons, learned from what customs decided."""

from customhouse.tariff.classification.index import Index
from customhouse.tariff.classification.learning import learned
from customhouse.tariff.classification.likeness import Likeness
from customhouse.tariff.classification.precedent import Precedent, UnreadablePrecedentError, read_precedents
from customhouse.tariff.classification.suggestion import Answer, Suggestions
from customhouse.tariff.classification.wording import UnreadableWordingError, by_level, read_wording
from customhouse.tariff.classification.words import words

__all__ = [
    "Answer",
    "Index",
    "Likeness",
    "Precedent",
    "Suggestions",
    "UnreadablePrecedentError",
    "UnreadableWordingError",
    "by_level",
    "learned",
    "read_precedents",
    "read_wording",
    "words",
]
