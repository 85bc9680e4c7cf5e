"""Entries in rows: a new version beside the old ones, the last one found."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from django.db import IntegrityError, connection

from customhouse.saying import Refusal

Document = TypeVar("Document", bound=msgspec.Struct)
_COLUMNS = "number, version, document::text, withdrawn, written_at, actor"
_STALE = "somebody else changed this entry meanwhile: read it again before you change it"


class UnknownEntryError(Refusal, LookupError):
    """There is no such register or entry, or not for whoever asks."""


class StaleEntryError(Refusal, ValueError):
    """Somebody else wrote to the entry meanwhile; nothing is overwritten."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one entry, its document as JSON text."""

    number: int
    version: int
    document: str
    withdrawn: bool
    written_at: dt.datetime
    actor: str


def current(kind: str) -> tuple[Entry, ...]:
    """The last version of each entry of a kind that was not withdrawn, by number."""
    sql = f"SELECT DISTINCT ON (number) {_COLUMNS} FROM register_entry WHERE kind = %s ORDER BY number, version DESC"  # noqa: S608 - our words
    return tuple(each for each in _entries(sql, (kind,)) if not each.withdrawn)


def last(kind: str, number: int, *, over: int | None = None) -> Entry:
    """The last version of an entry; refuses with `UnknownEntryError` where there is none, or it was withdrawn.

    `over` is the version that was read before changing it: where another is the last by now, refuses with `StaleEntryError`.
    """
    found = versions(kind, number)
    if not found or found[0].withdrawn:
        raise UnknownEntryError("there is no entry {number} of {kind}", number=number, kind=kind)
    if over not in (None, found[0].version):
        raise StaleEntryError(_STALE)
    return found[0]


def documents(kind: str, form: type[Document]) -> tuple[Document, ...]:
    """What the entries of a kind say, by number."""
    return tuple(msgspec.json.decode(each.document, type=form) for each in current(kind))


def versions(kind: str, number: int) -> tuple[Entry, ...]:
    """Every version of an entry, the last first."""
    return _entries(f"SELECT {_COLUMNS} FROM register_entry WHERE kind = %s AND number = %s ORDER BY version DESC", (kind, number))  # noqa: S608


def hold(kind: str) -> None:
    """Let nobody else write to the register until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"register {kind}",))


def next_number(kind: str) -> int:
    """The number of the next entry of a kind, held until the transaction ends."""
    hold(kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM register_entry WHERE kind = %s", (kind,))
        return int(cursor.fetchone()[0])


def write(kind: str, entry: Entry) -> None:
    """Write a version; refuses with `StaleEntryError` one that stands, since two people wrote it at a time."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO register_entry (kind, number, version, document, withdrawn, written_at, actor) "
                "VALUES (%s, %s, %s, %s::jsonb, %s, %s, %s)",
                (kind, entry.number, entry.version, entry.document, entry.withdrawn, entry.written_at, entry.actor),
            )
    except IntegrityError as error:
        if "register_version_once" in str(error):
            raise StaleEntryError(_STALE) from error
        raise


def document(value: msgspec.Struct) -> str:
    """A document as it is kept."""
    return msgspec.json.encode(value).decode()


def _entries(sql: str, parameters: tuple[object, ...]) -> tuple[Entry, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(Entry(*row) for row in cursor.fetchall())
