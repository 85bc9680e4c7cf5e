"""How customs performs: times, indicators and trackers, computed from events alone and traced back to them."""

from customhouse.performance.compaction import compact_day
from customhouse.performance.event_store import SCHEMA, EventStore, Recorded, StageReached, event_table
from customhouse.performance.history import Happening, happenings, history
from customhouse.performance.stamp import Fault, Stamp, read_stamps

__all__ = [
    "SCHEMA",
    "EventStore",
    "Fault",
    "Happening",
    "Recorded",
    "StageReached",
    "Stamp",
    "compact_day",
    "event_table",
    "happenings",
    "history",
    "read_stamps",
]
