import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from customhouse_server.accounts import store as people
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.gateway.actions import once
from customhouse_server.gateway.submission import Answer, KeyReusedError, MalformedKeyError, Submission, submission

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def submitter() -> int:
    ann = Person(id=0, username="ann", name="Ann", role=Role.TRADER, offices=(), parties=("QZ1",))
    return people.register(ann, email="ann@example.org", password=None).id


@pytest.mark.django_db
def test_the_same_key_and_body_get_the_first_answer_and_nothing_is_done_again() -> None:
    done: list[int] = []

    def act() -> Answer:
        done.append(1)
        return Answer(201, str(len(done)).encode())

    sent = submission(submitter(), "key-1", act="POST /x", body=b"body")
    assert [once(sent, act, at=AT) for _ in range(2)] == [Answer(201, b"1")] * 2
    assert done == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "body"), [("POST /x", b"other"), ("POST /y", b"body")])
def test_a_key_used_for_another_body_or_act_is_refused(act: str, body: bytes) -> None:
    ann = submitter()
    once(submission(ann, "key-1", act="POST /x", body=b"body"), lambda: Answer(201, b""), at=AT)
    with pytest.raises(KeyReusedError):
        once(submission(ann, "key-1", act=act, body=body), lambda: Answer(201, b""), at=AT)


@pytest.mark.django_db
def test_an_act_that_is_refused_leaves_the_key_free() -> None:
    def refused() -> Answer:
        raise LookupError("not now")

    sent = submission(submitter(), "key-1", act="POST /x", body=b"body")
    with pytest.raises(LookupError):
        once(sent, refused, at=AT)
    assert once(sent, lambda: Answer(200, b"now"), at=AT) == Answer(200, b"now")


@pytest.mark.parametrize("key", ["", "x" * 129, "é", "a\nb"])
def test_a_key_of_no_form_is_refused(key: str) -> None:
    with pytest.raises(MalformedKeyError):
        submission(1, key, act="POST /x", body=b"")


@pytest.mark.django_db(transaction=True)
def test_of_many_calls_at_once_under_one_key_one_is_done_and_all_get_its_answer() -> None:
    sent = submission(submitter(), "key-1", act="POST /x", body=b"body")
    calls = 6
    barrier, done = Barrier(calls), []

    def call(_: int) -> Answer:
        return closing(barrier, sent, done)

    with ThreadPoolExecutor(calls) as pool:
        answers = list(pool.map(call, range(calls)))
    assert answers == [Answer(201, b"1")] * calls
    assert done == [1]


def closing(barrier: Barrier, sent: Submission, done: list[int]) -> Answer:
    def act() -> Answer:
        done.append(1)
        return Answer(201, str(len(done)).encode())

    try:
        barrier.wait()
        return once(sent, act, at=AT)
    finally:
        connection.close()
