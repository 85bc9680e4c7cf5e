"""Writing: an entry of a register begun, gone on with or withdrawn, each with its event in the same transaction."""

import datetime as dt

import msgspec

from customhouse.kernel import Event
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.register import store
from customhouse_server.register.store import Entry

EDITORS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


class EntryWritten(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A version of an entry was written to a register."""

    register: str
    number: int
    version: int
    withdrawn: bool = False


def begin(kind: str, document: msgspec.Struct, *, actor: str, at: dt.datetime) -> int:
    """Write a new entry; its number."""
    return _keep(kind, Entry(store.next_number(kind), 1, store.document(document), False, at, actor))


def go_on(kind: str, before: Entry, document: msgspec.Struct, *, actor: str, at: dt.datetime) -> int:
    """Write the next version of an entry; refuses with `store.StaleEntryError` one that somebody else wrote meanwhile."""
    return _keep(kind, Entry(before.number, before.version + 1, store.document(document), False, at, actor))


def withdraw(kind: str, before: Entry, *, actor: str, at: dt.datetime) -> None:
    """Withdraw an entry: it stays in the history."""
    _keep(kind, Entry(before.number, before.version + 1, before.document, True, at, actor))


def _keep(kind: str, entry: Entry) -> int:
    store.write(kind, entry)
    told = EntryWritten(occurred_at=entry.written_at, register=kind, number=entry.number, version=entry.version, withdrawn=entry.withdrawn)
    journal.record(told, actor=entry.actor)
    return entry.number
