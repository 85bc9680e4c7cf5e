"""A full time release study over ten million events, beside the time that DuckDB takes to read the same columns once; prints both."""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from customhouse import pipeline
from customhouse.cli import simulated_store
from customhouse.performance import EventStore
from customhouse.performance.release_time import Design, study

EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
BOUND_SECONDS = 60
DECLARATIONS = 5_000
_SHIFTED = """
COPY (
    SELECT event.* REPLACE (
        declaration_id || '-' || copy AS declaration_id, id + copy * 1000000 AS id,
        occurred_at + copy * INTERVAL 7 MINUTE AS occurred_at, (occurred_at + copy * INTERVAL 7 MINUTE)::DATE AS day
    )
    FROM event, range({copies}) copies(copy)
) TO '{target}' (FORMAT parquet, PARTITION_BY (day), COMPRESSION zstd)
"""
_READ = "SELECT count(*) FROM event WHERE occurred_at IS NOT NULL AND declaration_id <> '' AND kind <> ''"


def main() -> None:
    """Make the events, study them, and end with 0 only within the bound."""
    with tempfile.TemporaryDirectory() as folder:
        base, whole = EventStore(Path(folder) / "base"), EventStore(Path(folder) / "whole")
        country = pipeline.load_country("sandbox")
        events = simulated_store.simulate(country, simulated_store.Job(base.folder, 2026, DECLARATIONS, "1"), workers=None, progress=_quiet)
        copies = -(-EVENTS // events)
        base.connect().execute(_SHIFTED.format(copies=copies, target=whole.folder))
        connection = whole.connect()
        start = time.perf_counter()
        ((count,),) = connection.sql(_READ).fetchall()
        read = time.perf_counter() - start
        start = time.perf_counter()
        done = study(connection, _design(), hours=country.office_hours(on=date(2026, 1, 1)))
        taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    declarations = sum(done.outcomes.values())
    print(f"{count:,} events, {declarations:,} declarations, {len(done.strata)} strata: {taken:.1f} s (bound {BOUND_SECONDS} s)")
    print(f"reading three columns of them once: {read:.2f} s; the study is {taken / read:.0f} times that; most memory {peak:.1f} GiB")
    sys.exit(taken > BOUND_SECONDS)


def _quiet(_: int) -> None:
    """Nobody watches."""


def _design() -> Design:
    return Design(
        title="Ten million events",
        start=date(2026, 1, 1),
        end=date(2027, 1, 1),
        seen_until=date(2027, 6, 1),
        targets={"arrived to released": 48.0, "accepted to released": 24.0},
    )


if __name__ == "__main__":
    main()
