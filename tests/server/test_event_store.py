"""The journal's events in the event store: each once, whatever goes wrong on the way."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from django.test import Client

from customhouse.performance import EventStore
from customhouse_server.performance import actions
from load import sample

pytestmark = pytest.mark.django_db(transaction=True)
LODGE = "/api/declarations"


def lodged(call: Client, *references: str) -> None:
    for reference in references:
        answer = call.post(LODGE, sample.json(reference), content_type="application/json", headers={"Idempotency-Key": reference})
        assert answer.status_code == 201, answer.content


def exported(store: EventStore, *, limit: int, wanted: int) -> None:
    """All of it, in stretches; a transaction open elsewhere in the same PostgreSQL may hold readers back for a while."""
    done, deadline = 0, time.monotonic() + 20
    while done < wanted and time.monotonic() < deadline:
        done += actions.export(store, limit=limit)
        time.sleep(0.02)


def in_journal() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction, id, kind FROM journal_event ORDER BY transaction, id")
        return cursor.fetchall()


def in_store(store: EventStore) -> list[tuple[Any, ...]]:
    return store.connect().view("event").order("transaction, id").project("transaction, id, kind").fetchall()


def test_every_event_of_the_journal_comes_to_the_store_once(caller: Callable[..., Client], tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    lodged(caller("ann"), "LRN-1", "LRN-2", "LRN-3")
    exported(store, limit=2, wanted=len(in_journal()))
    assert in_store(store) == in_journal()
    assert actions.export(store) == 0


class FullDisk(EventStore):
    """A store on a device that fills up once the file is written, before the reader's mark is."""

    def write(self, table: pa.Table) -> None:
        super().write(table)
        raise OSError("no space left on the device")


def test_an_export_that_breaks_off_is_made_again_and_doubles_nothing(caller: Callable[..., Client], tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    lodged(caller("ann"), "LRN-1", "LRN-2")
    with pytest.raises(OSError, match="no space"):
        exported(FullDisk(tmp_path), limit=3, wanted=1)
    assert in_store(store)
    exported(store, limit=500, wanted=len(in_journal()))
    assert in_store(store) == in_journal()
