"""Draft: what a person has typed so far, kept on the server at every pause."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from customhouse.saying import Refusal


class StaleDraftError(Refusal, ValueError):
    """The draft was saved elsewhere meanwhile; nothing is overwritten, and `current` is what was saved."""

    def __init__(self, current: "Draft") -> None:
        """Refuse with the draft as it is."""
        super().__init__(
            "the draft was saved elsewhere at {instant} UTC: open it again to go on from there",
            instant=f"{current.saved_at:%Y-%m-%d %H:%M}",
        )
        self.current = current


class UnknownDraftError(Refusal, LookupError):
    """There is no such draft among the person's own."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: the fields by name as typed, and the version that the next save must name."""

    id: UUID
    owner_id: int
    fields: dict[str, str]
    version: int
    saved_at: dt.datetime
