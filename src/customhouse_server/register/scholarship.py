"""Scholarship: calls for papers, the sessions of a conference, and the data sets that research may use (plan activities 7.1 and 7.2)."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import msgspec

from customhouse.kernel import calendar
from customhouse.saying import Saying, saying


class Call(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call for papers: until when abstracts come in, and when and where they are heard."""

    title: str
    scope: str
    opens_on: dt.date
    closes_on: dt.date
    conference_on: dt.date | None = None
    place: str = ""
    activities: tuple[str, ...] = ()

    def stands(self, *, on: dt.date) -> str:
        """In a word, whether abstracts come in on the day."""
        return "to come" if on < self.opens_on else "closed" if on > self.closes_on else "in force"

    def due(self, *, on: dt.date) -> dt.date | None:
        """The last day for abstracts; nothing once it has passed."""
        return self.closes_on if on <= self.closes_on else None

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:  # noqa: ARG002 - as every document of a register is asked
        """What makes no sense, by field: a call that closes before it opens, or a conference while abstracts still come in."""
        if self.closes_on < self.opens_on:
            yield "closes_on", saying("{day} is before it opens on {first}", day=self.closes_on, first=self.opens_on)
        if self.conference_on is not None and self.conference_on <= self.closes_on:
            yield "conference_on", saying("{day} is not after {last}, the last for abstracts", day=self.conference_on, last=self.closes_on)


class Abstract(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an author answers a call with: what the paper is about, who writes it, and which data sets it asks for by their titles."""

    title: str
    abstract: str
    authors: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    institutions: tuple[str, ...] = ()
    data_sets: tuple[str, ...] = ()


class Session(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session in the programme of a conference, and the papers heard in it by their codes."""

    conference: str
    title: str
    day: dt.date
    begins_at: Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    place: str = ""
    chair: str = ""
    papers: tuple[str, ...] = ()


class DataSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set of data: who keeps it, how it is protected, and under which conditions it is given out."""

    title: str
    scope: str
    custodian: str
    protection: str
    fewest_contributors: int
    quasi_identifiers: tuple[str, ...] = ()
    identifier: str = ""
    released_on: dt.date | None = None

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: sums of fewer than one contributor, and a release of a day to come."""
        yield from calendar.to_come(on=on, released_on=self.released_on)
        if self.fewest_contributors < 1:
            yield "fewest_contributors", saying("a sum is of one contributor at least")
