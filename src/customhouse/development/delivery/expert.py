"""Expert: somebody accredited for a theme at a level, and whether a mission's theme, level, language and days suit him."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from customhouse.development.delivery.mission import Mission
from customhouse.saying import Saying, saying


class Accreditation(msgspec.Struct, frozen=True, kw_only=True):
    """What an expert is accredited for, from 1 (under supervision) to 3 (leads), and until before which day."""

    theme: str
    level: int
    until: date


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Days `[starts_on, ends_on)` on which an expert cannot travel."""

    starts_on: date
    ends_on: date


class Expert(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An expert of the pool; languages are ISO 639 codes."""

    name: str
    administration: str
    languages: tuple[str, ...]
    accreditations: tuple[Accreditation, ...] = ()
    absences: tuple[Absence, ...] = ()


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an expert suits a mission: everything that speaks against it, and nothing if he does."""

    expert: str
    against: tuple[Saying, ...]
    level: int

    @property
    def suits(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.against


def fits(mission: Mission, experts: Iterable[tuple[str, Expert]], *, engaged: Iterable[Mission] = ()) -> tuple[Fit, ...]:
    """Every expert, those who suit first, and among them first whose level is closest to what is asked for."""
    others = tuple(engaged)
    found = [_fit(mission, name, expert, others) for name, expert in experts]
    return tuple(sorted(found, key=lambda each: (len(each.against), each.level, each.expert)))


def _fit(mission: Mission, name: str, expert: Expert, others: tuple[Mission, ...]) -> Fit:
    held = [each.level for each in expert.accreditations if each.theme == mission.theme and each.until >= mission.ends_on]
    level = max(held, default=0)
    return Fit(expert=name, against=tuple(_against(mission, name, expert, level=level, others=others)), level=level)


def _against(mission: Mission, name: str, expert: Expert, *, level: int, others: tuple[Mission, ...]) -> Iterator[Saying]:
    if not level:
        yield saying("not accredited for {theme} until the end of the mission", theme=saying(mission.theme))
    elif level < mission.level:
        yield saying("accredited at level {level}, and {asked} is asked for", level=level, asked=mission.level)
    if mission.language not in expert.languages:
        yield saying("does not speak {language}", language=saying(mission.language))
    if expert.administration == mission.host:
        yield saying("belongs to the host")
    if any(_overlap(mission, away.starts_on, away.ends_on) for away in expert.absences):
        yield saying("not available on these days")
    if any(name in other.experts and _overlap(mission, other.starts_on, other.ends_on) for other in others):
        yield saying("on another mission on these days")


def _overlap(mission: Mission, starts_on: date, ends_on: date) -> bool:
    return starts_on < mission.ends_on and mission.starts_on < ends_on
