"""A fee that is bounded for the declaration as a whole, and shared over its items."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.assessment import Assessment, Determination, Law, assess, read_exchange_rates, read_regime
from customhouse.assessment.regime import UnreadableRegimeError
from customhouse.declaration import Declaration
from customhouse.tariff import Tariff

DAY = date(2026, 3, 2)
REGIME = """
currency = "USD"
valuation = "FOB"
[[taxes]]
name = "fee"
kinds = ["F"]
standard_rate = "0.3464 %"
modes = ["1"]
by_entry = [{ minimum = "33.58", maximum = "651.50", valid_from = 2025-10-01, valid_to = 2026-10-01, legal_basis = "the notice" }]
[[procedures]]
codes = ["40"]
[[reliefs]]
codes = ["R1"]
status = "exempt"
"""
LEAST, MOST = Decimal("33.58"), Decimal("651.50")
VALUES = st.lists(st.decimals(0, 400_000, places=2), min_size=1, max_size=6)


def assessed(
    values: list[Decimal | None], *, on: date = DAY, mode: str | None = "1", relieved: int = -1, determined: tuple[Determination, ...] = ()
) -> Assessment:
    items: list[dict[str, Any]] = [
        {
            "sequence_numeric": place + 1,
            "commodity": {
                "classifications": [{"id": "0101", "identification_type_code": "TSP"}],
                "invoice_line": {"item_charge_amount": None if value is None else {"value": str(value), "currency": "USD"}},
            },
            "government_procedures": [{"current_code": "40", "previous_code": "00"}]
            + ([{"current_code": "R1"}] if place == relieved else []),
        }
        for place, value in enumerate(values)
    ]
    told = {"goods_shipment": {"items": items}, "border_transport_means": {"mode_code": mode}}
    law = Law(Tariff(), read_regime(REGIME), read_exchange_rates("currency,per_unit_rate\n"))
    return assess(msgspec.convert(told, Declaration, strict=False), law, on=on, determined=determined)


@given(values=VALUES)
def test_the_fee_of_all_items_lies_within_its_bounds_and_is_the_rate_where_that_does(values: list[Decimal]) -> None:
    fee = assessed(list(values)).totals.by_tax["F"].payable
    assert LEAST <= fee <= MOST
    by_rate = sum(((value * Decimal("0.003464")).quantize(Decimal("0.01"), "ROUND_HALF_UP") for value in values), Decimal(0))
    assert fee == min(max(by_rate, LEAST), MOST)


@given(values=VALUES)
def test_an_item_of_more_value_never_bears_less_of_the_fee(values: list[Decimal]) -> None:
    lines = [item.lines[0].amount or Decimal(0) for item in assessed(list(values)).items]
    ranked = [share for _, share in sorted(zip(values, lines, strict=True), key=lambda each: each[0])]
    assert all(one <= other + Decimal("0.01") for one, other in pairwise(ranked))


def test_an_item_that_is_exempt_bears_no_share() -> None:
    told = assessed([Decimal(1000), Decimal(1000)], relieved=0)
    assert [item.lines[0].payable for item in told.items] == [Decimal("0.00"), LEAST]
    assert "minimum of 33.58 for the declaration (the notice)" in told.items[1].lines[0].explanation


def test_a_fee_is_not_told_while_that_of_another_item_is_not() -> None:
    told = assessed([Decimal(1000), None])
    assert [item.lines[0].amount for item in told.items] == [None, None]
    assert "that of item 2 is undetermined" in told.items[0].lines[0].reason


def test_a_fee_is_not_told_on_a_day_without_bounds() -> None:
    line = assessed([Decimal(1000)], on=date(2026, 10, 1)).items[0].lines[0]
    assert (line.amount, line.is_for_customs) == (None, True)


def test_what_customs_determined_stands_where_no_bounds_are_known() -> None:
    settled = Determination(item=1, tax="F", amount=Decimal("33.58"), reason="the notice of the day")
    told = assessed([Decimal(1000)], on=date(2026, 10, 1), determined=(settled,))
    assert (told.items[0].lines[0].payable, told.findings) == (Decimal("33.58"), ())


@pytest.mark.parametrize(("mode", "kinds"), [("1", ["F"]), ("4", [])])
def test_a_tax_of_some_modes_of_transport_is_levied_on_those_alone(mode: str, kinds: list[str]) -> None:
    assert [line.tax for line in assessed([Decimal(1000)], mode=mode).items[0].lines] == kinds


def test_a_tax_of_some_modes_is_undetermined_where_none_is_declared() -> None:
    assert "mode of transport" in assessed([Decimal(1000)], mode=None).items[0].lines[0].reason


def test_no_tax_may_be_levied_on_a_fee_that_is_known_only_at_the_end() -> None:
    with pytest.raises(UnreadableRegimeError):
        read_regime(REGIME + '[[taxes]]\nname = "vat"\nkinds = ["V"]\nbase = ["value", "fee"]\n')
