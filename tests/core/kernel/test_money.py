"""Amounts that never part from their currency, and quantities that never part from their unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Money, Rounding, RoundingMode
from customhouse.kernel.money import CurrencyMismatchError

EUROS = Money(Decimal("12.50"), "EUR")
DOLLARS = Money(Decimal("12.50"), "USD")
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=4).map(lambda amount: Money(amount, "EUR"))


def test_two_currencies_do_not_meet_without_a_rate() -> None:
    for meeting in (lambda: EUROS + DOLLARS, lambda: EUROS - DOLLARS, lambda: EUROS < DOLLARS):
        with pytest.raises(CurrencyMismatchError, match=r"12\.50 EUR and 12\.50 USD have no common currency"):
            meeting()


def test_the_same_number_in_another_currency_is_another_amount() -> None:
    assert EUROS != DOLLARS


def test_an_amount_is_converted_exactly_and_rounds_only_when_told() -> None:
    value = Money(Decimal("10000.00"), "USD").converted(Decimal("1.23456789"), "EUR")
    assert value == Money(Decimal("12345.6789"), "EUR")
    assert str(value.rounded(Rounding(RoundingMode.DOWN, Decimal("0.01")))) == "12345.67 EUR"


def test_a_binary_fraction_is_no_factor() -> None:
    with pytest.raises(TypeError):
        EUROS * 0.1  # type: ignore[operator]


def test_a_large_amount_is_written_without_an_exponent() -> None:
    assert str(Money(Decimal("1E+6"), "EUR")) == "1000000 EUR"


@given(one=amounts, other=amounts)
def test_what_is_added_can_be_taken_off_again(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one + other == other + one


@given(one=amounts, other=amounts)
def test_of_two_amounts_exactly_one_order_holds(one: Money, other: Money) -> None:
    assert [one < other, one == other, other < one].count(True) == 1
