"""Soak: kill the server, its database and its processes under load, again and again; nothing acknowledged may be lost, nothing doubled.

The client behaves as a good one does: what got no answer is sent again under the same key. At the end what it was told is held
against what the database has. Then the same is done to a site with a seeded defect, which the harness must catch.
"""

import argparse
import asyncio
import os
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psycopg

from customhouse_server.settings import postgres
from load import sample
from load.client import Load, Sent
from load.site import Site, children

_CREATED = 201
_PLACE = b"LRN-PLACEHOLDER"
_INCOMPLETE = """
    SELECT count(*) FROM declaration_declarationrecord r
    WHERE NOT EXISTS (SELECT FROM journal_event e WHERE e.declaration_id = r.id)
       OR NOT EXISTS (SELECT FROM journal_notice n WHERE n.declaration_id = r.id)
       OR NOT EXISTS (SELECT FROM declaration_declarationversion v WHERE v.declaration_id = r.id)
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the database has of what was acknowledged."""

    acknowledged: int
    otherwise: dict[int, int]
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    without_events: int
    longest_outage: float

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or left without its events."""
        return not (self.lost or self.doubled or self.without_events)


def main() -> None:
    """Run both, print, and end with 0 only if the site is clean and the defect was caught."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--rate", type=float, default=150)
    options = asked.parse_args()
    clean = soaked(kills=options.kills, rate=options.rate)
    _print("the site", clean, kills=options.kills)
    caught = soaked(kills=4, rate=options.rate, defect="acknowledge-before-commit")
    _print("the site with a seeded defect, which must show losses", caught, kills=4)
    raise SystemExit(0 if clean.clean and clean.acknowledged and caught.lost else 1)


def soaked(*, kills: int, rate: float, defect: str = "", seconds_between: float = 3) -> Verdict:
    """Kill server, database and a process in turn under load, and compare what was acknowledged with what is kept."""
    with tempfile.TemporaryDirectory(prefix="customhouse-soak-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        site = Site(home, environment={"SOAK_DEFECT": defect}, serve="load.defect" if defect else "customhouse_server.serve")
        database = home.resolve() / "postgres"
        address = postgres.start(database)
        try:
            site.prepare()
            site.start()
            first = _load(site)
            outage = asyncio.run(_under_load(site, first, kills=kills, rate=rate, seconds_between=seconds_between))
            site.kill()
            lost = {each.lrn for each in first.sent if each.status == _CREATED} - _kept(address).keys()
            site.start()
            again = _load(site)
            asyncio.run(again.run(rate=rate, seconds=min(2, seconds_between), prefix="S"))  # the same keys once more
            return _compared(address, first.sent + again.sent, lost=lost, outage=outage)
        finally:
            site.kill()
            postgres.stop(database)


def _load(site: Site) -> Load:
    template = sample.xml(_PLACE.decode())
    return Load(site.port, site.key, lambda lrn: template.replace(_PLACE, lrn.encode()), attempts=400)


async def _under_load(site: Site, load: Load, *, kills: int, rate: float, seconds_between: float) -> float:
    """Kill under load; the longest outage."""
    running = asyncio.ensure_future(load.run(rate=rate, seconds=(kills + 1) * seconds_between, prefix="S"))
    outage = await _killings(site, kills=kills, seconds_between=seconds_between)
    await running
    return outage


async def _killings(site: Site, *, kills: int, seconds_between: float) -> float:
    """Kill server, database and a process in turn, at moments that nobody can foresee; the longest time until all answered again."""
    longest = 0.0
    for turn in range(kills):
        await asyncio.sleep(seconds_between * random.uniform(0.4, 1))  # noqa: S311 - moments, not secrets
        start = time.monotonic()
        await asyncio.to_thread(_KINDS[turn % len(_KINDS)], site)
        longest = max(longest, time.monotonic() - start)
    return longest


def _kill_server(site: Site) -> None:
    site.kill()
    site.start()


def _kill_database(site: Site) -> None:
    folder = (site.home / "postgres").resolve()
    postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    for process in (postmaster, *children(postmaster)):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    postgres.start(folder)
    site.wait()


_KINDS = (_kill_server, _kill_database, Site.kill_worker)


def _compared(address: str, sent: list[Sent], *, lost: set[str], outage: float) -> Verdict:
    told: dict[str, set[str]] = {}
    for each in sent:
        if each.status == _CREATED and (said := msgspec.json.decode(each.answer)):
            told.setdefault(each.lrn, set()).add(said["id"])
    kept = _kept(address)
    with psycopg.connect(address) as connection:
        bare = connection.execute(_INCOMPLETE).fetchone()
    return Verdict(
        acknowledged=len({each.lrn for each in sent if each.status == _CREATED}),
        otherwise=dict(Counter(each.status for each in sent if each.status != _CREATED)),
        lost=tuple(sorted(lost)),
        doubled=tuple(sorted(lrn for lrn, ids in kept.items() if len(ids | told.get(lrn, set())) > 1)),
        without_events=bare[0] if bare else 0,
        longest_outage=outage,
    )


def _kept(address: str) -> dict[str, set[str]]:
    """What the database has: the declarations under each reference."""
    kept: dict[str, set[str]] = {}
    with psycopg.connect(address) as connection:
        for lrn, declaration_id in connection.execute("SELECT lrn, id::text FROM declaration_declarationrecord"):
            kept.setdefault(lrn, set()).add(declaration_id)
    return kept


def _told(otherwise: dict[int, int]) -> str:
    return ", ".join(f"{count} answered {status or 'never'}" for status, count in sorted(otherwise.items())) or "all of them"


def _print(what: str, verdict: Verdict, *, kills: int) -> None:
    print(
        f"{what}: {kills} kills, {verdict.acknowledged} acknowledged, {_told(verdict.otherwise)}; {len(verdict.lost)} lost, "
        f"{len(verdict.doubled)} doubled, {verdict.without_events} without events; back after {verdict.longest_outage:.1f} s at most"
    )


if __name__ == "__main__":
    main()
