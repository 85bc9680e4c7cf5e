"""Reported: stamps from outside brought into the journal as events, all of a table or none of it, each report once.

The journal's column for the declaration stays empty, as the life-cycle is replayed from what stands there; the event itself names it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import transaction

from customhouse.performance import Fault, StageReached, Stamp, read_stamps
from customhouse.saying import Refusal, saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.declaration.store import Filter, records
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.journal.store import EventEntry, event_clause
from customhouse_server.performance import store as kept

_FIRST_YEAR = 1900


class FaultyStampsError(Refusal, ValueError):
    """The table was not brought in; `faults` tells everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        told = [saying("line {line}: {why}", line=each.line, why=saying(each.wrong, **each.told)) for each in faults]
        super().__init__("{faults}", between="; ", faults=told)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Brought:
    """How many stamps became events, and how many had come before."""

    new: int
    known: int


def bring(person: Person, text: str, *, at: dt.datetime) -> Brought:
    """Bring a table of stamps into the journal; refuses with `FaultyStampsError` or `NotPermittedError`, and then nothing is brought in."""
    person.require(CUSTOMS, "bringing in stamps")
    found = read_stamps(text)
    named = {each.declaration: _declarations(person, each.declaration) for each in found.stamps}
    faults = [*found.faults, *(fault for each in found.stamps for fault in _faults(each, named[each.declaration], at=at))]
    if faults:
        raise FaultyStampsError(sorted(faults, key=lambda fault: fault.line))
    with transaction.atomic():
        entries = [_entry(each, str(named[each.declaration][0])) for each in found.stamps if _is_new(each, str(named[each.declaration][0]))]
        if entries:
            execute_as_one([event_clause(entries, declaration_id=None, actor=person.username)])
    return Brought(len(entries), len(found.stamps) - len(entries))


def _declarations(person: Person, text: str) -> tuple[UUID, ...]:
    """The declarations at the person's offices with this number or reference: one, if the report is to be understood."""
    found = records(Filter(offices=person.offices, text=text), limit=50)
    return tuple(each.id for each in found if text in (each.mrn, each.lrn) and each.state != "rejected")


def _faults(stamp: Stamp, declarations: tuple[UUID, ...], *, at: dt.datetime) -> list[Fault]:
    told = {"declaration": stamp.declaration}
    faults = []
    if not declarations:
        faults.append(Fault(stamp.line, "There is no declaration {declaration} at your offices.", told))
    if len(declarations) > 1:
        faults.append(Fault(stamp.line, "Several declarations have the reference {declaration}; give the number (MRN).", told))
    if stamp.reached_at.year < _FIRST_YEAR:
        faults.append(Fault(stamp.line, "The instant {instant} is before 1900.", {"instant": stamp.reached_at.isoformat()}))
    elif stamp.reached_at > at:
        faults.append(Fault(stamp.line, "The instant {instant} is still to come.", {"instant": stamp.reached_at.isoformat()}))
    return faults


def _is_new(stamp: Stamp, declaration_id: str) -> bool:
    return kept.keep_stamp(declaration_id, stage=stamp.stage, source=stamp.source, reached_at=stamp.reached_at)


def _entry(stamp: Stamp, declaration_id: str) -> EventEntry:
    reached_at = stamp.reached_at.astimezone(dt.UTC)
    event = StageReached(occurred_at=reached_at, declaration_id=declaration_id, stage=stamp.stage, actor=stamp.actor, source=stamp.source)
    return EventEntry(kind="StageReached", occurred_at=reached_at, document=msgspec.json.encode(event).decode())
