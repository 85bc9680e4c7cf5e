"""Simulate a reform over a made-up history, from Parquet to the outcome, beside two peers in the same run.

The peers: the batch that assesses the same items once, and DuckDB joining one ad valorem rate a code, which knows no law.

bench_simulate.py [ITEMS]      default: 10,000,000; SHORT=1 takes 500,000 and holds the ratio and the memory alone
"""

import os
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from customhouse import pipeline, research
from customhouse.assessment import Law
from customhouse.cli import item_file, parquet_parts, simulation_file

GOAL_PER_SECOND, GOAL_MEMORY_MB, GOAL_RATIO = 30_000, 3_000, 0.2
DAY = date(2026, 11, 20)
DRAFT = "commodity,area,kind,preference,rate\n61091000,1011,ICD,100,6 %\n87120030,1011,ICD,100,20 %\n"
ELASTICITIES = "chapter,elasticity\n61,-1.4\n,-0.8\n"
JOIN = """
WITH rates AS (SELECT DISTINCT commodity, 0.12::DECIMAL(5, 4) AS before, 0.06::DECIMAL(5, 4) AS after FROM read_parquet($path)),
owed AS (SELECT left(commodity, 2) AS chapter, round(value * before, 2) AS before, round(value * after, 2) AS after
    FROM read_parquet($path) JOIN rates USING (commodity))
SELECT chapter, sum(before), sum(after) FROM owed GROUP BY chapter
"""


def main(count: int) -> None:
    """Run, print, and end with 0 only if every goal is met."""
    law = pipeline.load_country("sandbox").law
    reform = research.Reform(law, research.drafted(law, {"amending.csv": DRAFT}, on=None), DAY, research.read_elasticities(ELASTICITIES))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "history.parquet", Path(folder) / "outcome"
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # its memory would count for the processes forked later
            apart.submit(write_history, source, law, count).result()
        start = time.perf_counter()
        assert sum(parquet_parts.work_through(parquet_parts.Job(source, Path(folder) / "lines", item_file.Assessing(law, DAY)))) == count
        assessed = count / (time.perf_counter() - start)
        start = time.perf_counter()
        assert sum(simulation_file.run(source, target, reform=reform)) == count
        found = simulation_file.outcome(target, reform)
        rate = count / (time.perf_counter() - start)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        start = time.perf_counter()
        duckdb.connect().execute(JOIN, {"path": str(source)}).fetchall()
        joined = count / (time.perf_counter() - start)
    print(f"{count:,} items: {found.headline()}")
    print(f"{rate:,.0f} items/s on {os.cpu_count()} cores, {count / rate:,.0f} s (goal {GOAL_PER_SECOND:,} items/s)")
    print(f"assessing them once, without comparing: {assessed:,.0f} items/s; ratio {rate / assessed:.2f} (goal {GOAL_RATIO})")
    print(f"a plain join of one ad valorem rate on all cores: {joined:,.0f} items/s; ratio {rate / joined:.3f}")
    print(f"memory of the largest process: {memory:,.0f} MB (goal for all {GOAL_MEMORY_MB:,})")
    raise SystemExit(
        (rate < GOAL_PER_SECOND and not os.environ.get("SHORT"))
        or rate / assessed < GOAL_RATIO
        or memory * (os.cpu_count() or 1) > GOAL_MEMORY_MB
    )


def write_history(target: Path, law: Law, count: int) -> None:
    """A made-up year of imports."""
    tables = research.History(law, first_day=date(2025, 1, 1), seed=7).tables(count)
    first = next(tables)
    with pq.ParquetWriter(target, first.schema) as writer:
        for table in (first, *tables):
            writer.write_table(table)
            pa.default_memory_pool().release_unused()


if __name__ == "__main__":
    main(500_000 if os.environ.get("SHORT") else int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
