"""Development over the interface: dossiers of every kind opened and changed as on the pages, money drawn once, faults told at once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from customhouse_server.accounts.role import Role
from customhouse_server.development import funding
from customhouse_server.development.dossier import Kind

pytestmark = pytest.mark.django_db
FIELDS: dict[Kind, dict[str, object]] = {
    Kind.DIAGNOSTIC: {"administration": "QZ"},
    Kind.PROJECT: {
        "title": "Faster",
        "administration": "QZ",
        "region": "east",
        "country": "QZ",
        "theme": "risk",
        "instrument": "training",
        "currency": "EUR",
        "commitment": "tfa/7.4",
    },
    Kind.PLEDGE: {
        "donor": "Fund",
        "title": "grant",
        "amount": "80",
        "currency": "EUR",
        "valid_from": "2020-01-01",
        "valid_to": "2098-01-01",
        "themes": ["risk"],
    },
    Kind.REQUEST: {"member": "QZ", "region": "east", "theme": "risk", "text": "help", "asked_on": "2026-01-01", "days": 5},
    Kind.MISSION: {
        "title": "m",
        "host": "QZ",
        "theme": "risk",
        "level": "1",
        "language": "fr",
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-05",
        "terms_of_reference": "see",
    },
    Kind.EXPERT: {"name": "Eve", "administration": "QX", "languages": "fr, en"},
    Kind.POST: {"unit": "Tariff", "profile": "OFFICER"},
}
TRANCHE = {"code": "T1", "amount": "50", "condition": "the rooms are let", "due_on": "2027-01-01"}


@pytest.fixture
def sue(caller: Callable[..., Client]) -> Client:
    return caller("sue", Role.SUPERVISOR)


def call(client: Client, method: str, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:  # noqa: ANN401 - an answer
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(f"/api/development/{path}", body or {}, content_type="application/json", headers=headers)


def opened(client: Client, kind: Kind, **differing: object) -> str:
    answer = call(client, "post", kind, {"fields": FIELDS[kind] | differing})
    assert answer.status_code == 201, answer.content
    return f"{kind}/{answer.json()['id']}"


@pytest.mark.parametrize("kind", Kind)
def test_a_dossier_of_every_kind_is_opened_once_under_a_key_by_those_of_the_programme(
    sue: Client, caller: Callable[..., Client], kind: Kind
) -> None:
    for who, role in (("ann", Role.TRADER), ("olu", Role.OFFICER)):
        assert call(caller(who, role), "post", kind, {"fields": FIELDS[kind]}).status_code == 403
    first, again = (call(sue, "post", kind, {"fields": FIELDS[kind]}, key="once") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    (kept,) = sue.get(f"/api/development/{kind}").json()
    assert (kept["id"], kept["owner"], kept["version"]) == (first.json()["id"], "sue", 1)
    document = kept["document"]
    assert {name: str(document[name]) for name in ("title", "administration", "days", "commitment") if name in FIELDS[kind]} == {
        name: str(value) for name, value in FIELDS[kind].items() if name in ("title", "administration", "days", "commitment")
    }


def test_all_that_is_wrong_with_a_dossier_is_told_at_once(sue: Client) -> None:
    wrong = {"donor": "Fund", "amount": "much", "currency": "EUR", "valid_from": "soon", "valid_to": None, "colour": "red"}
    answer = call(sue, "post", "pledge", {"fields": wrong})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert {each["pointer"] for each in answer.json()["findings"]} == {"title", "amount", "valid_from", "valid_to", "colour"}
    assert sue.get("/api/development/pledge").json() == []
    assert call(sue, "post", "pledge", {"fields": FIELDS[Kind.PLEDGE] | {"amount": "0"}}).status_code == 422
    for hidden in ({"state": "closed"}, {"owner": "eve"}):
        refused = call(sue, "post", "project", {"fields": FIELDS[Kind.PROJECT] | hidden})
        assert [each["pointer"] for each in refused.json()["findings"]] == list(hidden)
    assert sue.get("/api/development/project").json() == []


def test_a_dossier_is_changed_by_its_owner_or_an_administrator_and_never_over_a_change_unseen(
    sue: Client, caller: Callable[..., Client]
) -> None:
    project = opened(sue, Kind.PROJECT)
    changed = call(sue, "patch", project, {"fields": {"title": "Fastest"}, "version": 1})
    assert (changed.json()["document"]["title"], changed.json()["version"]) == ("Fastest", 2)
    assert changed.json()["document"]["region"] == "east"
    assert call(sue, "patch", project, {"fields": {"title": "Slow"}, "version": 1}).status_code == 409
    assert call(caller("sam", Role.SUPERVISOR), "patch", project, {"fields": {"title": "Mine"}}).status_code == 403
    assert call(caller("adam", Role.ADMINISTRATOR), "patch", project, {"fields": {"title": "Ours"}}).json()["owner"] == "sue"
    assert call(sue, "patch", project, {"fields": {"state": "closed"}}).status_code == 422
    assert call(sue, "patch", opened(sue, Kind.PLEDGE), {"fields": {"amount": "900"}}).status_code == 409
    assert call(sue, "patch", f"project/{uuid4()}", {"fields": {}}).status_code == 404


def test_the_rows_of_a_part_are_added_changed_and_removed_and_what_has_an_act_of_its_own_is_not(sue: Client) -> None:
    project = opened(sue, Kind.PROJECT)
    risk = {"code": "R1", "text": "staff leave", "likelihood": 3, "gravity": "4"}
    assert call(sue, "post", f"{project}/parts/risks", {"fields": risk}).status_code == 201
    assert call(sue, "patch", f"{project}/parts/risks/0", {"fields": {"response": "rotate"}}).json()["document"]["risks"][0] == {
        "code": "R1",
        "text": "staff leave",
        "likelihood": 3,
        "gravity": 4,
        "response": "rotate",
    } | {name: text for name, text in call(sue, "get", project).json()["document"]["risks"][0].items() if name not in {*risk, "response"}}
    assert call(sue, "post", f"{project}/parts/options", {"fields": {"code": "A", "title": "nothing"}}).status_code == 201
    case = call(sue, "patch", f"{project}/case", {"fields": {"problem": "slow", "discount_rate": "0.05"}}).json()["document"][
        "business_case"
    ]
    assert (case["problem"], case["options"][0]["title"]) == ("slow", "nothing")
    assert call(sue, "patch", f"{project}/parts/risks/7", {"fields": {}}).status_code == 409
    assert sue.delete(f"/api/development/{project}/parts/risks/0?version=1").status_code == 409
    assert sue.delete(f"/api/development/{project}/parts/risks/0").json()["document"].get("risks", []) == []
    for part in ("tranches", "evaluations", "nothing"):
        assert call(sue, "post", f"{project}/parts/{part}", {"fields": {}}).status_code == 409


def test_a_tranche_is_agreed_once_met_and_paid_by_somebody_else(sue: Client, caller: Callable[..., Client]) -> None:
    project, pledge = opened(sue, Kind.PROJECT), opened(sue, Kind.PLEDGE)
    call(
        sue,
        "post",
        f"{project}/parts/budget",
        {"fields": {"code": "B1", "activity": "A1", "what": "rooms", "quantity": 1, "unit_cost": "100"}},
    )
    agreed = {"fields": TRANCHE | {"pledge": pledge.partition("/")[2]}}
    assert call(sue, "post", f"{project}/tranches", {"fields": TRANCHE | {"amount": "x", "paid_on": "2026-01-01"}}).status_code == 422
    first, again = (call(sue, "post", f"{project}/tranches", agreed, key="t1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content), first.content
    assert str(next(iter(funding.available().values()))) == "30.00"
    second = {"fields": agreed["fields"] | {"code": "T2"}}
    assert call(sue, "post", f"{project}/tranches", second).status_code == 409
    adam = caller("adam", Role.ADMINISTRATOR)
    assert call(adam, "post", f"{project}/tranches/T1/payment").status_code == 409
    assert call(sue, "post", f"{project}/tranches/T1/condition", {"evidence": " "}).status_code == 409
    assert call(sue, "post", f"{project}/tranches/T1/condition", {"evidence": "the contract"}).status_code == 200
    assert call(sue, "post", f"{project}/tranches/T1/payment").status_code == 409
    assert call(adam, "post", f"{project}/tranches/T1/payment", key="pay").json()["document"]["tranches"][0]["paid_on"]
    assert call(sue, "get", pledge).json()["statement"]["paid"] == "50.00"


def test_a_project_is_evaluated_by_somebody_else_who_signs(sue: Client, caller: Callable[..., Client]) -> None:
    project = opened(sue, Kind.PROJECT)
    found = {"fields": {"code": "E1", "on": "2026-11-24", "criterion": "relevance", "rating": "met", "reason": "it was needed"}}
    signed = {"fields": found["fields"] | {"evaluator": "eve", "rating": "9"}}
    adam = caller("adam", Role.ADMINISTRATOR)
    refused = call(adam, "post", f"{project}/evaluations", signed)
    assert {each["pointer"] for each in refused.json()["findings"]} == {"evaluator", "rating"}
    assert call(sue, "post", f"{project}/evaluations", found).json()["title"] == "Another person must do this"
    first, again = (call(adam, "post", f"{project}/evaluations", found, key="e1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert [each["evaluator"] for each in first.json()["document"]["evaluations"]] == ["adam"]


def test_an_expert_whom_nothing_speaks_against_is_engaged(sue: Client) -> None:
    mission, able, mute = opened(sue, Kind.MISSION), opened(sue, Kind.EXPERT), opened(sue, Kind.EXPERT, languages=["en"])
    for expert in (able, mute):
        held = {"theme": "risk", "level": "2", "until": "2030-01-01"}
        assert call(sue, "post", f"{expert}/parts/accreditations", {"fields": held}).status_code == 201
    suits = {each["expert"]: each["suits"] for each in call(sue, "get", mission).json()["candidates"]}
    assert suits == {able.partition("/")[2]: True, mute.partition("/")[2]: False}
    assert call(sue, "post", f"{mission}/experts", {"expert": mute.partition("/")[2]}).status_code == 409
    assert call(sue, "post", f"{mission}/experts", {"expert": able.partition("/")[2]}).json()["document"]["experts"] == [
        able.partition("/")[2]
    ]


def test_a_diagnostic_is_answered_and_closed_and_is_a_record_then(sue: Client) -> None:
    found = opened(sue, Kind.DIAGNOSTIC)
    wrong = call(sue, "patch", f"{found}/answers", {"answers": {"SM-01": {"maturity": 9}, "XX-99": {}}})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"SM-01/maturity", "XX-99"}
    answers = {"answers": {"SM-01": {"maturity": 1, "wanted": 4}}, "version": 1}
    assert call(sue, "patch", f"{found}/answers", answers).json()["version"] == 2
    assert call(sue, "patch", f"{found}/answers", answers).status_code == 409
    assert call(sue, "post", f"{found}/closure").status_code == 409
    kept = call(sue, "patch", f"{found}/answers", {"answers": {"SM-01": {"recommendation": "write a plan"}}}).json()["document"]["answers"]
    assert (kept[0]["maturity"], kept[0]["recommendation"]) == (1, "write a plan")
    assert call(sue, "post", f"{found}/closure").json()["state"] == "closed"
    assert call(sue, "patch", f"{found}/answers", {"answers": {"SM-01": {"maturity": 2}}}).status_code == 409


def test_a_course_is_recorded_by_a_supervisor_of_the_office(sue: Client, caller: Callable[..., Client]) -> None:
    olu = caller("olu", Role.OFFICER)
    course = {"course": "nothing", "on": "2026-11-24"}
    assert sue.post("/api/people/olu/courses", course, content_type="application/json").status_code == 422
    assert olu.post("/api/people/olu/courses", course, content_type="application/json").status_code == 403
    assert olu.get("/api/people/olu/courses").json() == []
    assert sue.get("/api/development/due").json() == {"due": []}
