"""Sale: the price actually paid or payable, and whether it may be taken as the basis of the value (Article 1)."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.assessment.countable import is_countable
from customhouse.assessment.valuation.adjustment import Adjustment, adjusted, require_carriage
from customhouse.assessment.valuation.evidence import Evidence
from customhouse.assessment.valuation.goods import Goods
from customhouse.assessment.valuation.relationship import Relationship, price_stands
from customhouse.assessment.valuation.step import Accepted, OpenQuestionError, RuledOutError
from customhouse.assessment.valuation.value_line import Terms
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.assessment.value_element import ValueElement
from customhouse.kernel import Money
from customhouse.saying import saying


class Restriction(StrEnum):
    """What restricts the buyer's disposal or use of the goods (Article 1.1(a)); only `other` stands in the way."""

    NONE = "none"
    LAW = "law"
    TERRITORY = "territory"
    NO_SUBSTANTIAL_EFFECT = "no_substantial_effect"
    OTHER = "other"


class Condition(StrEnum):
    """A condition or consideration that the sale or price is subject to (Article 1.1(b)); only one without a value stands in the way."""

    NONE = "none"
    VALUED = "valued"
    NOT_VALUED = "not_valued"


class Proceeds(StrEnum):
    """A part of the proceeds of resale that goes to the seller (Article 1.1(c)); it must be added."""

    NONE = "none"
    ADDED = "added"
    NOT_DETERMINABLE = "not_determinable"


class Payment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A payment to the seller or for its benefit, beside the invoice (Note to Article 1, indirect payment)."""

    what: str
    amount: Money
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        """Refuse an amount that is none, or that nothing shows."""
        if not is_countable(self.amount.amount) or self.amount.amount < 0 or not self.evidence:
            raise ValueError(f"the payment {self.what!r} needs an amount of zero or more, and evidence")


class Sale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sale for export, with the four questions of Article 1.1; what is not answered is open."""

    price: Money
    evidence: tuple[Evidence, ...] = ()
    for_export: bool | None = None
    indirect_payments: tuple[Payment, ...] = ()
    restrictions: Restriction | None = None
    condition: Condition | None = None
    proceeds: Proceeds | None = None
    relationship: Relationship | None = None
    condition_evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a price that is none."""
        if not is_countable(self.price.amount) or self.price.amount < 0:
            raise ValueError("the price is not an amount of money of zero or more")


def transaction_value(sale: Sale, goods: Goods, *, adjustments: tuple[Adjustment, ...], terms: Terms) -> Accepted:
    """The transaction value with its adjustments; refuses with `RuledOutError` or `OpenQuestionError`."""
    if not sale.evidence:
        raise OpenQuestionError("nothing shows the price: neither invoice nor contract nor payment")
    _require_conditions(sale, adjustments)
    price = terms.line("price paid or payable", sale.price, article="Article 1", evidence=sale.evidence)
    paid = [terms.line(each.what, each.amount, article="Note to Article 1", evidence=each.evidence) for each in sale.indirect_payments]
    whole = sum((each.national for each in (price, *paid)), Decimal(0))
    related = price_stands(sale.relationship, whole, exported_on=goods.exported_on, terms=terms)
    require_carriage(adjustments, terms.regime.valuation)
    lines, notes = adjusted(adjustments, terms)
    return Accepted(method=ValuationMethod.TRANSACTION, lines=(price, *paid, *lines), notes=(*_told(sale), *related, *notes))


def _require_conditions(sale: Sale, adjustments: tuple[Adjustment, ...]) -> None:
    shown = sale.condition_evidence
    if sale.for_export is False:
        raise RuledOutError("the goods were not sold for export to the country of importation", shown)
    if sale.restrictions is Restriction.OTHER:
        raise RuledOutError(
            "the buyer may not dispose of or use the goods freely, and Article 1.1(a) does not permit that restriction", shown
        )
    if sale.condition is Condition.NOT_VALUED:
        raise RuledOutError("the sale or price is subject to a condition whose value cannot be determined (Article 1.1(b))", shown)
    if sale.proceeds is Proceeds.NOT_DETERMINABLE:
        raise RuledOutError("proceeds of resale go to the seller, and cannot be determined (Article 1.1(c))", shown)
    open_questions = {
        "whether the goods were sold for export": sale.for_export,
        "whether the buyer may dispose of the goods freely (Article 1.1(a))": sale.restrictions,
        "whether the price is subject to a condition (Article 1.1(b))": sale.condition,
        "whether proceeds of resale go to the seller (Article 1.1(c))": sale.proceeds,
    }
    silent = [question for question, answer in open_questions.items() if answer is None]
    if silent:
        raise OpenQuestionError("it is not stated {silent}", silent=map(saying, silent))
    if sale.proceeds is Proceeds.ADDED and all(each.element is not ValueElement.RESALE_PROCEEDS for each in adjustments):
        raise OpenQuestionError("the proceeds of resale that go to the seller are not among the additions (Article 8.1(d))")


def _told(sale: Sale) -> tuple[str, ...]:
    restrictions = {
        Restriction.NONE: "no restriction on the buyer",
        Restriction.LAW: "a restriction that the law imposes, which Article 1.1(a)(i) permits",
        Restriction.TERRITORY: "a restriction to a territory of resale, which Article 1.1(a)(ii) permits",
        Restriction.NO_SUBSTANTIAL_EFFECT: "a restriction without substantial effect on the value, which Article 1.1(a)(iii) permits",
    }
    conditions = {Condition.NONE: "no condition on the price", Condition.VALUED: "a condition whose value is known"}
    proceeds = {Proceeds.NONE: "no proceeds of resale to the seller", Proceeds.ADDED: "proceeds of resale to the seller, which are added"}
    told = (
        sale.restrictions and restrictions[sale.restrictions],
        sale.condition and conditions[sale.condition],
        sale.proceeds and proceeds[sale.proceeds],
    )
    return tuple(each for each in told if each)
