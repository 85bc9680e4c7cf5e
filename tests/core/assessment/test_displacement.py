"""Of several measures on the same goods, which stand, which give way, and which are levied on a part of the value."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.assessment import Law, assess, read_exchange_rates, read_regime
from customhouse.assessment.tax_line import TaxLine
from customhouse.declaration import Declaration
from customhouse.tariff import Tariff, read_measures

DAY = date(2026, 3, 2)
REGIME = """
currency = "USD"
valuation = "FOB"
[[taxes]]
name = "more"
kinds = ["A", "B", "C", "METAL", "NOT"]
cumulates = ["*"]
claimed_by_code = true
[[displacements]]
kinds = ["B"]
by = ["A"]
legal_basis = "Order 1"
valid_to = {until}
[[displacements]]
kinds = ["C"]
by = ["B"]
[[displacements]]
kinds = ["C"]
by = ["METAL"]
part = "value:metal"
[[procedures]]
codes = ["40"]
"""
HEADER = "id,commodity,kind,rate,additional_code,displaced_by\n"
NO_EXCHANGE = read_exchange_rates("currency,per_unit_rate\n")
RATES = {"A": "10%", "B": "20%", "C": "30%", "METAL": "50% upon the value of the metal"}


def lines(
    *kinds: str, metal: str | None = None, codes: tuple[str, ...] = (), until: str = "2027-01-01", excepted: str = ""
) -> dict[str, TaxLine]:
    """The lines of goods worth 1,000 that meet measures of these kinds; `excepted` is the code that each gives way to."""
    rows = "".join(f"{kind},,{kind},{RATES[kind]},,{excepted}\n" for kind in kinds) + "X,,NOT,Free,X1,\n"
    sheet = read_measures(f"{HEADER}{rows}", rates="hts")
    law = Law(Tariff(sheet.measures), read_regime(REGIME.format(until=until)), NO_EXCHANGE)
    return {line.tax: line for line in assess(declared(metal, codes), law, on=DAY).items[0].lines}


def declared(metal: str | None, codes: tuple[str, ...]) -> Declaration:
    fees = [{"specific_tax_base_quantity": {"value": metal, "unit": "value:metal"}}] if metal else []
    item: dict[str, Any] = {
        "commodity": {
            "classifications": [{"id": "0101", "identification_type_code": "TSP"}]
            + [{"id": code, "identification_type_code": "TRA"} for code in codes],
            "duty_tax_fees": fees,
            "invoice_line": {"item_charge_amount": {"value": "1000.00", "currency": "USD"}},
        },
        "government_procedures": [{"current_code": "40", "previous_code": "00"}],
        "origins": [{"country_code": "DE", "type_code": "1"}],
    }
    return msgspec.convert({"goods_shipment": {"items": [item]}}, Declaration, strict=False)


def test_only_a_measure_that_itself_stands_displaces_another() -> None:
    told = lines("A", "B", "C")
    assert {tax: (line.amount, line.status.value) for tax, line in told.items()} == {
        "A": (Decimal("100.00"), "due"),
        "B": (Decimal("0.00"), "exempt"),
        "C": (Decimal("300.00"), "due"),
    }
    assert "gives way to A (A) by Order 1" in told["B"].explanation


def test_a_rule_that_is_no_longer_in_force_displaces_nothing() -> None:
    told = lines("A", "B", "C", until="2026-03-02")
    assert [told[tax].amount for tax in ("A", "B", "C")] == [Decimal("100.00"), Decimal("200.00"), Decimal("0.00")]


def test_a_measure_gives_way_to_a_code_that_it_names_once_that_is_claimed() -> None:
    assert lines("B", excepted="X1").keys() == {"B"}
    told = lines("B", excepted="X1", codes=("X1",))
    assert {tax: (line.amount, line.status.value) for tax, line in told.items()} == {
        "B": (Decimal("0.00"), "exempt"),
        "NOT": (Decimal("0.00"), "due"),
    }


@given(metal=st.decimals(0, 1000, places=2))
def test_what_is_left_to_another_and_what_remains_make_up_the_value(metal: Decimal) -> None:
    told = lines("C", "METAL", metal=str(metal))
    assert told["C"].base == 1000 - metal
    assert told["METAL"].unrounded == metal / 2


@pytest.mark.parametrize(("metal", "why"), [(None, "is not declared"), ("1000.01", "exceeds the value of the goods")])
def test_a_part_that_is_not_declared_or_too_large_leaves_both_undetermined(metal: str | None, why: str) -> None:
    told = lines("C", "METAL", metal=metal)
    assert all(line.amount is None and why in line.reason for line in told.values())


def test_measures_that_give_way_to_one_another_are_left_to_customs() -> None:
    rows = "A,,A,10%,,B\nB,,B,20%,,C\nC,,C,30%,,A\n"
    law = Law(Tariff(read_measures(f"{HEADER}{rows}", rates="hts").measures), read_regime(REGIME.format(until="2026-01-01")), NO_EXCHANGE)
    told = assess(declared(None, ()), law, on=DAY).items[0].lines
    assert {line.tax: (line.amount, line.is_for_customs) for line in told} == dict.fromkeys("ABC", (None, True))


def test_doubt_goes_on_to_all_that_would_give_way() -> None:
    rows = "A,,A,10%,,\nA2,,A,11%,,\nC,,C,30%,,B\nB,,B,20%,,A\n"
    regime = read_regime(REGIME.format(until="2026-01-01").replace('cumulates = ["*"]', "").replace('by = ["B"]', 'by = ["METAL"]'))
    law = Law(Tariff(read_measures(f"{HEADER}{rows}", rates="hts").measures), regime, NO_EXCHANGE)
    told = {line.tax: line.reason for line in assess(declared(None, ()), law, on=DAY).items[0].lines}
    assert "fit equally well" in told["A"]
    assert told["B"].startswith("it gives way to A, which is undetermined")
    assert told["C"].startswith("it gives way to B, which is undetermined")
