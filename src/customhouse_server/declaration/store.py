"""Declarations and drafts in rows: one statement writes a whole lodging; a version is written once and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from uuid import UUID

import msgspec
from django.db import connection

from customhouse_server.declaration.draft import Draft
from customhouse_server.declaration.record import Record, UnknownDeclarationError, Version
from customhouse_server.journal.statement import Clause

LRN_CONSTRAINT = "declaration_lrn_once"
_COLUMNS = tuple(field.name for field in fields(Record))
_INSERT = ", ".join(f'"{name}"' for name in _COLUMNS)
_SELECT = ", ".join('"case"::text' if name == "case" else name for name in _COLUMNS)
_FIXED = ("id", "declarant_id", "submitter_id", "lodged_at")
_CHANGING = tuple(name for name in _COLUMNS if name not in _FIXED)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which declarations to list; what is empty does not bound. `text` is the start of a reference (LRN) or number (MRN)."""

    declarants: tuple[str, ...] | None = None
    offices: tuple[str, ...] | None = None
    states: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    text: str = ""


def record_clause(record: Record) -> Clause:
    """The insert of a new record."""
    places = ", ".join("%s" for _ in _COLUMNS)
    values = tuple(getattr(record, name) for name in _COLUMNS)
    return Clause(f"INSERT INTO declaration_declarationrecord ({_INSERT}) VALUES ({places})", values)  # noqa: S608 - our columns


def version_clause(declaration_id: UUID, version: Version) -> Clause:
    """The insert of a version."""
    return Clause(
        "INSERT INTO declaration_declarationversion (declaration_id, number, content, message, country, seed, at, actor, reason) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (declaration_id, *(getattr(version, field.name) for field in fields(version))),
    )


def change_clause(record: Record) -> Clause:
    """The update of a record that the caller holds locked."""
    changes = ", ".join(f'"{name}" = %s' for name in _CHANGING)
    return Clause(
        f"UPDATE declaration_declarationrecord SET {changes} WHERE id = %s",  # noqa: S608 - our columns
        (*(getattr(record, name) for name in _CHANGING), record.id),
    )


def discard_draft_clause(draft_id: UUID, *, owner_id: int) -> Clause:
    """The removal of a draft that has become a declaration."""
    return Clause("DELETE FROM declaration_draft WHERE id = %s AND owner_id = %s", (draft_id, owner_id))


def record_of(declaration_id: UUID, *, locked: bool = False) -> Record:
    """The record; `locked` holds it until the transaction ends. Refuses with `UnknownDeclarationError`."""
    found = _records("WHERE id = %s" + (" FOR UPDATE" if locked else ""), (declaration_id,))
    if not found:
        raise UnknownDeclarationError("there is no such declaration")
    return found[0]


def record_of_number(mrn: str) -> Record:
    """The record with this MRN; refuses with `UnknownDeclarationError`."""
    found = _records("WHERE mrn = %s", (mrn,))
    if not found:
        raise UnknownDeclarationError("there is no such declaration")
    return found[0]


def records(asked: Filter, *, limit: int, offset: int = 0, oldest_first: bool = False) -> tuple[Record, ...]:
    """The declarations that the filter asks for: last changed first, or first lodged first."""
    condition, parameters = _condition(asked)
    order = "lodged_at, id" if oldest_first else "updated_at DESC, id"
    return _records(f"WHERE {condition} ORDER BY {order} LIMIT %s OFFSET %s", (*parameters, limit, offset))


def records_named(names: Iterable[str], *, offices: Iterable[str]) -> tuple[Record, ...]:
    """The declarations at these offices with one of these numbers (MRN) or references (LRN), in full; not those rejected."""
    wanted = list(names)
    return _records(
        "WHERE office = ANY(%s) AND state <> 'rejected' AND (lrn = ANY(%s) OR mrn = ANY(%s)) ORDER BY lodged_at, id",
        (list(offices), wanted, wanted),
    )


def count(asked: Filter) -> int:
    """How many declarations the filter asks for."""
    condition, parameters = _condition(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM declaration_declarationrecord WHERE {condition}", parameters)  # noqa: S608
        return int(cursor.fetchone()[0])


def version_of(declaration_id: UUID, number: int) -> Version:
    """One version of a declaration; refuses with `UnknownDeclarationError`."""
    found = _versions("WHERE declaration_id = %s AND number = %s", (declaration_id, number))
    if not found:
        raise UnknownDeclarationError("there is no such version of the declaration")
    return found[0]


def versions_of(declaration_id: UUID) -> tuple[Version, ...]:
    """All versions of a declaration, first to last."""
    return _versions("WHERE declaration_id = %s ORDER BY number", (declaration_id,))


def new_draft(draft: Draft) -> None:
    """Keep a new draft."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO declaration_draft (id, owner_id, fields, version, saved_at) VALUES (%s, %s, %s, %s, %s)",
            (draft.id, draft.owner_id, _json(draft.fields), draft.version, draft.saved_at),
        )


def replace_draft(draft: Draft, *, over: int) -> bool:
    """Save a draft over the version named; false, and nothing done, if that is no longer the one kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE declaration_draft SET fields = %s, version = %s, saved_at = %s WHERE id = %s AND owner_id = %s AND version = %s",
            (_json(draft.fields), draft.version, draft.saved_at, draft.id, draft.owner_id, over),
        )
        return cursor.rowcount == 1


def delete_draft(draft_id: UUID, *, owner_id: int) -> bool:
    """Remove a draft; false if there was none."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM declaration_draft WHERE id = %s AND owner_id = %s", (draft_id, owner_id))
        return cursor.rowcount == 1


def drafts_of(owner_id: int, *, draft_id: UUID | None = None) -> tuple[Draft, ...]:
    """A person's drafts, last saved first, or the one named."""
    narrowed = " AND id = %s" if draft_id else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, owner_id, fields::text, version, saved_at FROM declaration_draft WHERE owner_id = %s{narrowed} "  # noqa: S608
            "ORDER BY saved_at DESC, id",
            (owner_id, draft_id) if draft_id else (owner_id,),
        )
        return tuple(Draft(row[0], row[1], msgspec.json.decode(row[2]), row[3], row[4]) for row in cursor.fetchall())


def _condition(asked: Filter) -> tuple[str, tuple[object, ...]]:
    bounds: list[tuple[str, object]] = []
    if asked.declarants is not None:
        bounds.append(("declarant_id = ANY(%s)", list(asked.declarants)))
    if asked.offices is not None:
        bounds.append(("office = ANY(%s)", list(asked.offices)))
    if asked.states:
        bounds.append(("state = ANY(%s)", list(asked.states)))
    if asked.lanes:
        bounds.append(("lane = ANY(%s)", list(asked.lanes)))
    if asked.text:
        bounds.append(("(starts_with(lrn, %s) OR starts_with(mrn, upper(%s)))", asked.text))
    parameters = tuple(value for sql, value in bounds for _ in range(sql.count("%s")))
    return " AND ".join(sql for sql, _ in bounds) or "true", parameters


def _records(condition: str, parameters: tuple[object, ...]) -> tuple[Record, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SELECT} FROM declaration_declarationrecord {condition}", parameters)  # noqa: S608 - the conditions stand above
        return tuple(Record(*row) for row in cursor.fetchall())


def _versions(condition: str, parameters: tuple[object, ...]) -> tuple[Version, ...]:
    columns = "number, content::text, message, country, seed, at, actor, reason"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM declaration_declarationversion {condition}", parameters)  # noqa: S608 - as above
        return tuple(Version(row[0], row[1], bytes(row[2]), row[3], bytes(row[4]), row[5], row[6], row[7]) for row in cursor.fetchall())


def _json(value: Mapping[str, str]) -> str:
    return msgspec.json.encode(value).decode()
