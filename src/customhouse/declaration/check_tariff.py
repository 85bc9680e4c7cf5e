"""Tariff checks: whether each commodity exists in the tariff of the day, may be declared, and has the quantity that the tariff asks for."""

from collections.abc import Iterator
from datetime import date

from customhouse.declaration.finding_at import Found, at, item_at
from customhouse.declaration.goods_declaration import Declaration
from customhouse.declaration.goods_item import GoodsItem
from customhouse.tariff import Tariff


def tariff_findings(declaration: Declaration, *, tariff: Tariff, on: date) -> Iterator[Found]:
    """What the nomenclature of the day says against the items; a code whose form is wrong is told by its own rule."""
    for place, item in enumerate(declaration.items, start=1):
        code = item.commodity_code()
        if code.isdigit():
            yield from _commodity(item, code, place, tariff=tariff, on=on)


def _commodity(item: GoodsItem, code: str, place: int, *, tariff: Tariff, on: date) -> Iterator[Found]:
    path = item_at(place, "Commodity/Classification[1]/ID")
    commodity = tariff.commodity(code, on=on)
    if commodity is None:
        yield at("TAR-01", path, value=code, day=on)
    elif not commodity.is_declarable:
        yield at("TAR-02", path, value=code, description=commodity.description)
    elif commodity.supplementary_unit and not _counted(item):
        yield at("TAR-03", item_at(place, "Commodity/GoodsMeasure/TariffQuantity"), value=code, unit=commodity.supplementary_unit)


def _counted(item: GoodsItem) -> bool:
    measure = item.commodity.goods_measure if item.commodity else None
    return measure is not None and measure.tariff_quantity is not None
