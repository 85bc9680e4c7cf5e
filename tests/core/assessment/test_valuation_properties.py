import random
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.core.assessment.valued import CARRIED, CIF, DAY, FOB, GOODS, SALE, SHOWN, amount, chain, cost, unsold

from customhouse.assessment import valuation
from customhouse.assessment.value_element import ADDITIONS, CARRIAGE

MONEY = st.decimals(min_value=0, max_value=100_000, places=2)
COUNTS = st.integers(min_value=1, max_value=500)
FREE = [
    {"kind": kind, "per_unit": {"amount": "0", "currency": "EUR"}, "evidence": SHOWN}
    for kind in ("commission", "inland_transport", "duties_and_taxes")
]


@given(sales=st.lists(st.tuples(COUNTS, st.sampled_from(["90", "95", "100", "105"])), min_size=1, max_size=12), seed=st.integers())
def test_the_order_of_the_sales_does_not_matter_for_the_deductive_value(sales: list[tuple[int, str]], seed: int) -> None:
    def valued(in_order: list[tuple[int, str]]) -> tuple[object, str]:
        sold = [{"quantity": count, "unit_price": {"amount": price, "currency": "EUR"}, "sold_on": DAY} for count, price in in_order]
        stated = {"goods_sold": "imported", "entry": "E", "evidence": SHOWN, "sales": sold, "deductions": FREE}
        found = chain(sale=None, ruled_out=unsold("transaction", "identical", "similar"), deductive=stated)
        return found.amount, found.reason

    turned = list(sales)
    random.Random(seed).shuffle(turned)  # noqa: S311 - the order of a test
    assert valued(sales) == valued(turned)


@given(element=st.sampled_from([*ADDITIONS, *CARRIAGE]), price=MONEY, added=MONEY, in_price=st.booleans())
def test_a_dutiable_addition_never_lowers_the_value(element: str, price: Decimal, added: Decimal, in_price: bool) -> None:
    sale = SALE | {"price": {"amount": str(price), "currency": "EUR"}}
    flags = {"related_to_goods": True, "condition_of_sale": True, "done_abroad": True, "in_price": in_price}
    before, after = chain(sale=sale), chain(sale=sale, adjustments=[*CARRIED, cost(element, added, **flags)])
    assert amount(after) >= amount(before)


@given(prices=st.lists(MONEY.filter(bool), min_size=1, max_size=6), freight=MONEY, masses=st.data())
def test_the_items_add_up_to_the_consignment(prices: list[Decimal], freight: Decimal, masses: st.DataObject) -> None:
    items: list[dict[str, Any]] = [
        {
            "goods": GOODS | {"gross_mass_kg": str(masses.draw(COUNTS))},
            "sale": SALE | {"price": {"amount": str(price), "currency": "USD"}},
            "adjustments": CARRIED[1:],
        }
        for price in prices
    ]
    told = {"items": items, "shared": [{"by": "gross_mass", "cost": cost("transport", freight)}]}
    case = msgspec.convert(told, valuation.ValuationCase, strict=False)
    found = [amount(each) for each in valuation.values_of(case, CIF, on=DAY)]
    whole = CIF.regime.value_rounding.rule.of(sum(prices, Decimal(0)) * Decimal("1.2345") + freight)
    assert sum(found) == whole


@given(price=MONEY, freight=MONEY, insurance=MONEY, in_price=st.booleans())
def test_a_cif_value_is_never_below_the_fob_value(price: Decimal, freight: Decimal, insurance: Decimal, in_price: bool) -> None:
    sale = SALE | {"price": {"amount": str(price + freight + insurance), "currency": "EUR"}}
    carried = [cost("transport", freight, in_price=in_price), cost("insurance", insurance, in_price=in_price)]
    assert amount(chain(CIF, sale=sale, adjustments=carried)) >= amount(chain(FOB, sale=sale, adjustments=carried))


@given(prices=st.lists(st.tuples(MONEY, COUNTS), min_size=1, max_size=8), seed=st.integers())
def test_of_comparables_the_lowest_is_taken_in_whatever_order(prices: list[tuple[Decimal, int]], seed: int) -> None:
    def valued(in_order: list[tuple[Decimal, int]]) -> Decimal:
        plain = {"unit": "NAR", "produced_in": "US", "exported_on": DAY}
        told = [
            {**plain, "entry": f"E-{price}-{count}", "customs_value": {"amount": str(price), "currency": "EUR"}, "quantity": str(count)}
            for price, count in in_order
        ]
        return amount(chain(sale=None, ruled_out=unsold("transaction"), identical=told))

    turned = list(prices)
    random.Random(seed).shuffle(turned)  # noqa: S311 - the order of a test
    lowest = min(price / count for price, count in prices) * 10
    assert valued(prices) == valued(turned)
    assert abs(valued(prices) - lowest) <= Decimal("0.01")
