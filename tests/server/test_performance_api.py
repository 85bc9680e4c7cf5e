"""Performance over the interface: the figures of the pages, each for the eyes it is for."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from customhouse.performance import EventStore
from customhouse_server.accounts.role import Role
from customhouse_server.performance import actions, release_study
from customhouse_server.performance.current import current_indicators
from customhouse_server.performance.period import month_of

pytestmark = pytest.mark.django_db
APRIL = month_of(dt.date(2026, 4, 1))
NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
DESIGN = {"title": "April", "start": "2026-04-13", "end": "2026-04-20", "seen_until": "2026-05-20", "strata": ["lane"]}


@pytest.fixture
def measured(year: EventStore) -> EventStore:
    actions.compute(year, [APRIL], at=NOW)
    return year


def told(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(f"/api/performance/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_figures_are_told_with_their_definitions_to_those_they_are_for(measured: EventStore, caller: Callable[..., Client]) -> None:
    assert measured.days()
    for who, role, levels in (("ann", Role.TRADER, {"public"}), ("ben", Role.OFFICER, {"public", "wco"})):
        found = told(caller(who, role), "indicators?period=2026-04")
        allowed = {each.code for each in current_indicators().indicators if each.disclosure.value in levels}
        assert {each["indicator"]["code"] for each in found["indicators"]} == allowed
        assert all(each["figure"]["code"] == each["indicator"]["code"] for each in found["indicators"])


def test_the_events_of_a_figure_add_up_to_it(measured: EventStore, caller: Callable[..., Client]) -> None:
    assert measured.days()
    officer = caller("officer", Role.OFFICER)
    figure = told(officer, "indicators/TF-06?period=2026-04")["figure"]
    found = told(officer, "indicators/TF-06/events?period=2026-04&limit=500")
    assert len(found["events"]) == found["total"] == figure["n"]
    assert sum(each["counts"] for each in found["events"]) / figure["n"] == pytest.approx(figure["value"])
    assert {each["declaration_id"] is None for each in found["events"]} == {each["office"] != "QZ000101" for each in found["events"]}


def test_trade_is_told_days_and_no_single_event(measured: EventStore, caller: Callable[..., Client]) -> None:
    assert measured.days()
    found = told(caller("ann"), "indicators/TF-06/events?period=2026-04")
    assert found["events"] == []
    assert found["days"]
    assert all((each["counts"] is None) == (each["n"] < actions.FEWEST) for each in found["days"])


def test_a_study_is_asked_for_done_and_read(year: EventStore, caller: Callable[..., Client]) -> None:
    assert year.days()
    officer = caller("officer", Role.OFFICER)
    asked = officer.post("/api/performance/studies", DESIGN, content_type="application/json")
    assert asked.status_code == 202, asked.content
    study_id = asked.json()["id"]
    assert told(officer, f"studies/{study_id}")["result"] is None
    release_study.do(UUID(study_id))
    found = told(officer, f"studies/{study_id}")
    assert found["status"] == "done"
    assert found["result"]["segments"]
    assert [each["id"] for each in told(officer, "studies")["studies"]] == [study_id]
    trader = caller("ann")
    assert told(trader, "studies")["studies"] == []
    assert trader.get(f"/api/performance/studies/{study_id}").status_code == 404
    assert trader.post("/api/performance/studies", DESIGN, content_type="application/json").status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("indicators?period=soon", 400),
        ("indicators/XX-99", 404),
        ("indicators/OR-03", 404),
        ("indicators/TF-06/events?limit=0", 422),
        ("studies/00000000-0000-0000-0000-000000000000", 404),
        ("assessments?year=999999999999999999999", 200),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(year: EventStore, caller: Callable[..., Client], path: str, status: int) -> None:
    assert year.days()
    answer = caller("officer", Role.OFFICER).get(f"/api/performance/{path}")
    assert answer.status_code == status, answer.content
    assert status == 200 or answer.json()["detail"]


def test_every_fault_of_a_design_or_a_table_is_told_at_once(year: EventStore, caller: Callable[..., Client]) -> None:
    assert year.days()
    officer = caller("officer", Role.OFFICER)
    wrong = DESIGN | {"title": "", "end": "2026-04-01", "targets": {"arrived to released": -1}}
    answer = officer.post("/api/performance/studies", wrong, content_type="application/json")
    assert (answer.status_code, {each["pointer"] for each in answer.json()["findings"]}) == (422, {"title", "end", "targets"})
    table = "declaration,stage,instant,actor,source\nNOBODY,arrived,2026-01-01T00:00:00Z,a,b\n,x,y,a,b\n"
    answer = officer.post("/api/performance/stamps", table, content_type="text/csv")
    assert answer.status_code == 422
    assert {each["pointer"] for each in answer.json()["findings"]} == {"line 2", "line 3"}
