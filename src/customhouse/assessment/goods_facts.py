"""Goods facts: what an assessment reads off one item: codes, claims, documents and quantities."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.countable import is_countable
from customhouse.declaration import Declaration, GoodsItem, Measure
from customhouse.tariff import meursing, unit_in_base

_MASS = "KGM"
_SUPPLEMENTARY = "supplementary"
_NOT_SUPPLEMENTARY = {"value", "item", "ASV", "BRX", "RET", "SPR", "AC", *meursing.COMPONENTS, *meursing.CONTENTS}


class GoodsFacts(Struct, frozen=True, kw_only=True):
    """One item as the tariff asks about it."""

    commodity: str
    additional_codes: frozenset[str]
    procedure: str
    previous_procedure: str
    additional_procedures: tuple[str, ...]
    preference: str
    quota: str
    origin: str | None
    preferential_origin: str | None
    documents: frozenset[str]
    statements: frozenset[str]
    party_roles: frozenset[str]
    declared_amounts: Mapping[str, Decimal]
    quantities: Mapping[str, Decimal]
    supplementary: Decimal | None
    border_mode: str = ""

    def quantity(self, name: str, supplementary_unit: str) -> Decimal | None:
        """The named quantity: as declared, as a product of declared ones, or as the supplementary quantity that carries no unit.

        The name `supplementary` asks for the number of supplementary units, whatever the unit.
        """
        if name in self.quantities:
            return self.quantities[name]
        if name == _SUPPLEMENTARY:
            return self._supplementary_units(supplementary_unit)
        base, held = unit_in_base(name)
        if base != name:
            found = self.quantity(base, supplementary_unit)
            return None if found is None else found / held
        return self._derived(name, supplementary_unit)

    def _derived(self, name: str, supplementary_unit: str) -> Decimal | None:
        """A quantity in its base unit that is not declared by its name."""
        if "*" in name:
            return _product([self.quantity(factor, supplementary_unit) for factor in name.split("*")])
        if name == "LPA" and {"LTR", "ASV"} <= self.quantities.keys():
            return self.quantities["LTR"] * self.quantities["ASV"] / 100
        if self.supplementary is None or name in _NOT_SUPPLEMENTARY or name.startswith(_MASS):
            return None
        unit, held = unit_in_base(supplementary_unit) if supplementary_unit else (name, Decimal(1))
        return self.supplementary * held if unit == name else None

    def _supplementary_units(self, unit: str) -> Decimal | None:
        if self.supplementary is not None or not unit:
            return self.supplementary
        name, held = unit_in_base(unit)
        return self.quantities[name] / held if name in self.quantities else None


def goods_facts(declaration: Declaration, item: GoodsItem, *, default_preference: str) -> GoodsFacts:
    """What the item says, with what the header says for every item."""
    procedure = item.procedure()
    shipment = declaration.goods_shipment
    parties = item.domestic_duty_tax_parties + (shipment.domestic_duty_tax_parties if shipment else ())
    statements = item.additional_information + declaration.additional_information
    preferential = item.origin_country("2")
    return GoodsFacts(
        commodity=item.commodity_code(),
        additional_codes=frozenset(item.additional_codes()),
        procedure=(procedure.current_code or "") if procedure else "",
        previous_procedure=(procedure.previous_code or "") if procedure else "",
        additional_procedures=item.additional_procedure_codes(),
        preference=item.preference_code() or default_preference,
        quota=item.quota_order_id() or "",
        origin=item.origin_country("1") or preferential,
        preferential_origin=preferential or item.origin_country("1"),
        documents=frozenset(each.code for each in item.additional_documents),
        statements=frozenset(each.statement_code for each in statements if each.statement_code),
        party_roles=frozenset(each.role_code for each in parties if each.role_code),
        declared_amounts=_declared_amounts(item),
        quantities=_quantities(item),
        supplementary=_supplementary(item),
        border_mode=_border_mode(declaration),
    )


def _border_mode(declaration: Declaration) -> str:
    means = declaration.border_transport_means
    return (means and means.mode_code) or ""


def _quantities(item: GoodsItem) -> dict[str, Decimal]:
    found = {"item": Decimal(1)}
    measured = item.commodity.goods_measure if item.commodity else None
    if measured:
        for mass, name in ((measured.net_mass, _MASS), (measured.gross_mass, f"{_MASS}#G")):
            if mass and _is_quantity(mass.value):
                found[name] = mass.value * unit_in_base(mass.unit or _MASS)[1]
        if measured.tariff_quantity and measured.tariff_quantity.unit:
            _note(found, measured.tariff_quantity)
    for fee in item.commodity.duty_tax_fees if item.commodity else ():
        if fee.specific_tax_base_quantity and fee.specific_tax_base_quantity.unit:
            _note(found, fee.specific_tax_base_quantity)
    return found


def _note(found: dict[str, Decimal], measure: Measure) -> None:
    if _is_quantity(measure.value):
        unit, held = unit_in_base(measure.unit or _MASS)
        found.setdefault(unit, measure.value * held)


def _supplementary(item: GoodsItem) -> Decimal | None:
    measured = item.commodity.goods_measure if item.commodity else None
    quantity = measured.tariff_quantity if measured else None
    return quantity.value if quantity and not quantity.unit and _is_quantity(quantity.value) else None


def _is_quantity(number: Decimal) -> bool:
    return is_countable(number) and number >= 0


def _declared_amounts(item: GoodsItem) -> dict[str, Decimal]:
    amounts = {}
    for fee in item.commodity.duty_tax_fees if item.commodity else ():
        stated = fee.payment and (fee.payment.tax_assessed_amount or fee.payment.payment_amount)
        if fee.type_code and stated and is_countable(stated.value):
            amounts[fee.type_code] = stated.value
    return amounts


def _product(factors: list[Decimal | None]) -> Decimal | None:
    product = Decimal(1)
    for factor in factors:
        if factor is None:
            return None
        product *= factor
    return product
