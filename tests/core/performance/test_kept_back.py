from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from customhouse.performance.indicator import Figure, Quality
from customhouse.performance.indicator.indicator import Measure
from customhouse.performance.kept_back import FEWEST, WHY, is_told, told_places
from customhouse.performance.release_time.statistics import Interval

YEAR = {"start": date(2026, 1, 1), "end": date(2027, 1, 1)}


def figure(n: int) -> Figure:
    between = Interval(1.0, 3.0)
    return Figure(code="X", version=1, value=2.0, interval=between, n=n, quality=Quality.SOUND, status="green", **YEAR)


def test_nothing_is_told_of_what_few_events_came_to() -> None:
    told = figure(FEWEST - 1).told_outside(Measure.TOTAL)
    assert (told.value, told.interval, told.status, told.quality, told.reason) == (None, None, "", Quality.KEPT_BACK, WHY)
    assert told.n == FEWEST - 1
    assert figure(FEWEST).told_outside(Measure.TOTAL) == figure(FEWEST)
    assert figure(0).told_outside(Measure.COUNT) == figure(0)


def test_what_is_counted_is_not_told_by_the_number_of_events_either() -> None:
    assert figure(2).told_outside(Measure.COUNT).n == 0


def test_a_year_that_would_give_its_one_month_of_few_events_away_is_kept_back() -> None:
    assert figure(43).told_outside(Measure.TOTAL, parts=[figure(20), figure(20), figure(3)]).value is None
    assert figure(47).told_outside(Measure.TOTAL, parts=[figure(20), figure(20), figure(3), figure(4)]).value == 2.0
    assert figure(40).told_outside(Measure.TOTAL, parts=[figure(20), figure(20)]).value == 2.0


@given(st.lists(st.integers(1, 12), max_size=31))
def test_what_is_left_of_a_month_without_the_days_that_are_told_is_nothing_or_of_enough_events(days: list[int]) -> None:
    told = told_places(days)
    assert all(days[place] >= FEWEST for place in told)
    left = sum(days) - sum(days[place] for place in told)
    assert left == 0 or left >= FEWEST or not told
    assert is_told(sum(days), [days[place] for place in told]) or not told
