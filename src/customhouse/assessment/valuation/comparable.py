"""Comparable: goods valued before that are identical or similar, and the value that they give (Articles 2 and 3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import msgspec

from customhouse.assessment.countable import is_countable
from customhouse.assessment.valuation.evidence import Evidence, EvidenceKind
from customhouse.assessment.valuation.goods import Goods
from customhouse.assessment.valuation.step import Accepted, OpenQuestionError, RuledOutError
from customhouse.assessment.valuation.value_line import WIDE, Terms, ValueLine
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.kernel import Money
from customhouse.saying import saying


class Relaxation(StrEnum):
    """What Article 7 lets one read with reasonable flexibility (Note to Article 7, paragraph 3); it loosens nothing else."""

    TIME = "time"
    COUNTRY_OF_PRODUCTION = "country_of_production"
    METHOD_OF_EARLIER_VALUE = "method_of_earlier_value"
    FORM_AS_IMPORTED = "form_as_imported"


class Respect(StrEnum):
    """In what a comparable sale may differ, if the difference is adjusted for on demonstrated evidence."""

    COMMERCIAL_LEVEL = "commercial_level"
    QUANTITY = "quantity"
    CARRIAGE = "carriage"


class Difference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A difference from the sale valued: in what, what it is worth for the whole comparable sale, up or down, and what shows it."""

    respect: Respect
    amount: Money | None = None
    evidence: tuple[Evidence, ...] = ()


class Comparable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods whose customs value was accepted when they were imported: `entry` is the declaration that it was accepted on.

    No other price has a place here: not the domestic price of either country, nor the price to a third one (Article 7.2(a), (c), (e)).
    """

    entry: str
    customs_value: Money
    quantity: Decimal
    unit: str
    produced_in: str
    exported_on: date
    producer: str = ""
    accepted_under: ValuationMethod = ValuationMethod.TRANSACTION
    differences: tuple[Difference, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a value without its entry, and numbers that are none."""
        if not self.entry.strip():
            raise ValueError("a comparable is a customs value accepted on an entry: name the entry")
        numbers = (self.customs_value.amount, self.quantity, *(each.amount.amount for each in self.differences if each.amount))
        if not all(is_countable(number) for number in numbers) or self.quantity <= 0 or self.customs_value.amount < 0:
            raise ValueError(f"the comparable {self.entry} needs a value of zero or more and a quantity above zero")


def comparable_value(
    method: ValuationMethod,
    comparables: Sequence[Comparable],
    *,
    goods: Goods,
    terms: Terms,
    relaxed: Sequence[Relaxation] = (),
) -> Accepted:
    """The lowest value of those comparables that qualify, in proportion to the quantity.

    Goods of the same producer come first (Article 15.2(e)), then those that need no adjustment. Refuses with `RuledOutError` where none
    qualifies, and with `OpenQuestionError` where that cannot be told.
    """
    if goods.quantity is None or goods.exported_on is None or not goods.produced_in:
        raise OpenQuestionError(
            "the quantity, the country of production and the day of exportation of the goods must be stated to compare them"
        )
    refused = {each.entry: _refused(each, goods, terms, relaxed) for each in comparables}
    usable = [each for each in comparables if not refused[each.entry]]
    notes = [f"{entry} is not used: {why}" for entry, why in refused.items() if why]
    if not usable:
        entries = tuple(Evidence(kind=EvidenceKind.IMPORT_ENTRY, reference=each.entry) for each in comparables)
        raise RuledOutError("{notes}", entries, notes="; ".join(notes) or saying("no such goods are known"))
    chosen = min(usable, key=lambda each: _rank(each, goods, terms))
    notes += [f"{each.entry} gives {_per_unit_text(each, terms)}" for each in usable]
    if len(usable) > 1:
        notes.append(f"{chosen.entry} is taken: {_why_taken(chosen, goods)}")
    evidence = (Evidence(kind=EvidenceKind.IMPORT_ENTRY, reference=chosen.entry),)
    lines = [_line("value of the comparable goods", chosen.customs_value, chosen, goods, terms=terms, method=method, evidence=evidence)]
    for each in chosen.differences:
        if each.amount:
            what = f"difference in {each.respect.replace('_', ' ')}"
            lines.append(_line(what, each.amount, chosen, goods, terms=terms, method=method, evidence=each.evidence))
    return Accepted(method=method, lines=tuple(lines), notes=tuple(notes), entries=tuple(refused))


def _refused(each: Comparable, goods: Goods, terms: Terms, relaxed: Sequence[Relaxation]) -> str:
    """Why the comparable does not qualify; nothing where it does."""
    rules = terms.regime.valuation_rules
    reach = rules.fall_back_days if Relaxation.TIME in relaxed else rules.same_time_days
    if reach is None:
        raise OpenQuestionError("the country sets no rule for what is at or about the same time")
    assert goods.exported_on is not None, "asked for before"
    if each.unit != goods.unit:
        return f"it is counted in {each.unit}, not in {goods.unit or '(none)'}"
    if each.accepted_under is not ValuationMethod.TRANSACTION and Relaxation.METHOD_OF_EARLIER_VALUE not in relaxed:
        return f"its value was accepted under {each.accepted_under.article}"
    if each.produced_in != goods.produced_in and Relaxation.COUNTRY_OF_PRODUCTION not in relaxed:
        return f"it was produced in {each.produced_in}, not in {goods.produced_in}"
    if abs(each.exported_on - goods.exported_on) > timedelta(days=reach):
        return f"it was exported on {each.exported_on.isoformat()}, more than {reach} days apart"
    for difference in each.differences:
        if difference.amount is None or not difference.evidence:
            return f"it differs in {difference.respect.replace('_', ' ')}, and no demonstrated evidence adjusts for that"
    return "" if _worth(each, terms) >= 0 else "the differences exceed its value"


def _worth(each: Comparable, terms: Terms) -> Decimal:
    amounts = [each.customs_value, *(difference.amount for difference in each.differences if difference.amount)]
    return sum((money.amount * terms.rate(money.currency) for money in amounts), Decimal(0))


def _rank(each: Comparable, goods: Goods, terms: Terms) -> tuple[bool, bool, Fraction, str]:
    other_producer = not goods.producer or each.producer != goods.producer
    return other_producer, bool(each.differences), Fraction(_worth(each, terms)) / Fraction(each.quantity), each.entry


def _why_taken(chosen: Comparable, goods: Goods) -> str:
    same = "of the same producer, " if goods.producer and chosen.producer == goods.producer else ""
    plain = "with adjustments, " if chosen.differences else "without adjustment, "
    return f"{same}{plain}the lowest of those"


def _per_unit_text(each: Comparable, terms: Terms) -> str:
    per_unit = WIDE.divide(_worth(each, terms), each.quantity).quantize(Decimal("0.0001"), context=WIDE)
    return f"{per_unit:,f} {terms.regime.currency} for one {each.unit or 'unit'}"


def _line(  # noqa: PLR0913 - one amount in proportion
    what: str, money: Money, chosen: Comparable, goods: Goods, *, terms: Terms, method: ValuationMethod, evidence: tuple[Evidence, ...]
) -> ValueLine:
    assert goods.quantity is not None, "asked for before"
    share = money.amount
    note = ""
    if goods.quantity != chosen.quantity:
        share = WIDE.divide(WIDE.multiply(money.amount, goods.quantity), chosen.quantity)
        note = f"for {goods.quantity:f} {chosen.unit}, from {money} for {chosen.quantity:f}"
    return terms.line(what, Money(share, money.currency), article=method.article, evidence=evidence, note=note)
