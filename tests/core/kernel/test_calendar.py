"""The calendar holds the days of three centuries, and tells where in a document another one stands."""

from datetime import date

import msgspec
import pytest

from customhouse.kernel import calendar


class Part(msgspec.Struct, frozen=True):
    on: date


class Whole(msgspec.Struct, frozen=True):
    first: date
    last: date | None = None
    parts: tuple[Part, ...] = ()


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2026, 11, 24), date(2199, 12, 31)])
def test_a_day_of_the_calendar_is_a_day(day: date) -> None:
    assert not list(calendar.days_beyond(Whole(day, day, (Part(day),))))


def test_every_day_beyond_is_told_with_its_place() -> None:
    late, early, good = date(2200, 1, 1), date(1899, 12, 31), date(2026, 1, 1)
    found = dict(calendar.days_beyond(Whole(late, None, (Part(good), Part(early)))))
    assert found == {"first": late, "parts.1.on": early}
    assert str(calendar.beyond(late)) == "2200-01-01 is not between 1900 and 2199"


def test_what_was_done_was_not_done_on_a_day_to_come() -> None:
    on = date(2026, 11, 24)
    found = dict(calendar.to_come(on=on, signed_on=on, met_on=date(2026, 11, 25), paid_on=None))
    assert {name: str(why) for name, why in found.items()} == {"met_on": "2026-11-25 is still to come"}
