from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel.clock import Calendar, Clock, ClockState

MONDAY = date(2026, 11, 2)
ALL_DAYS = Calendar(rest_days=frozenset())
WORKED = Calendar(holidays=frozenset({date(2026, 11, 4)}))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@given(st.integers(0, 200), st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=4))
def test_each_day_of_a_pause_moves_the_due_day_by_one(allowance: int, spans: list[tuple[int, int]]) -> None:
    clock, now, held = Clock(started=MONDAY, allowance=allowance), 0, 0
    plain = clock.due(ALL_DAYS, on=MONDAY)
    for running, still in spans:
        now += running
        if day(now) > clock.due(ALL_DAYS, on=day(now)):
            break
        clock = clock.paused("asked", on=day(now)).resumed(on=day(now + still))
        now, held = now + still, held + still
    assert clock.due(ALL_DAYS, on=day(now)) == plain + timedelta(days=held)


def test_working_days_pass_over_weekends_and_holidays() -> None:
    clock = Clock(started=MONDAY, allowance=5, working_days=True)
    assert clock.due(WORKED, on=MONDAY) == date(2026, 11, 10)
    assert clock.state(WORKED, on=date(2026, 11, 10)) is ClockState.RUNNING
    assert clock.state(WORKED, on=date(2026, 11, 11)) is ClockState.OVERDUE


def test_a_clock_that_stands_still_is_never_overdue_and_is_due_later_each_day() -> None:
    clock = Clock(started=MONDAY, allowance=3).paused("a sample is asked for", on=day(1))
    assert clock.state(ALL_DAYS, on=day(90)) is ClockState.PAUSED
    assert clock.due(ALL_DAYS, on=day(90)) == day(92)
    assert clock.paused("again", on=day(5)) == clock
    assert clock.resumed(on=day(4)).resumed(on=day(9)) == clock.resumed(on=day(4))


def test_without_an_allowance_nothing_is_due() -> None:
    clock = Clock(started=MONDAY)
    assert clock.due(ALL_DAYS, on=MONDAY) is None
    assert clock.state(ALL_DAYS, on=day(9999)) is ClockState.RUNNING
