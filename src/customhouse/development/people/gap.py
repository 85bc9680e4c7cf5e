"""Gap: what a job asks for and a person cannot do, or no longer with a certificate in force; and the courses that close it, in order."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from customhouse.development.people.certificate import Certificate, Held, Holding, held
from customhouse.development.people.competence import Course, JobProfile, Level, PeopleFramework


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A competence of a job as a person stands in it; `missing` is how many levels, all of them where a certificate has lapsed."""

    competence: str
    required: Level
    held: Held
    missing: int


def gaps(profile: JobProfile, certificates: Iterable[Certificate], *, framework: PeopleFramework, on: date) -> tuple[Gap, ...]:
    """Every competence that the job asks for, the widest gap first; those without a gap are there too, with none missing."""
    mine = tuple(certificates)
    found = [_gap(code, required, framework, mine, on=on) for code, required in profile.requires.items()]
    return tuple(sorted(found, key=lambda each: (-each.missing, each.competence)))


def learning_path(found: Iterable[Gap], framework: PeopleFramework) -> tuple[Course, ...]:
    """The courses that close the gaps, each after those that it builds on, in the order of the framework."""
    wanted = {each.code for gap in found if gap.missing for each in framework.courses if _closes(each, gap)}
    by_code = {each.code: each for each in framework.courses}
    whole = {code for each in wanted for code in _with_those_before(each, by_code)}
    return tuple(each for each in framework.courses if each.code in whole)


def _gap(code: str, required: Level, framework: PeopleFramework, mine: tuple[Certificate, ...], *, on: date) -> Gap:
    competence = framework.competence(code)
    assert competence is not None, "read_people refuses a profile that asks for an unknown competence"
    standing = held(competence, mine, on=on)
    rank = standing.level.rank if standing.holding is Holding.IN_FORCE and standing.level else 0
    return Gap(competence=code, required=required, held=standing, missing=max(required.rank - rank, 0))


def _closes(course: Course, gap: Gap) -> bool:
    """Whether a course teaches a level that is missing; a lapsed certificate is renewed at the level that is asked for alone."""
    if course.competence != gap.competence:
        return False
    if gap.held.holding is Holding.LAPSED and gap.held.level and gap.held.level.rank >= gap.required.rank:
        return course.level is gap.required
    return gap.required.rank - gap.missing < course.level.rank <= gap.required.rank


def _with_those_before(code: str, by_code: dict[str, Course]) -> Iterator[str]:
    yield code
    for before in by_code[code].after:
        yield from _with_those_before(before, by_code)
