"""Article 7.2 by construction: every type that a value can be made of is walked, and none lets a prohibited source in."""

import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from tests.core.assessment.valued import SHOWN, chain, unsold

from customhouse.assessment import valuation
from customhouse.assessment.valuation import ItemCase
from customhouse.kernel import Money

FIVE = ("transaction", "identical", "similar", "deductive", "computed")
# Each place at which money can enter a fall-back value, with what makes it a source that Article 7.2 leaves open.
PERMITTED_MONEY = {
    ("Comparable", "customs_value"): "a value that customs accepted on an import entry",
    ("Difference", "amount"): "an adjustment of such a value, on evidence",
    ("UnitSale", "unit_price"): "a sale in the country of goods imported on an entry",
    ("Deduction", "per_unit"): "a deduction of Article 5",
}
PERMITTED_NUMBERS = {
    ("Comparable", "quantity"),
    ("UnitSale", "quantity"),
    ("Deduction", "share_of_price"),
    ("Money", "amount"),
}


def fields_within(kind: Any, seen: set[type]) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401 - an annotation
    """Every field of every type that a value of this kind can hold."""
    for part in typing.get_args(kind):
        yield from fields_within(part, seen)
    if not isinstance(kind, type) or kind in seen or not (issubclass(kind, msgspec.Struct) or is_dataclass(kind)):
        return
    seen.add(kind)
    for name, held in typing.get_type_hints(kind).items():
        yield kind.__name__, name, held
        yield from fields_within(held, seen)


def holding(kind: type, within: Any) -> set[tuple[str, str]]:  # noqa: ANN401 - an annotation
    return {(owner, name) for owner, name, held in fields_within(within, set()) if kind in (held, *typing.get_args(held))}


SOURCE = typing.get_type_hints(ItemCase)["fall_back"]


def test_a_fall_back_value_is_made_of_accepted_values_and_sales_of_imported_goods_alone() -> None:
    assert {each.__name__ for each in typing.get_args(SOURCE) if each is not type(None)} == {"FlexibleComparables", "FlexibleDeductive"}
    assert holding(Money, SOURCE) == set(PERMITTED_MONEY)
    assert holding(Decimal, SOURCE) == PERMITTED_NUMBERS
    assert not holding(float, SOURCE)
    assert not holding(int, SOURCE)


def test_each_source_names_the_import_entry_that_it_comes_from() -> None:
    reached = {owner: name for owner, name, _ in fields_within(SOURCE, set()) if name == "entry"}
    assert set(reached) == {"Comparable", "Deductive"}
    for source in ({"source": "comparables", "relaxed": ["time"], "comparables": [{"entry": " "}]},):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(source, SOURCE, strict=False)


@pytest.mark.parametrize(
    "prohibited",
    [
        {"source": "domestic_price", "amount": "10"},
        {"source": "higher_of_two", "values": ["10", "12"]},
        {"source": "export_country_price", "amount": "10"},
        {"source": "cost_of_production", "amount": "10"},
        {"source": "third_country_price", "amount": "10"},
        {"source": "minimum_value", "amount": "10"},
        {"source": "arbitrary", "amount": "10"},
        {"source": "comparables", "relaxed": ["time"], "comparables": [], "minimum": "10"},
        {"source": "comparables", "relaxed": ["minimum_value"], "comparables": []},
    ],
)
def test_none_of_the_seven_prohibited_sources_can_be_written(prohibited: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(prohibited, SOURCE, strict=False)


def test_of_two_values_the_lower_is_taken_also_under_the_fall_back() -> None:
    plain = {"quantity": "10", "unit": "NAR", "produced_in": "US", "exported_on": date(2025, 12, 1)}
    both = [
        {**plain, "entry": "E-1", "customs_value": {"amount": "500", "currency": "EUR"}},
        {**plain, "entry": "E-2", "customs_value": {"amount": "400", "currency": "EUR"}},
    ]
    found = chain(sale=None, ruled_out=unsold(*FIVE), fall_back={"source": "comparables", "relaxed": ["time"], "comparables": both})
    assert (found.amount, found.article) == (Decimal("400.00"), "Article 7")


def test_a_fall_back_says_what_it_reads_with_flexibility() -> None:
    found = chain(sale=None, ruled_out=unsold(*FIVE), fall_back={"source": "comparables", "relaxed": [], "comparables": []})
    assert "flexibility" in found.reason


def test_a_price_database_has_no_place_in_a_value_nor_in_a_ground() -> None:
    signals = {"PriceSignal", "RecordedPrice"}
    reached = {owner for owner, _, _ in fields_within(ItemCase, set())} | {owner for owner, _, _ in fields_within(valuation.Chain, set())}
    assert reached
    assert not reached & signals
    assert not [each for each in valuation.EvidenceKind if "database" in each or "signal" in each or "reference_price" in each]
    with pytest.raises(msgspec.ValidationError):
        chain(ruled_out=[{"method": "transaction", "reason": "the database shows more", "evidence": []}])
    with pytest.raises(msgspec.ValidationError):
        chain(ruled_out=[{"method": "transaction", "reason": " ", "evidence": SHOWN}])
