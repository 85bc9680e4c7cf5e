"""Calendar files: what is due, as calendar programs read it by RFC 5545, for those who may see it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.server.test_development import browser, pledged
from tests.server.test_strategy import brought_to, loaded

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.icalendar import DueDay, icalendar

AT = dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
DAY = dt.date(2026, 12, 31)


def unfolded(text: str) -> list[str]:
    """The lines as a program reads them."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def value(lines: list[str], name: str) -> list[str]:
    """The values of a property, unescaped."""
    found = [line.partition(":")[2] for line in lines if line.partition(":")[0] == name]
    return [each.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") for each in found]


def test_a_day_is_a_date_and_the_instant_of_writing_is_in_utc() -> None:
    lines = unfolded(icalendar("Due", [DueDay("u1", DAY, "Report")], at=AT))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert value(lines, "DTSTART;VALUE=DATE") == ["20261231"]
    assert value(lines, "DTSTAMP") == ["20261124T093000Z"]
    assert value(lines, "UID") == ["u1"]


def test_what_separates_values_is_escaped_and_no_line_can_be_smuggled_in() -> None:
    text = icalendar("Due", [DueDay("u1", DAY, "A, b; c\\d\r\nEND:VCALENDAR", address="http://x/\r\nATTENDEE:me")], at=AT)
    lines = unfolded(text)
    assert "SUMMARY:A\\, b\\; c\\\\d\\nEND:VCALENDAR" in lines
    assert lines.count("END:VCALENDAR") == 1
    assert not [line for line in lines if line.startswith("ATTENDEE")]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\\"), max_size=200))
def test_every_text_comes_back_from_lines_of_75_octets(text: str) -> None:
    written = icalendar("Due", [DueDay("u1", DAY, text)], at=AT)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    kept = "".join(letter for letter in text if letter == "\n" or not (ord(letter) < 32 or ord(letter) == 127))
    assert value(unfolded(written), "SUMMARY") == [kept]


@pytest.mark.django_db
def test_the_donors_calendar_is_a_file_in_which_each_day_has_the_identity_of_its_dossier(person: Callable[..., Person]) -> None:
    sue = person("sue", Role.SUPERVISOR)
    pledge = pledged(sue, donor="Bank; Fund")
    answer = browser(sue).get("/development/calendar/?form=ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = unfolded(answer.content.decode())
    assert value(lines, "UID") == [f"{pledge.id}-end"]
    assert value(lines, "DESCRIPTION")[0].startswith("Bank; Fund")
    assert value(lines, "URL") == [f"http://testserver/development/pledge/{pledge.id}/"]
    assert browser(person("olu", Role.OFFICER)).get("/development/calendar/?form=ics").status_code == 403


@pytest.mark.django_db
def test_the_cycle_of_a_plan_is_a_calendar_for_customs_and_once_adopted_for_everybody(
    person: Callable[..., Person], browser_of: Callable[..., Client]
) -> None:
    people = person("ada", Role.ADMINISTRATOR), person("sue", Role.SUPERVISOR)
    plan_id = loaded(people[0])
    address = f"/plans/{plan_id}/cycle.ics"
    lines = unfolded(browser_of("olga").get(address, headers={"Accept-Language": "en"}).content.decode())
    assert len(value(lines, "UID")) == len(set(value(lines, "UID"))) == 7 + 3 * 7 + 1
    assert value(lines, "DTSTART;VALUE=DATE")[:2] == ["20251031", "20251231"]
    assert browser_of("tina", Role.TRADER).get(address).status_code == 403
    assert Client().get("/plans/adopted/own/cycle.ics").status_code == 404
    brought_to(people, plan_id, "operational_plan")
    public = unfolded(Client().get("/plans/adopted/own/cycle.ics").content.decode())
    assert value(public, "UID") == value(lines, "UID")
    assert f"{plan_id}-council_report-2028" in value(public, "UID")
