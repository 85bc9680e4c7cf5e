"""Suggestion: what the search answers: subheadings in order with what speaks for each, or that the description does not suffice."""

from dataclasses import dataclass
from enum import StrEnum

from customhouse.tariff.classification.precedent import Precedent


class Answer(StrEnum):
    """How far the description carries."""

    SUGGESTED = "suggested"
    INSUFFICIENT = "insufficient_description"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A subheading of six digits, its score (an order, not a probability), the words and the precedents that speak for it.

    `set_apart_by` are the words of its description that the one ranked before it does not have.
    """

    code: str
    score: float
    description: str
    matched: tuple[str, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    set_apart_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to one description; where it does not suffice, why, with the list all the same."""

    answer: Answer
    ranked: tuple[Suggestion, ...]
    reason: str = ""
