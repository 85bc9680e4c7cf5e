"""Counted: each material as the agreement counts it: originating or not, by cumulation, absorption and the rules for stocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from customhouse.assessment.origin.agreement import Agreement, ranges
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials, Kind, Material
from customhouse.assessment.origin.hs_range import covered
from customhouse.assessment.origin.product import Product
from customhouse.assessment.origin.verdict import Verdict

_WHOLE = Decimal(100)
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """A material, or what is left of it after expansion, with its value in the product's currency and its status."""

    label: str
    material: Material
    status: Verdict
    why: str
    value: Decimal | None
    mass_kg: Decimal | None


Judge = Callable[[BillOfMaterials, int], Verdict]


def count(bill: BillOfMaterials, agreement: Agreement, *, judge: Judge, depth: int = 0) -> tuple[Counted, ...]:
    """The materials as they count; `judge` says whether an intermediate material meets the rule of its own code."""
    listed = ((f"material {place}", each) for place, each in enumerate(bill.materials, start=1))
    return tuple(found for label, each in listed for found in _counted(label, each, _Setting(bill, agreement, judge, depth)))


@dataclass(frozen=True, slots=True)
class _Setting:
    bill: BillOfMaterials
    agreement: Agreement
    judge: Judge
    depth: int


def _counted(label: str, material: Material, setting: _Setting) -> Iterator[Counted]:
    if material.kind in {Kind.NEUTRAL, Kind.SHIPMENT_PACKING}:
        return
    if material.materials and setting.depth < _DEEPEST and material.originating is None:
        yield from _intermediate(label, material, setting)
        return
    status, why = _status(material, setting)
    whole = Counted(label, material, status, why, _value(material, setting.bill), material.mass_kg)
    stock = material.fungible
    if stock is None or stock.originating_share is None or status is not Verdict.SATISFIED:
        yield whole
        return
    share = stock.originating_share / _WHOLE
    yield replace(whole, value=_part(whole.value, share), mass_kg=_part(whole.mass_kg, share))
    rest = replace(whole, label=f"{label} (rest of the stock)", status=Verdict.NOT_SATISFIED, why="")
    yield replace(rest, value=_part(whole.value, 1 - share), mass_kg=_part(whole.mass_kg, 1 - share))


def _intermediate(label: str, material: Material, setting: _Setting) -> Iterator[Counted]:
    """Absorbed whole where it meets its own rule; else as it stands, or traced to its materials where working itself counts."""
    bill, agreement = setting.bill, setting.agreement
    made_in = material.made_in or bill.product.produced_in
    at_home = made_in == bill.product.produced_in or (agreement.cumulation.bilateral and agreement.is_party(made_in))
    fully = made_in in agreement.cumulation.full
    value = _value(material, bill)
    product = _as_product(material, made_in, value, bill)
    own = BillOfMaterials(product=product, materials=material.materials, rates=bill.rates)
    verdict = setting.judge(own, setting.depth + 1) if (at_home or fully) and agreement.absorption else Verdict.NOT_SATISFIED
    if verdict is Verdict.SATISFIED:
        yield Counted(label, material, verdict, "absorbed, by its own rule", value, material.mass_kg)
    elif fully or (at_home and not agreement.absorption):
        for found in count(own, agreement, judge=setting.judge, depth=setting.depth + 1):
            open_ = verdict is Verdict.UNDETERMINED and found.status is Verdict.NOT_SATISFIED  # it may yet be absorbed whole
            yield replace(found, label=f"{label}, {found.label}", status=verdict if open_ else found.status)
    else:
        yield Counted(label, material, verdict, "", value, material.mass_kg)


def _as_product(material: Material, made_in: str, value: Decimal | None, bill: BillOfMaterials) -> Product:
    return Product(
        name=material.name,
        hs_code=material.hs_code,
        produced_in=made_in,
        currency=bill.product.currency,
        fob=value,
        ex_works=value,
        mass_kg=material.mass_kg,
        processes=material.processes,
    )


def _status(material: Material, setting: _Setting) -> tuple[Verdict, str]:
    """Whether a material originates under the agreement, and why."""
    stock = material.fungible
    if material.originating is False:
        return Verdict.NOT_SATISFIED, ""
    if not material.origin:
        known = setting.agreement.unknown_origin_is_non_originating
        return (Verdict.NOT_SATISFIED if known else Verdict.UNDETERMINED), ""
    why, reach = _reach(material, setting)
    if reach is not Verdict.SATISFIED:
        return reach, ""
    if stock and stock.method not in setting.agreement.fungible_methods:
        return Verdict.NOT_SATISFIED, ""
    if not material.proof or (stock and not stock.record):
        return Verdict.UNDETERMINED, ""
    return Verdict.SATISFIED, f"{why}, {material.proof}"


def _reach(material: Material, setting: _Setting) -> tuple[str, Verdict]:
    """Whether originating in its territory would count, and by which cumulation."""
    agreement, origin = setting.agreement, material.origin
    if origin == setting.bill.product.produced_in:
        return origin, Verdict.SATISFIED
    if agreement.preferential and agreement.cumulation.bilateral and agreement.is_party(origin):
        return f"bilateral cumulation with {origin}", Verdict.SATISFIED
    if origin in agreement.cumulation.full:
        return f"full cumulation with {origin}", Verdict.SATISFIED
    for partner in agreement.cumulation.diagonal:
        if partner.territory == origin:
            excepted = covered(ranges(partner.except_codes), material.hs_code)
            reach = {True: Verdict.NOT_SATISFIED, False: Verdict.SATISFIED, None: Verdict.UNDETERMINED}[excepted]
            return f"diagonal cumulation with {origin}", reach
    return "", Verdict.NOT_SATISFIED


def _value(material: Material, bill: BillOfMaterials) -> Decimal | None:
    currency = material.currency or bill.product.currency
    if material.value is None or currency == bill.product.currency:
        return material.value
    rate = bill.rates.get(currency)
    return None if rate is None else material.value * rate


def _part(whole: Decimal | None, share: Decimal) -> Decimal | None:
    return None if whole is None else whole * share
