"""Adjustment: one cost beside the price, added, left or taken out as Article 8, its notes and the decisions say."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from customhouse.assessment.countable import is_countable
from customhouse.assessment.regime import ValuationBasis
from customhouse.assessment.valuation.evidence import Evidence
from customhouse.assessment.valuation.step import OpenQuestionError
from customhouse.assessment.valuation.value_line import Terms, ValueLine
from customhouse.assessment.value_element import ADDITIONS, CARRIAGE, EXCLUSIONS, ValueElement
from customhouse.kernel import Money, apportioned
from customhouse.saying import saying

_CENT = Decimal("0.01")


class Production(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Over how many units an assist is spread, and how many of them these goods are (Note to Article 8.1(b)(ii))."""

    units_made: Decimal
    units_imported: Decimal

    def __post_init__(self) -> None:
        """Refuse more goods than were made."""
        if not 0 <= self.units_imported <= self.units_made or self.units_made == 0:
            raise ValueError("of the units made, none to all can be these goods")


class Adjustment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cost: what it is, how much, whether the price holds it already, and what shows it.

    A royalty counts if it is `related_to_goods` and a `condition_of_sale`; design counts if it was `done_abroad`.
    """

    element: ValueElement
    amount: Money
    evidence: tuple[Evidence, ...] = ()
    in_price: bool = False
    production: Production | None = None
    related_to_goods: bool | None = None
    condition_of_sale: bool | None = None
    done_abroad: bool | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse an amount that is not one: whether it is added or taken out follows from what it is."""
        if not is_countable(self.amount.amount) or self.amount.amount < 0:
            raise ValueError(f"the {self.element} is not an amount of money of zero or more")


def adjusted(adjustments: Sequence[Adjustment], terms: Terms) -> tuple[tuple[ValueLine, ...], tuple[str, ...]]:
    """The lines that the adjustments come to, and why the others come to none; refuses with `OpenQuestionError` what is not stated."""
    lines, notes = [], []
    for each in adjustments:
        left_out = _left_out(each, terms.regime.valuation)
        if left_out:
            notes.append(f"{words(each.element)}: {left_out}")
        else:
            lines.append(_line(each, terms))
    return tuple(lines), tuple(notes)


def require_carriage(adjustments: Sequence[Adjustment], basis: ValuationBasis) -> None:
    """Refuse with `OpenQuestionError` a case that is silent on carriage where it belongs to the value."""
    told = {each.element for each in adjustments}
    silent = [saying(words(each)) for each in (ValueElement.TRANSPORT, ValueElement.INSURANCE) if each not in told]
    if basis is ValuationBasis.CIF and silent:
        raise OpenQuestionError(
            "nothing is said of the {silent} to the place of importation, not even that it is nil (Article 8.2)",
            between=" and ",
            silent=silent,
        )


def words(element: ValueElement) -> str:
    """The element in words."""
    return element.replace("_", " ")


def _left_out(each: Adjustment, basis: ValuationBasis) -> str:
    """Why the adjustment comes to no line; nothing where it comes to one."""
    if each.element in EXCLUSIONS:
        if not each.in_price:
            return "lies outside the price, so nothing is taken out"
        return "" if each.evidence else "stays in the value, because no evidence distinguishes it from the price"
    if each.element in CARRIAGE:
        return _carriage_left_out(each, basis)
    if each.in_price:
        return "is in the price already"
    return _untouched_by_article_8(each)


def _carriage_left_out(each: Adjustment, basis: ValuationBasis) -> str:
    if basis is ValuationBasis.CIF:
        return "is in the price already" if each.in_price else ""
    if not each.in_price:
        return "is no part of the value on a FOB basis"
    return "" if each.evidence else "stays in the value, because no evidence distinguishes it from the price"


def _untouched_by_article_8(each: Adjustment) -> str:
    if each.element is ValueElement.ROYALTY:
        if each.related_to_goods is None or each.condition_of_sale is None:
            raise OpenQuestionError(
                "whether the royalty is related to the goods, and a condition of their sale, is not stated (Article 8.1(c))"
            )
        if not each.related_to_goods:
            return "is not related to the goods"
        if not each.condition_of_sale:
            return "is no condition of the sale of the goods"
    if each.element is ValueElement.ASSIST_DESIGN:
        if each.done_abroad is None:
            raise OpenQuestionError("whether the design was done outside the country of importation is not stated (Article 8.1(b)(iv))")
        if not each.done_abroad:
            return "was done in the country of importation"
    return ""


def _line(each: Adjustment, terms: Terms) -> ValueLine:
    article = ADDITIONS.get(each.element) or CARRIAGE.get(each.element) or EXCLUSIONS[each.element]
    if each.amount.amount and not each.evidence:
        raise OpenQuestionError("no objective and quantifiable data show the {element} (Article 8.3)", element=saying(words(each.element)))
    amount, note = each.amount, each.note
    if each.production:
        amount, note = _spread(each.amount, each.production)
    taken_out = each.element in EXCLUSIONS or (each.element in CARRIAGE and each.in_price)
    signed = Money(-amount.amount, amount.currency) if taken_out else amount
    return terms.line(words(each.element), signed, article=article, evidence=each.evidence, note=note)


def _spread(whole: Money, production: Production) -> tuple[Money, str]:
    exponent = int(whole.amount.as_tuple().exponent)
    step = min(_CENT, Decimal(1).scaleb(exponent))
    rest = production.units_made - production.units_imported
    share, _ = apportioned(whole.amount, [production.units_imported, rest], step=step)
    told = f"{production.units_imported:f} of {production.units_made:f} units made with {whole}"
    return Money(share, whole.currency), told
