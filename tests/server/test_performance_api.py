"""Performance over the interface: the figures of the pages, each for the eyes it is for."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from customhouse.performance import EventStore, kept_back
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
    shown, untold = ([each["n"] for each in found["days"] if (each["counts"] is None) is kept] for kept in (False, True))
    assert min(shown) >= kept_back.FEWEST
    assert sum(untold) >= kept_back.FEWEST  # what is left of the month without the days that are told
    assert sum(n >= kept_back.FEWEST for n in untold) <= 1


def test_trade_is_told_no_figure_of_any_days_but_months_and_years(measured: EventStore, caller: Callable[..., Client]) -> None:
    assert measured.days()
    trader, officer, days = caller("ann"), caller("officer", Role.OFFICER), "period=2026-04-11--2026-04-12"
    for path in ("indicators", "indicators/RV-02", "indicators/RV-02/events"):
        refused = trader.get(f"/api/performance/{path}?{days}")
        assert (refused.status_code, "by the month and by the year" in refused.json()["detail"]) == (400, True), path
        assert officer.get(f"/api/performance/{path}?{days}").status_code == 200, path


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


def send(client: Client, path: str, body: dict[str, object] | None = None, *, method: str = "post", key: str = "") -> Any:  # noqa: ANN401
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(f"/api/performance/{path}", body or {}, content_type="application/json", headers=headers)


def test_a_statement_is_written_submitted_reviewed_by_another_and_published(caller: Callable[..., Client]) -> None:
    ann, ben, trader = caller("ann", Role.OFFICER), caller("ben", Role.SUPERVISOR), caller("tom")
    line, said = "assessments/2026/TF-01", {"value": 0.4, "narrative": "Better.", "context": "A new scanner.", "disclosure": "public"}
    for path, method in (("", "put"), ("/submission", "post"), ("/review", "post"), ("/publication", "post")):
        assert send(trader, line + path, said | {"is_agreed": True}, method=method).status_code == 403, path
    for wrong in ({"value": None}, {"not_measurable": "no data"}, {"evidence": "trust me"}):
        assert send(ann, line, said | wrong, method="put").status_code == 422
    written = send(ann, line, said, method="put").json()
    assert (written["status"], written["statement"]["context"]) == ("in_draft", "A new scanner.")
    assert send(ann, f"{line}/publication").status_code == 403
    assert send(ben, f"{line}/publication").status_code == 409
    first, again = (send(ann, f"{line}/submission", key="s1") for _ in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    assert send(ann, line, said, method="put").status_code == 409
    assert send(ann, f"{line}/review", {"is_agreed": True}).json()["title"] == "Another person must do this"
    assert send(ben, f"{line}/review", {"is_agreed": False}).status_code == 422
    assert send(ben, f"{line}/review", {"is_agreed": True, "said": "The events say the same."}).json()["status"] == "reviewed"
    assert told(trader, "assessments?year=2026")["assessments"] == []
    assert send(ben, f"{line}/publication").json()["status"] == "published"
    assert told(trader, line)["statement"]["review"] == "The events say the same."
    assert told(trader, line)["statement"]["context"] == "A new scanner."
    assert trader.get("/api/performance/assessments/2026/TF-99").status_code == 404


def test_a_study_is_worded_planned_by_and_published_by_heads_alone(year: EventStore, caller: Callable[..., Client]) -> None:
    assert year.days()
    officer, head, trader = caller("officer", Role.OFFICER), caller("head", Role.SUPERVISOR), caller("ann")
    first, again = (send(officer, "studies", DESIGN, key="design") for _ in range(2))
    study = f"studies/{first.json()['id']}"
    assert (first.status_code, first.content) == (202, again.content)
    planned = {"finding": "Late lodging", "segment": "arrived to released", "action": "Ask", "owner": "Trade", "due": "2026-12-01"}
    assert send(head, f"{study}/plan", planned).status_code == 409
    release_study.do(UUID(first.json()["id"]))
    for path, body, method in (("publication", {"is_public": True}, "post"), ("words", {}, "put"), ("plan", planned, "post")):
        assert send(officer, f"{study}/{path}", body, method=method).status_code == 403, path
    wrong = send(head, f"{study}/plan", planned | {"finding": " ", "action": ""})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"finding", "action"}
    made, same = (send(head, f"{study}/plan", planned, key="p1") for _ in range(2))
    assert made.json() == same.json()
    assert send(head, f"{study}/plan/{made.json()['id']}", {"status": "finished"}, method="put").status_code == 200
    assert send(head, f"{study}/plan/999999", {"status": "finished"}, method="put").status_code == 404
    assert [each["action"]["status"] for each in told(officer, study)["plan"]] == ["finished"]
    assert send(head, f"{study}/words", {"conclusions": "Lodge early."}, method="put").json()["words"]["conclusions"] == "Lodge early."
    members = told(officer, f"{study}/members?stratum=lane&value=red&limit=500")
    assert members["total"] == len(members["members"]) > 0
    assert officer.get(f"/api/performance/{study}/members?stratum=colour").status_code == 404
    assert trader.get(f"/api/performance/{study}/members").status_code == 403
    assert send(head, f"{study}/publication", {"is_public": True}).json()["published_at"]
    assert told(trader, study)["words"]["conclusions"] == "Lodge early."
    assert send(head, f"{study}/publication", {"is_public": False}).json()["published_at"] is None
    assert trader.get(f"/api/performance/{study}").status_code == 404
