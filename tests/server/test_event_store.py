"""The journal's events in the event store: each once, whatever goes wrong on the way."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

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
        if table.num_rows:
            raise OSError("no space left on the device")


def test_an_export_that_breaks_off_is_made_again_and_doubles_nothing(caller: Callable[..., Client], tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    lodged(caller("ann"), "LRN-1", "LRN-2")
    with pytest.raises(OSError, match="no space"):
        exported(FullDisk(tmp_path), limit=3, wanted=1)
    assert in_store(store)
    exported(store, limit=500, wanted=len(in_journal()))
    assert in_store(store) == in_journal()


def files(store: EventStore) -> list[int]:
    return [len(store.files(day)) for day in store.days()]


def test_an_export_that_breaks_off_is_made_again_also_after_a_compaction_in_between(caller: Callable[..., Client], tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    lodged(caller("ann"), "LRN-1", "LRN-2", "LRN-3")
    first = len(in_journal())
    exported(store, limit=2, wanted=first)
    lodged(caller("ann"), "LRN-4")
    with pytest.raises(OSError, match="no space"):
        exported(FullDisk(tmp_path), limit=2, wanted=1)
    assert actions.compact(store, at=timezone.now()) == 1
    assert files(store) == [2]
    lodged(caller("ann"), "LRN-5")
    exported(store, limit=500, wanted=len(in_journal()) - first)
    assert in_store(store) == in_journal()


def test_the_command_makes_one_file_of_a_day_and_a_second_run_finds_nothing_to_do(
    caller: Callable[..., Client], tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EVENT_STORE = str(tmp_path)
    store = EventStore(tmp_path)
    lodged(caller("ann"), "LRN-1", "LRN-2")
    exported(store, limit=2, wanted=len(in_journal()))
    call_command("compact_events")
    call_command("compact_events")
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["1", "0"]
    assert files(store) == [1]
    assert in_store(store) == in_journal()
