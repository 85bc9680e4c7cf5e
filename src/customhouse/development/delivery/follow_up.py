"""Follow-up: what became of a mission's recommendation 6, 12 and 24 months after it was made."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.development.clock import Clock, clock
from customhouse.kernel import calendar, months_after


class After(StrEnum):
    """After how many months one looks again."""

    SIX = "6"
    TWELVE = "12"
    TWENTY_FOUR = "24"


class Outcome(StrEnum):
    """What became of a recommendation."""

    DONE = "carried_out"
    PARTLY = "partly_carried_out"
    NOT = "not_carried_out"
    DROPPED = "no_longer_relevant"


class Recommended(msgspec.Struct, frozen=True, kw_only=True):
    """What a mission recommends."""

    code: str
    text: str
    made_on: date


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """What was found so many months after a recommendation, and by which evidence."""

    recommendation: str
    months: After
    on: date
    outcome: Outcome
    evidence: str


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that is due, with its clock, and what was found once it is done."""

    recommendation: str
    months: int
    clock: Clock
    found: FollowUp | None


def reviews(recommended: Iterable[Recommended], follow_ups: Iterable[FollowUp], *, on: date) -> tuple[Review, ...]:
    """Every follow-up, the one due first before the others; none is due any more once a recommendation is carried out or irrelevant.

    What was made on a day of no year of the calendar is not followed up: no months can be counted from it.
    """
    done = {(each.recommendation, int(each.months)): each for each in follow_ups if each.on <= on}
    settled = {each.recommendation for each in done.values() if each.outcome in (Outcome.DONE, Outcome.DROPPED)}
    found = [
        Review(
            recommendation=each.code,
            months=months,
            clock=_clock(each, months, done.get((each.code, months)), on=on),
            found=done.get((each.code, months)),
        )
        for each in recommended
        if each.made_on.year in calendar.YEARS
        for months in map(int, After)
        if (each.code, months) in done or each.code not in settled
    ]
    return tuple(sorted(found, key=lambda each: (each.clock.due_on, each.recommendation)))


def _clock(recommended: Recommended, months: int, done: FollowUp | None, *, on: date) -> Clock:
    return clock(months_after(recommended.made_on, months), on=on, done_on=done.on if done else None)
