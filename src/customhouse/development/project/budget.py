"""Budget: what a project costs, line by line, in cash by donor and in kind by a stated rule, in exact decimals of one currency."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.kernel import Rounding, RoundingMode
from customhouse.saying import Saying, saying

CENT = Rounding(RoundingMode.HALF_UP, Decimal("0.01"))


class Source(StrEnum):
    """How a line is covered: by money, by the time of an expert, or by the time of a technical attaché."""

    CASH = "cash"
    EXPERT = "expert"
    ATTACHE = "attache"


class InKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a day of somebody's time is worth in a currency: a rule of the installation, with where it comes from."""

    source: Source
    currency: str
    value_a_day: Decimal
    basis: str


class BudgetLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One cost of an activity: so many units at so much each; time in kind is counted in days and valued by the rule, not by the line."""

    code: str
    activity: str
    what: str
    quantity: Decimal
    source: Source = Source.CASH
    donor: str = ""
    unit_cost: Decimal | None = None


class Costed(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its amount and how it came about; nothing, and why, where it cannot be valued."""

    line: BudgetLine
    amount: Decimal | None
    explanation: Saying


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """A budget: all of it, and by who covers it in which way; nothing where a line cannot be valued, with the lines that are to blame."""

    currency: str
    amount: Decimal | None
    by_donor: Mapping[str, Decimal]
    in_kind: Decimal
    undetermined: tuple[str, ...]


def costed(line: BudgetLine, rules: tuple[InKind, ...], *, currency: str) -> Costed:
    """The amount of a line, rounded once to the cent."""
    if line.source is Source.CASH:
        if line.unit_cost is None:
            return Costed(line=line, amount=None, explanation=saying("no unit cost is stated"))
        amount = CENT.of(line.quantity * line.unit_cost)
        return Costed(
            line=line,
            amount=amount,
            explanation=saying(
                "{quantity} \N{MULTIPLICATION SIGN} {each} {currency}",
                quantity=f"{line.quantity:f}",
                each=f"{line.unit_cost:f}",
                currency=currency,
            ),
        )
    rule = next((each for each in rules if (each.source, each.currency) == (line.source, currency)), None)
    if rule is None:
        return Costed(
            line=line,
            amount=None,
            explanation=saying("no rule values a day of this kind ({kind}) in {currency}", kind=line.source, currency=currency),
        )
    amount = CENT.of(line.quantity * rule.value_a_day)
    told = saying(
        "{days} days \N{MULTIPLICATION SIGN} {each} {currency} ({basis})",
        days=f"{line.quantity:f}",
        each=f"{rule.value_a_day:f}",
        currency=currency,
        basis=rule.basis,
    )
    return Costed(line=line, amount=amount, explanation=told)


def total(lines: tuple[BudgetLine, ...], rules: tuple[InKind, ...], *, currency: str) -> Total:
    """What the lines come to; the parts always add up to the whole."""
    found = [costed(each, rules, currency=currency) for each in lines]
    unknown = tuple(each.line.code for each in found if each.amount is None)
    known = [(each.line, each.amount) for each in found if each.amount is not None]
    donors = sorted({line.donor for line, _ in known})
    return Total(
        currency=currency,
        amount=None if unknown else sum((amount for _, amount in known), Decimal(0)),
        by_donor={donor: sum((amount for line, amount in known if line.donor == donor), Decimal(0)) for donor in donors},
        in_kind=sum((amount for line, amount in known if line.source is not Source.CASH), Decimal(0)),
        undetermined=unknown,
    )
