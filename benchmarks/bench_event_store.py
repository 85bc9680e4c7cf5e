"""Ten years of a made-up country in the event store: its size, what figures of a month and of a year take, and a busy day compacted.

Each stands beside a peer measured in the same run: a plain scan of three columns, the same days alone in a store, the text of the events.
EVENTS=100000000 asks for a hundred million events instead of ten; KEEP=FOLDER makes them there, leaves them, and takes them up again.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from customhouse import pipeline
from customhouse.cli import simulated_store
from customhouse.performance import EventStore, compact_day, happenings, history, indicator
from customhouse.performance.release_time import Design, study
from customhouse.shipped import shipped

EVENTS = int(os.environ.get("EVENTS", "10_000_000"))
DECLARATIONS = 5_000
YEARS, DAYS_A_YEAR = 10, 364
FIRST = date(2026, 1, 1) - timedelta((YEARS - 1) * DAYS_A_YEAR)
PLACES_A_DAY = 10_000_000
EXPORTS_A_DAY = 288
WEEK, MONTH, YEAR = ((date(2024, 3, 1), end) for end in (date(2024, 3, 8), date(2024, 4, 1), date(2025, 3, 1)))
AROUND = timedelta(60)
"""How far before and after a period its indicators look: 151 days for a month, of 3,640."""
_PLAIN = """
SELECT count(*) FROM event
WHERE occurred_at IS NOT NULL AND declaration_id <> '' AND kind <> '' AND day >= $start AND day < $end
"""
_MADE = """
WITH moved AS (
    SELECT *, occurred_at - to_days(shift) + to_seconds((hash(copy) % 86400)::BIGINT) AS moved_to
    FROM (
        SELECT base.*, shift FROM (SELECT unnest($shifts::INTEGER[]) AS shift), base
        WHERE occurred_at >= $day::DATE - INTERVAL 1 DAY + to_days(shift) AND occurred_at < $day::DATE + INTERVAL 1 DAY + to_days(shift)
    ), range($copies::BIGINT) copies(copy)
    WHERE moved_to::DATE = $day::DATE
), named AS (
    SELECT *, $first_place::BIGINT + row_number() OVER (ORDER BY moved_to) AS place,
        CASE WHEN declaration_id <> '' THEN md5(concat(declaration_id, '-', shift, '-', copy))::UUID::VARCHAR ELSE '' END AS name
    FROM moved
)
SELECT * EXCLUDE (shift, copy, moved_to, name, place) REPLACE (
    place AS transaction, place AS id, moved_to AS occurred_at, name AS declaration_id,
    replace(
        CASE WHEN name <> '' THEN replace(document, declaration_id, name) ELSE document END,
        strftime(occurred_at, '%Y-%m-%dT%H:%M:%S'), strftime(moved_to, '%Y-%m-%dT%H:%M:%S')
    ) AS document
)
FROM named
"""
_base: duckdb.DuckDBPyConnection


def main() -> None:
    """Make the ten years and measure; end with 0 only if every bound is met."""
    with _folder() as folder:
        store = EventStore(folder / "store")
        _make(store, folder / "base")
        met = [_size(store), *_figures(store), *_studies(store), *_events(store), _memory(), *_busy_day(store, folder / "busy")]
    sys.exit(not all(met))


@contextmanager
def _folder() -> Iterator[Path]:
    if kept := os.environ.get("KEEP"):
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _size(store: EventStore) -> bool:
    files = [file for day in store.days() for file in store.files(day)]
    size = sum(file.stat().st_size for file in files)
    ((count, text),) = store.connect().sql("SELECT count(*), sum(strlen(document)) FROM event").fetchall()
    print(f"{count:,} events of {len(store.days()):,} days in {len(files):,} files: {size / 1e9:.2f} GB")
    return _met(f"bytes an event: {size / count:.1f}, of its text alone {text / count:.1f}", size / text, bound=0.25)


def _figures(store: EventStore) -> Iterator[bool]:
    """Every indicator for a month and for a year, beside a plain scan of the days that they look at, and beside those days alone."""
    connection = store.connect()
    shipped_sets = (shipped("indicators") / f"{name}.toml" for name in ("customs", "tfa"))
    asked = [each for file in shipped_sets for each in indicator.read_indicators(file.read_text()).indicators if each.events]
    for name, (start, end) in (("month", MONTH), ("year", YEAR)):
        around = {"start": start - AROUND, "end": end + AROUND}
        plain = _taken(lambda around=around: connection.execute(_PLAIN, around).fetchall())
        each = {each.code: _evaluation(connection, each, start, end) for each in asked}
        slowest = max(each, key=lambda code: each[code])
        whole = sum(each.values())
        print(
            f"{len(asked)} indicators of a {name}: {whole:.2f} s, the slowest {slowest} {each[slowest]:.2f} s; a plain scan {plain:.2f} s"
        )
        yield _met(f"an indicator of a {name} on average, in plain scans of its days", whole / len(asked) / plain, bound=3)
    alone = duckdb.connect()
    alone.execute("SET TimeZone = 'UTC'")
    days = [MONTH[0] - AROUND + timedelta(each) for each in range((MONTH[1] - MONTH[0] + 2 * AROUND).days)]
    files = [str(file) for day in days for file in store.files(day)]
    alone.read_parquet(files, hive_partitioning=True).create_view("event")
    of_few = sum(_evaluation(alone, each, *MONTH) for each in asked)
    of_all = sum(_evaluation(connection, each, *MONTH) for each in asked)
    yield _met(f"figures of a month among ten years {of_all:.2f} s, with their days alone {of_few:.2f} s", of_all / of_few, bound=5)


def _evaluation(connection: duckdb.DuckDBPyConnection, asked: indicator.Indicator, start: date, end: date) -> float:
    return _taken(lambda: indicator.evaluated(connection, asked, start=start, end=end))


def _studies(store: EventStore) -> Iterator[bool]:
    hours = pipeline.load_country("sandbox").office_hours(on=YEAR[0])
    for name, (start, end), bound in (("week", WEEK, 10), ("year", YEAR, 60)):
        design = Design(title=name, start=start, end=end, seen_until=end + AROUND, targets={"arrived to released": 48.0})
        taken = _taken(lambda design=design: study(store.connect(), design, hours=hours))
        yield _met(f"time release study of a {name}, in seconds", taken, bound=bound)


def _events(store: EventStore) -> Iterator[bool]:
    """The events behind one figure of a month, a page of them, and the history of one declaration, beside a scan of all ten years."""
    connection = store.connect()
    asked = indicator.read_indicators((shipped("indicators") / "customs.toml").read_text()).named("TF-02")
    assert asked is not None, "it is shipped"
    found = indicator.traced(connection, asked, start=MONTH[0], end=MONTH[1])
    page = [(each["transaction"], each["id"]) for each in found[len(found) // 2 :][:50].to_pylist()]
    ever = {"start": FIRST, "end": date.max}
    plain = _taken(lambda: connection.execute(_PLAIN, ever).fetchall())
    print(f"a plain scan of all ten years: {plain:.2f} s")
    behind = _taken(lambda: indicator.traced(connection, asked, start=MONTH[0], end=MONTH[1]))
    told = _taken(lambda: happenings(connection, page, start=MONTH[0], end=MONTH[1]))
    yield _met(f"{len(found):,} events behind a figure {behind:.2f} s, 50 of them told {told:.2f} s", (behind + told) / plain, bound=1)
    one = found["declaration_id"][len(found) // 2].as_py()
    taken = _taken(lambda: history(connection, one))
    yield _met(f"the history of one declaration {taken:.2f} s", taken / plain, bound=2)


def _memory() -> bool:
    return _met("most memory for all of this, in GiB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576, bound=4)


def _busy_day(store: EventStore, folder: Path) -> Iterator[bool]:
    """A day as an export every five minutes leaves it, and compacted."""
    day = max(store.days(), key=lambda each: sum(file.stat().st_size for file in store.files(each)))
    query = "SELECT * EXCLUDE (day) FROM event WHERE day = $day ORDER BY transaction, id"
    table = store.connect().sql(query, params={"day": day}).to_arrow_table()
    busy = EventStore(folder / f"{os.getpid()}")
    length = -(-len(table) // EXPORTS_A_DAY)
    written = _taken(lambda: [busy.write(table[first : first + length]) for first in range(0, len(table), length)])
    summed = "SELECT sum(payable) FROM event WHERE kind = 'DutyAssessed'"
    parts = [file.stat().st_size for file in busy.files(day)]
    of_many = _taken(lambda: busy.connect().sql(summed).fetchall())
    last = (table["transaction"][-1].as_py(), table["id"][-1].as_py())
    compacted = _taken(lambda: compact_day(busy, day, through=last, at=datetime.now(UTC)))
    of_one = _taken(lambda: busy.connect().sql(summed).fetchall())
    ((whole,),) = busy.connect().sql("SELECT count(*) FROM event").fetchall()
    size = sum(file.stat().st_size for file in busy.files(day))
    print(f"{whole:,} events of a busy day: {len(parts)} files of {sum(parts) / 1e6:.1f} MB written in {written:.1f} s")
    yield _met(f"compacted in {compacted:.2f} s, {size / 1e6:.1f} MB; size", size / sum(parts), bound=0.5)
    yield _met(f"a sum over it {of_many:.3f} s before, {of_one:.3f} s after", of_one / of_many, bound=1)
    yield _met("files", len(busy.files(day)), bound=1) and whole == len(table)


def _met(said: str, found: float, *, bound: float) -> bool:
    print(f"{said}: {found:.2f} (bound {bound})")
    return found <= bound


def _taken(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _make(store: EventStore, base: Path) -> None:
    """The ten years, day by day, as compaction leaves them."""
    if not base.exists():
        job = simulated_store.Job(base, 2026, DECLARATIONS, "1")
        simulated_store.simulate(pipeline.load_country("sandbox"), job, workers=None, progress=_quiet)
    made = {day for day in store.days() if store.files(day)}
    days = [FIRST + timedelta(each) for each in range(YEARS * DAYS_A_YEAR)]
    with ProcessPoolExecutor(os.cpu_count(), initializer=_begin, initargs=(base,)) as pool:
        for _ in pool.map(_make_day, [(store, day) for day in days if day not in made], chunksize=8):
            pass


def _quiet(_: int) -> None:
    """Nobody watches."""


def _begin(base: Path) -> None:
    global _base  # noqa: PLW0603 - what a process of the pool keeps
    _base = EventStore(base).connect()
    _base.execute("SET threads = 1")
    _base.execute("CREATE TABLE base AS SELECT * EXCLUDE (day) FROM event ORDER BY occurred_at")


def _make_day(asked: tuple[EventStore, date]) -> None:
    store, day = asked
    target = store.day_folder(day) / "compacted-000001.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    _base.execute(f"COPY ({_MADE} ORDER BY kind, transaction, id) TO '{unfinished}' (FORMAT parquet, COMPRESSION zstd)", _asked_for(day))
    unfinished.replace(target)


def _asked_for(day: date) -> dict[str, object]:
    """What the query of a day asks for: which days of the simulated year come to lie on it, how often, and from which place on."""
    ((events, first, last),) = _base.sql("SELECT count(*), min(occurred_at)::DATE, max(occurred_at)::DATE FROM base").fetchall()
    shifts = [year * DAYS_A_YEAR for year in range(YEARS)]
    return {
        "day": day,
        "copies": EVENTS // (YEARS * events),
        "shifts": [each for each in shifts if first <= day + timedelta(each + 1) and day + timedelta(each - 1) <= last],
        "first_place": (day - FIRST).days * PLACES_A_DAY,
    }


if __name__ == "__main__":
    main()
