"""Certificate: a competence of a person as somebody assessed it, with evidence, until it has to be shown anew."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.development.people.competence import Competence, Level
from customhouse.kernel import months_after


class Certificate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody was found to be able to do, by whom, on which day and by which evidence."""

    competence: str
    level: Level
    assessed_by: str
    assessed_on: date
    evidence: str


class Holding(StrEnum):
    """How a person stands in a competence."""

    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    NONE = "never_certified"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """How a person stands in a competence on a day: the level, whether it is in force, and until before which day, nothing if for good."""

    holding: Holding
    level: Level | None = None
    until: date | None = None


def held(competence: Competence, certificates: Iterable[Certificate], *, on: date) -> Held:
    """How a person stands: by the highest certificate that is in force, else by the last that has lapsed."""
    known = [each for each in certificates if each.competence == competence.code and each.assessed_on <= on]
    if not known:
        return Held(holding=Holding.NONE)
    in_force = [each for each in known if (until := _until(each, competence)) is None or on < until]
    best = (
        max(in_force, key=lambda each: (each.level.rank, each.assessed_on)) if in_force else max(known, key=lambda each: each.assessed_on)
    )
    holding = Holding.IN_FORCE if in_force else Holding.LAPSED
    return Held(holding=holding, level=best.level, until=_until(best, competence))


def _until(certificate: Certificate, competence: Competence) -> date | None:
    months = competence.certified_for_months
    return months_after(certificate.assessed_on, months) if months else None
