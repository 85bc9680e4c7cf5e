"""What no record takes is answered in words, with nothing changed, whoever sends it."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from customhouse_server.accounts.role import Role
from customhouse_server.desk.number import is_number

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["²", "٣", "1" * 10, "-1", "", "1.0"])
def test_a_number_is_of_a_few_plain_digits(text: str) -> None:
    assert not is_number(text)
    assert is_number("0123")


def test_a_character_that_no_record_takes_is_refused_in_words() -> None:
    cache.clear()
    answer = Client().post("/enquiries/ask/", {"topic": "taxes", "question": "a\0b"}, headers={"Accept-Language": "fr"})
    cache.clear()
    assert answer.status_code == 400
    assert "ne peut être conservé" in answer.content.decode()


@pytest.mark.parametrize("year", ["²²²²", "0000", "9999", "1" * 5_000, "x"])
def test_a_year_that_is_none_shows_this_one(year: str) -> None:
    assert Client().get("/performance/assessments/", {"year": year}).status_code == 200


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "0000-01", "2026-13", "2026"])
def test_a_month_beyond_the_calendar_is_no_fault_of_the_server(
    browser_of: Callable[..., Client], caller: Callable[..., Client], month: str
) -> None:
    assert browser_of("sue", Role.SUPERVISOR).get(f"/integrity/contracts/1/?month={month}").status_code == 404
    assert caller("sam", Role.SUPERVISOR).get(f"/api/integrity/contracts/1/months?month={month}").status_code in {404, 422}


@pytest.mark.parametrize(
    "path", ["/rules/", "/rules/times/", "/rules/times.json", "/registers/due/", "/registers/due.json", "/tariff/", "/quotas/"]
)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01", "soon"])
def test_an_address_that_asks_for_a_day_beyond_the_calendar_answers_for_today(path: str, day: str) -> None:
    assert Client().get(path, {"on": day}).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_program_that_asks_for_a_day_beyond_the_calendar_is_told(caller: Callable[..., Client], day: str) -> None:
    program = caller("ann")
    assert program.get("/api/publications", {"day": day}).status_code == 422
    assert program.get("/api/publications", {"day": "2199-12-31"}).status_code == 200
