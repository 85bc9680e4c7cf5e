from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Clock

MONDAY = date(2026, 11, 23)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))


def clock(days: int = 3, **told: object) -> Clock:
    return msgspec.convert({"owner": "importer", "started_on": MONDAY, "days": days, **told}, Clock)


def working(days: int, *holidays: date) -> Clock:
    return clock(days, in_working_days=True, rest_weekdays=[5, 6], holidays=list(holidays))


def test_the_day_on_which_a_clock_starts_does_not_count() -> None:
    assert clock(3).due_on == date(2026, 11, 26)
    assert clock(3).told(on=date(2026, 11, 24)) == "2 days left, until 2026-11-26"


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    assert not clock(3).has_run_out(on=date(2026, 11, 26))
    assert clock(3).has_run_out(on=date(2026, 11, 27))
    assert clock(3).told(on=date(2026, 11, 27)) == "ran out on 2026-11-26"


def test_days_of_rest_and_holidays_do_not_count_among_working_days() -> None:
    assert working(5).due_on == date(2026, 11, 30)
    assert working(5, date(2026, 11, 25)).due_on == date(2026, 12, 1)
    assert working(5).told(on=date(2026, 11, 27)) == "1 day left, until 2026-11-30"


def test_a_clock_stands_still_for_a_reason_and_then_gives_the_days_back() -> None:
    paused = clock(3).paused("the importer waits for the bank", on=date(2026, 11, 25))
    assert (paused.due_on, paused.days_left(on=date(2026, 12, 20))) == (None, 2)
    assert "waits for the bank" in paused.told(on=date(2026, 12, 1))
    assert paused.resumed(on=date(2026, 12, 1)).due_on == date(2026, 12, 2)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_pause_needs_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        clock().paused(reason, on=MONDAY)


def test_what_does_not_stand_still_is_not_started_again() -> None:
    with pytest.raises(ValueError, match="stands still"):
        clock().resumed(on=MONDAY)
    with pytest.raises(ValueError, match="runs"):
        clock(3).paused("late", on=date(2026, 11, 27))


@pytest.mark.parametrize("told", [{"days": -1}, {"days": 10**9}, {"in_working_days": True, "rest_weekdays": list(range(7))}])
def test_a_clock_that_never_ends_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"owner": "importer", "started_on": MONDAY, "days": 3} | told, Clock)


@given(days=st.integers(0, 90), held=st.integers(0, 60), holidays=st.lists(DAYS, max_size=5))
def test_a_pause_moves_the_last_day_by_what_did_not_count(days: int, held: int, holidays: list[date]) -> None:
    plain = clock(days + 1)
    again = plain.paused("why", on=MONDAY + timedelta(days=1)).resumed(on=MONDAY + timedelta(days=1 + held))
    assert plain.due_on is not None
    assert again.due_on == plain.due_on + timedelta(days=held)
    due = working(days, *holidays).due_on
    assert due is not None
    assert due >= (clock(days).due_on or due)
    assert working(days, *holidays).days_left(on=due) == 0
