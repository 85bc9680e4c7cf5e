"""Year: the days of a simulated year, and everything that happens to what arrives on each."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from customhouse.clearance import AnyEvent
from customhouse.performance import StageReached
from customhouse.pipeline.simulated.application import application
from customhouse.pipeline.simulated.chance import Chance
from customhouse.pipeline.simulated.consignment import World
from customhouse.pipeline.simulated.dialogue import Said, draft, question
from customhouse.pipeline.simulated.story import Story
from customhouse.tariff import ruling

_BUSY = {6: 55, 7: 35}  # Saturday and Sunday, in a hundredth of a working day
_SEASON = {1: 88, 2: 90, 8: 92, 10: 112, 11: 118, 12: 108}  # months, in a hundredth of an ordinary one
_ORDINARY = 100
_MINUTES = 24 * 60
_EARLIEST = timedelta(days=4)
"""Nothing happens to a consignment longer than this before the day on which it arrives."""

Spoken = Said | ruling.AnyEvent
Happening = AnyEvent | StageReached | Spoken


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which so many consignments arrive, numbered from `first` in the year."""

    day: date
    first: int
    arrivals: int


def year_days(year: int, *, declarations: int) -> Iterator[Day]:
    """The days of the year with their arrivals, which add up to the declarations: fewer at week-ends, most before the year ends."""
    days = [date(year, 1, 1) + timedelta(days=place) for place in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    weights = [_BUSY.get(day.isoweekday(), _ORDINARY) * _SEASON.get(day.month, _ORDINARY) for day in days]
    total, passed, first = sum(weights), 0, 0
    for day, weight in zip(days, weights, strict=True):
        passed += weight
        until = declarations * passed // total
        yield Day(day, first, until - first)
        first = until


def simulated_dialogue(world: World, year: int, *, seed: str) -> Iterator[list[Spoken]]:
    """Day by day of the year, all that comes of the questions, drafts and applications of that day; no draw of a consignment is touched."""
    told = world.scenario.dialogue
    kinds = (
        [(question, told.enquiries.questions), (draft, told.consultations.drafts), (application, told.rulings.applications)] if told else []
    )
    days = [list(year_days(year, declarations=count)) for _, count in kinds]
    for place in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        begun = [(tell, day[place]) for (tell, _), day in zip(kinds, days, strict=True)]
        yield [event for tell, day in begun for number in _numbers(day) for event in tell(world, number, day=day.day, seed=seed)]


def _numbers(day: Day) -> range:
    return range(day.first, day.first + day.arrivals)


def simulated_day(world: World, day: Day, *, seed: str) -> list[AnyEvent | StageReached]:
    """All that happens, on that day and later, to the consignments that arrive on it."""
    return [event for number in _numbers(day) for event in _story(world, day, number, seed=seed)]


def in_order(days: Iterable[tuple[Day, Sequence[Happening]]]) -> Iterator[Happening]:
    """The events of consecutive days as a journal would have them: by when they occurred, those of one instant as they were told."""
    waiting: list[tuple[datetime, int, Happening]] = []
    places = count()
    for day, events in days:
        settled = datetime.combine(day.day, time(), UTC) - _EARLIEST
        while waiting and waiting[0][0] < settled:
            yield heapq.heappop(waiting)[2]
        for event in events:
            heapq.heappush(waiting, (event.occurred_at, next(places), event))
    while waiting:
        yield heapq.heappop(waiting)[2]


def _story(world: World, day: Day, number: int, *, seed: str) -> list[AnyEvent | StageReached]:
    chance = Chance.of(seed, day.day.year, number)
    midnight = datetime.combine(day.day, time(), world.country.time_zone).astimezone(UTC)
    arrives_at = midnight + timedelta(minutes=chance.number(0, _MINUTES - 1))
    shipment = world.consignment(f"S{day.day.year}-{number:08d}", chance, arrives_at=arrives_at)
    return Story(world, shipment, chance, arrives_at).told()
