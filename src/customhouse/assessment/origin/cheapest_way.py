"""Cheapest way: the changes of materials and the missing evidence by which a product would meet its rule at the least cost.

Every material that does not surely originate has choices: keep it, prove the origin that it is said to have, take one of its offers, or,
where it has none, an originating one at a price nobody stated. The combinations are tried in the order of their cost, so the first that
meets the rule is the cheapest; the number of trials is bounded, and an answer from beyond the bound says that it may not be the cheapest.
A price that is not stated is never guessed: ways without one come first, then those that replace the least value. The price of the
product stays as it is.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from math import prod

from msgspec import Struct
from msgspec.structs import replace

from customhouse.assessment.origin.agreement import Agreement
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials, Material
from customhouse.assessment.origin.determination import counted, product_node
from customhouse.assessment.origin.verdict import Verdict

MOST_TRIALS = 2_000
_MOST_WORK = 20_000  # trials times materials
_ASSUMED = "to be shown"
Places = tuple[int, ...]  # of the choice in each slot
Cost = tuple[Decimal, Decimal, int]  # value replaced at unknown prices, difference at known prices, number of changes


class Change(Struct, frozen=True, kw_only=True):
    """One thing to do: `prove` an origin, `replace` a material, or show a `process`; no cost where its price is not stated."""

    act: str
    what: str
    origin: str = ""
    cost_difference: Decimal | None = None


class Way(Struct, frozen=True, kw_only=True):
    """The changes that suffice, and what they cost beside today.

    `is_possible` is nothing where the bound was reached first; `is_cheapest` is false for changes that suffice, and none of which can be
    left out, found after the bound was reached.
    """

    is_possible: bool | None
    is_cheapest: bool = True
    changes: tuple[Change, ...] = ()
    cost_difference: Decimal = Decimal(0)
    trials: int = 0


@dataclass(frozen=True, slots=True)
class _Choice:
    cost: Cost
    change: Change | None
    apply: Callable[[BillOfMaterials], BillOfMaterials]


def cheapest_way(bill: BillOfMaterials, agreement: Agreement, *, most_trials: int = MOST_TRIALS) -> Way:
    """The cheapest changes by which the product meets the rule of its code."""
    slots = [sorted(each, key=lambda choice: choice.cost) for each in (*_materials(bill, agreement), *_processes(bill, agreement))]
    slots = [slot for slot in slots if len(slot) > 1]

    def meets(chosen: Places) -> bool:
        changed = bill
        for slot, place in zip(slots, chosen, strict=True):
            changed = slot[place].apply(changed)
        return product_node(changed, agreement).verdict is Verdict.SATISFIED

    most = max(1, min(most_trials, _MOST_WORK // (len(slots) + 1)))
    for trials, chosen in enumerate(islice(_in_order_of_cost(slots), most), start=1):
        if meets(chosen):
            return _way(slots, chosen, trials)
    if prod(len(slot) for slot in slots) <= most:
        return Way(is_possible=False, trials=trials)
    thinned, more = _thinned(slots, meets)
    return replace(_way(slots, thinned, trials + more), is_cheapest=False) if thinned else Way(is_possible=None, trials=trials + more)


def _in_order_of_cost(slots: list[list[_Choice]]) -> Iterator[Places]:
    """Every combination of one choice a slot, the cheapest first."""
    start = (0,) * len(slots)
    total = (_sum(slot[0].cost[0] for slot in slots), _sum(slot[0].cost[1] for slot in slots), sum(slot[0].cost[2] for slot in slots))
    waiting, seen = [(total, start)], {start}
    while waiting:
        cost, chosen = heapq.heappop(waiting)
        yield chosen
        for slot, place in enumerate(chosen):
            following = (*chosen[:slot], place + 1, *chosen[slot + 1 :])
            if place + 1 < len(slots[slot]) and following not in seen:
                seen.add(following)
                before, after = slots[slot][place].cost, slots[slot][place + 1].cost
                dearer = (cost[0] - before[0] + after[0], cost[1] - before[1] + after[1], cost[2] - before[2] + after[2])
                heapq.heappush(waiting, (dearer, following))


def _thinned(slots: list[list[_Choice]], meets: Callable[[Places], bool]) -> tuple[Places, int]:
    """Every slot changed, then each put back, the dearest first, where the rule is still met; no places where even all is not enough."""
    keep = [next(place for place, each in enumerate(slot) if each.change is None) for slot in slots]
    changed = [next(place for place, each in enumerate(slot) if each.change is not None) for slot in slots]
    if not meets(tuple(changed)):
        return (), 1
    for slot in sorted(range(len(slots)), key=lambda each: slots[each][changed[each]].cost, reverse=True):
        back = [*changed[:slot], keep[slot], *changed[slot + 1 :]]
        if meets(tuple(back)):
            changed = back
    return tuple(changed), len(slots) + 1


def _way(slots: list[list[_Choice]], chosen: Places, trials: int) -> Way:
    choices = [slot[place] for slot, place in zip(slots, chosen, strict=True)]
    changes = tuple(each.change for each in choices if each.change)
    return Way(is_possible=True, changes=changes, cost_difference=_sum(each.cost[1] for each in choices), trials=trials)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _keep() -> _Choice:
    return _Choice((Decimal(0), Decimal(0), 0), None, lambda bill: bill)


def _materials(bill: BillOfMaterials, agreement: Agreement) -> list[list[_Choice]]:
    """For each material that does not surely originate: keep it, or one of the changes after which it does."""

    def originates(place: int, changed: BillOfMaterials) -> bool:
        alone = replace(changed, materials=(changed.materials[place],))
        return all(each.status is Verdict.SATISFIED for each in counted(alone, agreement))

    return [
        [_keep(), *(choice for choice in _choices(place, bill) if originates(place, choice.apply(bill)))]
        for place in range(len(bill.materials))
        if not originates(place, bill)
    ]


def _choices(place: int, bill: BillOfMaterials) -> list[_Choice]:
    material, label = bill.materials[place], f"material {place + 1}"
    nothing = Decimal(0)
    choices = []
    if material.origin and not material.proof and material.originating is not False:
        change = Change(act="prove", what=label, origin=material.origin, cost_difference=nothing)
        choices.append(_Choice((nothing, nothing, 1), change, _with(place, replace(material, originating=True, proof=_ASSUMED))))
    rate = Decimal(1) if material.currency in {"", bill.product.currency} else bill.rates.get(material.currency)
    for offer in material.offers:
        new = _originating(material, offer.origin, offer.value)
        if offer.value is None or material.value is None or rate is None:
            change = Change(act="replace", what=label, origin=offer.origin)
            choices.append(_Choice((material.value or nothing, nothing, 1), change, _with(place, new)))
        else:
            cost = (offer.value - material.value) * rate
            change = Change(act="replace", what=label, origin=offer.origin, cost_difference=cost)
            choices.append(_Choice((nothing, cost, 1), change, _with(place, new)))
    if not material.offers:
        home = bill.product.produced_in
        change = Change(act="replace", what=label, origin=home)
        choices.append(
            _Choice(((material.value or nothing) * (rate or 1), nothing, 1), change, _with(place, _originating(material, home, None)))
        )
    return choices


def _originating(material: Material, origin: str, value: Decimal | None) -> Material:
    changed = replace(material, origin=origin, originating=True, proof=_ASSUMED, materials=(), fungible=None)
    return changed if value is None else replace(changed, value=value)


def _with(place: int, material: Material) -> Callable[[BillOfMaterials], BillOfMaterials]:
    return lambda bill: replace(bill, materials=(*bill.materials[:place], material, *bill.materials[place + 1 :]))


def _processes(bill: BillOfMaterials, agreement: Agreement) -> list[list[_Choice]]:
    """Processes of the rule that are claimed and not shown."""
    named = agreement.questions_for(bill.product.hs_code).processes
    return [
        [_keep(), _Choice((Decimal(0), Decimal(0), 1), _shown(claimed.name), _showing(claimed.name))]
        for claimed in bill.product.processes
        if claimed.name in named and not claimed.evidence
    ]


def _shown(name: str) -> Change:
    return Change(act="process", what=name, cost_difference=Decimal(0))


def _showing(name: str) -> Callable[[BillOfMaterials], BillOfMaterials]:
    def apply(bill: BillOfMaterials) -> BillOfMaterials:
        processes = tuple(replace(each, evidence=_ASSUMED) if each.name == name else each for each in bill.product.processes)
        return replace(bill, product=replace(bill.product, processes=processes))

    return apply
