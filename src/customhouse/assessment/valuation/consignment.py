"""Consignment: the values of all its items, with the costs they share spread over them and the roundings adding up."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.assessment.law import Law
from customhouse.assessment.regime import Share
from customhouse.assessment.valuation.adjustment import Adjustment, words
from customhouse.assessment.valuation.case import ItemCase, SharedCost, ValuationCase
from customhouse.assessment.valuation.chain import Chain, value_of
from customhouse.assessment.valuation.step import Accepted
from customhouse.kernel import Money, apportioned
from customhouse.saying import Refusal, saying

_CENT = Decimal("0.01")


class UnsharedCostError(Refusal, ValueError):
    """A cost of the consignment cannot be shared over its items; the message says why."""


def values_of(case: ValuationCase, law: Law, *, on: date) -> tuple[Chain, ...]:
    """The chain of each item, in order; where all are accepted, their values add up to the rounded value of the consignment.

    Refuses with `UnsharedCostError` a shared cost for which the items state no value or mass to share it by.
    """
    chains = tuple(value_of(item, law, on=on) for item in spread(case, law, on=on))
    exact = [chain.end.exact for chain in chains if isinstance(chain.end, Accepted)]
    if len(exact) < len(chains) or len(chains) == 1 or sum(exact) <= 0:
        return chains
    rounding = law.regime.value_rounding.rule
    if all(value % rounding.step == 0 for value in exact):
        return chains
    amounts = apportioned(rounding.of(sum(exact, Decimal(0))), exact, step=rounding.step)
    return tuple(msgspec.structs.replace(chain, amount=amount) for chain, amount in zip(chains, amounts, strict=True))


def spread(case: ValuationCase, law: Law, *, on: date) -> tuple[ItemCase, ...]:
    """The items, each with its part of the shared costs among its adjustments."""
    items = list(case.items)
    exchange = law.exchange_rates.on(on, law.regime.currency)
    for shared in case.shared:
        prices = [item.sale.price if item.sale else None for item in case.items]
        by_value = [None if each is None or each.currency not in exchange else each.amount * exchange[each.currency] for each in prices]
        weights = by_value if shared.by is Share.VALUE else [item.goods.gross_mass_kg for item in case.items]
        parts = _parts(shared, weights)
        items = [msgspec.structs.replace(item, adjustments=(*item.adjustments, part)) for item, part in zip(items, parts, strict=True)]
    return tuple(items)


def _parts(shared: SharedCost, weights: Sequence[Decimal | None]) -> list[Adjustment]:
    known = [each for each in weights if each is not None]
    cost, by = shared.cost, shared.by.replace("_", " ")
    if len(known) < len(weights) or sum(known) <= 0:
        raise UnsharedCostError(
            "the {element} cannot be shared by {by}: not every item states it", element=saying(words(cost.element)), by=saying(by)
        )
    step = min(_CENT, Decimal(1).scaleb(int(cost.amount.amount.as_tuple().exponent)))
    note = f"share of {cost.amount} by {by}"
    shares = apportioned(cost.amount.amount, known, step=step)
    return [msgspec.structs.replace(cost, amount=Money(share, cost.amount.currency), note=note) for share in shares]
