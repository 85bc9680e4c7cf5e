from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel.working_hours import NeverOpenError, WorkingHours

LISBON = ZoneInfo("Europe/Lisbon")
OFFICE = WorkingHours(opens=time(8), closes=time(18), weekdays=frozenset({1, 2, 3, 4, 5}), zone=LISBON)
ALWAYS = WorkingHours(opens=time(0), closes=time(0), weekdays=frozenset(range(1, 8)), zone=LISBON)
MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
instants = st.integers(0, 480_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
spans = st.timedeltas(timedelta(0), timedelta(days=9))


def test_time_counts_from_the_opening_of_the_office() -> None:
    assert OFFICE.after(MONDAY, timedelta(hours=2)) == MONDAY.replace(hour=10)


def test_what_is_not_done_at_closing_goes_on_when_the_office_next_opens() -> None:
    friday_evening = datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert OFFICE.after(friday_evening, timedelta(hours=3)) == datetime(2026, 11, 30, 10, tzinfo=UTC)


def test_a_holiday_is_no_working_day() -> None:
    closed = WorkingHours(
        opens=time(8), closes=time(18), weekdays=frozenset({1, 2, 3, 4, 5}), zone=LISBON, holidays=frozenset({date(2026, 11, 23)})
    )
    assert closed.after(MONDAY, timedelta(0)) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert closed.between(MONDAY, MONDAY + timedelta(days=1)) == timedelta(0)


def test_an_office_that_never_closes_counts_every_hour_even_when_clocks_are_put_forward() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert ALWAYS.between(before, before + timedelta(days=2)) == timedelta(days=2)


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(NeverOpenError):
        WorkingHours(opens=time(8), closes=time(18), weekdays=frozenset(), zone=LISBON).after(MONDAY, timedelta(hours=1))


@given(instants, spans)
def test_as_much_working_time_lies_between_as_was_asked_for(start: datetime, span: timedelta) -> None:
    assert OFFICE.between(start, OFFICE.after(start, span)) == span


@given(instants, spans, spans)
def test_working_time_adds_up(start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    assert OFFICE.between(start, end) == OFFICE.between(start, middle) + OFFICE.between(middle, end)
    assert timedelta(0) <= OFFICE.between(start, end) <= end - start
