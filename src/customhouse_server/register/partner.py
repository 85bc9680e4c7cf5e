"""Partners: those whom customs works with, what was agreed with them, and what came of meeting them (plan activities 1.4, 6.3, 6.4)."""

import datetime as dt
from enum import StrEnum

import msgspec


class Sort(StrEnum):
    """What a stakeholder is."""

    BUSINESS = "business"
    ADMINISTRATION = "administration"
    AGENCY = "agency"
    DONOR = "donor"
    UNIVERSITY = "university"
    INTERNATIONAL_ORGANIZATION = "international organization"
    CIVIL_SOCIETY = "civil society"


class Gathering(StrEnum):
    """What people came to."""

    MEETING = "meeting"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    GROUP_SESSION = "session of the private sector group"


class Stakeholder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who has a stake, how much interest and influence from 1 to 5, and whether they sit in the private sector group."""

    name: str
    sort: Sort
    country: str = ""
    interest: int | None = None
    influence: int | None = None
    in_private_sector_group: bool = False
    contact: str = ""
    activities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse with `ValueError` a rating off the scale."""
        if any(each is not None and not 1 <= each <= 5 for each in (self.interest, self.influence)):  # noqa: PLR2004 - the scale
            raise ValueError("interest and influence run from 1 to 5")


class Memorandum(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was agreed, between whom, from when until when, and when it is looked at again."""

    title: str
    parties: tuple[str, ...]
    signed_on: dt.date
    ends_on: dt.date | None = None
    review_on: dt.date | None = None
    scope: str = ""
    outcome: str = ""
    activities: tuple[str, ...] = ()

    def stands(self, *, on: dt.date) -> str:
        """In a word, how it stands on the day."""
        if self.ends_on is not None and on > self.ends_on:
            return "ended"
        return "due for review" if self.review_on is not None and on >= self.review_on else "in force"

    def due(self, *, on: dt.date) -> dt.date | None:
        """The day on which it is looked at again or ends, whichever comes first; nothing once it has ended."""
        if self.ends_on is not None and on > self.ends_on:
            return None
        return min((day for day in (self.review_on, self.ends_on) if day), default=None)


class Output(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of an event, and the code of the indicator that should tell it."""

    what: str
    indicator: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting or an event: who took part, what was decided, and what came of it."""

    title: str
    gathering: Gathering
    begins_on: dt.date
    ends_on: dt.date | None = None
    place: str = ""
    participants: tuple[str, ...] = ()
    decisions: str = ""
    outcome: str = ""
    outputs: tuple[Output, ...] = ()
    activities: tuple[str, ...] = ()

    def stands(self, *, on: dt.date) -> str:
        """In a word, how it stands: what is over and has no outcome yet is told."""
        if on <= (self.ends_on or self.begins_on):
            return "to come"
        return "outcome recorded" if self.outcome or self.outputs else "outcome missing"

    def due(self, *, on: dt.date) -> dt.date | None:
        """The day after which an outcome is missing; nothing once there is one."""
        return None if self.stands(on=on) == "outcome recorded" else self.ends_on or self.begins_on
