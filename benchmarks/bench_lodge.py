"""Lodging over the interface: five-item declarations committed durably, arrivals that do not wait, on this machine alone.

Beside it the bound of the same run: bare inserts of rows of the same size, one commit each, into the same PostgreSQL.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import psycopg

from load import sample
from load.client import Load, Sent
from load.site import Site

GOAL_RATE, GOAL_P99 = 150, 1.0


def main() -> None:
    """Run, print, and end with 0 only if the goal is met."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rate", type=float, default=GOAL_RATE * 1.1)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--workers", type=int, default=2)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="customhouse-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        site = Site(home, workers=options.workers)
        site.prepare()
        site.start()
        try:
            met = _measured(site, rate=options.rate, seconds=options.seconds)
        finally:
            site.stop()
    raise SystemExit(0 if met else 1)


def _measured(site: Site, *, rate: float, seconds: float) -> bool:
    address = f"postgresql://customhouse@/postgres?host={site.home / 'postgres'}"
    template = sample.xml("LRN-PLACEHOLDER")
    bare = _bare_rate(address, row=template)
    asyncio.run(_load(site, template).run(rate=20, seconds=2, prefix="WARM"))
    load = _load(site, template)
    took = asyncio.run(load.run(rate=rate, seconds=seconds, prefix="LRN"))
    return _report(load.sent, took=took, rate=rate, bare=bare)


def _load(site: Site, template: bytes) -> Load:
    return Load(site.port, site.key, lambda lrn: template.replace(b"LRN-PLACEHOLDER", lrn.encode()))


def _bare_rate(address: str, *, row: bytes, seconds: float = 3) -> float:
    """Rows a second that one connection inserts, committing each."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, content jsonb, message bytea)")
        content = sample.json("LRN-PLACEHOLDER").decode()
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            connection.execute("INSERT INTO bare (content, message) VALUES (%s, %s)", (content, row))
            count += 1
        rate = count / (time.perf_counter() - start)
        connection.execute("DROP TABLE bare")
    return rate


def _report(sent: list[Sent], *, took: float, rate: float, bare: float) -> bool:
    accepted = [each.seconds for each in sent if each.status == 201]  # noqa: PLR2004 - created
    percentiles = statistics.quantiles(accepted, n=100)
    sustained = len(accepted) / took
    print(f"lodged, five items each, committed: {sustained:8.1f} a second of {rate:.0f} arriving, {len(accepted)} of {len(sent)} accepted")
    print(f"answered: p50 {percentiles[49] * 1000:.1f} ms, p95 {percentiles[94] * 1000:.1f} ms, p99 {percentiles[98] * 1000:.1f} ms")
    print(f"bare inserts into the same PostgreSQL:  {bare:8.1f} a second on one connection; ratio {sustained / bare:.2f}")
    return len(accepted) == len(sent) and sustained >= min(rate, GOAL_RATE) and percentiles[98] < GOAL_P99


if __name__ == "__main__":
    main()
