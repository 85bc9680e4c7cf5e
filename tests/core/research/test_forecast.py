"""A forecast says what it rests on, scales as money does, and tells how far it would have been off."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import months_after
from customhouse.research import forecast as expected
from customhouse.research.forecast import Assumptions, Month, backtest, forecast

PLAIN = Assumptions()


def history(revenues: list[int], *, growth: Decimal = Decimal(1)) -> list[Month]:
    months, day = [], date(2024, 1, 1)
    for place, revenue in enumerate(revenues):
        factor = growth ** (place // 12)
        months.append(Month(day, Decimal(revenue * 10) * factor, Decimal(revenue) * factor))
        day = months_after(day, 1)
    return months


SEASON = [100, 90, 120, 110, 100, 95, 80, 70, 130, 140, 150, 200]


def test_a_season_that_grows_goes_on_growing() -> None:
    told = forecast(history(SEASON * 2, growth=Decimal("1.1")), months=12, assumptions=PLAIN)
    assert [each.revenue for each in told] == [Decimal(each) * Decimal("1.1") ** 2 for each in SEASON]
    assert {str(each.basis) for each in told} == {"the same month a year before, times 1.1000"}


def test_an_elasticity_moves_revenue_by_its_power() -> None:
    assumptions = Assumptions(elasticity=Decimal(2), value_growth=Decimal("0.1"))
    assert forecast(history(SEASON), months=1, assumptions=assumptions)[0].revenue == Decimal(100) * Decimal("1.21")


def test_without_a_year_before_the_last_months_stand_in_and_the_forecast_says_so() -> None:
    told = forecast(history([10, 20, 30, 40]), months=1, assumptions=PLAIN)[0]
    assert (told.revenue, str(told.basis)) == (Decimal(30), "mean of the last 3 months")


def test_a_gap_or_no_history_is_refused() -> None:
    months = history(SEASON)
    with pytest.raises(ValueError, match="gap"):
        forecast([*months[:3], *months[4:]], months=1, assumptions=PLAIN)
    with pytest.raises(ValueError, match="a month of history"):
        forecast([], months=1, assumptions=PLAIN)


def test_a_season_that_repeats_is_foretold_without_error_and_better_than_the_last_month() -> None:
    tried = backtest(history(SEASON * 3), after=12, assumptions=PLAIN)
    assert (tried.months, tried.mean_absolute_error, tried.bias, tried.low, tried.high) == (24, 0, 0, 1, 1)
    assert tried.naive_error > 0


def test_the_bounds_are_those_of_as_many_months_ahead() -> None:
    growing = history([100 * 2**place for place in range(30)])  # doubles each month, with which the season never catches up
    near, far = (backtest(growing, after=3, assumptions=PLAIN, ahead=ahead) for ahead in (1, 3))
    assert near.high is not None
    assert far.high is not None
    assert far.high > 4 * near.high
    assert (near.months, far.months) == (27, 25)
    with pytest.raises(ValueError, match="no month after the first 3 and the 27 that follow"):
        backtest(growing, after=3, assumptions=PLAIN, ahead=28)


def test_too_few_months_give_no_interval_and_none_at_all_no_backtest() -> None:
    assert expected.backtest(history(SEASON[:8]), after=3, assumptions=PLAIN).low is None
    with pytest.raises(ValueError, match="no month after"):
        backtest(history(SEASON), after=12, assumptions=PLAIN)


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=30), st.integers(2, 9))
def test_twice_the_revenue_is_twice_the_forecast(revenues: list[int], factor: int) -> None:
    once, more = (forecast(history([each * times for each in revenues]), months=3, assumptions=PLAIN) for times in (1, factor))
    for one, other in zip(once, more, strict=True):
        assert abs(other.revenue - one.revenue * factor) < Decimal("0.000001")
