"""Named rounding rules, each as the law says it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Rounding, RoundingMode

amounts = st.decimals(min_value=-(10**15), max_value=10**15, places=9)
steps = st.sampled_from([Decimal("0.01"), Decimal("0.05"), Decimal("0.5"), Decimal(1), Decimal(10)])
rules = st.builds(Rounding, st.sampled_from(RoundingMode), steps)


@pytest.mark.parametrize(
    ("mode", "step", "exact", "payable"),
    [
        (RoundingMode.DOWN, "0.01", "12.349", "12.34"),
        (RoundingMode.UP, "0.01", "12.341", "12.35"),
        (RoundingMode.HALF_UP, "0.01", "12.345", "12.35"),
        (RoundingMode.HALF_EVEN, "0.01", "12.345", "12.34"),
        (RoundingMode.HALF_EVEN, "0.01", "12.355", "12.36"),
        (RoundingMode.HALF_UP, "1", "12.50", "13"),
        (RoundingMode.DOWN, "1", "12.99", "12"),
        (RoundingMode.HALF_UP, "0.05", "12.32", "12.30"),
        (RoundingMode.HALF_UP, "0.05", "12.325", "12.35"),
        (RoundingMode.DOWN, "10", "99.99", "90"),
    ],
)
def test_each_rule_rounds_as_it_is_named(mode: RoundingMode, step: str, exact: str, payable: str) -> None:
    assert str(Rounding(mode, Decimal(step)).of(Decimal(exact))) == payable


@pytest.mark.parametrize("step", ["0", "-0.01"])
def test_a_step_that_could_not_be_counted_in_is_refused(step: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        Rounding(RoundingMode.DOWN, Decimal(step))


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert str(Rounding(RoundingMode.HALF_UP, Decimal("0.01")).of(Decimal("-0.001"))) == "0.00"


def test_an_amount_of_many_digits_rounds_once_and_not_twice() -> None:
    almost_half = Decimal("1.00499999999999999999999999999999999999")
    assert Rounding(RoundingMode.HALF_UP, Decimal("0.01")).of(almost_half) == Decimal("1.00")


def test_a_rule_is_told_in_words() -> None:
    assert str(Rounding(RoundingMode.HALF_UP, Decimal("0.01"))) == "half up to 0.01"


@given(rule=rules, exact=amounts)
def test_a_negative_amount_rounds_as_the_mirror_image(rule: Rounding, exact: Decimal) -> None:
    assert rule.of(-exact) == -rule.of(exact)


@given(rule=rules, exact=amounts)
def test_what_is_rounded_is_a_whole_number_of_steps_and_less_than_one_away(rule: Rounding, exact: Decimal) -> None:
    payable = rule.of(exact)
    assert payable % rule.step == 0
    assert abs(payable - exact) < rule.step


@given(rule=rules, exact=amounts)
def test_rounding_twice_changes_nothing(rule: Rounding, exact: Decimal) -> None:
    assert rule.of(rule.of(exact)) == rule.of(exact)


@given(rule=rules, one=amounts, other=amounts)
def test_the_larger_amount_never_rounds_to_less(rule: Rounding, one: Decimal, other: Decimal) -> None:
    assert rule.of(max(one, other)) >= rule.of(min(one, other))


@given(step=steps, exact=amounts)
def test_down_goes_towards_nothing_and_up_away_from_it(step: Decimal, exact: Decimal) -> None:
    assert abs(Rounding(RoundingMode.DOWN, step).of(exact)) <= abs(exact) <= abs(Rounding(RoundingMode.UP, step).of(exact))
