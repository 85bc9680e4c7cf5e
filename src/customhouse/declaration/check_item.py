"""Item checks: what each goods item must say, and what in it is hard to believe."""

from collections.abc import Iterator
from decimal import Decimal

from customhouse.declaration.check_header import is_import
from customhouse.declaration.finding_at import Found, at, item_at
from customhouse.declaration.goods_declaration import Declaration
from customhouse.declaration.goods_item import Commodity, GoodsItem, GoodsMeasure

_WAREHOUSED = ("71", "78")
_PREFERENTIAL = "234"
_SHORTEST_CODE, _LONGEST_CODE = 6, 10
_SHORTEST_DESCRIPTION = 4


def item_findings(declaration: Declaration, **_: object) -> Iterator[Found]:
    """What is missing or doubtful in the items, one after the other."""
    importing = is_import(declaration)
    warehouse = declaration.goods_shipment.warehouse if declaration.goods_shipment else None
    for place, item in enumerate(declaration.items, start=1):
        goods = item.commodity or Commodity()
        yield from _classified(item, goods, place)
        yield from _procedure(item, place, warehouse_named=warehouse is not None)
        yield from _measured(goods, place)
        yield from _documents(item, place)
        if not item.packagings:
            yield at("OBL-16", item_at(place, "Packaging"))
        if importing:
            yield from _imported(item, goods, place)


def _classified(item: GoodsItem, goods: Commodity, place: int) -> Iterator[Found]:
    path = item_at(place, "Commodity/Classification[1]/ID")
    code = item.commodity_code()
    if not code:
        yield at("OBL-06", path)
    elif not code.isdigit() or not _SHORTEST_CODE <= len(code) <= _LONGEST_CODE:
        yield at("FMT-01", path, value=code)
    description = goods.description or ""
    if not description:
        yield at("OBL-15", item_at(place, "Commodity/Description"))
    elif len(description) < _SHORTEST_DESCRIPTION or not any(character.isalpha() for character in description):
        yield at("PLA-02", item_at(place, "Commodity/Description"), value=description)


def _procedure(item: GoodsItem, place: int, *, warehouse_named: bool) -> Iterator[Found]:
    procedure = item.procedure()
    if procedure is None or not procedure.current_code:
        yield at("OBL-07", item_at(place, "GovernmentProcedure[1]/CurrentCode"))
    elif procedure.current_code in _WAREHOUSED and not warehouse_named:
        yield at("OBL-24", "GoodsShipment/Warehouse/ID")


def _measured(goods: Commodity, place: int) -> Iterator[Found]:
    measure = goods.goods_measure or GoodsMeasure()
    path = item_at(place, "Commodity/GoodsMeasure")
    if measure.gross_mass is None:
        yield at("OBL-14", f"{path}/GrossMassMeasure")
    elif measure.gross_mass.value < 0:
        yield at("FMT-02", f"{path}/GrossMassMeasure", value=measure.gross_mass.value)
    if measure.net_mass is None:
        yield at("OBL-13", f"{path}/NetNetWeightMeasure")
    elif measure.net_mass.value < 0:
        yield at("FMT-02", f"{path}/NetNetWeightMeasure", value=measure.net_mass.value)
    if measure.net_mass and measure.gross_mass and measure.net_mass.value > measure.gross_mass.value:
        yield at("PLA-01", f"{path}/NetNetWeightMeasure", net=measure.net_mass.value, gross=measure.gross_mass.value)


def _documents(item: GoodsItem, place: int) -> Iterator[Found]:
    seen = set()
    for number, document in enumerate(item.additional_documents, start=1):
        key = (document.code, document.id, document.name)
        if key in seen:
            yield at("PLA-04", item_at(place, f"AdditionalDocument[{number}]"), value=f"{document.code} {document.id or ''}".strip())
        seen.add(key)


def _imported(item: GoodsItem, goods: Commodity, place: int) -> Iterator[Found]:
    preference = item.preference_code() or ""
    preferential = preference[:1] in _PREFERENTIAL if preference else False
    if preferential and not item.origin_country("2"):
        yield at("OBL-18", item_at(place, "Origin"), preference=preference)
    elif not item.origins:
        yield at("OBL-10", item_at(place, "Origin"))
    if item.customs_valuation is None or not item.customs_valuation.method_code:
        yield at("OBL-17", item_at(place, "CustomsValuation/MethodCode"))
    price = goods.invoice_line.item_charge_amount if goods.invoice_line else None
    path = item_at(place, "Commodity/InvoiceLine/ItemChargeAmount")
    if price is None:
        if item.customs_value_amount is None:
            yield at("OBL-11", path)
    elif price.value < 0:
        yield at("FMT-02", path, value=price.value)
    elif price.value == Decimal(0):
        yield at("PLA-03", path)
    if price is not None and not price.currency:
        yield at("OBL-12", path, value=price.value)
