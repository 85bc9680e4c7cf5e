"""A day's many files become one: every event is met once, before, meanwhile, after, and wherever the work is killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from customhouse.performance import EventStore, Recorded, compact_day, event_table

DAY = date(2026, 3, 30)
LAST = (1_000, 1_000)
"""A place beyond every event here: all that is written is settled."""
KILLED = """
import os, signal, sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from customhouse.performance import EventStore, compact_day

def compact(folder, left):
    def count(event, arguments):
        nonlocal left
        if event in ("os.rename", "os.remove") and str(arguments[0]).startswith(folder):
            left -= 1
            if left < 0:
                signal.raise_signal(signal.SIGKILL)
    sys.addaudithook(count)
    at = datetime.now(UTC) + timedelta(hours=int(sys.argv[1]))
    compact_day(EventStore(Path(folder)), date(2026, 3, 30), through=(1_000, 1_000), at=at)

for changes, folder in enumerate(sys.argv[2:]):
    child = os.fork()
    if not child:
        compact(folder, changes)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
"""Compact these folders, each in a process that is killed: in the first before any change to it, in the next after one, and so on."""


def events(first: int, last: int, *, day: date = DAY) -> list[Recorded]:
    """Events at these places of the journal, of several kinds, a minute apart."""
    return [
        Recorded(
            place,
            place,
            json.dumps(
                {
                    "event": ("GoodsReleased", "DeclarationAccepted", "LaneAssigned")[place % 3],
                    "occurred_at": (datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=place)).isoformat(),
                    "declaration_id": f"d-{place // 3}",
                    "taxes": {"VAT": f"{place}.10"},
                    "declared": {"chapters": ["01", "02"]} if place % 2 else None,
                }
            ),
        )
        for place in range(first, last + 1)
    ]


def filled(folder: Path, *, files: int = 12, each: int = 5) -> EventStore:
    """A day in so many files, as an export of every five minutes leaves it."""
    store = EventStore(folder)
    for first in range(1, files * each + 1, each):
        store.write(event_table(events(first, first + each - 1)))
    return store


def places(store: EventStore) -> list[int]:
    return [number for (number,) in store.connect().sql("SELECT id FROM event ORDER BY id").fetchall()]


def whole(store: EventStore) -> list[tuple[object, ...]]:
    return store.connect().sql("SELECT * REPLACE (epoch_us(occurred_at) AS occurred_at) FROM event ORDER BY id").fetchall()


def in_folder(store: EventStore) -> list[str]:
    return sorted(path.name for path in store.day_folder(DAY).iterdir())


def compact(store: EventStore, *, through: tuple[int, int] = LAST, hours: int = 0) -> bool:
    return compact_day(store, DAY, through=through, at=datetime.now(UTC) + timedelta(hours=hours))


@pytest.fixture
def store(tmp_path: Path) -> EventStore:
    return filled(tmp_path)


def test_many_files_become_one_that_says_the_same(store: EventStore) -> None:
    before = whole(store)
    assert len(store.files(DAY)) == 12
    assert compact(store)
    assert len(store.files(DAY)) == 1
    assert whole(store) == before


def test_the_one_file_has_the_kinds_together_so_that_a_question_about_one_reads_few_rows(store: EventStore) -> None:
    compact(store)
    kinds = pq.read_table(store.files(DAY)[0])["kind"].to_pylist()
    assert kinds == sorted(kinds)


def test_a_second_run_changes_nothing(store: EventStore) -> None:
    compact(store)
    before = in_folder(store)
    assert not compact(store)
    assert in_folder(store) == before


def test_what_was_replaced_is_removed_an_hour_later(store: EventStore) -> None:
    compact(store)
    compact(store, hours=2)
    assert in_folder(store) == [store.files(DAY)[0].name]
    assert places(store) == list(range(1, 61))


def test_who_had_begun_to_read_goes_on_reading_the_same(store: EventStore) -> None:
    connection = store.connect()
    compact(store)
    store.write(event_table(events(61, 65)))
    compact(store)
    assert connection.sql("SELECT id FROM event ORDER BY id").fetchall() == [(place,) for place in range(1, 61)]


def test_late_events_join_the_file_of_their_day(store: EventStore) -> None:
    for first in (61, 71, 81):
        store.write(event_table(events(first, first + 9)))
        assert compact(store)
        assert places(store) == list(range(1, first + 10))
        assert len(store.files(DAY)) == 1
    compact(store, hours=2)
    assert len(in_folder(store)) == 1
    assert places(store) == list(range(1, 91))


def test_a_stretch_that_may_come_again_keeps_its_file_and_comes_again_longer(store: EventStore) -> None:
    compact(store, through=(55, 55))
    assert len(store.files(DAY)) == 2
    store.write(event_table(events(56, 80)))
    assert places(store) == list(range(1, 81))


def test_a_file_left_half_written_is_no_event_and_is_removed_an_hour_later(store: EventStore) -> None:
    half = store.day_folder(DAY) / "compacted-000001.1.unfinished"
    half.write_bytes(store.files(DAY)[0].read_bytes()[:100])
    assert places(store) == list(range(1, 61))
    compact(store)
    assert half.exists()
    compact(store, hours=2)
    assert not half.exists()
    assert places(store) == list(range(1, 61))


def killed(*stores: EventStore, hours: int) -> list[int]:
    """Compact these stores, each killed one change later than the one before; gives how each process ended."""
    command = [sys.executable, "-c", KILLED, str(hours), *(str(store.folder) for store in stores)]
    said = subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True, capture_output=True, text=True)  # noqa: S603
    return [int(line) for line in said.stdout.split()]


def copied(store: EventStore, folder: Path) -> EventStore:
    shutil.copytree(store.folder, folder)
    return EventStore(folder)


def test_killed_before_the_renaming_or_any_removal_it_leaves_each_event_once_and_ends_when_run_again(tmp_path: Path) -> None:
    first = filled(tmp_path / "first", files=3)
    assert killed(first, hours=0) == [-signal.SIGKILL]
    assert len(first.files(DAY)) == 3
    assert places(first) == list(range(1, 16))
    compact(first)
    first.write(event_table(events(16, 20)))
    changes = ["half-written file removed", "first removed", "second removed", "third removed", "new one renamed"]
    stores = [copied(first, tmp_path / str(place)) for place in range(len(changes) + 1)]
    assert killed(*stores, hours=2) == [-signal.SIGKILL] * len(changes) + [0]
    for store in stores:
        assert places(store) == list(range(1, 21))
        compact(store, hours=2)
        compact(store, hours=4)
        assert places(store) == list(range(1, 21))
        assert len(in_folder(store)) == 1


def reading(folder: Path, stop: threading.Event, wrong: list[object]) -> None:
    """Read again and again, counting the events of the first sixty places."""
    store = EventStore(folder)
    while not stop.is_set():
        found = store.connect().sql("SELECT count(*), count(DISTINCT id) FROM event WHERE id <= 60").fetchall()
        if found != [(60, 60)]:
            wrong.append(found)


@pytest.fixture
def readers(store: EventStore) -> Iterator[list[object]]:
    """Two that read all the while, and what they met that was not each event once."""
    stop, wrong = threading.Event(), list[object]()
    threads = [threading.Thread(target=reading, args=(store.folder, stop, wrong)) for _ in range(2)]
    for each in threads:
        each.start()
    yield wrong
    stop.set()
    for each in threads:
        each.join()
    assert wrong == []


def test_readers_meet_each_event_once_while_others_write_and_compact(store: EventStore, readers: list[object]) -> None:
    for first in range(61, 121, 5):
        store.write(event_table(events(first, first + 4)))
        compact(store)
    assert places(store) == list(range(1, 121))
    assert readers == []
