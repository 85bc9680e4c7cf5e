"""Computed value: what it cost to make the goods, with profit and general expenses as usual for their class (Article 6)."""

import msgspec

from customhouse.assessment.countable import is_countable
from customhouse.assessment.regime import ValuationBasis
from customhouse.assessment.valuation.evidence import Evidence
from customhouse.assessment.valuation.step import Accepted, OpenQuestionError, RuledOutError
from customhouse.assessment.valuation.value_line import Terms
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.kernel import Money
from customhouse.saying import saying


class Cost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cost, as the producer's accounts show it."""

    amount: Money
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        """Refuse an amount that is none, or that nothing shows."""
        if not is_countable(self.amount.amount) or self.amount.amount < 0 or not self.evidence:
            raise ValueError("a cost is an amount of zero or more, with evidence")


class Computed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The costs of producing these goods; a producer abroad gives them only if it wishes to (Article 6.2)."""

    producer_consents: bool | None = None
    materials: Cost | None = None
    fabrication: Cost | None = None
    profit_and_general_expenses: Cost | None = None
    carriage: Cost | None = None


def computed_value(computed: Computed, terms: Terms) -> Accepted:
    """The sum of the costs; refuses with `RuledOutError` without the producer's consent, with `OpenQuestionError` what is not stated."""
    if computed.producer_consents is False:
        raise RuledOutError("the producer does not consent to show its costs (Article 6.2)")
    if computed.producer_consents is None:
        raise OpenQuestionError("whether the producer consents to show its costs is not stated (Article 6.2)")
    costs = {
        "materials": (computed.materials, "Article 6.1(a)"),
        "fabrication": (computed.fabrication, "Article 6.1(a)"),
        "profit and general expenses": (computed.profit_and_general_expenses, "Article 6.1(b)"),
    }
    if terms.regime.valuation is ValuationBasis.CIF:
        costs["carriage to the place of importation"] = (computed.carriage, "Article 6.1(c)")
    silent = [what for what, (cost, _) in costs.items() if cost is None]
    if silent:
        raise OpenQuestionError("nothing is said of the {silent}", between=" and the ", silent=map(saying, silent))
    lines = [terms.line(what, cost.amount, article=article, evidence=cost.evidence) for what, (cost, article) in costs.items() if cost]
    return Accepted(method=ValuationMethod.COMPUTED, lines=tuple(lines))
