"""How a code was reached: the General Rules for the Interpretation of the Harmonized System walked in their order, each step kept."""

from customhouse.tariff.interpretation.aloud import read_aloud
from customhouse.tariff.interpretation.general_rule import RULES, GeneralRule
from customhouse.tariff.interpretation.source import Citation, SourceKind
from customhouse.tariff.interpretation.step import Candidate, Step
from customhouse.tariff.interpretation.walk import Walk, WrongStepError, next_rules, walk_of, walked

__all__ = [
    "RULES",
    "Candidate",
    "Citation",
    "GeneralRule",
    "SourceKind",
    "Step",
    "Walk",
    "WrongStepError",
    "next_rules",
    "read_aloud",
    "walk_of",
    "walked",
]
