"""Interest: what an officer declares of ties to trade, so that no case is worked on by whoever has one in it."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

_YEAR = timedelta(days=365)


class Tie(StrEnum):
    """What binds the officer to a party."""

    OWNERSHIP = "ownership"
    FAMILY = "family"
    FORMER_EMPLOYER = "former_employer"
    SECOND_JOB = "second_job"
    DEBT = "debt"
    OTHER = "other_tie"


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """One tie to one party, from a day until it ended."""

    party: str
    tie: Tie
    note: str = ""
    since: date
    until: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether the tie is there on the day."""
        return self.since <= on and (self.until is None or on < self.until)


def conflicts(interests: Iterable[Interest], parties: Iterable[str], *, on: date) -> tuple[Interest, ...]:
    """The officer's ties to any of the parties to a case on the day."""
    named = {each.strip().casefold() for each in parties if each.strip()}
    return tuple(each for each in interests if each.holds(on=on) and each.party.strip().casefold() in named)


def next_declaration_on(last: date | None, *, registered_on: date) -> date:
    """The day by which the officer declares again: a year after the last time, or at once."""
    return registered_on if last is None else last + _YEAR
