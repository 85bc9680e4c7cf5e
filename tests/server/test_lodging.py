import datetime as dt
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from customhouse import clearance, messages, pipeline
from customhouse_server.accounts.person import Person
from customhouse_server.declaration import actions, content, entry, store
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.declaration.record import LrnTakenError
from customhouse_server.gateway.submission import submission
from customhouse_server.journal import store as journal
from customhouse_server.tariff.country import current_country
from load import sample

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
LODGE = "/api/declarations"
SEED = b"0123456789abcdef"


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """The random arm draws nothing from this seed."""
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: SEED)


def posted(client: Client, body: bytes, kind: str = "application/xml", **headers: str) -> HttpResponse:
    return client.post(LODGE, body, content_type=kind, headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize(("render", "kind"), [(sample.xml, "application/xml"), (sample.json, "application/json")])
def test_a_sound_declaration_is_accepted_assessed_and_answered_with_its_taxes(
    caller: Callable[..., Client], render: Callable[..., bytes], kind: str
) -> None:
    answer = posted(caller("ann"), render("LRN-1"), kind)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["state"], said["payable"], said["currency"], said.get("lane")) == ("assessed", "682.25", "EUR", None)
    assert len(said["mrn"]) == 18
    assert said["assessment"]["items"][0]["lines"][0]["explanation"]


@pytest.mark.django_db
def test_a_declaration_with_errors_is_rejected_with_all_of_them_and_its_reference_is_free_again(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    answer = posted(ann, sample.xml("LRN-1", commodities=("99999999", "12")))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["state"] == "rejected"
    assert all(found["message"] for found in said["findings"]), said["findings"]
    assert posted(ann, sample.xml("LRN-1")).status_code == 201


@pytest.mark.django_db
def test_the_message_is_kept_to_the_byte_and_the_decision_can_be_made_again(person: Callable[..., Person]) -> None:
    ann, message = person("ann"), sample.xml("LRN-1")
    actions.lodge(ann, Lodging(message), at=AT)
    record = store.records(store.Filter(), limit=1)[0]
    version = store.version_of(record.id, 1)
    assert version.message == message
    again = pipeline.clear(messages.read(version.message), current_country(), at=version.at, seed=version.seed)
    assert content.content_of(again) == content.read(version.content)
    told = entry.told(journal.events_of(record.id))
    assert clearance.replay(told, declaration_id=str(record.id)) == entry.case_of(record)
    assert [notice.kind for notice in journal.notices_of(record.id)] == ["accepted", "tax"]


@pytest.mark.django_db(transaction=True)
def test_a_reference_is_used_once_by_a_declarant(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    assert posted(ann, sample.xml("LRN-1")).status_code == 201
    answer = posted(ann, sample.xml("LRN-1"))
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    bob = caller("bob", party="QZ87654321")
    assert posted(bob, sample.xml("LRN-1", declarant="QZ87654321")).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_the_same_key_and_body_get_the_same_answer_and_another_body_is_a_conflict(caller: Callable[..., Client]) -> None:
    ann, key = caller("ann"), {"Idempotency-Key": "k-1"}
    first, again = (posted(ann, sample.xml("LRN-1"), **key) for _ in range(2))
    other = posted(ann, sample.xml("LRN-2"), **key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.content == again.content
    assert store.count(store.Filter()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_lodgings_at_once_under_one_reference_exactly_one_wins(person: Callable[..., Person]) -> None:
    ann = person("ann")
    outcomes = at_once(8, lambda: actions.lodge(ann, Lodging(sample.xml("LRN-1")), at=AT).status)
    assert sorted(str(outcome) for outcome in outcomes) == ["201"] + ["LrnTakenError"] * 7
    assert store.count(store.Filter()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_lodgings_at_once_under_one_key_one_is_done_and_all_get_its_answer(person: Callable[..., Person]) -> None:
    ann, body = person("ann"), sample.xml("LRN-1")
    keyed = Lodging(body, submission=submission(ann.id, "k-1", act="POST /x", body=body))
    outcomes = at_once(8, lambda: actions.lodge(ann, keyed, at=AT).body)
    assert len(set(outcomes)) == 1
    assert store.count(store.Filter()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_lodging_that_is_refused_by_the_database_leaves_no_trace(person: Callable[..., Person]) -> None:
    ann = person("ann")
    actions.lodge(ann, Lodging(sample.xml("LRN-1")), at=AT)
    body = sample.xml("LRN-1")
    with pytest.raises(LrnTakenError):
        actions.lodge(ann, Lodging(body, submission=submission(ann.id, "k-9", act="POST /x", body=body)), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM gateway_submission), (SELECT count(DISTINCT declaration_id) FROM journal_event)")
        assert cursor.fetchone() == (0, 1)


@pytest.mark.django_db
def test_nobody_declares_for_a_party_that_is_not_his(caller: Callable[..., Client]) -> None:
    assert posted(caller("bob", party="QZ87654321"), sample.xml("LRN-1")).status_code == 403
    assert store.count(store.Filter()) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status"), [(b"", 400), (b"<a", 400), (b"{}", 400), (b"<!DOCTYPE a><a/>", 400), (b"<a/>", 422), (b"x" * 11_000_000, 413)]
)
def test_a_message_that_is_no_declaration_gets_a_problem_that_says_so(caller: Callable[..., Client], body: bytes, status: int) -> None:
    answer = posted(caller("ann"), body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.django_db
def test_a_draft_goes_when_it_has_become_a_declaration_and_not_before(person: Callable[..., Person]) -> None:
    ann = person("ann")
    draft = actions.start_draft(ann, {"lrn": "LRN-1"}, at=AT)
    with pytest.raises(messages.UnreadableMessageError):
        actions.lodge(ann, Lodging(b"<", draft_id=draft.id), at=AT)
    assert actions.drafts(ann) == (draft,)
    actions.lodge(ann, Lodging(sample.xml("LRN-1"), draft_id=draft.id), at=AT)
    assert actions.drafts(ann) == ()


@pytest.mark.django_db
def test_another_persons_draft_is_neither_read_nor_removed(person: Callable[..., Person]) -> None:
    ann, bob = person("ann"), person("bob")
    draft = actions.start_draft(ann, {"lrn": "LRN-1"}, at=AT)
    with pytest.raises(LookupError):
        actions.draft(bob, draft.id)
    with pytest.raises(LookupError):
        actions.delete_draft(bob, draft.id)
    with pytest.raises(LookupError):
        actions.save_draft(bob, draft.id, {}, version=1, at=AT)
    with pytest.raises(LookupError):
        actions.draft(ann, uuid.uuid4())
    assert actions.draft(ann, draft.id) == draft


def at_once(count: int, act: Callable[[], object]) -> list[object]:
    """The results of one act done by so many threads at the same moment, a refusal by its name."""
    barrier = Barrier(count)

    def one(_: int) -> object:
        try:
            barrier.wait()
            return act()
        except Exception as error:  # noqa: BLE001 - the refusal is the result
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
