"""Application: a made-up application for an advance ruling, from the day it is handed in, through the real life-cycle (TFA 3)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import msgspec

from customhouse.pipeline.simulated.chance import Chance
from customhouse.pipeline.simulated.consignment import World
from customhouse.pipeline.simulated.scenario import Office, Rulings
from customhouse.tariff import ruling

_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"
_REFERENCE = 8
_MINUTES = 24 * 60
_FIRST_IMPORTER = 7_700_100_000


def application(world: World, number: int, *, day: date, seed: str) -> Iterator[ruling.AnyEvent]:
    """All that becomes of the application of that number in the year, handed in on that day."""
    assert world.scenario.dialogue, "there is a dialogue"
    habit, chance = world.scenario.dialogue.rulings, Chance.of(seed, "ruling", day.year, number)
    midnight = datetime.combine(day, time(), world.country.time_zone).astimezone(UTC)
    case = ruling.Case(ruling_id=str(UUID(int=chance.random.getrandbits(128), version=4)))
    applicant = f"{world.country.code}{_FIRST_IMPORTER + chance.number(1, world.scenario.trade.importers)}"
    told = _Told(world, habit, chance, midnight + timedelta(minutes=chance.number(0, _MINUTES - 1)), case, applicant)
    told.tell()
    yield from told.events


@dataclass(slots=True)
class _Told:
    """One application while it is told; `now` is the instant of the last act."""

    world: World
    habit: Rulings
    chance: Chance
    now: datetime
    case: ruling.Case
    applicant: str
    events: list[ruling.AnyEvent] = field(default_factory=list)

    def tell(self) -> None:
        """Every act until the ruling is published, or there is to be none."""
        officer = self.chance.one_of(self._office.officers).name
        self._do(ruling.Act.APPLY, self.applicant, ruling.Role.APPLICANT)
        self._work(self.habit.acceptance)
        clock = self.world.country.rulings.clock(on=self.world.country.legal_day(at=self.now))
        self._do(ruling.Act.ACCEPT, officer, ruling.Role.OFFICER, clock=clock)
        if self.chance.happens(self.habit.refused):
            self._work(self.habit.acceptance)
            ground, reason = ruling.act.Ground.PENDING_ELSEWHERE, "The same question is before the tribunal."
            self._do(ruling.Act.REFUSE, officer, ruling.Role.OFFICER, ground=ground, reason=reason)
        elif self.chance.happens(self.habit.withdrawn):
            self.now += self.chance.delay(self.habit.answer)
            self._do(ruling.Act.WITHDRAW, self.applicant, ruling.Role.APPLICANT)
        else:
            self._examine(officer)

    def _examine(self, officer: str) -> None:
        """The applicant is asked for more where it is needed; then one drafts, another issues, and the rule publishes."""
        if self.chance.happens(self.habit.asked):
            self._work(self.habit.acceptance)
            self._do(ruling.Act.ASK, officer, ruling.Role.OFFICER, reason="A sample of the goods is wanted.")
            self.now += self.chance.delay(self.habit.answer)
            self._do(ruling.Act.ANSWER, self.applicant, ruling.Role.APPLICANT, reason="The sample was sent.")
        self._work(self.habit.drafting)
        code, country = self.chance.one_of(self.world.goods).code, self.world.country
        start = country.legal_day(at=self.now)
        self._do(ruling.Act.DRAFT, officer, ruling.Role.OFFICER, code=code, start=start, end=country.rulings.valid_until(start=start))
        self._work(self.habit.issue)
        signs = "".join(self.chance.one_of(_SIGNS) for _ in range(_REFERENCE))
        self._do(ruling.Act.ISSUE, self._office.supervisor, ruling.Role.SUPERVISOR, reference=f"{country.code}-AR-{self.now:%y}-{signs}")
        self._do(ruling.Act.PUBLISH, "rule", ruling.Role.SYSTEM)

    def _do(self, act: ruling.Act, actor: str, role: ruling.Role, **carried: object) -> None:
        on = self.world.country.legal_day(at=self.now)
        deed = msgspec.structs.replace(ruling.Deed(act=act, actor=actor, role=role, at=self.now, on=on), **carried)
        self.case, happened = ruling.advance(self.case, deed)
        self.events.append(happened)

    def _work(self, median_minutes: int) -> None:
        """Customs gets to it while the office is open."""
        self.now = self.world.hours[self.habit.office].after(self.now, self.chance.delay(median_minutes))

    @property
    def _office(self) -> Office:
        return self.world.scenario.office(self.habit.office)
