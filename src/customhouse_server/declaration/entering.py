"""Entering: what an act changes, written as one statement: the record, its events and notices, and what goes with them."""

import datetime as dt
from collections.abc import Sequence

from customhouse.clearance import AnyEvent, Case
from customhouse_server.declaration import entry, store
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.record import Record
from customhouse_server.journal import store as journal
from customhouse_server.journal.statement import Clause, execute_as_one


def entered(
    record: Record, content: Content, happened: Sequence[AnyEvent], *, at: dt.datetime, besides: Sequence[Clause]
) -> tuple[Record, Case]:
    """Write the events of an act to a declaration that the caller holds locked; where it stands then."""
    before = entry.told(journal.events_of(record.id))
    case = entry.replayed((*before, *happened), record.id)
    after = entry.standing(record, case, content, at=at)
    execute_as_one([*besides, store.change_clause(after), *entry.journal_clauses(after, content, happened, at=at)])
    return after, case
