"""Partners: those whom customs works with, what was agreed with them, and what came of meeting them (plan activities 1.4, 6.3, 6.4)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from customhouse.kernel import calendar
from customhouse.saying import Saying, saying
from customhouse_server.register.office import rated


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

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:  # noqa: ARG002 - as every document of a register is asked
        """What makes no sense, by field: a rating off the scale."""
        return rated(interest=self.interest, influence=self.influence)


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

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: what is signed by nobody or not yet, ends before that, or is looked at again outside its term."""
        yield from calendar.to_come(on=on, signed_on=self.signed_on)
        yield from _nameless(parties=self.parties)
        if not self.parties:
            yield "parties", saying("say between whom it was agreed")
        if self.ends_on is not None and self.ends_on < self.signed_on:
            yield "ends_on", saying("{day} is before it was signed on {signed}", day=self.ends_on, signed=self.signed_on)
        if self.review_on is not None and self.review_on < self.signed_on:
            yield "review_on", saying("{day} is before it was signed on {signed}", day=self.review_on, signed=self.signed_on)
        if self.review_on is not None and self.ends_on is not None and self.review_on > self.ends_on:
            yield "review_on", saying("{day} is after it ends on {last}", day=self.review_on, last=self.ends_on)


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

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: an end before the beginning, numbers for names, and what came of it before it began."""
        yield from _nameless(participants=self.participants)
        if self.ends_on is not None and self.ends_on < self.begins_on:
            yield "ends_on", saying("{day} is before it begins on {first}", day=self.ends_on, first=self.begins_on)
        if self.begins_on > on:
            early = [name for name in ("decisions", "outcome", "outputs") if getattr(self, name)]
            yield from ((name, saying("it begins on {first}: nothing has come of it yet", first=self.begins_on)) for name in early)


def _nameless(**names: Iterable[str]) -> Iterator[tuple[str, Saying]]:
    """Of the lists of names, by their fields, those in which something without a letter stands."""
    for field, told in names.items():
        strange = [each for each in told if not any(map(str.isalpha, each))]
        if strange:
            yield field, saying("{names} is no name: say who it is", names=strange)
