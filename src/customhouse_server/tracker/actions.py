"""Trackers: reading how far agreements are carried out, and keeping the registers; each change is one transaction with its event.

tracked(person, on=) -> Tracked                                the registers and the facts of a day, read once
record(person, Stated(kind, subject, document, matter=, version=), at=) -> Entry     officers and supervisors
verify(person, matter, version=, at=) -> Entry                 a supervisor who did not state it
withdraw(person, matter, version=, at=) -> Entry               who stated it, or a supervisor

Refusals: `NotPermittedError`, `FourEyesError`, `NotYoursError`, `UnreadableEntryError`, and the store's `StaleEntryError` and
`UnknownEntryError`.
"""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import msgspec
from django.db import transaction

from customhouse.kernel import calendar
from customhouse.saying import Refusal, Saying, saying
from customhouse.strategy import commitment
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.performance import actions as performance
from customhouse_server.tracker import current, store
from customhouse_server.tracker.matter import ABOUT, DOCUMENTS, ONE_A_SUBJECT, Kind
from customhouse_server.tracker.store import Entry, EntryRecorded, EntryVerified, EntryWithdrawn
from customhouse_server.tracker.tracked import Tracked

HOUSE = CUSTOMS | {Role.ADMINISTRATOR}
"""Those who work for the administration, and read the trackers."""
_VERIFIERS = frozenset({Role.SUPERVISOR})


class FourEyesError(Refusal):
    """Who stated an entry does not verify it."""


class NotYoursError(Refusal):
    """Only the owner of an action, who stated an entry, or a supervisor changes it."""


class UnreadableEntryError(Refusal, ValueError):
    """What was stated is no entry of its kind; the message says where."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody states: a new entry, or with `matter` and the `version` that was read, a change of one."""

    kind: Kind
    subject: str
    document: dict[str, object]
    matter: UUID | None = None
    version: int = 0


def tracked(person: Person, *, on: dt.date) -> Tracked:
    """Everything that the trackers know on a day."""
    person.require(HOUSE, "reading the trackers")
    return Tracked(entries=store.current(), year=performance.last_year(on=on), on=on)


def entry(person: Person, matter: UUID) -> Entry:
    """One entry as it stands."""
    person.require(HOUSE, "reading the trackers")
    return store.latest(matter)


def only_entry(person: Person, kind: Kind, subject: str) -> Entry | None:
    """The entry of a kind of which a subject has one, if somebody stated it."""
    person.require(HOUSE, "reading the trackers")
    return next(iter(store.current(kind, subject=subject)), None) if kind in ONE_A_SUBJECT else None


def history(person: Person, subject: str) -> tuple[Entry, ...]:
    """Every version of everything about a subject, latest first."""
    person.require(HOUSE, "reading the trackers")
    return store.history(subject)


def record(person: Person, stated: Stated, *, at: dt.datetime) -> Entry:
    """State an entry or change one; what was verified has to be verified again."""
    person.require(CUSTOMS, "keeping the registers")
    _require_subject(stated)
    document = _document(stated)
    with transaction.atomic():
        before = _before(stated)
        if before:
            _require_owner(person, before)
        _require_sound(stated, document)
        written = Entry(
            matter=before.matter if before else _new_matter(stated),
            version=before.version + 1 if before else 1,
            kind=stated.kind,
            subject=stated.subject,
            document=document,
            author=person.username,
            verified_by="",
            is_withdrawn=False,
            written_by=person.username,
            written_at=at,
        )
        store.write(written, _event(EntryRecorded, written, person))
    return written


def verify(person: Person, matter: UUID, *, version: int, at: dt.datetime) -> Entry:
    """Verify the version of an entry that was read; refuses with `FourEyesError` who stated it."""
    person.require(_VERIFIERS, "verifying an entry")
    found = _read(matter, version)
    if found.author == person.username:
        raise FourEyesError("you stated this yourself: another supervisor must verify it")
    return _changed(person, replace(found, verified_by=person.username), EntryVerified, at=at)


def withdraw(person: Person, matter: UUID, *, version: int, at: dt.datetime) -> Entry:
    """Take an entry back; it stays readable in the history."""
    person.require(CUSTOMS, "keeping the registers")
    found = _read(matter, version)
    if person.username != found.author and person.role is not Role.SUPERVISOR:
        raise NotYoursError("only who stated this, or a supervisor, takes it back")
    return _changed(person, replace(found, is_withdrawn=True), EntryWithdrawn, at=at)


def _changed(person: Person, entry: Entry, kind: type[EntryRecorded], *, at: dt.datetime) -> Entry:
    written = replace(entry, version=entry.version + 1, written_by=person.username, written_at=at)
    store.write(written, _event(kind, written, person))
    return written


def _event(kind: type[EntryRecorded], entry: Entry, person: Person) -> EntryRecorded:
    return kind(
        occurred_at=entry.written_at,
        matter=entry.matter,
        version=entry.version,
        kind=entry.kind.value,
        subject=entry.subject,
        actor=person.username,
        role=person.role.value,
    )


def _read(matter: UUID, version: int) -> Entry:
    found = store.latest(matter)
    if found.version != version or found.is_withdrawn:
        raise store.StaleEntryError("somebody else changed this entry meanwhile: read it again before you decide")
    return found


def _before(stated: Stated) -> Entry | None:
    """The entry that is changed; of a kind that a subject has once it is the one there is."""
    matter = _new_matter(stated) if stated.kind in ONE_A_SUBJECT else stated.matter
    found = store.versions(matter) if matter else ()
    if stated.matter and not found:
        raise store.UnknownEntryError("there is no such entry in the registers")
    if not found:
        return None
    last = found[-1]
    if (last.kind, last.subject) != (stated.kind, stated.subject):
        raise store.UnknownEntryError("the entry is of another kind, or about something else")
    if stated.version != last.version and not (last.is_withdrawn and not stated.version):
        raise store.StaleEntryError("somebody else changed this entry meanwhile: read it again before you change it")
    return last


def _new_matter(stated: Stated) -> UUID:
    return uuid5(NAMESPACE_URL, f"{stated.kind.value}/{stated.subject}") if stated.kind in ONE_A_SUBJECT else uuid4()


def _require_owner(person: Person, before: Entry) -> None:
    """An action is moved on by its owner, by who stated it, or by a supervisor."""
    if not isinstance(before.document, commitment.Action) or person.role is Role.SUPERVISOR:
        return
    if person.username not in (before.author, before.document.owner):
        raise NotYoursError("the action belongs to {owner}: its owner or a supervisor moves it on", owner=before.document.owner)


def _require_subject(stated: Stated) -> None:
    """What an entry is about has to exist and to be what its kind is about: mostly a provision of an agreement."""
    name, _, rest = stated.subject.partition("/")
    wanted = ABOUT.get(stated.kind)
    agreement = current.instruments().get(name) if wanted in (None, name) else None
    match wanted:
        case "membership" | "committee":
            is_there = stated.subject == wanted
        case "notice":
            is_there = name == wanted and rest in {each.code for each in current.terms().notices}
        case "decision" | "portfolio":
            is_there = name == wanted and bool(rest) and stated.document.get("code") == rest
        case _:
            is_there = bool(agreement and agreement.numbered(rest))
    if not is_there:
        raise UnreadableEntryError(
            "{subject!r} is nothing that a {kind} is about: name a provision, as tfa/7.1", subject=stated.subject, kind=stated.kind
        )


def _document(stated: Stated) -> msgspec.Struct:
    try:
        return msgspec.convert(stated.document, DOCUMENTS[stated.kind], strict=False)
    except msgspec.ValidationError as error:
        raise UnreadableEntryError("{why}", why=error) from error


def _require_sound(stated: Stated, document: msgspec.Struct) -> None:
    """What the document itself refuses, all at once, and days beyond the calendar; a shift is held against what was promised before."""
    faults = [*(calendar.beyond(day) for _, day in calendar.days_beyond(document)), *_faults(stated, document)]
    if faults:
        raise UnreadableEntryError("{faults}", between="; ", faults=faults)


def _faults(stated: Stated, document: msgspec.Struct) -> tuple[Saying, ...]:
    if not isinstance(document, commitment.Shift):
        return document.faults() if hasattr(document, "faults") else ()
    pledges = [each.document for each in store.current(Kind.PLEDGE, subject=stated.subject)]
    shifts = [each.document for each in store.current(Kind.SHIFT, subject=stated.subject) if each.matter != stated.matter]
    return document.faults(pledges[0], shifts) if pledges else (saying("the measure has no category yet: state it first"),)
