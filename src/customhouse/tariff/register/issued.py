"""Issued: a ruling as it binds customs and its holder (TFA 3.5): who holds it, for which goods, which code, from when until when."""

from datetime import date
from enum import StrEnum

import msgspec

from customhouse.tariff.classification import Precedent
from customhouse.tariff.ruling import Application, Case, Decision, State
from customhouse.tariff.ruling.scope import Scope


class Status(StrEnum):
    """What a ruling is worth on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    IN_GRACE = "in_grace"
    ENDED = "ended"
    ANNULLED = "annulled"


class Ruling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ruling; as it is published, without its holder.

    `end` is the first day on which it no longer binds, `grace_until` the first after its extended use.
    """

    reference: str
    office: str
    code: str
    goods: str
    start: date
    holder: str = ""
    scope: Scope = Scope.CLASSIFICATION
    origin: str = ""
    end: date | None = None
    grace_until: date | None = None
    annulled: bool = False
    edition: str = ""

    def status(self, *, on: date) -> Status:
        """What the ruling is worth on a day."""
        if self.annulled:
            return Status.ANNULLED
        if on < self.start:
            return Status.NOT_YET
        if self.end is None or on < self.end:
            return Status.IN_FORCE
        return Status.IN_GRACE if self.grace_until and on < self.grace_until else Status.ENDED

    def agrees_with(self, code: str) -> bool:
        """Whether a code is that of the ruling, as far as the shorter of the two goes."""
        return bool(code) and (code.startswith(self.code) or self.code.startswith(code))

    @property
    def precedent(self) -> Precedent:
        """The ruling as what customs decided once."""
        return Precedent(self.reference, self.goods, self.code, office=self.office)


class Rulings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a declaration is held against: the document codes that cite a ruling, and the rulings that concern it."""

    citing_documents: frozenset[str]
    known: tuple[Ruling, ...] = ()

    def cited_as(self, reference: str) -> Ruling | None:
        """The ruling of a reference, however it is spaced and cased."""
        return next((each for each in self.known if _plain(each.reference) == _plain(reference)), None)


def issued(case: Case, application: Application, *, decision: Decision) -> Ruling:
    """The ruling that a case led to; a case that was never issued is a `ValueError`."""
    if not case.reference or case.start is None:
        raise ValueError("no ruling was issued in this case")
    return Ruling(
        reference=case.reference,
        holder=application.applicant,
        office=application.office,
        code=decision.code,
        goods=decision.goods,
        start=case.start,
        scope=application.scope,
        origin=decision.origin,
        end=case.end,
        grace_until=case.grace_until,
        annulled=case.state is State.ANNULLED,
        edition=decision.edition,
    )


def _plain(reference: str) -> str:
    return "".join(reference.split()).upper()
