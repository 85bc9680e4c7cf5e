"""Step: what became of one method: its value accepted, the method ruled out with its reason, or a question still open."""

from decimal import Decimal

import msgspec

from customhouse.assessment.valuation.evidence import Evidence, named
from customhouse.assessment.valuation.value_line import ValueLine
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.saying import Refusal


class OpenQuestionError(Refusal, ValueError):
    """Something is not stated without which a method can be neither used nor ruled out; the message says what."""


class RuledOutError(Refusal, ValueError):
    """A method cannot be used; the message says why, and the evidence shows it."""

    def __init__(self, wording: str, evidence: tuple[Evidence, ...] = (), /, between: str = ", ", **params: object) -> None:
        """Keep the reason with what it rests on."""
        super().__init__(wording, between=between, **params)
        self.evidence = evidence


class Accepted(msgspec.Struct, frozen=True, kw_only=True, tag="accepted"):
    """The value by this method, line by line; `exact` is the sum of the lines in national currency, not yet rounded.

    `entries` are the import entries of other goods that it was compared with, which are not for the importer (Article 10).
    """

    method: ValuationMethod
    lines: tuple[ValueLine, ...]
    notes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()

    @property
    def exact(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.national for line in self.lines), Decimal(0))


class RuledOut(msgspec.Struct, frozen=True, kw_only=True, tag="ruled_out"):
    """The method cannot be used, and why."""

    method: ValuationMethod
    reason: str
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse to leave a method without saying why."""
        if not self.reason.strip():
            raise ValueError(f"{self.method.article} can be left only with a reason")

    def __str__(self) -> str:
        """As an officer reads it out."""
        shown = f" ({named(self.evidence)})" if self.evidence else ""
        return f"{self.method.article} cannot be used: {self.reason}{shown}."


class Undetermined(msgspec.Struct, frozen=True, kw_only=True, tag="undetermined"):
    """The method can be neither used nor ruled out until something is stated."""

    method: ValuationMethod
    reason: str
