"""Simulated store: the events of a made-up year written to an event store, a process a core, the same for the same seed."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from customhouse.performance import EventStore, Recorded, event_table
from customhouse.pipeline import CountryPackage, simulated

_worker: tuple[simulated.World, str]
_STRETCH = 50_000
"""Events written to one file."""


class StoreInUseError(ValueError):
    """The folder holds events already."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to simulate, and into which folder."""

    target: Path
    year: int
    declarations: int
    seed: str


def simulate(country: CountryPackage, job: Job, *, workers: int | None, progress: Callable[[int], object]) -> int:
    """Write the year, telling the progress in declarations, and give the number of events.

    Refuses with `StoreInUseError`, with `UnreadableScenarioError` a country that says nothing of how to simulate it, and with
    `NothingToImportError` a year in which its tariff has no goods.
    """
    scenario = simulated.read_scenario(country.scenario)
    store = EventStore(job.target)
    if store.days():
        raise StoreInUseError(f"{job.target} holds events already: name a new folder")
    world = simulated.World.of(country, scenario, on=date(job.year, 1, 1))
    store.mark_made_up()
    with ProcessPoolExecutor(workers or os.cpu_count(), initializer=_begin, initargs=(world, job.seed)) as pool:
        journal = simulated.in_order(_days(pool, world, job, progress))
        return sum(_write(store, stretch) for stretch in _stretches(enumerate(journal, start=1)))


def _begin(world: simulated.World, seed: str) -> None:
    """Make a process ready: the world that it keeps from day to day."""
    global _worker  # noqa: PLW0603 - what a process of the pool keeps
    _worker = (world, seed)


def _do(day: simulated.Day) -> Sequence[simulated.Happening]:
    world, seed = _worker
    return simulated.simulated_day(world, day, seed=seed)


def _days(
    pool: ProcessPoolExecutor, world: simulated.World, job: Job, progress: Callable[[int], object]
) -> Iterator[tuple[simulated.Day, Sequence[simulated.Happening]]]:
    days = list(simulated.year_days(job.year, declarations=job.declarations))
    said = simulated.simulated_dialogue(world, job.year, seed=job.seed)
    for day, events, words in zip(days, pool.map(_do, days), said, strict=True):
        yield day, [*events, *words]
        progress(day.arrivals)


def _stretches(journal: Iterator[tuple[int, simulated.Happening]]) -> Iterator[list[tuple[int, simulated.Happening]]]:
    while stretch := list(islice(journal, _STRETCH)):
        yield stretch


def _write(store: EventStore, stretch: list[tuple[int, simulated.Happening]]) -> int:
    store.write(event_table(Recorded(place, place, msgspec.json.encode(event).decode()) for place, event in stretch))
    return len(stretch)
