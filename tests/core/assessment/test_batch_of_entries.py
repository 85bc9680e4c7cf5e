"""Fees by the entry, modes of transport, displaced duties and parts of the value come out of a table as they do one by one."""

from datetime import date
from typing import Any

import msgspec
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.assessment import assess, batch
from customhouse.declaration import Declaration

LAW = pipeline.load_country("us").law
GOODS = sorted({each.commodity for each in LAW.tariff.measures if len(each.commodity) > 4})
UNITS = ("KGM", "NAR", "LTR", "LPA", "degrees", "value:case")
TEXTS = ("commodity", "origin", "preference", "procedure", "additional_codes", "documents", "border_mode")
SCHEMA = pa.schema(
    [*((name, pa.string()) for name in TEXTS), ("value", pa.decimal128(18, 2)), *((unit, pa.decimal128(18, 3)) for unit in UNITS)]
)
ITEMS = st.fixed_dictionaries(
    {
        "commodity": st.sampled_from(GOODS),
        "origin": st.sampled_from(["CN", "GB", "CA", "CU", "KH", "JP", "KR", None]),
        "preference": st.sampled_from([None, "100", "S", "KR", "JP"]),
        "procedure": st.sampled_from([None, "4000", "1100", "2300", "6100"]),
        "additional_codes": st.sampled_from([None, "99038869", "99030311 W16", "W21"]),
        "documents": st.sampled_from([None, "N861"]),
        "border_mode": st.sampled_from([None, "1", "4"]),
        "value": st.none() | st.integers(0, 1_000_000).map(lambda dollars: dollars),
        **dict.fromkeys(UNITS, st.none() | st.decimals(0, 100_000, places=3)),
    }
)


def declared(item: dict[str, Any]) -> Declaration:
    procedure = item["procedure"] or "4000"
    codes = [{"id": item["commodity"], "identification_type_code": "TSP"}]
    codes += [{"id": each, "identification_type_code": "TRA"} for each in (item["additional_codes"] or "").split()]
    fees = [{"specific_tax_base_quantity": {"value": str(item[unit]), "unit": unit}} for unit in UNITS if item[unit] is not None]
    goods: dict[str, Any] = {
        "commodity": {"classifications": codes, "duty_tax_fees": [{"duty_regime_code": item["preference"] or "100"}, *fees]},
        "government_procedures": [{"current_code": procedure[:2], "previous_code": procedure[2:]}],
        "origins": [{"country_code": item["origin"], "type_code": "1"}] if item["origin"] else [],
        "additional_documents": [{"category_code": code[0], "type_code": code[1:]} for code in (item["documents"] or "").split()],
    }
    if item["value"] is not None:
        goods["commodity"]["invoice_line"] = {"item_charge_amount": {"value": str(item["value"]), "currency": "USD"}}
    told = {"goods_shipment": {"items": [goods]}, "border_transport_means": {"mode_code": item["border_mode"]}}
    return msgspec.convert(told, Declaration, strict=False)


@settings(max_examples=60, deadline=None)
@given(items=st.lists(ITEMS, max_size=30), on=st.sampled_from([date(2026, 3, 2), date(2026, 8, 3), date(2026, 11, 20)]))
def test_a_table_comes_to_what_its_items_do_as_declarations_of_their_own(items: list[dict[str, Any]], on: date) -> None:
    told = batch.assess_table(pa.Table.from_pylist(items, schema=SCHEMA), LAW, on=on)
    in_bulk = [tuple(row[name] for name in batch.SCHEMA.names if name != "reason") for row in told.to_pylist()]
    singly = [
        (place, line.tax, line.base, line.rate, line.amount, line.payable, line.status.value, line.measure)
        for place, item in enumerate(items)
        for line in assess(declared(item), LAW, on=on).items[0].lines
    ]
    assert in_bulk == singly
