"""Consultations, the enquiry point, the portal and the survey over the interface: who may do what, once under a key."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.consultation import actions as consultation
from customhouse_server.consultation.store import Draft
from customhouse_server.integrity import actions as integrity

pytestmark = pytest.mark.django_db
FAR = dt.date(2098, 1, 1)
DRAFT = {"title": "Shorter forms", "text": "Box 12 falls away.", "closes_on": FAR.isoformat()}
QUESTION = {"topic": "other", "question": "When are you open?", "address": "ann@example.org"}


@pytest.fixture(autouse=True)
def _from_a_new_address() -> None:
    """Forget how often somebody wrote in the last hour."""
    cache.clear()


def send(client: Client, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:  # noqa: ANN401 - an answer
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/{path}", body or {}, content_type="application/json", headers=headers)


def test_a_draft_is_opened_commented_answered_and_adopted_once_it_has_closed(
    person: Callable[..., Person], caller: Callable[..., Client]
) -> None:
    sue, ann = caller("sue", Role.SUPERVISOR), caller("ann")
    for client in (ann, caller("olu", Role.OFFICER)):
        assert send(client, "consultations", DRAFT).status_code == 403
    assert send(sue, "consultations", DRAFT | {"closes_on": "2020-01-01"}).status_code == 422
    first, again = (send(sue, "consultations", DRAFT, key="d1") for _ in range(2))
    number = first.json()["number"]
    assert (first.status_code, again.json()["number"]) == (201, number)
    made = send(ann, f"consultations/{number}/comments", {"text": "Good."})
    assert made.status_code == 201
    comment = made.json()["comment"]
    answer = {"disposition": "taken up", "response": "Thank you."}
    assert send(ann, f"consultations/{number}/comments/{comment}/disposition", answer).status_code == 403
    assert send(sue, f"consultations/{number}/comments/{comment + 1}/disposition", answer).status_code == 404
    assert send(sue, f"consultations/{number}/comments/{comment}/disposition", {"disposition": "eaten", "response": "x"}).status_code == 422
    assert send(sue, f"consultations/{number}/comments/{comment}/disposition", answer).json()["comments"][0]["disposition"] == "taken up"
    assert send(sue, f"consultations/{number}/adoption", {"effective_on": FAR.isoformat()}).status_code == 409
    past = Draft(title="Shorter forms", text="Box 12 falls away.", closes_on=dt.date(2025, 12, 1))
    number = consultation.open_draft(person("pat", Role.SUPERVISOR), past, at=dt.datetime(2025, 1, 7, 9, tzinfo=dt.UTC))
    assert send(sue, f"consultations/{number}/adoption", {"effective_on": "2025-12-24"}).status_code == 422
    assert send(ann, f"consultations/{number}/adoption", {"effective_on": FAR.isoformat()}).status_code == 403
    adopted = send(sue, f"consultations/{number}/adoption", {"effective_on": FAR.isoformat()}, key="a1").json()
    assert (adopted["decision"], adopted["effective_on"]) == ("adopted", FAR.isoformat())
    assert send(sue, f"consultations/{number}/adoption", {"effective_on": FAR.isoformat()}, key="a1").json() == adopted
    assert send(sue, f"consultations/{number}/withdrawal", {"reason": "late"}).status_code == 409
    notices = ann.get("/api/publications/notices").json()["rows"]
    assert len(notices) == 1


def test_a_draft_is_withdrawn_with_a_reason_by_those_who_publish(caller: Callable[..., Client]) -> None:
    sue = caller("sue", Role.SUPERVISOR)
    number = send(sue, "consultations", DRAFT).json()["number"]
    assert send(sue, f"consultations/{number}/withdrawal", {"reason": " "}).status_code == 422
    assert send(caller("ann"), f"consultations/{number}/withdrawal", {"reason": "late"}).status_code == 403
    assert send(sue, f"consultations/{number}/withdrawal", {"reason": "late"}).json()["decision"] == "withdrawn"


def test_a_question_is_asked_once_under_a_key_followed_answered_and_published(caller: Callable[..., Client]) -> None:
    ann, sue = caller("ann"), caller("sue", Role.SUPERVISOR)
    wrong = send(ann, "enquiries", {"topic": "weather", "question": " ", "address": "nowhere"})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"topic", "question", "address"}
    first, again = (send(ann, "enquiries", QUESTION, key="q1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    receipt = {name: first.json()[name] for name in ("reference", "passphrase")}
    reference = receipt["reference"]
    assert [each["reference"] for each in sue.get("/api/enquiries").json()["enquiries"]] == [reference]
    assert ann.get(f"/api/enquiries/{reference}").status_code == 403
    assert sue.get(f"/api/enquiries/{reference}").json()["question"] == QUESTION["question"]
    assert send(ann, "enquiries/follow", receipt | {"passphrase": "x"}).status_code == 404
    assert send(ann, "enquiries/follow", receipt).json()["answer"] == ""
    assert send(caller("olu", Role.OFFICER), f"enquiries/{reference}/office", {"office": "QZ000101"}).status_code == 403
    assert send(sue, f"enquiries/{reference}/office", {"office": "nowhere"}).status_code == 422
    assert send(sue, f"enquiries/{reference}/office", {"office": "QZ000101"}).json()["office"] == "QZ000101"
    assert send(sue, f"enquiries/{reference}/publication", {"question": "When?"}).status_code == 409
    assert send(sue, f"enquiries/{reference}/answer", {"text": "At eight."}).status_code == 200
    assert send(sue, f"enquiries/{reference}/publication", {"question": " "}).status_code == 422
    assert send(sue, f"enquiries/{reference}/publication", {"question": "When?"}).json()["published_question"] == "When?"
    assert send(ann, "enquiries/follow", receipt).json()["answer"] == "At eight."
    answers = ann.get("/api/enquiries/answers").json()
    assert ("When?" in str(answers["rows"]), answers["reply_time"]["answered"]) == (True, 1)


def test_only_so_many_questions_come_from_one_address_in_an_hour(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    assert [send(ann, "enquiries", {"topic": "x", "question": "x"}).status_code for _ in range(21)] == [422] * 20 + [429]


def test_everybody_who_may_call_learns_what_is_published(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    names = [each["name"] for each in ann.get("/api/publications").json()["publications"]]
    assert {"notices", "times"} < set(names)
    assert all(ann.get(f"/api/publications/{name}").status_code == 200 for name in names)


def test_a_round_of_the_survey_is_ended_and_published_by_members_alone(
    person: Callable[..., Person], browser_of: Callable[..., Client], caller: Callable[..., Client]
) -> None:
    person("ina", Role.SUPERVISOR)
    integrity.name_member(person("adam", Role.ADMINISTRATOR), "ina", at=timezone.now())
    ina, officer = browser_of("ina"), caller("olu", Role.OFFICER)
    assert ina.post("/perception/office/", {"percent": "100"}).status_code == 200
    (wave,) = ina.get("/api/perception/waves").json()["waves"]
    assert (wave["closed_on"], wave["unused"]) == (None, wave["issued"])
    for path in ("closure", "publication"):
        assert send(officer, f"perception/waves/{wave['id']}/{path}").status_code == 403
    assert officer.get("/api/perception/waves").status_code == 403
    assert send(ina, f"perception/waves/{wave['id']}/publication").status_code == 404
    first, again = (send(ina, f"perception/waves/{wave['id']}/closure", key="c1") for _ in range(2))
    assert (first.status_code, first.content, first.json()["waves"][0]["unused"]) == (200, again.content, 0)
    assert send(ina, f"perception/waves/{wave['id']}/closure").status_code == 404
    shown = len(ina.get("/api/perception").json()["waves"]), len(officer.get("/api/perception").json()["waves"])
    assert shown == (1, 0)
    assert send(ina, f"perception/waves/{wave['id']}/publication").status_code == 200
    assert len(officer.get("/api/perception").json()["waves"]) == 1
