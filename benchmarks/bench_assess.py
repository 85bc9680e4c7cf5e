"""Assess a table from Parquet to Parquet over the full schedule of the United States, beside a clean loop in Decimal, in one run.

bench_assess.py [SCHEDULE.csv] [ITEMS]      default: the 2023 export, 10,000,000 items
"""

import os
import random
import resource
import sys
import tempfile
import time
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from customhouse.assessment import Law, batch, read_exchange_rates, read_regime
from customhouse.cli import item_file, parquet_parts
from customhouse.tariff import Tariff, hts
from customhouse.tariff.area import read_areas

SHIPPED = Path(__file__).resolve().parents[2] / "shared" / "data" / "tariff" / "us" / "htsdata_2023.csv"
GOAL_PER_SECOND, GOAL_RATIO, GOAL_LOAD_S, GOAL_MEMORY_MB = 600_000, 6.0, 30.0, 3_000
DAY = date(2023, 6, 1)
ORIGINS = ("CN", "MX", "CA", "DE", "JP", "VN", "KR", "TW", "IN", "IE", "IT", "GB", "CH", "TH", "FR", "MY", "RU", "CU")
REGIME = """
currency = "USD"
valuation = "FOB"
default_preference = ""
[[taxes]]
name = "duty"
kinds = ["DUTY"]
required = true
by_preference = true
[[procedures]]
codes = ["40"]
"""
ROWS_A_GROUP = 250_000


def law(schedule: Path) -> Law:
    """The law of the schedule: its duties, in dollars, rounded half up to the cent."""
    lines = list(hts.read_schedule(schedule.read_text("utf-8-sig")))
    members = [(hts.COLUMN_2, ("RU", "CU", "BY", "KP")), (hts.program_area("S"), ("CA", "MX")), (hts.program_area("KR"), ("KR",))]
    areas = read_areas("\n".join(["area,member,valid_from,valid_to", *(f"{area},{each},," for area, group in members for each in group)]))
    found = Tariff(tuple(hts.measures(lines)), hts.nomenclature(lines), areas)
    return Law(found, read_regime(REGIME), read_exchange_rates("currency,per_unit_rate,valid_from,valid_to,source\n"))


def write_items(target: Path, found: Law, count: int) -> None:
    """Items over every line with a general rate of values, kilograms, pieces, litres and square metres, the nearer origins more often."""
    rates = {each.commodity: each.rate for each in found.tariff.measures if each.id.endswith("/1") and not each.rate.unreadable}
    units = ["KGM", "NAR", "LTR", "MTK"]
    codes = sorted(code for code, rate in rates.items() if rate.needs <= {"value", *units})
    numbers = np.random.default_rng(7)
    print(f"items over {len(codes):,} lines of the schedule, {sum(rates[code].needs > {'value'} for code in codes):,} of them compound")
    weights = 1 / np.arange(1, len(ORIGINS) + 1)
    kinds = [("commodity", pa.string()), ("origin", pa.string()), ("value", pa.decimal128(18, 2))]
    schema = pa.schema(kinds + [(name, pa.decimal128(18, 3)) for name in units])
    with pq.ParquetWriter(target, schema) as writer:
        for start in range(0, count, ROWS_A_GROUP):
            size = min(ROWS_A_GROUP, count - start)
            columns = [
                pa.array(codes).take(pa.array(numbers.integers(0, len(codes), size))),
                pa.array(ORIGINS).take(pa.array(numbers.choice(len(ORIGINS), size, p=weights / weights.sum()))),
                batch.decimals(numbers.integers(100, 50_000_000, size), places=2),
                *(batch.decimals(numbers.integers(1, 9_000_000, size), places=3) for _ in units),
            ]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=ROWS_A_GROUP)


def clean_loop(source: Path, found: Law, count: int) -> float:
    """Items a second of a plain loop on one core: the rate looked up by code and column, applied in Decimal, rounded to the cent."""
    rates = {(each.commodity, each.area): each.rate for each in found.tariff.measures if each.id.endswith(("/1", "/2"))}
    table = next(pq.ParquetFile(source).iter_batches(batch_size=count))
    start = time.perf_counter()
    units = [name for name in table.schema.names if name not in {"commodity", "origin"}]
    lists = {name: table[name].to_pylist() for name in table.schema.names}
    amounts = []
    cent, exchange = Decimal("0.01"), {"USD": Decimal(1)}
    for place, (commodity, _origin) in enumerate(zip(lists["commodity"], lists["origin"], strict=True)):
        rate = rates[commodity, ""]
        quantities = {name: lists[name][place] for name in units if name in rate.needs}
        amounts.append(rate.of(quantities, exchange).quantize(cent, ROUND_HALF_UP))
    return len(amounts) / (time.perf_counter() - start)


def main(schedule: Path, count: int) -> None:
    """Run, print, and end with 0 only if every goal is met."""
    start = time.perf_counter()
    found = law(schedule)
    loaded = time.perf_counter() - start
    print(f"the schedule, {len(found.tariff.measures):,} measures, loaded in {loaded:.1f} s (goal {GOAL_LOAD_S:.0f})")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "items.parquet", Path(folder) / "lines"
        write_items(source, found, count)
        loop = clean_loop(source, found, min(count, 200_000))
        start = time.perf_counter()
        job = parquet_parts.Job(source, target, item_file.Assessing(found, DAY))
        assert sum(parquet_parts.work_through(job)) == count
        rate = count / (time.perf_counter() - start)
        lines = sum(pq.read_metadata(part).num_rows for part in target.glob("part-*.parquet"))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count:,} items into {lines:,} lines: {rate:,.0f} items/s on {os.cpu_count()} cores (goal {GOAL_PER_SECOND:,})")
    print(f"the clean loop on one core: {loop:,.0f} items/s; ratio {rate / loop:.1f} (goal {GOAL_RATIO})")
    print(f"memory of the largest process: {memory:,.0f} MB (goal for all {GOAL_MEMORY_MB:,})")
    met = (
        rate >= GOAL_PER_SECOND and rate / loop >= GOAL_RATIO and loaded <= GOAL_LOAD_S and memory * (os.cpu_count() or 1) <= GOAL_MEMORY_MB
    )
    raise SystemExit(not met)


if __name__ == "__main__":
    random.seed(7)
    given = sys.argv[1:]
    if not given and not SHIPPED.exists():
        print("nothing measured: name an export of the schedule")
        raise SystemExit(0)
    main(Path(given[0]) if given else SHIPPED, int(given[1]) if len(given) > 1 else 10_000_000)
