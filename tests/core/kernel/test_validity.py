"""Periods of legal days, closed at the start and open at the end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import ALWAYS, Validity

MARCH = Validity(date(2026, 3, 1), date(2026, 4, 1))
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 2, 28))
periods = st.tuples(st.none() | days, st.none() | days).map(
    lambda ends: Validity(min(ends), max(ends)) if None not in ends else Validity(*ends)  # type: ignore[type-var]
)


def test_a_period_includes_its_first_day_and_not_its_end() -> None:
    assert MARCH.includes(date(2026, 3, 1))
    assert MARCH.includes(date(2026, 3, 31))
    assert not MARCH.includes(date(2026, 4, 1))
    assert not MARCH.includes(date(2026, 2, 28))


def test_a_side_left_open_has_no_bound() -> None:
    assert Validity(start=date(2026, 3, 1)).includes(date.max)
    assert Validity(end=date(2026, 3, 1)).includes(date.min)
    assert ALWAYS.includes(date.min)
    assert ALWAYS.includes(date.max)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Validity(date(2026, 4, 1), date(2026, 3, 1))


def test_two_editions_that_follow_each_other_share_no_day() -> None:
    assert not MARCH.overlaps(Validity(start=date(2026, 4, 1)))
    assert MARCH.overlaps(Validity(start=date(2026, 3, 31)))


def test_a_period_without_a_day_overlaps_nothing() -> None:
    none = Validity(date(2026, 3, 10), date(2026, 3, 10))
    assert not none.overlaps(MARCH)
    assert not MARCH.overlaps(none)
    assert not none.overlaps(ALWAYS)


@given(one=periods, other=periods)
def test_periods_overlap_when_a_day_lies_in_both(one: Validity, other: Validity) -> None:
    calendar = [date(2025, 12, 1) + timedelta(days=count) for count in range(120)]
    assert one.overlaps(other) == any(one.includes(day) and other.includes(day) for day in calendar)


@given(one=periods, other=periods)
def test_overlapping_goes_both_ways(one: Validity, other: Validity) -> None:
    assert one.overlaps(other) == other.overlaps(one)


@given(change=days, day=days)
def test_a_day_lies_in_one_of_two_editions_and_never_in_both(change: date, day: date) -> None:
    assert Validity(end=change).includes(day) != Validity(start=change).includes(day)
