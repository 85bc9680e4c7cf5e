"""Sharing an amount so that nothing is lost and nobody is favoured."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from customhouse.kernel import apportioned

CENT = Decimal("0.01")
cents = st.integers(min_value=-(10**15), max_value=10**15).map(lambda count: count * CENT)
weights = st.lists(st.decimals(min_value=0, max_value=10**9, places=3), min_size=1, max_size=40)


def test_a_hundred_over_three_equal_items_is_never_ninety_nine_ninety_nine() -> None:
    assert apportioned(Decimal("100.00"), [Decimal(1)] * 3, step=CENT) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_the_largest_remainders_take_what_is_left() -> None:
    assert apportioned(Decimal(10), [Decimal(1), Decimal(4), Decimal(4)], step=Decimal(1)) == [Decimal(1), Decimal(5), Decimal(4)]


def test_freight_follows_mass_and_insurance_follows_value() -> None:
    assert apportioned(Decimal("800.00"), [Decimal(400), Decimal(600)], step=CENT) == [Decimal(320), Decimal(480)]
    assert apportioned(Decimal("120.00"), [Decimal(6000), Decimal(4000)], step=CENT) == [Decimal(72), Decimal(48)]


def test_an_item_without_weight_takes_no_share() -> None:
    assert apportioned(Decimal("0.01"), [Decimal(0), Decimal(5)], step=CENT) == [Decimal("0.00"), Decimal("0.01")]


def test_a_step_may_be_a_coin_of_five() -> None:
    assert sorted(apportioned(Decimal("0.15"), [Decimal(1), Decimal(1)], step=Decimal("0.05"))) == [Decimal("0.05"), Decimal("0.10")]


@pytest.mark.parametrize("parts", [[], [Decimal(0)], [Decimal(0), Decimal(0)], [Decimal(2), Decimal(-1)]])
def test_nothing_is_shared_over_no_weight_or_a_negative_one(parts: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="weights"):
        apportioned(Decimal(1), parts, step=CENT)


def test_an_amount_finer_than_the_step_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number of steps"):
        apportioned(Decimal("1.005"), [Decimal(1)], step=CENT)


@pytest.mark.parametrize("step", [Decimal(0), Decimal("-0.01")])
def test_a_step_that_cannot_be_counted_in_is_refused(step: Decimal) -> None:
    with pytest.raises(ValueError, match="step"):
        apportioned(Decimal(1), [Decimal(1)], step=step)


@given(total=cents, parts=weights)
def test_the_shares_add_up_to_the_total(total: Decimal, parts: list[Decimal]) -> None:
    assume(any(parts))
    assert sum(apportioned(total, parts, step=CENT)) == total


@given(total=cents, parts=weights)
def test_no_share_is_a_whole_step_away_from_its_exact_part(total: Decimal, parts: list[Decimal]) -> None:
    assume(any(parts))
    whole = sum(parts)
    for share, part in zip(apportioned(total, parts, step=CENT), parts, strict=True):
        assert abs(share * whole - total * part) < CENT * whole


@given(total=cents, parts=weights)
def test_a_reversal_takes_back_exactly_what_was_shared(total: Decimal, parts: list[Decimal]) -> None:
    assume(any(parts))
    assert apportioned(-total, parts, step=CENT) == [-share for share in apportioned(total, parts, step=CENT)]


@given(total=cents, parts=weights)
def test_the_heavier_part_never_takes_less(total: Decimal, parts: list[Decimal]) -> None:
    assume(any(parts))
    shares = apportioned(abs(total), parts, step=CENT)
    for share, part in zip(shares, parts, strict=True):
        for other_share, other in zip(shares, parts, strict=True):
            assert part <= other or share >= other_share


@given(total=cents, parts=weights)
def test_every_share_is_a_whole_number_of_steps(total: Decimal, parts: list[Decimal]) -> None:
    assume(any(parts))
    assert all(share % CENT == 0 for share in apportioned(total, parts, step=CENT))


def test_remainders_are_compared_without_any_loss_of_digits() -> None:
    almost_a_third = Decimal("33333333333333333333333333.333333")
    parts = [almost_a_third, Decimal("33333333333333333333333333.333334"), almost_a_third]
    assert apportioned(Decimal("100.00"), parts, step=CENT) == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]
