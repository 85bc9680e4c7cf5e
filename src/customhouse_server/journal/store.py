"""Journal in rows: writing events and notices, and reading them on, each once, in an order that never changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import connection, transaction

from customhouse.kernel import Event
from customhouse.saying import Refusal
from customhouse_server.journal.statement import Clause, execute_as_one


class MalformedPositionError(Refusal, ValueError):
    """The text is no position in the journal."""


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event to be written: its kind and its content as JSON text."""

    kind: str
    occurred_at: dt.datetime
    document: str


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """A notice to be written: its kind and its content as JSON text."""

    kind: str
    document: str


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """An event as it stands in the journal."""

    position: str
    declaration_id: UUID | None
    kind: str
    occurred_at: dt.datetime
    actor: str
    document: str


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """A notice as it stands in the journal; `position` is what the next reading starts after."""

    position: str
    declaration_id: UUID
    declarant_id: str
    kind: str
    issued_at: dt.datetime
    document: str


_SETTLED = "transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def event_clause(events: Sequence[EventEntry], *, declaration_id: UUID | None, actor: str) -> Clause:
    """The insert of events, to be joined to the statement that makes them true."""
    entries = [{"kind": each.kind, "at": each.occurred_at, "document": msgspec.Raw(each.document.encode())} for each in events]
    return Clause(
        "INSERT INTO journal_event (declaration_id, actor, kind, occurred_at, document) "
        "SELECT %s::uuid, %s, e->>'kind', (e->>'at')::timestamptz, e->'document' FROM jsonb_array_elements(%s::jsonb) e",
        (declaration_id, actor, msgspec.json.encode(entries).decode()),
    )


def record(event: Event, *, actor: str) -> None:
    """Write one event that concerns no declaration, in the caller's transaction."""
    entry = EventEntry(type(event).__name__, event.occurred_at, msgspec.json.encode(event).decode())
    execute_as_one([event_clause((entry,), declaration_id=None, actor=actor)])


def notice_clause(notices: Sequence[NoticeEntry], *, declaration_id: UUID, declarant_id: str, at: dt.datetime) -> Clause:
    """The insert of notices, to be joined to the statement that makes them true."""
    entries = [{"kind": each.kind, "document": msgspec.Raw(each.document.encode())} for each in notices]
    return Clause(
        "INSERT INTO journal_notice (declaration_id, declarant_id, issued_at, kind, document) "
        "SELECT %s::uuid, %s, %s::timestamptz, e->>'kind', e->'document' FROM jsonb_array_elements(%s::jsonb) e",
        (declaration_id, declarant_id, at, msgspec.json.encode(entries).decode()),
    )


def events_of(declaration_id: UUID) -> tuple[WrittenEvent, ...]:
    """Everything that happened to a declaration, in order."""
    return _events("SELECT {columns} FROM journal_event WHERE declaration_id = %s ORDER BY id", (declaration_id,))


def notices_of(declaration_id: UUID) -> tuple[WrittenNotice, ...]:
    """Everything that customs told about a declaration, in order."""
    return _notices("WHERE declaration_id = %s ORDER BY id", (declaration_id,))


def notices_since(position: str, *, declarants: Sequence[str], limit: int = 200) -> tuple[WrittenNotice, ...]:
    """The notices to these declarants after a position (empty: from the first), oldest first; `MalformedPositionError` where it is none."""
    after = _parsed(position)
    return _notices(
        f"WHERE declarant_id = ANY(%s) AND (transaction, id) > (%s, %s) AND {_SETTLED} ORDER BY transaction, id LIMIT %s",
        (list(declarants), *after, limit),
    )


def notice_at(position: str, *, declarants: Sequence[str]) -> WrittenNotice | None:
    """The notice at a position, if it is to one of these declarants; `MalformedPositionError` where it is none."""
    found = _notices("WHERE declarant_id = ANY(%s) AND (transaction, id) = (%s, %s)", (list(declarants), *_parsed(position)))
    return found[0] if found else None


def read_on(reader: str, *, limit: int = 500) -> tuple[WrittenEvent, ...]:
    """The next events for a reader, moving its mark in the caller's transaction: if that fails, they come again."""
    with transaction.atomic(), connection.cursor() as cursor:
        events = _events(
            "SELECT {columns} FROM journal_event WHERE (transaction, id) > (%s, %s) AND {settled} ORDER BY transaction, id LIMIT %s",
            (*mark_of(reader), limit),
        )
        if events:
            cursor.execute(
                "UPDATE journal_reader SET transaction = %s, event_id = %s WHERE name = %s", (*_parsed(events[-1].position), reader)
            )
    return events


def mark_of(reader: str) -> tuple[int, int]:
    """The place of the last event that a reader has read; nobody else moves or takes the mark until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO journal_reader VALUES (%s, 0, 0) ON CONFLICT DO NOTHING", (reader,))
        cursor.execute("SELECT transaction, event_id FROM journal_reader WHERE name = %s FOR UPDATE", (reader,))
        transaction_read, event_read = cursor.fetchone()
    return transaction_read, event_read


def _events(sql: str, parameters: tuple[object, ...]) -> tuple[WrittenEvent, ...]:
    columns = "transaction || '-' || id, declaration_id, kind, occurred_at, actor, document::text"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(columns=columns, settled=_SETTLED), parameters)
        return tuple(WrittenEvent(*row) for row in cursor.fetchall())


def _notices(condition: str, parameters: tuple[object, ...]) -> tuple[WrittenNotice, ...]:
    columns = "transaction || '-' || id, declaration_id, declarant_id, kind, issued_at, document::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM journal_notice {condition}", parameters)  # noqa: S608 - the conditions stand above
        return tuple(WrittenNotice(*row) for row in cursor.fetchall())


def _parsed(position: str) -> tuple[int, int]:
    if not position:
        return 0, 0
    written, _, number = position.partition("-")
    if not (written.isascii() and written.isdigit() and number.isascii() and number.isdigit() and len(position) <= 39):  # noqa: PLR2004
        raise MalformedPositionError(
            "{position!r} is no position: give the `position` of the last message that you read", position=position
        )
    return int(written), int(number)
