"""Event: the base of every fact that the journal keeps."""

from datetime import datetime

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="event", tag=True):
    """A past-tense fact: ids, not objects; the instant it occurred (aware, UTC); the version of its own schema."""

    occurred_at: datetime
    schema_version: int = 1
