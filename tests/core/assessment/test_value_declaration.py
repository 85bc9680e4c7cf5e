import msgspec
import pytest
from tests.core.assessment.valued import CIF

from customhouse.assessment import Regime
from customhouse.assessment.value_declaration import value_findings
from customhouse.declaration import GoodsItem
from customhouse.kernel import Severity

TEN = {"value": "10", "currency": "EUR"}


def codes(method: str, *adjustments: dict[str, object], regime: Regime = CIF.regime, deducted: str = "") -> list[str]:
    charges = [{"charges_type_code": deducted, "amount": TEN}] if deducted else []
    told = {"customs_valuation": {"method_code": method, "charge_deductions": charges}, "valuation_adjustments": adjustments}
    found = value_findings(msgspec.convert(told, GoodsItem, strict=False), regime, pointer="Item[1]")
    assert all(each.severity is Severity.WARNING and each.pointer.startswith("Item[1]/") for each in found)
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("indicator", "found"),
    [
        ("0000", []),
        ("1000", ["ASM-12"]),
        ("0100", ["ASM-13"]),
        ("0010", ["ASM-13"]),
        ("0001", ["ASM-14"]),
        ("1111", ["ASM-12", "ASM-13", "ASM-14"]),
        ("000", ["ASM-11"]),
        ("0002", ["ASM-11"]),
        ("", ["ASM-11"]),
    ],
)
def test_the_four_indicators_are_read_digit_by_digit(indicator: str, found: list[str]) -> None:
    assert codes("1", {"addition_code": indicator}) == found


def test_proceeds_that_are_added_are_no_finding() -> None:
    assert codes("1", {"addition_code": "0001"}, {"addition_code": "AJ", "amount": TEN}) == []
    assert codes("1", {"addition_code": "0001"}, deducted="AJ") == []


def test_a_method_that_the_country_does_not_know_is_told() -> None:
    assert codes("9") == ["ASM-10"]


@pytest.mark.parametrize("method", ["2", "3", "4", "5", "6"])
def test_additions_belong_to_the_transaction_value_alone(method: str) -> None:
    assert codes(method, {"addition_code": "AI", "amount": TEN}) == ["ASM-15"]
    assert codes(method, {"addition_code": "1111"}) == []


def test_what_the_country_has_no_codes_for_is_not_looked_at() -> None:
    bare = msgspec.structs.replace(CIF.regime, valuation_rules=type(CIF.regime.valuation_rules)())
    assert codes("9", {"addition_code": "1111"}, regime=bare) == []
