"""Reported: stamps from outside brought into the journal as events, all of a table or none of it, each report once.

The journal's column for the declaration stays empty, as the life-cycle is replayed from what stands there; the event itself names it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec
from django.db import transaction

from customhouse.performance import Fault, StageReached, Stamp, read_stamps
from customhouse.performance import stamp as table
from customhouse.saying import Refusal, saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.declaration.record import Record
from customhouse_server.declaration.store import records_named
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.journal.store import EventEntry, event_clause
from customhouse_server.performance import store as kept


class FaultyStampsError(Refusal, ValueError):
    """The table was not brought in; `faults` are the first things that are wrong with it, by line, and `more` says how many follow."""

    def __init__(self, faults: Sequence[Fault], *, more: int = 0) -> None:
        """Keep the faults."""
        told = [saying("line {line}: {why}", line=each.line, why=saying(each.wrong, **each.told)) for each in faults]
        super().__init__("{faults}", between="; ", faults=[*told, *([saying("and {more} more", more=more)] if more else [])])
        self.faults = tuple(faults)
        self.more = more


@dataclass(frozen=True, slots=True)
class Brought:
    """How many stamps became events, and how many had come before."""

    new: int
    known: int


def bring(person: Person, text: str, *, at: dt.datetime) -> Brought:
    """Bring a table of stamps into the journal; refuses with `FaultyStampsError` or `NotPermittedError`, and then nothing is brought in."""
    person.require(CUSTOMS, "bringing in stamps")
    found = read_stamps(text)
    named = _named(person, {each.declaration for each in found.stamps})
    beside = (fault for each in found.stamps for fault in _faults(each, named[each.declaration], at=at))
    faults = sorted([*found.faults, *islice(beside, table.MOST_FAULTS)], key=lambda fault: fault.line)
    if faults:
        more = found.more + sum(1 for _ in beside) + len(faults[table.MOST_FAULTS :])
        raise FaultyStampsError(faults[: table.MOST_FAULTS], more=more)
    identities = {name: str(one.id) for name, (one,) in named.items()}
    with transaction.atomic():
        entries = [_entry(each, identities[each.declaration]) for each in found.stamps if _is_new(each, identities[each.declaration])]
        if entries:
            execute_as_one([event_clause(entries, declaration_id=None, actor=person.username)])
    return Brought(len(entries), len(found.stamps) - len(entries))


def _named(person: Person, names: Iterable[str]) -> Mapping[str, Sequence[Record]]:
    """The declarations at the person's offices by the number or reference that names them: one, if the report is to be understood."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for each in records_named(names, offices=person.offices):
        for name in {each.mrn, each.lrn} - {None}:
            found[name].append(each)
    return {name: found[name] for name in names}


def _faults(stamp: Stamp, declarations: Sequence[Record], *, at: dt.datetime) -> Iterator[Fault]:
    told = {"declaration": stamp.declaration, "instant": stamp.reached_at.isoformat()}
    if not declarations:
        yield Fault(stamp.line, "There is no declaration {declaration} at your offices.", told)
    if len(declarations) > 1:
        yield Fault(stamp.line, "Several declarations have the reference {declaration}; give the number (MRN).", told)
    if stamp.reached_at > at:
        yield Fault(stamp.line, "The instant {instant} is still to come.", told)
    elif declarations and all(abs(stamp.reached_at - each.lodged_at) > table.FARTHEST for each in declarations):
        yield Fault(stamp.line, "The instant {instant} is more than a year from the day on which {declaration} was lodged.", told)


def _is_new(stamp: Stamp, declaration_id: str) -> bool:
    return kept.keep_stamp(declaration_id, stage=stamp.stage, source=stamp.source, reached_at=stamp.reached_at)


def _entry(stamp: Stamp, declaration_id: str) -> EventEntry:
    reached_at = stamp.reached_at.astimezone(dt.UTC)
    event = StageReached(occurred_at=reached_at, declaration_id=declaration_id, stage=stamp.stage, actor=stamp.actor, source=stamp.source)
    return EventEntry(kind="StageReached", occurred_at=reached_at, document=msgspec.json.encode(event).decode())
