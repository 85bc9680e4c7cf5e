"""Case form: the fields in which an officer states identical or similar goods, as the valuation case that they come to."""

import json
from collections.abc import Mapping

from customhouse.declaration import GoodsItem

_METHODS = ("identical", "similar")


def offered(item: GoodsItem) -> dict[str, str]:
    """What the declaration tells of the goods, to fill the fields with."""
    commodity = item.commodity
    measured = commodity.goods_measure if commodity else None
    mass = measured.net_mass.value if measured and measured.net_mass else None
    return {
        "description": (commodity.description or "") if commodity else "",
        "produced_in": item.origin_country("1") or "",
        "quantity": f"{mass:f}" if mass else "",
        "unit": "KGM" if mass else "",
        "exported_on": "",
    }


def case_of_fields(posted: Mapping[str, str]) -> str:
    """The case as JSON text: the whole case where one was written, else the goods, the one comparable, and why none is identical."""

    def said(name: str) -> str:
        return posted.get(name, "").strip()

    if said("case"):
        return said("case")
    method = said("method") if said("method") in _METHODS else _METHODS[0]
    goods = {name: said(name) for name in ("description", "produced_in", "quantity", "unit", "exported_on")}
    comparable = {
        "entry": said("entry"),
        "customs_value": {"amount": said("value"), "currency": said("currency")},
        "quantity": said("other_quantity"),
        "unit": said("unit"),
        "produced_in": said("produced_in"),
        "exported_on": said("other_exported_on"),
    }
    item: dict[str, object] = {"goods": goods, method: [comparable]}
    if method == "similar":
        shown = {"kind": said("kind"), "reference": said("reference")}
        item["ruled_out"] = [{"method": "identical", "reason": said("why_not_identical"), "evidence": [shown]}]
    return json.dumps({"items": [item]})
