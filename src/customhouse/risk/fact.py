"""Facts: what a risk profile can ask about, one row an item, every field with its type."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from customhouse.assessment import Assessment, ItemAssessment
from customhouse.declaration import Declaration, GoodsItem, Measure

Value = str | Decimal | bool | date | frozenset[str] | None
Row = Mapping[str, Value]


class FieldType(StrEnum):
    """The kinds of value that a rule can compare."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    SET = "set"


_TEXT, _NUMBER, _DAY, _FLAG, _SET = FieldType

FIELDS: Mapping[str, FieldType] = MappingProxyType(
    {
        "item": _NUMBER,
        "day": _DAY,
        "declaration_type": _TEXT,
        "items": _NUMBER,
        "office": _TEXT,
        "declarant": _TEXT,
        "importer": _TEXT,
        "exporter": _TEXT,
        "exporter_country": _TEXT,
        "export_country": _TEXT,
        "destination": _TEXT,
        "border_mode": _TEXT,
        "containerised": _FLAG,
        "incoterm": _TEXT,
        "total_packages": _NUMBER,
        "commodity_code": _TEXT,
        "chapter": _TEXT,
        "heading": _TEXT,
        "additional_codes": _SET,
        "description": _TEXT,
        "origin": _TEXT,
        "preferential_origin": _TEXT,
        "preference": _TEXT,
        "procedure": _TEXT,
        "previous_procedure": _TEXT,
        "additional_procedures": _SET,
        "documents": _SET,
        "package_kinds": _SET,
        "packages": _NUMBER,
        "net_mass": _NUMBER,
        "gross_mass": _NUMBER,
        "supplementary_quantity": _NUMBER,
        "price": _NUMBER,
        "currency": _TEXT,
        "customs_value": _NUMBER,
        "tax_total": _NUMBER,
        "forgone": _NUMBER,
        "undetermined": _FLAG,
        "ruling_breach": _FLAG,
        "partner_status": _TEXT,
        "first_time_importer": _FLAG,
    }
)


def facts(
    declaration: Declaration,
    assessment: Assessment,
    *,
    on: date,
    partner: Row = MappingProxyType({}),
    in_breach: frozenset[int] | None = None,
) -> tuple[Row, ...]:
    """One row for each item: what is declared, what was assessed, and what is known of the partner; unknown is None.

    Masses are in kilograms, `price` in the declared `currency`, the other amounts in the currency of the accounts. `in_breach` are the
    items that go against an advance ruling; None where no ruling was looked up.
    """
    header = _header(declaration, on=on)
    return tuple(
        {
            **header,
            **_item(item, place),
            **_assessed(assessed),
            "ruling_breach": None if in_breach is None else place in in_breach,
            **partner,
        }
        for place, (item, assessed) in enumerate(zip(declaration.items, assessment.items, strict=True), start=1)
    )


def _header(declaration: Declaration, *, on: date) -> dict[str, Value]:
    shipment = declaration.goods_shipment
    consignment = shipment.consignment if shipment else None
    exporter = declaration.exporter or (shipment.exporter if shipment else None)
    container_code = consignment.container_code if consignment else None
    return {
        "day": on,
        "declaration_type": declaration.type_code,
        "items": Decimal(len(declaration.items)),
        "office": declaration.declaration_office_id or declaration.presentation_office_id,
        "declarant": declaration.declarant.id if declaration.declarant else None,
        "importer": shipment.importer.id if shipment and shipment.importer else None,
        "exporter": (exporter.id or exporter.name) if exporter else None,
        "exporter_country": exporter.address.country_code if exporter and exporter.address else None,
        "export_country": shipment.export_country_id if shipment else None,
        "destination": shipment.destination_country_code if shipment else None,
        "border_mode": declaration.border_transport_means.mode_code if declaration.border_transport_means else None,
        "containerised": None if container_code is None else container_code == "1",
        "incoterm": shipment.trade_terms.condition_code if shipment and shipment.trade_terms else None,
        "total_packages": _number(declaration.total_package_quantity),
        "partner_status": None,
        "first_time_importer": None,
    }


def _item(item: GoodsItem, place: int) -> dict[str, Value]:
    code = item.commodity_code() or None
    goods = item.commodity
    measure = goods.goods_measure if goods else None
    price = goods.invoice_line.item_charge_amount if goods and goods.invoice_line else None
    procedure = item.procedure()
    packages = [packaging.quantity.value for packaging in item.packagings if packaging.quantity]
    return {
        "item": Decimal(place),
        "commodity_code": code,
        "chapter": code[:2] if code else None,
        "heading": code[:4] if code else None,
        "additional_codes": frozenset(item.additional_codes()),
        "description": goods.description if goods else None,
        "origin": item.origin_country("1"),
        "preferential_origin": item.origin_country("2"),
        "preference": item.preference_code(),
        "procedure": procedure.current_code if procedure else None,
        "previous_procedure": procedure.previous_code if procedure else None,
        "additional_procedures": frozenset(item.additional_procedure_codes()),
        "documents": frozenset(document.code for document in item.additional_documents),
        "package_kinds": frozenset(packaging.type_code for packaging in item.packagings if packaging.type_code),
        "packages": sum(packages, Decimal(0)) if packages else None,
        "net_mass": _number(measure.net_mass) if measure else None,
        "gross_mass": _number(measure.gross_mass) if measure else None,
        "supplementary_quantity": _number(measure.tariff_quantity) if measure else None,
        "price": price.value if price else None,
        "currency": price.currency if price else None,
    }


def _assessed(item: ItemAssessment) -> dict[str, Value]:
    lines = item.lines
    undetermined = item.customs_value is None or any(line.payable is None for line in lines)
    forgone = sum((line.amount - line.payable for line in lines if line.amount is not None and line.payable is not None), Decimal(0))
    return {
        "customs_value": item.customs_value,
        "tax_total": None if undetermined else sum((line.payable for line in lines if line.payable is not None), Decimal(0)),
        "forgone": None if undetermined else forgone,
        "undetermined": undetermined,
    }


def _number(measure: Measure | None) -> Decimal | None:
    return measure.value if measure else None
