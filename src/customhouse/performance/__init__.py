"""How customs performs: times, indicators and trackers, computed from events alone and traced back to them."""

from customhouse.performance.event_store import SCHEMA, EventStore, Recorded, StageReached, event_table

__all__ = [
    "SCHEMA",
    "EventStore",
    "Recorded",
    "StageReached",
    "event_table",
]
