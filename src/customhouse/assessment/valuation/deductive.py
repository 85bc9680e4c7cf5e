"""Deductive value: the price at which the goods sell in the country, less what is earned and spent there (Article 5)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.assessment.countable import is_countable
from customhouse.assessment.regime import ValuationBasis
from customhouse.assessment.valuation.comparable import Relaxation
from customhouse.assessment.valuation.evidence import Evidence
from customhouse.assessment.valuation.goods import Goods
from customhouse.assessment.valuation.step import Accepted, OpenQuestionError, RuledOutError
from customhouse.assessment.valuation.value_line import Terms, ValueLine
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.kernel import Money
from customhouse.saying import saying

DAYS_AFTER_IMPORTATION = 90  # Article 5.1(b), which sets the figure itself


class GoodsSold(StrEnum):
    """Which imported goods were sold: these, or identical or similar ones; goods made in the country have no place (Article 7.2(a))."""

    IMPORTED = "imported"
    IDENTICAL = "identical"
    SIMILAR = "similar"


class UnitSale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sale in the country of importation: how many, at what price each, when, and to whom; only the first commercial level counts."""

    quantity: Decimal
    unit_price: Money
    sold_on: date
    is_at_first_level: bool = True
    buyer_is_related: bool = False
    buyer_supplied_assists: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers that are none."""
        numbers = (self.quantity, self.unit_price.amount)
        if not all(is_countable(number) for number in numbers) or self.quantity <= 0 or self.unit_price.amount < 0:
            raise ValueError("a sale has a quantity above zero and a price of zero or more")


class DeductionKind(StrEnum):
    """What is taken from the unit price (Article 5.1(a)(i) to (iv), 5.2)."""

    COMMISSION = "commission"
    PROFIT_AND_GENERAL_EXPENSES = "profit_and_general_expenses"
    INLAND_TRANSPORT = "inland_transport"
    CARRIAGE_TO_THE_COUNTRY = "carriage_to_the_country"
    DUTIES_AND_TAXES = "duties_and_taxes"
    PROCESSING = "processing"


_ARTICLE = {
    DeductionKind.COMMISSION: "Article 5.1(a)(i)",
    DeductionKind.PROFIT_AND_GENERAL_EXPENSES: "Article 5.1(a)(i)",
    DeductionKind.INLAND_TRANSPORT: "Article 5.1(a)(ii)",
    DeductionKind.CARRIAGE_TO_THE_COUNTRY: "Article 5.1(a)(iii)",
    DeductionKind.DUTIES_AND_TAXES: "Article 5.1(a)(iv)",
    DeductionKind.PROCESSING: "Article 5.2",
}
_EARNED = {DeductionKind.COMMISSION, DeductionKind.PROFIT_AND_GENERAL_EXPENSES}


class Deduction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deduction for each unit: an amount, or a share of the unit price."""

    kind: DeductionKind
    evidence: tuple[Evidence, ...]
    per_unit: Money | None = None
    share_of_price: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse both or neither, and numbers that are none."""
        if (self.per_unit is None) == (self.share_of_price is None) or not self.evidence:
            raise ValueError(f"the deduction {self.kind} is an amount for each unit or a share of the price, with evidence")
        number = self.per_unit.amount if self.per_unit else self.share_of_price
        if number is None or not is_countable(number) or number < 0 or (self.share_of_price or Decimal(0)) > 1:
            raise ValueError(f"the deduction {self.kind} is not a number of zero or more")


class Deductive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sales in the country, of goods imported on an entry, and the deductions; `processed` goods are valued so on request alone."""

    goods_sold: GoodsSold
    entry: str
    sales: tuple[UnitSale, ...]
    deductions: tuple[Deduction, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    processed: bool = False
    importer_asks_for_processed: bool = False

    def __post_init__(self) -> None:
        """Refuse sales of goods that nobody can trace to an importation."""
        if not self.entry.strip():
            raise ValueError("the goods sold were imported on an entry: name the entry")


def greatest_aggregate(sales: Sequence[UnitSale], terms: Terms) -> Decimal:
    """The unit price, in national currency, at which the greatest number of units was sold in all (Note to Article 5, paragraph 1).

    Refuses with `OpenQuestionError` where two prices have that number.
    """
    by_price: dict[Decimal, Decimal] = {}
    for each in sales:
        price = each.unit_price.amount * terms.rate(each.unit_price.currency)
        by_price[price] = by_price.get(price, Decimal(0)) + each.quantity
    most = max(by_price.values())
    prices = sorted(price for price, quantity in by_price.items() if quantity == most)
    if len(prices) > 1:
        raise OpenQuestionError(
            "the prices {prices} were paid for the same greatest number of units", prices=tuple(f"{price:,f}" for price in prices)
        )
    return prices[0]


def deductive_value(deductive: Deductive, goods: Goods, *, terms: Terms, relaxed: Sequence[Relaxation] = ()) -> Accepted:
    """The unit price less the deductions, times the quantity; refuses with `RuledOutError` or `OpenQuestionError`."""
    if goods.quantity is None:
        raise OpenQuestionError("the quantity of the goods is not stated")
    if not deductive.evidence:
        raise OpenQuestionError("nothing shows the sales in the country")
    flexible_form = Relaxation.FORM_AS_IMPORTED in relaxed
    if deductive.processed and not deductive.importer_asks_for_processed and not flexible_form:
        raise RuledOutError(
            "the goods are sold only after further processing, and the importer does not ask to value them so (Article 5.2)"
        )
    _require_deductions(deductive, terms)
    sales = _at_the_time(deductive.sales, goods, terms, relaxed)
    price = greatest_aggregate(sales, terms)
    sold = sum((each.quantity for each in sales), Decimal(0))
    method, unit = ValuationMethod.DEDUCTIVE, terms.regime.currency
    note = f"{goods.quantity:f} units at {price:,f}, of {sold:f} units sold at or about the time"
    whole = terms.line(
        "price in the greatest aggregate quantity",
        Money(price * goods.quantity, unit),
        article="Article 5.1",
        evidence=deductive.evidence,
        note=note,
    )
    lines = [whole, *(_line(each, price, goods.quantity, terms=terms) for each in deductive.deductions)]
    if sum((line.national for line in lines), Decimal(0)) < 0:
        raise OpenQuestionError("the deductions exceed the price")
    return Accepted(method=method, lines=tuple(lines), notes=(f"sales of the {deductive.goods_sold} goods of entry {deductive.entry}",))


def _require_deductions(deductive: Deductive, terms: Terms) -> None:
    told = {each.kind for each in deductive.deductions}
    if len(told & _EARNED) != 1:
        raise OpenQuestionError("either the commission or the profit and general expenses must be stated, and not both (Article 5.1(a)(i))")
    needed = [DeductionKind.INLAND_TRANSPORT, DeductionKind.DUTIES_AND_TAXES]
    needed += [DeductionKind.CARRIAGE_TO_THE_COUNTRY] if terms.regime.valuation is ValuationBasis.FOB else []
    needed += [DeductionKind.PROCESSING] if deductive.processed else []
    silent = [saying(each.replace("_", " ")) for each in needed if each not in told]
    if silent:
        raise OpenQuestionError("nothing is said of {silent}, not even that it is nil (Article 5)", between=" and ", silent=silent)
    if terms.regime.valuation is ValuationBasis.CIF and DeductionKind.CARRIAGE_TO_THE_COUNTRY in told:
        raise OpenQuestionError("carriage to the country belongs to the value, and is not deducted (Article 5.1(a)(iii))")


def _at_the_time(sales: Sequence[UnitSale], goods: Goods, terms: Terms, relaxed: Sequence[Relaxation]) -> list[UnitSale]:
    """The sales at or about the time of importation, else those of the earliest day within ninety days after it."""
    rules = terms.regime.valuation_rules
    if goods.imported_on is None:
        raise OpenQuestionError("the day of importation is not stated")
    about = rules.fall_back_days if Relaxation.TIME in relaxed else rules.same_time_days
    if about is None:
        raise OpenQuestionError("the country sets no rule for what is at or about the time of importation")
    counted = [each for each in sales if each.is_at_first_level and not each.buyer_is_related and not each.buyer_supplied_assists]
    near = [each for each in counted if abs(each.sold_on - goods.imported_on) <= timedelta(days=about)]
    if near:
        return near
    later = [each for each in counted if 0 < (each.sold_on - goods.imported_on).days < DAYS_AFTER_IMPORTATION]
    if not later:
        raise RuledOutError(
            "no sale to a person who is not related took place about the importation, or within {days} days after it",
            days=DAYS_AFTER_IMPORTATION,
        )
    first = min(each.sold_on for each in later)
    return [each for each in later if each.sold_on == first]


def _line(each: Deduction, price: Decimal, quantity: Decimal, *, terms: Terms) -> ValueLine:
    what = each.kind.replace("_", " ")
    if each.per_unit:
        taken, note = Money(-each.per_unit.amount * quantity, each.per_unit.currency), f"{each.per_unit} for each unit"
    else:
        share = each.share_of_price or Decimal(0)
        taken, note = Money(-price * share * quantity, terms.regime.currency), f"{share * 100:f} % of the price"
    return terms.line(what, taken, article=_ARTICLE[each.kind], evidence=each.evidence, note=note)
