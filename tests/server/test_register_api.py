"""Registers over the interface: written by editors alone, once under a key, from a document that says all that is wrong with it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.server.test_register import FILLED, prepared

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.register.kind import KINDS

pytestmark = pytest.mark.django_db


def send(client: Client, path: str, document: dict[str, Any], **headers: str) -> Any:  # noqa: ANN401 - an answer
    return client.post(f"/api/registers/{path}", {"document": document}, content_type="application/json", headers=headers)


def put(client: Client, path: str, document: dict[str, Any], *, over: int = 1) -> Any:  # noqa: ANN401 - an answer
    return client.put(f"/api/registers/{path}", {"document": document, "version": over}, content_type="application/json")


def withdraw(client: Client, path: str, *, over: int = 1) -> Any:  # noqa: ANN401 - an answer
    return client.post(f"/api/registers/{path}/withdrawal", {"version": over}, content_type="application/json")


@pytest.mark.parametrize("name", KINDS)
def test_an_entry_of_every_register_is_written_read_and_written_again_as_it_was_read(
    caller: Callable[..., Client], person: Callable[..., Person], name: str
) -> None:
    sue = caller("sue", Role.SUPERVISOR)
    prepared(person("ed", Role.ADMINISTRATOR), name)
    made = send(sue, name, FILLED[name])
    assert made.status_code == 201, made.content
    number = made.json()["number"]
    read = sue.get(f"/api/registers/{name}/{number}").json()
    assert read == made.json()
    again = put(sue, f"{name}/{number}", read["document"])
    if name == "budget-decisions":
        assert again.status_code == 200
        assert send(sue, "budget", FILLED["budget"]).status_code == 409
        return
    assert (again.status_code, again.json()["version"], again.json()["document"]) == (200, 2, read["document"])


def test_an_entry_is_written_once_under_a_key_and_its_versions_stay(caller: Callable[..., Client]) -> None:
    adam = caller("adam", Role.ADMINISTRATOR)
    first, again = (send(adam, "events", FILLED["events"], **{"Idempotency-Key": "once"}) for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    number = first.json()["number"]
    assert len(adam.get("/api/registers/events").json()["rows"]) == 1
    whole = FILLED["events"] | {"title": "Other", "activities": ["6.3", "7.2"]}
    assert put(adam, f"events/{number}", whole).json()["document"]["activities"] == ["6.3", "7.2"]
    assert [each["version"] for each in adam.get(f"/api/registers/events/{number}/versions").json()["versions"]] == [2, 1]
    assert withdraw(adam, f"events/{number}", over=2).json() == {"number": number, "withdrawn": True}
    assert withdraw(adam, f"events/{number}", over=3).status_code == 404
    assert put(adam, f"events/{number}", whole, over=3).status_code == 404


def test_what_somebody_else_wrote_meanwhile_is_neither_overwritten_nor_withdrawn(caller: Callable[..., Client]) -> None:
    adam, sue = caller("adam", Role.ADMINISTRATOR), caller("sue", Role.SUPERVISOR)
    number = send(adam, "events", FILLED["events"]).json()["number"]
    assert put(sue, f"events/{number}", FILLED["events"] | {"title": "Hers"}).json()["version"] == 2
    stale = put(adam, f"events/{number}", FILLED["events"] | {"title": "His"})
    assert (stale.status_code, stale.json()["title"]) == (409, "Changed by somebody else")
    assert withdraw(adam, f"events/{number}").status_code == 409
    read = adam.get(f"/api/registers/events/{number}").json()
    assert (read["version"], read["document"]["title"]) == (2, "Hers")
    unread = adam.put(f"/api/registers/events/{number}", {"document": FILLED["events"]}, content_type="application/json")
    assert unread.json()["findings"][0]["pointer"].endswith("version")
    assert adam.post(f"/api/registers/events/{number}/withdrawal", {}, content_type="application/json").status_code == 422
    assert put(adam, f"events/{number}", FILLED["events"] | {"title": "His"}, over=2).json()["version"] == 3


def test_all_that_is_wrong_with_an_entry_is_told_at_once(caller: Callable[..., Client]) -> None:
    sue = caller("sue", Role.SUPERVISOR)
    wrong = {"year": " ", "source": "nowhere", "purpose": 5, "amount": "much", "currency": "EUR", "colour": "red"}
    answer = send(sue, "budget", wrong)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert {each["pointer"] for each in answer.json()["findings"]} == {"year", "directorate", "source", "purpose", "amount", "colour"}
    negative = send(sue, "budget", FILLED["budget"] | {"amount": "-1"})
    assert (negative.status_code, negative.json()["findings"][0]["pointer"]) == (422, "amount")
    stage = send(sue, "papers", FILLED["papers"] | {"stage": "accepted"})
    assert "by a step" in stage.json()["detail"]
    assert send(sue, "budget", FILLED["budget"] | {"activities": ["99.1"]}).json()["findings"][0]["pointer"] == "activities"
    assert send(sue, "nothing", {}).status_code == 404


def test_who_may_not_write_a_register_reads_it_as_far_as_it_is_public(caller: Callable[..., Client]) -> None:
    sue, officer, trader = caller("sue", Role.SUPERVISOR), caller("olu", Role.OFFICER), caller("ann")
    number = send(sue, "stakeholders", FILLED["stakeholders"]).json()["number"]
    audit = send(sue, "audit-universe", FILLED["audit-universe"]).json()["number"]
    for client in (officer, trader):
        assert send(client, "stakeholders", FILLED["stakeholders"]).status_code == 403
        assert put(client, f"stakeholders/{number}", FILLED["stakeholders"]).status_code == 403
        assert withdraw(client, f"stakeholders/{number}").status_code == 403
        assert client.get(f"/api/registers/stakeholders/{number}/versions").status_code == 403
    assert officer.get(f"/api/registers/stakeholders/{number}").json()["document"]["contact"] == "ann@example.org"
    assert "contact" not in trader.get(f"/api/registers/stakeholders/{number}").json()["document"]
    assert officer.get(f"/api/registers/audit-universe/{audit}").status_code == 200
    assert trader.get(f"/api/registers/audit-universe/{audit}").status_code == 404
    seen = {each["name"]: each["fields"] for each in trader.get("/api/registers").json()["registers"]}
    assert set(seen) == {name for name, kind in KINDS.items() if not kind.is_internal}
    assert "contact" not in seen["stakeholders"]


def test_a_paper_goes_its_way_by_steps_and_readers_are_assigned(caller: Callable[..., Client]) -> None:
    sue = caller("sue", Role.SUPERVISOR)
    number = send(sue, "papers", FILLED["papers"]).json()["number"]
    for name in ("Bob", "Eve"):
        send(sue, "reviewers", FILLED["reviewers"] | {"name": name, "institution": name, "conflicts": ""})
    steps = f"/api/registers/papers/{number}/steps"
    assert sue.post(steps, {"act": "publish"}, content_type="application/json").status_code == 409
    assert sue.post(steps, {"act": "nothing"}, content_type="application/json").status_code == 422
    assert sue.post(steps, {"act": "grant access"}, content_type="application/json").json()["document"]["stage"] == "access granted"
    assert sue.post(steps, {"act": "submit"}, content_type="application/json").json()["document"]["stage"] == "submitted"
    assert caller("olu", Role.OFFICER).post(steps, {"act": "accept"}, content_type="application/json").status_code == 403
    assert sue.post("/api/registers/reviewers/assignment").json() == {"lacking": {}}
    assert sue.get("/api/registers/reviewers/assignment").json()["papers_of"] == {"Bob": ["P1"], "Eve": ["P1"]}
    for asked in (caller("olu", Role.OFFICER).get, caller("olu", Role.OFFICER).post):
        assert asked("/api/registers/reviewers/assignment").status_code == 403


def test_the_scan_is_frozen_once_under_a_key_and_the_budget_summed(caller: Callable[..., Client]) -> None:
    sue = caller("sue", Role.SUPERVISOR)
    send(sue, "scan", FILLED["scan"])
    asked = {"data": {"name": "2026"}, "content_type": "application/json", "headers": {"Idempotency-Key": "freeze"}}
    first, again = (sue.post("/api/registers/scan/editions", **asked) for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert sue.post("/api/registers/scan/editions", {"name": " "}, content_type="application/json").status_code == 422
    assert caller("olu", Role.OFFICER).post("/api/registers/scan/editions", **asked).status_code == 403
    found = caller("ann").get("/api/registers/scan/editions").json()
    assert [each["name"] for each in found["editions"]] == ["2026"]
    assert found["summary"]
    send(sue, "budget", FILLED["budget"])
    assert ["total", "1,000.10"] in sue.get("/api/registers/budget/totals").json()["2027/2028 EUR"]


def test_the_planned_audits_of_a_year_are_entered_once(caller: Callable[..., Client]) -> None:
    sue = caller("sue", Role.SUPERVISOR)
    for name in ("audit-universe", "audit-years"):
        send(sue, name, FILLED[name])
    for client in (caller("olu", Role.OFFICER), caller("ann")):
        assert client.post("/api/registers/audits/years/2027").status_code == 403
    assert sue.post("/api/registers/audits/years/2027").json() == {"year": 2027, "entered": 1}
    assert sue.post("/api/registers/audits/years/2027").json() == {"year": 2027, "entered": 0}
    assert len(sue.get("/api/registers/audits").json()["rows"]) == 1
