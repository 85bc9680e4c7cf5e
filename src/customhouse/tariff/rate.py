"""Rate of duty: a linear form over named quantities, held between an optional floor and cap (WCO Data Model, duty rate basis).

Every computable rate of the tariffs known to us has this one shape. The quantities are `value` (the base of the tax), `item` (one
for each goods item, for a flat amount), a unit such as `KGM`, a product such as `ASV*LTR`, or the name of a component that another
table holds (`EA`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

VALUE = "value"
FLAT = "item"
_PERCENTAGES = {VALUE: "%", "RET": "% / Retail Price"}
_SHARE = Decimal("0.01")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Term:
    """So much for so many units of one quantity: a share of a value, or an amount in a currency.

    `per` is the number of units, kept apart so that 94 cents a dozen, or a third of a value, stay exact.
    """

    coefficient: Decimal
    quantity: str
    currency: str = ""
    per: Decimal = _ONE

    @property
    def for_one(self) -> Decimal:
        """The amount for one unit, to 28 digits where it does not end."""
        return self.coefficient / self.per


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of terms, one for each quantity and currency, in the order of their names."""

    terms: tuple[Term, ...] = ()

    def of(self, quantities: Mapping[str, Decimal], exchange: Mapping[str, Decimal]) -> Decimal:
        """The exact amount in the currency in which the exchange rates are given."""
        total = Decimal(0)
        for term in self.terms:
            amount = term.coefficient * quantities[term.quantity]
            if term.currency:
                amount *= exchange[term.currency]
            total += amount / term.per if term.per != 1 else amount
        return total

    @property
    def is_zero(self) -> bool:
        """Whether no quantity could make it anything but zero."""
        return all(term.coefficient == 0 for term in self.terms)

    def for_one(self) -> dict[str, Decimal]:
        """The amount for one unit of each quantity, whatever the currency."""
        amounts: dict[str, Decimal] = {}
        for term in self.terms:
            amounts[term.quantity] = amounts.get(term.quantity, Decimal(0)) + term.for_one
        return amounts

    def is_above(self, other: "Linear") -> bool:
        """Whether it is above the other whatever the quantities, which may never be negative."""
        gaps = _difference(self, other)
        return all(gap >= 0 for gap in gaps) and any(gap > 0 for gap in gaps)

    def __str__(self) -> str:
        """The sum in the form in which it can be read again."""
        if not self.terms:
            return "NIHIL"
        text = " ".join(f"{'-' if term.coefficient < 0 else '+'} {_written(term)}" for term in self.terms)
        return text.removeprefix("+ ")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as printed and as computed; `unreadable` says why it gives no amount, and then it never gives zero.

    Where another line holds the amount, `refers_to` has the words that point there, and the base what is added to it.
    """

    text: str
    base: Linear = Linear()
    floor: Linear | None = None
    cap: Linear | None = None
    unreadable: str = ""
    refers_to: str = ""
    needs: frozenset[str] = field(init=False, repr=False)
    currencies: frozenset[str] = field(init=False, repr=False)
    is_zero: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once which quantities and currencies the rate asks for, and whether it is known and gives nothing whatever they are."""
        terms = [term for part in self._parts for term in part.terms]
        object.__setattr__(self, "needs", frozenset(term.quantity for term in terms))
        object.__setattr__(self, "currencies", frozenset(term.currency for term in terms if term.currency))
        object.__setattr__(self, "is_zero", not self.unreadable and all(part.is_zero for part in self._parts))

    def of(self, quantities: Mapping[str, Decimal], exchange: Mapping[str, Decimal]) -> Decimal:
        """The exact duty on these quantities: the base, not below the floor, and then not above the cap."""
        assert not self.unreadable, f"the rate {self.text!r} cannot be computed: {self.unreadable}"
        amount = self.base.of(quantities, exchange)
        if self.floor:
            amount = max(amount, self.floor.of(quantities, exchange))
        if self.cap:
            amount = min(amount, self.cap.of(quantities, exchange))
        return amount

    def held_between(self, minimum: Decimal, maximum: Decimal) -> "Rate":
        """The rate with amounts for each goods item, in the currency of the country, as its floor and cap."""
        floor, cap = (Linear((Term(amount, FLAT),)) for amount in (minimum, maximum))
        return replace(self, floor=floor, cap=cap)

    @property
    def written(self) -> str:
        """The rate in the one form that reads back as itself; the printed text where it could not be read."""
        if self.unreadable:
            return self.text
        if self.floor and self.cap and self.floor.is_above(self.cap):
            return str(self.cap)  # which has the last word, whatever the quantities
        floor = f" MIN {self.floor}" if self.floor else ""
        cap = f" MAX {self.cap}" if self.cap else ""
        return f"{self.base}{floor}{cap}"

    def __str__(self) -> str:
        """The rate as printed in the tariff."""
        return self.text

    @property
    def _parts(self) -> list[Linear]:
        return [part for part in (self.base, self.floor, self.cap) if part is not None]


def term_per(number: Decimal, quantity: str, *, currency: str = "", per: Decimal) -> Term:
    """The term for so much per so many units, brought to one unit where that is exact."""
    for_one = number / per
    is_exact = Fraction(for_one) * Fraction(per) == Fraction(number)
    return Term(for_one, quantity, currency) if is_exact else Term(number, quantity, currency, per)


def linear(terms: Iterable[Term]) -> Linear:
    """The sum of the terms, those of one quantity and currency joined."""
    joined: dict[tuple[str, str], Term] = {}
    for term in terms:
        key = (term.quantity, term.currency)
        joined[key] = _joined(joined[key], term) if key in joined else term
    return Linear(tuple(joined[key] for key in sorted(joined, key=lambda key: (key[0] != VALUE, key))))


def _joined(one: Term, other: Term) -> Term:
    if one.per == other.per:
        return replace(one, coefficient=one.coefficient + other.coefficient)
    coefficient = one.coefficient * other.per + other.coefficient * one.per
    return replace(one, coefficient=coefficient, per=one.per * other.per)


def _difference(left: Linear, right: Linear) -> list[Decimal]:
    gaps = {(term.quantity, term.currency): term.for_one for term in left.terms}
    for term in right.terms:
        key = (term.quantity, term.currency)
        gaps[key] = gaps.get(key, Decimal(0)) - term.for_one
    return list(gaps.values())


def _written(term: Term) -> str:
    size, per = abs(term.coefficient), "" if term.per == 1 else f"{_plain(term.per)} "
    if not term.currency:
        sign = f"% / {term.quantity}" if term.quantity.startswith(f"{VALUE}:") else _PERCENTAGES.get(term.quantity)
        return f"{_plain(size / _SHARE)}{per and f' / {per.strip()}'} {sign}" if sign else f"{term.quantity}"
    return f"{_plain(size)} {term.currency}" + ("" if term.quantity == FLAT else f" / {per}{term.quantity}")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
