"""Plans over the interface: what is adopted by everybody, drafts by those who may see them, and the same as on the pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.core.strategy.test_reading import YAML
from tests.server.test_strategy import AT, actions, brought_to, loaded

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role

pytestmark = pytest.mark.django_db


def test_a_draft_is_for_customs_and_what_is_adopted_for_everybody(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    people = person("ada", Role.ADMINISTRATOR), person("sue", Role.SUPERVISOR)
    plan_id = loaded(people[0])
    officer, trader = caller("olu", Role.OFFICER), caller("ann")
    name = officer.get(f"/api/plans/{plan_id}").json()["record"]["name"]
    assert [each["id"] for each in officer.get("/api/plans").json()["plans"]] == [str(plan_id)]
    assert trader.get("/api/plans").json()["plans"] == []
    assert trader.get(f"/api/plans/adopted/{name}").status_code == 404
    for path in ("", "/versions", "/difference", "/annex", "/reports", "/reports/1"):
        assert trader.get(f"/api/plans/{plan_id}{path}").status_code == 403, path
    brought_to(people, plan_id, "operational_plan")
    assert [each["id"] for each in trader.get("/api/plans").json()["plans"]] == [str(plan_id)]
    told = trader.get(f"/api/plans/adopted/{name}").json()
    assert [each["number"] for each in told["goals"]] == [each.number for each in actions.public(name).plan.goals]


TOLD_TO_SOME = """
  readings:
    - {indicator: TF-02, end: 2027-01-01, value: 73.5, narrative: It was worse}
  targets:"""


def test_what_of_a_plan_is_for_others_goes_out_in_no_form(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    people = person("ada", Role.ADMINISTRATOR), person("sue", Role.SUPERVISOR)
    own = """{code: TF-02, activity: 1.1, target: 4.5, baseline: 71.5, baseline_on: 2025-12-31, baseline_source: An audit,
      definition: {code: TF-02, name: Own, dimension: revenue collection, measure: median, unit: h, direction: down, missing_source: none,
      owner: CB, disclosure: restricted, narrative: x}}"""
    plan_id = loaded(people[0], YAML.replace("{code: TF-02, activity: 1.1, target: 4.5}", own).replace("\n  targets:", TOLD_TO_SOME, 1))
    brought_to(people, plan_id, "operational_plan")
    name = actions.view(people[0], plan_id).record.name
    adopted = caller("ann").get(f"/api/plans/adopted/{name}").content.decode()
    assert not [each for each in ("73.5", "71.5", "No staff", '"spent":"') if each in adopted]
    officer, head = caller("olu", Role.OFFICER), caller("sam", Role.SUPERVISOR)
    pages = [f"/api/plans/{plan_id}{path}" for path in ("", "/annex")] + [f"/plans/{plan_id}/plan.json"]
    for path in pages:
        assert not [each for each in ("73.5", "71.5") if each in officer.get(path).content.decode()], path
        assert not [each for each in ("73.5", "71.5", "No staff") if each not in head.get(path).content.decode()], path
    for name, figure in (("readings", "73.5"), ("indicators", "71.5")):
        shown = [client.get(f"/plans/{plan_id}/annex/{name}/").content.decode() for client in (officer, head)]
        assert [figure in each for each in shown] == [False, True]


def test_the_difference_the_annex_and_the_reports_are_those_of_the_pages(
    person: Callable[..., Person], caller: Callable[..., Client]
) -> None:
    people = person("ada", Role.ADMINISTRATOR), person("sue", Role.SUPERVISOR)
    plan_id = loaded(people[0])
    loaded(people[0], YAML.replace("title: First", "title: Other"))
    officer = caller("olu", Role.OFFICER)
    told = officer.get(f"/api/plans/{plan_id}/difference").json()
    assert (told["old"]["version"], told["new"]["version"]) == (1, 2)
    assert any("Other" in each["told"] for each in told["changes"])
    assert officer.get(f"/api/plans/{plan_id}/difference?old=2&new=2").json()["changes"] == []
    assert officer.get(f"/api/plans/{plan_id}/difference?old=9").status_code == 404
    assert [each["number"] for each in officer.get(f"/api/plans/{plan_id}/versions").json()["versions"]] == [2, 1]
    annex = officer.get(f"/api/plans/{plan_id}/annex").json()
    assert {each["code"] for each in annex["indicators"]} == {each["code"] for each in annex["operation"]["indicators"]} == {"TF-02"}
    assert officer.get(f"/api/plans/{plan_id}/reports").json() == {"reports": []}
    brought_to(people, plan_id, "operational_plan")
    number = actions.write_report(people[0], plan_id, 2026, halves=1, at=AT)
    assert len(officer.get(f"/api/plans/{plan_id}/reports").json()["reports"]) == 1
    assert officer.get(f"/api/plans/{plan_id}/reports/{number}").json()["written_by"] == "ada"
    assert officer.get(f"/api/plans/{plan_id}/reports/99").status_code == 404
    assert json.loads(officer.get("/api/plans/00000000-0000-0000-0000-000000000000").content)["title"] == "Not found"


def send(client: Client, path: str, body: dict[str, object] | None = None, *, key: str = "") -> Any:  # noqa: ANN401 - an answer
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/plans{path}", body or {}, content_type="application/json", headers=headers)


def taken(client: Client, plan_id: str, **differing: str) -> Any:  # noqa: ANN401 - an answer
    """Conclude the step that is due."""
    due = client.get(f"/api/plans/{plan_id}/cycle").json()["due"]
    return send(
        client, f"/{plan_id}/cycle", due | {"act": "conclude", "decision": "D/1", "decided_on": "2026-11-24", "meeting": "M/1"} | differing
    )


def test_a_plan_is_loaded_once_under_a_key_by_an_administrator_and_all_that_is_wrong_with_it_is_told(caller: Callable[..., Client]) -> None:
    ada = caller("ada", Role.ADMINISTRATOR)
    plan = {"text": YAML, "form": "yaml", "reason": "first"}
    for who, role in (("ann", Role.TRADER), ("olu", Role.OFFICER), ("sue", Role.SUPERVISOR)):
        assert send(caller(who, role), "", plan).status_code == 403
    first, again = (send(ada, "", plan, key="once") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert [each["version"] for each in ada.get("/api/plans").json()["plans"]] == [1]
    wrong = send(ada, "", plan | {"text": YAML.replace("title: First", "title: ''").replace("2026", "1926", 1)})
    assert wrong.status_code in {409, 422}
    unreadable = send(ada, "", plan | {"text": "goals: 1"})
    assert (unreadable.status_code, unreadable.json()["title"]) == (422, "Not a plan")
    assert unreadable.json()["findings"]


def test_the_cycle_of_a_plan_is_gone_through_with_comments_and_a_second_person_for_adoption(caller: Callable[..., Client]) -> None:
    ada, sue = caller("ada", Role.ADMINISTRATOR), caller("sue", Role.SUPERVISOR)
    plan_id = send(ada, "", {"text": YAML, "form": "yaml", "reason": "first"}).json()["record"]["id"]
    for who, role in (("ann", Role.TRADER), ("olu", Role.OFFICER)):
        assert send(caller(who, role), f"/{plan_id}/comments", {"text": "x"}).status_code == 403
    comment = {"text": "Say more.", "origin": "Chamber"}
    first, again = (send(sue, f"/{plan_id}/comments", comment, key="c1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert send(sue, f"/{plan_id}/comments", {"text": " "}).status_code == 409
    assert len(sue.get(f"/api/plans/{plan_id}/cycle").json()["comments"]) == 1
    answer = {"disposition": "comment_accepted", "text": "It is said."}
    assert send(sue, f"/{plan_id}/comments/1/answer", answer).status_code == 403
    assert send(ada, f"/{plan_id}/comments/1/answer", answer).json()["comments"][0]["answer"]["disposition"] == "comment_accepted"
    assert send(ada, f"/{plan_id}/comments/1/answer", answer).status_code == 409
    assert taken(sue, plan_id).status_code == 403
    while ada.get(f"/api/plans/{plan_id}/cycle").json()["due"]["step"] != "adoption":
        assert taken(ada, plan_id).status_code == 200
    assert send(ada, f"/{plan_id}/cycle", {"step": "nothing", "act": "conclude"}).status_code == 422
    assert send(sue, f"/{plan_id}/proposal").status_code == 403
    assert send(ada, f"/{plan_id}/proposal").status_code == 200
    assert taken(ada, plan_id).status_code == 409
    assert taken(sue, plan_id).json()["record"]["status"] == "adopted"


def test_an_indicator_is_put_forward_decided_by_another_and_reported_on(
    person: Callable[..., Person], caller: Callable[..., Client]
) -> None:
    people = person("eve", Role.ADMINISTRATOR), person("sam", Role.SUPERVISOR)
    plan_id = loaded(people[0])
    brought_to(people, plan_id, "operational_plan")
    ada, sue, officer = caller("ada", Role.ADMINISTRATOR), caller("sue", Role.SUPERVISOR), caller("olu", Role.OFFICER)
    forward, today = f"/{plan_id}/indicators/TF-02/proposal", timezone.now().date().isoformat()
    decision = {"approved": True, "decision": "AC/4", "decided_on": today, "meeting": "4th", "reason": "No quorum before"}
    assert send(sue, forward).status_code == 403
    assert send(ada, f"/{plan_id}/indicators/NONE/proposal").status_code == 409
    assert send(ada, forward).status_code == 200
    assert send(officer, f"/{plan_id}/indicators/TF-02/decision", decision).status_code == 403
    assert send(ada, f"/{plan_id}/indicators/TF-02/decision", decision).status_code == 409
    told = send(sue, f"/{plan_id}/indicators/TF-02/decision", decision).json()["indicators"]
    assert [each["code"] for each in told if each["approval"]] == ["TF-02"]
    asked = {"year": 2026, "halves": 1}
    assert send(officer, f"/{plan_id}/reports", asked).status_code == 403
    assert send(ada, f"/{plan_id}/reports", {"year": 1999, "halves": 3}).status_code == 409
    first, again = (send(ada, f"/{plan_id}/reports", asked, key="r1") for _ in range(2))
    assert (first.status_code, first.json()["number"], first.content) == (201, 1, again.content)
    assert len(officer.get(f"/api/plans/{plan_id}/reports").json()["reports"]) == 1


def test_a_list_of_the_operational_plan_is_changed_whole_over_the_version_that_was_read(caller: Callable[..., Client]) -> None:
    ada, sue = caller("ada", Role.ADMINISTRATOR), caller("sue", Role.SUPERVISOR)
    plan_id = send(ada, "", {"text": YAML, "form": "yaml", "reason": "first"}).json()["record"]["id"]
    risks = ada.get(f"/api/plans/{plan_id}/annex").json()["operation"]["risks"]
    storm = {"code": "R2", "title": "Storm", "likelihood": 2, "impact": 5}
    body: dict[str, object] = {"entries": [*risks, storm], "reason": "A storm", "version": 1}

    def change(client: Client, name: str = "risks", *, key: str = "", **differing: object) -> Any:  # noqa: ANN401 - an answer
        headers = {"Idempotency-Key": key} if key else {}
        address = f"/api/plans/{plan_id}/annex/{name}"
        return client.put(address, body | differing, content_type="application/json", headers=headers)

    for client in (sue, caller("olu", Role.OFFICER), caller("ann")):
        assert change(client).status_code == 403
    first, again = (change(ada, key="k1") for _ in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    assert (first.json()["record"]["version"], [each["code"] for each in first.json()["entries"]]) == (2, ["R1", "R2"])
    stale = change(ada)
    assert (stale.status_code, "you changed version 1" in stale.json()["detail"]) == (409, True)
    assert change(ada, "wishes").status_code == 404
    wrong = change(ada, version=2, entries=[storm | {"activity": "77"}])
    assert (wrong.status_code, "no activity 77" in str(wrong.json()["findings"])) == (422, True)
    assert change(ada, version=2, entries=[]).json()["entries"] == []
    assert [each["reason"] for each in ada.get(f"/api/plans/{plan_id}/versions").json()["versions"]] == ["A storm", "A storm", "first"]
