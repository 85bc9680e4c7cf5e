"""Plan: how the taxes of items alike in law are computed, with only their amounts left open, in whole numbers that stay exact.

Items with the same goods, origin, claims, papers and day owe the same taxes at the same rates. Their law is chosen once, by the same
cascade that assesses one item; what is left is arithmetic. A plan exists where that arithmetic is a sum of products of whole numbers;
where it is not (a condition that asks for a quantity, a share of relief, an amount that is undetermined) there is none, and such items
are assessed one by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from math import lcm

import msgspec
from msgspec import Struct

from customhouse.assessment.cascade import ItemCascade, levied_item
from customhouse.assessment.customs_value import CustomsValue
from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.law import Law
from customhouse.assessment.levy import PART_OF_VALUE, Item, Treatment
from customhouse.assessment.measure_choice import Chosen
from customhouse.assessment.regime import Tax, TaxStatus, is_in_force
from customhouse.kernel import RoundingMode
from customhouse.tariff import Rate

PLACES = 3
"""Values and quantities are counted in thousandths, amounts in hundredths."""
AMOUNT_PLACES = 2
_UNKNOWN_VALUE = CustomsValue(Decimal(0))
_MOST = 2**62

Terms = tuple[tuple[str, int], ...]


class PlannedLine(Struct, frozen=True):
    """One tax line without its amount: (base, held by floor and cap) / divisor, rounded, times step, in hundredths of the currency.

    The quantity `value` in the terms is the base of the tax: the customs value and the amounts of the `counted` earlier lines.
    """

    tax: str
    rate: str
    measure: str
    status: TaxStatus
    is_payable: bool
    takes_value: bool
    counted: tuple[int, ...]
    base: Terms
    floor: Terms | None
    cap: Terms | None
    divisor: int
    step: int
    mode: RoundingMode


@dataclass(frozen=True, slots=True)
class _Before:
    """A line already planned, as later bases see it."""

    tax: Tax
    kind: str
    is_counted: bool


class NoPlanError(Exception):
    """The amounts of these items do not come out of whole numbers alone."""


def plan(law: Law, facts: GoodsFacts, *, on: date) -> tuple[PlannedLine, ...] | None:
    """The lines of items with these facts on the day; nothing where each item has to be assessed by itself."""
    try:
        return _planned(law, facts, on=on)
    except NoPlanError:
        return None


def _planned(law: Law, facts: GoodsFacts, *, on: date) -> tuple[PlannedLine, ...]:
    item = levied_item(law, facts, value=_UNKNOWN_VALUE, on=on)
    if item.procedure is None:
        raise NoPlanError
    if not item.procedure.is_charged:
        return ()
    if any(effect.value_limit is not None for _, effect in item.reliefs):
        raise NoPlanError
    if _asks_for_a_quantity(law, facts, on=on):
        raise NoPlanError
    lines: list[PlannedLine] = []
    before: list[_Before] = []
    for tax, choice in ItemCascade(law, item, {}).choices("", on=on):
        if choice.unclear or tax.minimum or (tax.by_entry and len(choice.chosen) > 1):
            raise NoPlanError
        counted = tuple(place for place, each in enumerate(before) if each.is_counted and _is_in_base(each, tax))
        lines += [_line(item, tax, _within_bounds(item, tax, chosen, on=on), counted) for chosen in choice.chosen]
        for line in lines[len(before) :]:
            is_counted = line.is_payable or line.status in item.regime.counted_in_base
            before.append(_Before(tax, line.tax, is_counted))
    return tuple(lines)


def _within_bounds(item: Item, tax: Tax, chosen: Chosen, *, on: date) -> Chosen:
    """The choice at a rate that holds the bounds of a fee by the entry, each item being a declaration of its own."""
    if not tax.by_entry or item.treatment(tax, chosen.measure.kind).status not in {TaxStatus.DUE, TaxStatus.SUSPENDED}:
        return chosen
    bounds = next((each for each in tax.by_entry if is_in_force(each, on=on)), None)
    if bounds is None or chosen.rate.floor or chosen.rate.cap:
        raise NoPlanError
    return msgspec.structs.replace(chosen, rate=chosen.rate.held_between(bounds.minimum, bounds.maximum))


def _asks_for_a_quantity(law: Law, facts: GoodsFacts, *, on: date) -> bool:
    origins = {facts.origin, facts.preferential_origin}
    found = (each.measure for origin in origins for each in law.tariff.applicable(facts.commodity, origin, on=on))
    return any(condition.comparison for measure in found for condition in measure.conditions)


def _is_in_base(earlier: _Before, tax: Tax) -> bool:
    return earlier.tax.name in tax.base or any(fnmatchcase(earlier.kind, part) for part in tax.base)


def _line(item: Item, tax: Tax, chosen: Chosen, counted: tuple[int, ...]) -> PlannedLine:
    rate, measure = chosen.rate, chosen.measure
    treatment = item.treatment(tax, measure.kind)
    if chosen.gives_way:
        rate, treatment = Rate(rate.text), Treatment(TaxStatus.EXEMPT)
    if chosen.gap or chosen.without or any(name.startswith(PART_OF_VALUE) for name in rate.needs):
        raise NoPlanError
    if rate.unreadable or rate.currencies - item.exchange.keys() or treatment.share not in {0, 1}:
        raise NoPlanError
    rounding = tax.rounding or item.regime.tax_rounding
    parts, divisor = _in_whole_numbers(rate, *(item.exchange[each] for each in sorted(rate.currencies)))
    divisor *= 10**PLACES
    step = rounding.step * 10**AMOUNT_PLACES
    if step != int(step) or int(step) < 1:
        raise NoPlanError
    per_step = Decimal(divisor) * rounding.step
    if per_step != int(per_step) or per_step >= _MOST or any(abs(each) >= _MOST for part in parts for _, each in part or ()):
        raise NoPlanError
    return PlannedLine(
        tax=measure.kind,
        rate=rate.text,
        measure=measure.id,
        status=treatment.status,
        is_payable=not treatment.share,
        takes_value="value" in tax.base,
        counted=counted,
        base=parts[0] or (),
        floor=parts[1],
        cap=parts[2],
        divisor=int(per_step),
        step=int(step),
        mode=RoundingMode(rounding.mode),
    )


@lru_cache(maxsize=65_536)
def _in_whole_numbers(rate: Rate, *exchange: Decimal) -> tuple[list[Terms | None], int]:
    """The parts of the rate with whole coefficients, and the one number that all of them are to be divided by.

    The exchange rates are those of its currencies, in their order.
    """
    worth = dict(zip(sorted(rate.currencies), exchange, strict=True))
    parts = [None if part is None else part.terms for part in (rate.base, rate.floor, rate.cap)]
    terms = [term for part in parts for term in part or ()]
    if any(term.per != int(term.per) for term in terms):
        raise NoPlanError
    shared = lcm(*(int(term.per) for term in terms))
    sizes = {term: term.coefficient * (worth[term.currency] if term.currency else 1) * (shared // int(term.per)) for term in terms}
    decimals = _most_decimals(sizes.values())
    whole = [None if part is None else tuple((term.quantity, int(sizes[term].scaleb(decimals))) for term in part) for part in parts]
    return whole, shared * 10**decimals


def _most_decimals(numbers: Iterable[Decimal]) -> int:
    exponents = [each.normalize().as_tuple().exponent for each in numbers]
    return max([-each for each in exponents if isinstance(each, int)] + [0])
