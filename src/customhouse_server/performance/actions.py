"""Performance: bringing the journal's events to the event store.

export(store, limit=) -> int          the next stretch of the journal, and how many events it had; 0 once all is exported
"""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from customhouse.performance import EventStore, Recorded, event_table
from customhouse_server.journal import store as journal

_READER = "event store"


def event_store() -> EventStore:
    """The event store of this installation."""
    return EventStore(Path(settings.EVENT_STORE))


def export(store: EventStore, *, limit: int = 50_000) -> int:
    """Write the next events of the journal to the store; if anything fails on the way, the same stretch comes again and replaces itself."""
    with transaction.atomic():
        events = journal.read_on(_READER, limit=limit)
        store.write(event_table(_recorded(each) for each in events))
    return len(events)


def _recorded(event: journal.WrittenEvent) -> Recorded:
    written, _, number = event.position.partition("-")
    return Recorded(int(written), int(number), event.document)
