"""Plans over the interface: what is adopted by everybody, drafts by those who may see them, and the same as on the pages."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
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
