import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.server.settling import settled

from customhouse_server.journal import store
from customhouse_server.journal.statement import execute_as_one

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def written(declarant: str = "QZ1", *kinds: str) -> uuid.UUID:
    declaration_id = uuid.uuid4()
    execute_as_one(
        [
            store.event_clause(
                [store.EventEntry(kind=kind, occurred_at=AT, document="{}") for kind in kinds], declaration_id=declaration_id, actor="ann"
            ),
            store.notice_clause(
                [store.NoticeEntry(kind=kind, document='{"a": "1"}') for kind in kinds],
                declaration_id=declaration_id,
                declarant_id=declarant,
                at=AT,
            ),
        ]
    )
    return declaration_id


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET kind = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["journal_event", "journal_notice"])
def test_what_the_journal_holds_can_be_neither_changed_nor_deleted(table: str, change: str) -> None:
    written("QZ1", "DeclarationAccepted")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.django_db
def test_events_and_notices_of_one_declaration_come_back_in_order() -> None:
    declaration_id = written("QZ1", "first", "second")
    written("QZ1", "other")
    assert [event.kind for event in store.events_of(declaration_id)] == ["first", "second"]
    assert [notice.document for notice in store.notices_of(declaration_id)] == ['{"a": "1"}'] * 2


@pytest.mark.django_db
def test_a_statement_that_fails_in_one_part_writes_none() -> None:
    broken = store.event_clause([store.EventEntry(kind="x" * 65, occurred_at=AT, document="{}")], declaration_id=None, actor="ann")
    sound = store.event_clause([store.EventEntry(kind="sound", occurred_at=AT, document="{}")], declaration_id=None, actor="ann")
    with pytest.raises(DatabaseError), transaction.atomic():
        execute_as_one([sound, broken])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_a_declarant_reads_on_from_the_last_notice_and_sees_only_his_own() -> None:
    written("QZ1", "accepted", "tax")
    written("QZ2", "accepted")
    first = settled(lambda: store.notices_since("", declarants=["QZ1"], limit=1), 1)
    rest = settled(lambda: store.notices_since(first[-1].position, declarants=["QZ1"]), 1)
    assert [notice.kind for notice in (*first, *rest)] == ["accepted", "tax"]
    assert store.notices_since(rest[-1].position, declarants=["QZ1"]) == ()


@pytest.mark.parametrize("position", ["x", "1", "1-", "-1-2", "1-2-3", "\uff19-1", "1" * 30 + "-" + "2" * 30])
def test_a_position_of_no_form_is_refused(position: str) -> None:
    with pytest.raises(ValueError, match="no position"):
        store.notices_since(position, declarants=["QZ1"])


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_not_skipped_by_a_reader() -> None:
    late = connections.create_connection("default")
    try:
        late.set_autocommit(False)
        with late.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_event (kind, occurred_at, actor, document) VALUES ('late', now(), 'ann', '{}')",
            )
        written("QZ1", "early")
        assert store.read_on("indicators") == ()
        late.commit()
        assert [event.kind for event in settled(lambda: store.read_on("indicators"), 2)] == ["late", "early"]
        assert store.read_on("indicators") == ()
    finally:
        late.close()


@pytest.mark.django_db(transaction=True)
def test_a_reader_whose_work_fails_gets_the_same_events_again() -> None:
    written("QZ1", "accepted")

    def read_and_fail() -> None:
        while True:
            with transaction.atomic():
                if store.read_on("notices"):
                    raise RuntimeError("the reader fails")

    with pytest.raises(RuntimeError):
        read_and_fail()
    assert len(settled(lambda: store.read_on("notices"), 1)) == 1
