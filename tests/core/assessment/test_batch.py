"""A table of items comes to the same lines, to the penny, as its items one by one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.assessment import Law, assess, batch, read_exchange_rates, read_regime
from customhouse.declaration import Declaration
from customhouse.tariff import Tariff, read_measures

DAY = date(2026, 11, 20)
UNITS = ("KGM", "NAR", "LTR", "ASV", "RET")
SANDBOX = pipeline.load_country("sandbox").law
GOODS = sorted({each.commodity for each in SANDBOX.tariff.measures if each.commodity})
MONEY = pa.decimal128(18, 2)
COLUMNS = {
    "commodity": pa.string(),
    "origin": pa.string(),
    "preference": pa.string(),
    "procedure": pa.string(),
    "additional_codes": pa.string(),
    "quota": pa.string(),
}
SCHEMA = pa.schema([*COLUMNS.items(), ("value", MONEY), *((unit, pa.decimal128(18, 3)) for unit in UNITS)])

AMOUNTS = st.decimals(0, 1_000_000, places=2)
QUANTITIES = st.none() | st.decimals(0, 100_000, places=3)
ITEMS = st.fixed_dictionaries(
    {
        "commodity": st.sampled_from([*GOODS, "99999999"]),
        "origin": st.sampled_from(["CN", "US", "CL", "KE", "BD", "CH", None]),
        "preference": st.sampled_from([None, "100", "300", "200"]),
        "procedure": st.sampled_from([None, "4000", "4200", "5100", "0700", "1000", "9999"]),
        "additional_codes": st.sampled_from([None, "A101", "A999", "B100", "7001", "7999"]),
        "quota": st.sampled_from([None, "09.0001"]),
        "value": st.none() | AMOUNTS,
        **dict.fromkeys(UNITS, QUANTITIES),
    }
)


def declared(item: dict[str, Any], currency: str) -> Declaration:
    """The item as the only one of a declaration."""
    procedure = item["procedure"] or "4000"
    codes = [{"id": item["commodity"], "identification_type_code": "TSP"}]
    codes += [{"id": each, "identification_type_code": "TRA"} for each in (item["additional_codes"] or "").split()]
    fees = [{"specific_tax_base_quantity": {"value": str(item[unit]), "unit": unit}} for unit in UNITS if item.get(unit) is not None]
    goods: dict[str, Any] = {
        "sequence_numeric": 1,
        "commodity": {
            "classifications": codes,
            "duty_tax_fees": [{"duty_regime_code": item["preference"] or "100", "quota_order_id": item["quota"]}, *fees],
        },
        "government_procedures": [{"current_code": procedure[:2], "previous_code": procedure[2:]}],
        "origins": [{"country_code": item["origin"], "type_code": "1"}] if item["origin"] else [],
    }
    if item["value"] is not None:
        goods["commodity"]["invoice_line"] = {"item_charge_amount": {"value": str(item["value"]), "currency": currency}}
    return msgspec.convert({"goods_shipment": {"items": [goods]}}, Declaration, strict=False)


def singly(items: list[dict[str, Any]], law: Law) -> list[tuple[object, ...]]:
    return [
        (place, line.tax, line.base, line.rate, line.amount, line.payable, line.status.value, line.measure)
        for place, item in enumerate(items)
        for line in assess(declared(item, law.regime.currency), law, on=DAY).items[0].lines
    ]


def together(items: list[dict[str, Any]], law: Law) -> list[tuple[object, ...]]:
    told = batch.assess_table(pa.Table.from_pylist(items, schema=SCHEMA), law, on=DAY)
    assert told.schema.names == batch.SCHEMA.names
    return [tuple(row[name] for name in batch.SCHEMA.names if name != "reason") for row in told.to_pylist()]


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEMS, max_size=30))
def test_items_of_a_real_law_come_to_the_same_lines(items: list[dict[str, Any]]) -> None:
    assert together(items, SANDBOX) == singly(items, SANDBOX)


REGIME = """
currency = "EUR"
valuation = "CIF"
[[taxes]]
name = "duty"
kinds = ["D"]
rounding = {{ mode = "{mode}", step = "{step}" }}
[[taxes]]
name = "vat"
kinds = ["V"]
base = ["value", "duty"]
standard_rate = "{vat} %"
[[procedures]]
codes = ["40"]
"""
NUMBERS = st.decimals(0, 500, places=3)
RATES = st.builds("{} %".format, NUMBERS) | st.builds("{} % + {} EUR / {} p/st".format, NUMBERS, NUMBERS, st.sampled_from([1, 3, 12, 100]))
LIMITED = st.builds("{} % MIN {} EUR / 100 kg MAX {} USD / kg".format, NUMBERS, NUMBERS, st.decimals(0, 50, places=2))


@settings(max_examples=60, deadline=None)
@given(
    rate=RATES | LIMITED,
    mode=st.sampled_from(["down", "up", "half_up", "half_even"]),
    step=st.sampled_from(["0.01", "0.05", "1"]),
    vat=st.decimals(0, 30, places=1),
    items=st.lists(st.fixed_dictionaries({"value": AMOUNTS, "KGM": st.none() | AMOUNTS, "NAR": st.none() | AMOUNTS}), max_size=8),
)
def test_random_laws_come_to_the_same_lines(rate: str, mode: str, step: str, vat: Decimal, items: list[dict[str, Any]]) -> None:
    sheet = read_measures(f'id,commodity,kind,rate\nM,0101,D,"{rate}"\n')
    exchange = read_exchange_rates("currency,per_unit_rate,valid_from,valid_to,source\nUSD,1.2345,2026-01-01,2027-01-01,gazette\n")
    law = Law(Tariff(sheet.measures), read_regime(REGIME.format(mode=mode, step=step, vat=vat)), exchange)
    rows = [dict.fromkeys([*COLUMNS, *UNITS]) | {"commodity": "0101"} | item for item in items]
    assert together(rows, law) == singly(rows, law)


CONDITIONS = st.sampled_from(
    [
        "",
        "E:KGM<=100=apply;E:-=skip",
        "V:value/100 KGM>=52.6 USD=apply 2 %;V:-=apply 9 %",
        "R:KGM/NAR>=3=apply;R:-=skip",
        "I:KGM<=100=apply;B:-=skip",
    ]
)
MEASURES = """id,commodity,kind,additional_code,quota,rate,conditions,measure_type,preference
plain,0101,D,,,5 %,,103,100
other,0101,D,,,3 %,{conditions},142,300
quota,0101,D,,Q1,1 %,,122,120
safe,0101,X,,,25 %,,696,
more,0101,X,,,2 EUR / 100 kg,{conditions},695,
firm,0101,X,A101,,40 %,,552,
cake,0102,D,,,9 % + EA MAX 18.7 % + ADSZ,,103,100
"""
ADDITIONAL = """
[[taxes]]
name = "additional"
kinds = ["X"]
cumulates = ["*"]
not_within_quota = ["696"]
"""


@settings(max_examples=80, deadline=None)
@given(
    conditions=CONDITIONS,
    items=st.lists(
        st.fixed_dictionaries(
            {
                "commodity": st.sampled_from(["0101", "0102"]),
                "value": AMOUNTS,
                "KGM": QUANTITIES,
                "NAR": QUANTITIES,
                "preference": st.sampled_from([None, "120", "300"]),
                "quota": st.sampled_from([None, "Q1"]),
                "additional_codes": st.sampled_from([None, "A101", "7001", "7002", "7999"]),
            }
        ),
        max_size=8,
    ),
)
def test_quotas_conditions_and_components_come_to_the_same_lines(conditions: str, items: list[dict[str, Any]]) -> None:
    sheet = read_measures(MEASURES.format(conditions=conditions))
    exchange = read_exchange_rates("currency,per_unit_rate,valid_from,valid_to,source\nUSD,1.2345,2026-01-01,2027-01-01,gazette\n")
    regime = REGIME.format(mode="half_up", step="0.01", vat=20).replace(
        'name = "duty"', 'name = "duty"\nby_preference = true\nrequired = true'
    )
    law = Law(replace(SANDBOX.tariff, measures=sheet.measures), read_regime(regime + ADDITIONAL), exchange)
    rows = [dict.fromkeys([*COLUMNS, *UNITS]) | {"origin": "CN"} | item for item in items]
    assert together(rows, law) == singly(rows, law)


def test_numbers_too_large_for_whole_words_go_the_single_way() -> None:
    rows = [
        dict.fromkeys([*COLUMNS, *UNITS]) | {"commodity": "61091000", "origin": "BD", "value": Decimal(each)}
        for each in ("99999999999999.99", "1")
    ]
    assert together(rows, SANDBOX) == singly(rows, SANDBOX)


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"commodity": ["0101"]}, batch.MissingColumnError),
        ({"commodity": ["0101"], "value": [1.5]}, batch.InexactColumnError),
        ({"commodity": ["0101"], "value": [Decimal("1.2345")]}, batch.InexactColumnError),
        ({"commodity": ["0101"], "value": [Decimal(10) ** 20]}, batch.InexactColumnError),
    ],
)
def test_a_table_that_is_not_exact_is_refused(columns: dict[str, list[object]], error: type[Exception]) -> None:
    with pytest.raises(error):
        batch.assess_table(pa.table(columns), SANDBOX, on=DAY)


def test_a_day_of_its_own_and_the_place_of_the_first_item_are_kept() -> None:
    table = pa.table(
        {
            "commodity": ["06031100", "06031100"],
            "origin": ["KE", "KE"],
            "value": pa.array([Decimal(1000), Decimal(1000)], MONEY),
            "on": [date(2026, 12, 1), date(2026, 7, 1)],
        }
    )
    told = batch.TableAssessor(SANDBOX, table.schema, on=DAY).assess(table, first=500)
    duties = told.filter(pc.equal(told["tax"].cast(pa.string()), "ICD")).to_pylist()
    assert [(each["item"], each["amount"]) for each in duties] == [(500, Decimal("85.00")), (501, Decimal("120.00"))]
