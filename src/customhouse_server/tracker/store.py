"""Entries of the registers in rows: every version is kept, and written in one statement with its event."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import IntegrityError, connection

from customhouse.kernel import Event
from customhouse.saying import Refusal
from customhouse_server.journal.statement import Clause, execute_as_one
from customhouse_server.journal.store import EventEntry, event_clause
from customhouse_server.tracker.matter import DOCUMENTS, Kind


class StaleEntryError(Refusal):
    """Somebody else changed the entry meanwhile."""


class UnknownEntryError(Refusal, LookupError):
    """There is no such entry."""


class EntryRecorded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A version of an entry was stated."""

    matter: UUID
    version: int
    kind: str
    subject: str
    actor: str
    role: str


class EntryVerified(EntryRecorded, frozen=True, kw_only=True, omit_defaults=True):
    """A second person verified an entry."""


class EntryWithdrawn(EntryRecorded, frozen=True, kw_only=True, omit_defaults=True):
    """An entry was taken back; it stays readable."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A matter in one of its versions; `document` is the struct of its kind."""

    matter: UUID
    version: int
    kind: Kind
    subject: str
    document: msgspec.Struct
    author: str
    verified_by: str
    is_withdrawn: bool
    written_by: str
    written_at: dt.datetime

    @property
    def is_verified(self) -> bool:
        """Whether a second person verified it."""
        return bool(self.verified_by)


_COLUMNS = "matter, version, kind, subject, document::text, author, verified_by, is_withdrawn, written_by, written_at"


def write(entry: Entry, event: Event) -> None:
    """Keep a version with its event; refuses with `StaleEntryError` where that version is there already."""
    document = msgspec.json.encode(entry.document).decode()
    row = (entry.matter, entry.version, entry.kind.value, entry.subject, document, entry.author, entry.verified_by, entry.is_withdrawn)
    insert = Clause(
        "INSERT INTO tracker_entry (matter, version, kind, subject, document, author, verified_by, is_withdrawn, written_by, written_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (*row, entry.written_by, entry.written_at),
    )
    told = EventEntry(kind=type(event).__name__, occurred_at=event.occurred_at, document=msgspec.json.encode(event).decode())
    try:
        execute_as_one([insert, event_clause([told], declaration_id=None, actor=entry.written_by)])
    except IntegrityError as error:
        if "tracker_version_once" in str(error):
            raise StaleEntryError("somebody else changed this entry meanwhile: read it again before you change it") from error
        raise


def current(*kinds: Kind, subject: str = "") -> tuple[Entry, ...]:
    """The entries as they stand, without those withdrawn, oldest first; of every kind and subject unless they are named."""
    return tuple(each for each in _latest(kinds, subject) if not each.is_withdrawn)


def latest(matter: UUID) -> Entry:
    """A matter as it stands; refuses with `UnknownEntryError`."""
    found = versions(matter)
    if not found:
        raise UnknownEntryError("there is no such entry in the registers")
    return found[-1]


def versions(matter: UUID) -> tuple[Entry, ...]:
    """Every version of a matter, first to last."""
    return _entries(f"SELECT {_COLUMNS} FROM tracker_entry WHERE matter = %s ORDER BY version", (matter,))  # noqa: S608 - our own columns


def history(subject: str, *, limit: int = 100) -> tuple[Entry, ...]:
    """Every version of everything about a subject, latest first."""
    sql = f"SELECT {_COLUMNS} FROM tracker_entry WHERE subject = %s ORDER BY written_at DESC, id DESC LIMIT %s"  # noqa: S608 - see above
    return _entries(sql, (subject, limit))


def _latest(kinds: Sequence[Kind], subject: str) -> tuple[Entry, ...]:
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT DISTINCT ON (matter) * FROM tracker_entry "  # noqa: S608 - see above
        "WHERE (%s::text[] = '{}' OR kind = ANY(%s)) AND (%s = '' OR subject = %s) ORDER BY matter, version DESC) e ORDER BY e.id"
    )
    names = [each.value for each in kinds]
    return _entries(sql, (names, names, subject, subject))


def _entries(sql: str, parameters: tuple[object, ...]) -> tuple[Entry, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(_entry(row) for row in cursor.fetchall())


def _entry(row: tuple) -> Entry:
    kind = Kind(row[2])
    return Entry(row[0], row[1], kind, row[3], msgspec.json.decode(row[4], type=DOCUMENTS[kind]), *row[5:])
