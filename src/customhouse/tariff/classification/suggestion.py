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
class Question:
    """What to ask so that the first neighbours come apart: for each code the words of the nomenclature that it has alone."""

    alternatives: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """The question in words; nothing where no word separates the codes."""
        told = [f"{', '.join(words)} ({code})" for code, words in self.alternatives if words]
        if not told:
            return ""
        silent = [code for code, words in self.alternatives if not words]
        return f"Which holds for the goods: {'; '.join([*told, *(f'none of these ({code})' for code in silent)])}?"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to one description; where it does not suffice, why, with the list all the same.

    `version` says what the index had learned, so that the same question can be put to it again.
    """

    answer: Answer
    ranked: tuple[Suggestion, ...]
    reason: str = ""
    question: Question = Question(())
    version: str = ""
