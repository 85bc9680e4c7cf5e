"""Relationship: whether buyer and seller are related, limb by limb, and whether that touched the price (Articles 1.2 and 15.4)."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.assessment.valuation.evidence import Evidence
from customhouse.assessment.valuation.step import OpenQuestionError, RuledOutError
from customhouse.assessment.valuation.value_line import Terms
from customhouse.kernel import Money


class Limb(StrEnum):
    """The eight ways of being related, in the order of Article 15.4(a) to (h); being sole agent alone is none (Article 15.5)."""

    OFFICERS = "officers"
    PARTNERS = "partners"
    EMPLOYER = "employer"
    VOTING_STOCK = "voting_stock"
    CONTROL = "control"
    COMMON_CONTROL = "common_control"
    JOINT_CONTROL = "joint_control"
    FAMILY = "family"

    @property
    def article(self) -> str:
        """The place in Article 15.4."""
        return f"Article 15.4({'abcdefgh'[list(Limb).index(self)]})"


class LimbAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether one limb holds, and what shows it."""

    limb: Limb
    holds: bool
    evidence: tuple[Evidence, ...] = ()
    detail: str = ""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What examining the circumstances of the sale showed: whether the relationship influenced the price (Article 1.2(a))."""

    influenced: bool
    reason: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        """Refuse a finding without its reason and evidence."""
        if not self.reason.strip() or not self.evidence:
            raise ValueError("the circumstances of the sale are examined with a reason and evidence")


class ValueForTestKind(StrEnum):
    """What a price between related persons may be tested against (Article 1.2(b)(i) to (iii))."""

    UNRELATED_SALE = "unrelated_sale"
    DEDUCTIVE = "deductive"
    COMPUTED = "computed"


class ValueForTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that customs accepted before, for comparison alone: no value is made of it (Article 1.2(c))."""

    kind: ValueForTestKind
    value: Money
    day: date
    evidence: tuple[Evidence, ...]


class Relationship(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known: what the importer declares, the limbs answered, and what was tested where one holds."""

    declared: bool | None = None
    limbs: tuple[LimbAnswer, ...] = ()
    circumstances: Circumstances | None = None
    test_values: tuple[ValueForTest, ...] = ()


def price_stands(found: Relationship | None, price: Decimal, *, exported_on: date | None, terms: Terms) -> tuple[str, ...]:
    """Why the relationship does not stand in the way of the price, in national currency.

    Refuses with `RuledOutError` where it influenced the price, and with `OpenQuestionError` where that is not known.
    """
    holding = [each for each in found.limbs if each.holds] if found else []
    if found is None or (not holding and found.declared is None and len({each.limb for each in found.limbs}) < len(Limb)):
        raise OpenQuestionError("whether buyer and seller are related is not stated (Article 15.4)")
    if not holding and not found.declared:
        return ("buyer and seller are not related",)
    how = ", ".join(f"{each.limb.replace('_', ' ')} ({each.limb.article})" for each in holding) or "as the importer declares"
    related = f"buyer and seller are related: {how}"
    passed = [test for test in found.test_values if _approximates(test, price, exported_on=exported_on, terms=terms)]
    if passed:
        test = passed[0]
        return related, f"the price closely approximates the test value {test.value} of {test.day.isoformat()} (Article 1.2(b))"
    if found.circumstances is None:
        raise OpenQuestionError(
            "{related}; the circumstances of the sale are not examined (Article 1.2(a)), and no test value is met (Article 1.2(b))",
            related=related,
        )
    if found.circumstances.influenced:
        raise RuledOutError(
            "{related}, and it influenced the price: {reason}",
            found.circumstances.evidence,
            related=related,
            reason=found.circumstances.reason,
        )
    return related, f"it did not influence the price: {found.circumstances.reason} (Article 1.2(a))"


def _approximates(test: ValueForTest, price: Decimal, *, exported_on: date | None, terms: Terms) -> bool:
    rules = terms.regime.valuation_rules
    if rules.closely_approximate_share is None or rules.same_time_days is None:
        raise OpenQuestionError(
            "the country sets no rule for when a price closely approximates a test value at about the same time (Article 1.2(b))"
        )
    if exported_on is None:
        raise OpenQuestionError("the day of exportation is not stated, on which the test values are compared")
    if not test.evidence or abs(test.day - exported_on) > timedelta(days=rules.same_time_days):
        return False
    value = test.value.amount * terms.rate(test.value.currency)
    return abs(price - value) <= value * rules.closely_approximate_share
