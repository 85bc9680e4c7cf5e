"""Certificate: a competence of a person as somebody assessed it, with evidence, until it is assessed or has to be shown anew."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.development.people.competence import Competence, Level
from customhouse.kernel import months_after


class Certificate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody was found to be able to do, by whom, on which day and by which evidence.

    One without a level revokes what was certified before, and its evidence is the reason.
    """

    competence: str
    level: Level | None
    assessed_by: str
    assessed_on: date
    evidence: str


class Holding(StrEnum):
    """How a person stands in a competence."""

    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    NONE = "never_certified"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """How a person stands in a competence on a day: the level, whether it is in force, and until before which day, nothing if for good."""

    holding: Holding
    level: Level | None = None
    until: date | None = None


def held(competence: Competence, certificates: Iterable[Certificate], *, on: date) -> Held:
    """How a person stands: by the latest assessment, be it lower than one before; of those of one day, by the one that was given last."""
    known = [each for each in certificates if each.competence == competence.code and each.assessed_on <= on]
    if not known:
        return Held(holding=Holding.NONE)
    last = max(reversed(known), key=lambda each: each.assessed_on)
    if last.level is None:
        return Held(holding=Holding.REVOKED, until=last.assessed_on)
    until = _until(last, competence)
    return Held(holding=Holding.IN_FORCE if until is None or on < until else Holding.LAPSED, level=last.level, until=until)


def _until(certificate: Certificate, competence: Competence) -> date | None:
    months = competence.certified_for_months
    return months_after(certificate.assessed_on, months) if months else None
