"""Integrity over the interface: leads are heard and closed, the registers are written, each once under its key and by whom it is for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.server.test_integrity import events, journalled, lead_id, office  # noqa: F401 - fixtures among them

from customhouse.performance import EventStore
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role

pytestmark = pytest.mark.django_db
CONTROL = "Profiles of two people, simulated before use"


@pytest.fixture
def of(office: dict[str, Person], browser_of: Callable[..., Client]) -> Callable[[str], Client]:  # noqa: F811 - the fixture
    assert office
    return browser_of


def send(client: Client, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:  # noqa: ANN401 - an answer
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/integrity/{path}", body or {}, content_type="application/json", headers=headers)


def told(client: Client, path: str) -> Any:  # noqa: ANN401 - a document
    return client.get(f"/api/integrity/{path}").json()


def test_a_lead_is_assigned_put_replied_to_and_concluded_by_those_for_whom_each_act_is(
    of: Callable[[str], Client],
    lead_id: object,  # noqa: F811 - the fixture
) -> None:
    acts = f"leads/{lead_id}/acts"
    assert told(of("ngata"), "leads/mine") == {"leads": []}
    assert send(of("near"), acts, {"act": "assign_lead", "reviewer": "rosa"}).status_code == 404
    assert send(of("ina"), acts, {"act": "assign_lead", "reviewer": "near"}).json()["title"] == "Not possible now"
    assert send(of("ina"), acts, {"act": "assign_lead", "reviewer": "rosa"}).json()["reviewer"] == "rosa"
    put = {"act": "put_to_officer", "text": "Six questions were a full stop."}
    first, again = (send(of("rosa"), acts, put, key="put") for _ in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    assert send(of("rosa"), acts, put).status_code == 409
    (lead,) = told(of("ngata"), "leads/mine")["leads"]
    assert lead["id"] == str(lead_id)
    assert send(of("ngata"), acts, {"act": "reply_to_lead", "text": "They were asked by telephone."}).json()["state"] == "lead_heard"
    assert send(of("rosa"), acts, {"act": "dismiss", "text": "The calls are in the book."}).status_code == 422
    assert send(of("rosa"), acts, {"act": "close_unfounded", "text": "The calls are in the book."}).json()["state"] == "lead_unfounded"
    assert [each["what"] for each in told(of("ina"), f"leads/{lead_id}")["history"]] == [
        "assign_lead",
        "put_to_officer",
        "reply_to_lead",
        "close_unfounded",
    ]


def test_a_period_is_searched_for_leads_by_members_alone_and_the_same_lead_is_found_once(
    of: Callable[[str], Client],
    events: EventStore,  # noqa: F811 - the fixture
) -> None:
    assert events.days()
    november = {"start": "2026-11-01", "end": "2026-12-01"}
    assert send(of("rosa"), "leads", november).status_code == 403
    assert send(of("ina"), "leads", november).json() == {"new": 1}
    assert send(of("ina"), "leads", november).json() == {"new": 0}
    answer = send(of("ina"), "leads", november | {"end": "2026-11-01"})
    assert (answer.status_code, [each["pointer"] for each in answer.json()["findings"]]) == (422, ["end"])


def test_a_member_is_named_by_an_administrator_and_confirmed_by_a_member(of: Callable[[str], Client]) -> None:
    assert send(of("ina"), "members", {"username": "rosa"}).status_code == 403
    members = {each["username"]: each for each in send(of("admin"), "members", {"username": "rosa"}).json()["members"]}
    number = members["rosa"]["person_id"]
    assert members["rosa"]["confirmed_by"] == ""
    assert send(of("admin"), f"members/{number}/confirmation").status_code == 403
    confirmed = {each["username"]: each["confirmed_by"] for each in send(of("ina"), f"members/{number}/confirmation").json()["members"]}
    assert confirmed["rosa"] == "ina"
    assert of("rosa").delete(f"/api/integrity/members/{number}").status_code == 204
    assert of("rosa").get("/api/integrity/members").status_code == 403


def test_the_risk_map_is_read_its_controls_found_to_work_and_its_actions_planned_and_done(of: Callable[[str], Client]) -> None:
    ina = of("ina")
    assert of("rosa").get("/api/integrity/risks").status_code == 403
    before = {each["function"]["code"]: each["remaining"] for each in told(ina, "risks")["functions"]}
    assert send(ina, "risks/F-01/controls", {"control": "No such thing"}).status_code == 422
    assert send(ina, "risks/F-01/controls", {"control": CONTROL}).status_code == 201
    after = {each["function"]["code"]: each["remaining"] for each in told(ina, "risks")["functions"]}
    assert after["F-01"] < before["F-01"]
    planned = {"text": "Rotate them", "owner": "Head of profiles", "due_on": "2027-01-31"}
    wrong = send(ina, "risks/F-99/actions", planned | {"text": " ", "owner": "x" * 151})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"function", "text", "owner"}
    first, again = (send(ina, "risks/F-01/actions", planned, key="plan") for _ in range(2))
    assert first.json() == again.json()
    (kept,) = told(ina, "risks")["planned"]
    assert (kept["id"], kept["text"], kept["done_on"]) == (first.json()["id"], "Rotate them", None)
    assert send(ina, f"actions/{kept['id']}/completion").status_code == 200
    assert send(ina, f"actions/{kept['id']}/completion").status_code == 404
    assert told(ina, "risks")["planned"][0]["done_on"]
    assert [each.split()[0] for each in journalled()][-3:] == ["ControlTested", "RiskActionPlanned", "RiskActionDone"]


def test_a_question_of_the_self_assessment_is_answered_and_every_fault_told_at_once(of: Callable[[str], Client]) -> None:
    ina, plan = of("ina"), [{"text": "Write it down", "owner": "Head", "due_on": "2027-01-31"}]
    assert send(of("near"), "assessments/2026/answers", {"question": "SA-021", "level": 2}).status_code == 403
    wrong = send(ina, "assessments/2026/answers", {"question": "SA-999", "level": 5, "plan": [plan[0] | {"owner": ""}]})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"question", "level", "owner"}
    assert send(ina, "assessments/99999/answers", {"question": "SA-021", "level": 2}).status_code == 422
    assert send(ina, "assessments/2026/answers", {"question": "SA-021", "level": 2, "evidence": "list", "plan": plan}).status_code == 201
    found = told(ina, "assessments/2026")
    assert [(each["question"], each["level"], each["plan"][0]["owner"]) for each in found["answers"]] == [("SA-021", 2, "Head")]
    assert len(found["factors"]) == 10
    assert "SA-021" in {each["code"] for each in found["questions"]}


def test_a_contract_is_offered_agreed_to_and_spoken_of_by_both_sides(
    of: Callable[..., Client],
    events: EventStore,  # noqa: F811 - the fixture
) -> None:
    assert events.days()
    ina, head = of("ina"), of("head", Role.SUPERVISOR)
    assert send(head, "contracts", {"office": "QZ000101"}).status_code == 403
    for wrong in ({"office": "QZ000101", "officer": "near"}, {}, {"office": "nowhere"}, {"officer": "nobody"}):
        assert send(ina, "contracts", wrong).status_code == 422
    first, again = (send(ina, "contracts", {"office": "QZ000101"}, key="offer") for _ in range(2))
    number = first.json()["id"]
    assert (first.status_code, again.json()["id"]) == (201, number)
    assert [each["id"] for each in told(head, "contracts")["contracts"]] == [number]
    assert of("rosa").get(f"/api/integrity/contracts/{number}").status_code == 404
    assert told(head, f"contracts/{number}?month=2026-11")["may_agree"] is True
    assert send(ina, f"contracts/{number}/agreement").status_code == 403
    assert send(head, f"contracts/{number}/agreement").json()["contracts"][0]["agreed_by"] == "head"
    assert send(head, f"contracts/{number}/remarks", {"month": "2026-11", "text": " "}).status_code == 422
    for client, text in ((head, "A new officer came."), (ina, "Show him how to ask.")):
        assert send(client, f"contracts/{number}/remarks", {"month": "2026-11", "text": text}).status_code == 201
    month = told(head, f"contracts/{number}?month=2026-11")
    assert [(each["side"], each["by"]) for each in month["remarks"]] == [("bound", "head"), ("integrity", "ina")]
    assert month["pairs"][3]["against_fraud"]["figure"]["n"] == 59
    assert told(head, f"contracts/{number}/events/OR-02?month=2026-11")["total"] == 59
    assert head.get(f"/api/integrity/contracts/{number}?month=soon").status_code == 422


def test_ties_and_gifts_are_declared_for_oneself_and_looked_at_by_somebody_else(of: Callable[..., Client]) -> None:
    near, ina = of("near"), of("ina")
    assert send(of("ann", Role.TRADER), "interests", {"party": "P", "tie": "debt", "since": "2026-01-01"}).status_code == 403
    tie = {"party": "QZ12345678", "tie": "family", "since": "2020-01-01"}
    first, again = (send(near, "interests", tie, key="tie") for _ in range(2))
    assert first.json() == again.json()
    assert send(of("rosa"), f"interests/{first.json()['number']}/end").status_code == 404
    assert send(near, f"interests/{first.json()['number']}/end").status_code == 200
    gift = {"giver": "a broker", "what": "a pen", "offered_on": "2026-11-01", "became": "declined", "value": "12.50"}
    wrong = send(near, "gifts", gift | {"giver": "", "what": " "})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"giver", "what", "currency"}
    number = send(near, "gifts", gift | {"currency": "EUR"}).json()["id"]
    assert send(near, "interests/statement").status_code == 201
    own = told(near, "interests")
    assert (len(own["interests"]), own["interests"][0]["party"], own["is_due"]) == (1, "QZ12345678", False)
    assert [(each["value"], each["currency"]) for each in own["gifts"]] == [("12.50", "EUR")]
    assert of("near").get("/api/integrity/declared").status_code == 403
    declared = told(ina, "declared")
    assert [each["officer"] for each in (*declared["gifts"], *declared["statements"])] == ["near", "near"]
    assert send(ina, f"gifts/{number}/review", {"text": "seen"}).status_code == 200
    assert send(ina, f"gifts/{number}/review", {"text": "seen"}).status_code == 404
    assert send(ina, f"statements/{declared['statements'][0]['id']}/review", {"text": "seen"}).status_code == 200
    assert not [each for each in journalled() if "pen" in each or "QZ12345678" in each], "the journal cannot forget"


def test_a_text_that_no_table_keeps_is_refused_and_breaks_nothing(of: Callable[[str], Client]) -> None:
    assert send(of("near"), "interests", {"party": "a\0b", "tie": "debt", "since": "2026-01-01"}).status_code == 400
