"""Consultations, the enquiry point, the portal and the survey over the interface: who may do what, once under a key."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

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
    assert sue.get("/api/enquiries").json()["answered"] == []
    assert ann.get(f"/api/enquiries/{reference}").status_code == 403
    assert sue.get(f"/api/enquiries/{reference}").json()["question"] == QUESTION["question"]
    assert send(ann, "enquiries/follow", receipt | {"passphrase": "x"}).status_code == 404
    assert send(ann, "enquiries/follow", receipt).json()["answer"] == ""
    assert send(caller("olu", Role.OFFICER), f"enquiries/{reference}/office", {"office": "QZ000101"}).status_code == 403
    assert send(sue, f"enquiries/{reference}/office", {"office": "nowhere"}).status_code == 422
    assert send(sue, f"enquiries/{reference}/office", {"office": "QZ000101"}).json()["office"] == "QZ000101"
    assert send(sue, f"enquiries/{reference}/publication", {"question": "When?"}).status_code == 409
    assert send(sue, f"enquiries/{reference}/answer", {"text": "At eight."}).status_code == 200
    assert [each["reference"] for each in sue.get("/api/enquiries").json()["answered"]] == [reference]
    assert send(sue, f"enquiries/{reference}/publication", {"question": " "}).status_code == 422
    assert send(sue, f"enquiries/{reference}/publication", {"question": "When?"}).json()["published_question"] == "When?"
    assert send(ann, "enquiries/follow", receipt).json()["answer"] == "At eight."
    answers = ann.get("/api/enquiries/answers").json()
    assert ("When?" in str(answers["rows"]), answers["reply_time"]["answered"]) == (True, 1)


def test_a_passphrase_is_told_again_under_its_key_and_stands_in_no_table(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    first, again = (send(ann, "enquiries", QUESTION, key="q1").json() for _ in range(2))
    assert first == again
    assert re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{5}-){3}[2-9A-HJKMNP-TV-Z]{5}", first["passphrase"])
    others = [send(ann, "enquiries", QUESTION, key=key).json()["passphrase"] for key in ("q2", "", "")]
    others.append(send(caller("bea"), "enquiries", QUESTION, key="q1").json()["passphrase"])
    assert len({first["passphrase"], *others}) == 5
    assert not [name for name in tables() for each in (first["passphrase"], *others) if each in told_by(name)]
    assert send(ann, "enquiries/follow", {name: again[name] for name in ("reference", "passphrase")}).json()["question"]


def test_a_passphrase_that_would_open_nothing_is_not_told(caller: Callable[..., Client], settings: Settings) -> None:
    ann = caller("ann")
    asked = send(ann, "enquiries", QUESTION, key="q1")
    settings.SECRET_KEY = uuid.uuid4().hex
    lost = send(ann, "enquiries", QUESTION, key="q1")
    assert (asked.status_code, lost.status_code) == (201, 409)
    assert asked.json()["reference"] in lost.json()["detail"]
    assert send(ann, "enquiries", QUESTION, key="q2").status_code == 201


def test_passphrases_that_were_kept_with_answers_are_forgotten(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    first, other = send(ann, "enquiries", QUESTION, key="q1"), send(caller("sue", Role.SUPERVISOR), "consultations", DRAFT, key="d1")
    before = json.dumps({"reference": first.json()["reference"], "passphrase": "AAAAA-BBBBB", "due_on": None}, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE gateway_submission SET answer = %s WHERE key = 'q1'", [before.encode()])
        cursor.execute(import_module("customhouse_server.gateway.migrations.0002_submission_forget_passphrases").FORGET)
        cursor.execute("SELECT key, answer FROM gateway_submission")
        kept = {key: json.loads(bytes(answer)) for key, answer in cursor.fetchall()}
    assert kept["q1"] == {"reference": first.json()["reference"], "due_on": None}
    assert kept["d1"] == other.json()


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
        return [name for (name,) in cursor.fetchall()]


def told_by(table: str) -> str:
    """All that stands in a table; what is kept as bytes, read as text."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name that the database gave
        cells = [cell for row in cursor.fetchall() for cell in row]
    return " ".join(bytes(each).decode("latin-1") if isinstance(each, memoryview | bytes) else str(each) for each in cells)


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
