"""Cheapest way: the changes of materials and the missing evidence by which a product would meet its rule at the least cost.

Every material that does not surely originate has choices: keep it, prove the origin that it is said to have, take one of its offers, or,
where it has none, an originating one at a price nobody stated. The combinations are tried in the order of their cost, so the first that
meets the rule is the cheapest; the number of trials is bounded, and an answer says where the bound was reached. A price that is not
stated is never guessed: ways without one come first, then those that replace the least value. The price of the product stays as it is.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from customhouse.assessment.origin.agreement import Agreement
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials, Material
from customhouse.assessment.origin.determination import counted
from customhouse.assessment.origin.evaluation import Evidence, evaluate
from customhouse.assessment.origin.rule import Process, Rule, criteria
from customhouse.assessment.origin.verdict import Verdict

MOST_TRIALS = 2_000
_ASSUMED = "to be shown"
Cost = tuple[Decimal, Decimal, int]  # value replaced at unknown prices, difference at known prices, number of changes


class Change(Struct, frozen=True, kw_only=True):
    """One thing to do: `prove` an origin, `replace` a material, or show a `process`; no cost where its price is not stated."""

    act: str
    what: str
    origin: str = ""
    cost_difference: Decimal | None = None


class Way(Struct, frozen=True, kw_only=True):
    """The changes that suffice, and what they cost beside today; `is_possible` is nothing where the bound was reached first."""

    is_possible: bool | None
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
    rule = agreement.rule_for(bill.product.hs_code)
    if rule is None:
        return Way(is_possible=False)
    slots = [sorted(each, key=lambda choice: choice.cost) for each in (*_materials(bill, agreement), *_processes(bill, rule))]

    def meets(chosen: tuple[int, ...]) -> bool:
        changed = bill
        for slot, place in zip(slots, chosen, strict=True):
            changed = slot[place].apply(changed)
        return evaluate(rule, Evidence(changed.product, counted(changed, agreement), agreement)).verdict is Verdict.SATISFIED

    start = (0,) * len(slots)
    waiting, seen, trials = [(_cost(slots, start), start)], {start}, 0
    while waiting and trials < most_trials:
        _, chosen = heapq.heappop(waiting)
        trials += 1
        if meets(chosen):
            return _way([slot[place] for slot, place in zip(slots, chosen, strict=True)], trials)
        for place, each in enumerate(chosen):
            following = (*chosen[:place], each + 1, *chosen[place + 1 :])
            if each + 1 < len(slots[place]) and following not in seen:
                seen.add(following)
                heapq.heappush(waiting, (_cost(slots, following), following))
    return Way(is_possible=None if waiting else False, trials=trials)


def _way(choices: list[_Choice], trials: int) -> Way:
    changes = tuple(each.change for each in choices if each.change)
    cost = sum((each.cost[1] for each in choices), Decimal(0))
    return Way(is_possible=True, changes=changes, cost_difference=cost, trials=trials)


def _cost(slots: list[list[_Choice]], chosen: tuple[int, ...]) -> Cost:
    costs = [slot[place].cost for slot, place in zip(slots, chosen, strict=True)]
    unknown, known = sum((each[0] for each in costs), Decimal(0)), sum((each[1] for each in costs), Decimal(0))
    return unknown, known, sum(each[2] for each in costs)


def _keep() -> _Choice:
    return _Choice((Decimal(0), Decimal(0), 0), None, lambda bill: bill)


def _materials(bill: BillOfMaterials, agreement: Agreement) -> list[list[_Choice]]:
    slots = []
    for place, material in enumerate(bill.materials):
        alone = replace(bill, materials=(material,))
        if all(each.status is Verdict.SATISFIED for each in counted(alone, agreement)):
            continue
        slots.append([_keep(), *_choices(place, bill)])
    return slots


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


def _processes(bill: BillOfMaterials, rule: Rule) -> list[list[_Choice]]:
    """Processes of the rule that are claimed and not shown."""
    named = {each.name for each in criteria(rule) if isinstance(each, Process)}
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
