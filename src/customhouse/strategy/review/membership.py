"""Membership: who sits in a body of the cycle or speaks for a region, from when until when, and what is put to that body."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.kernel import Event, calendar
from customhouse.strategy.plan import Status
from customhouse.strategy.review.cycle import REGIONS, Act, Body
from customhouse.strategy.review.standing import RefusedError, Standing


class Seat(StrEnum):
    """As what somebody sits in a body."""

    CHAIR = "chair"
    MEMBER = "seat_member"


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A person's seat in a body, from a day until before another, or until it is ended."""

    person: str
    body: Body
    seat: Seat = Seat.MEMBER
    valid_from: date
    valid_to: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether the person sits there on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class MembershipGiven(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A person was given a seat in a body."""

    membership: Membership


class MembershipEnded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A person's seat in a body was ended."""

    membership: Membership


def given(membership: Membership, others: Iterable[Membership]) -> Membership:
    """The seat, beside those that the person has; refuses with `RefusedError` what ends before it begins, or a second seat at a time."""
    _require_calendar(membership.valid_from, membership.valid_to)
    if membership.body is Body.SECRETARIAT:
        raise RefusedError("the secretariat has no seats: its people are the administrators of this site")
    if membership.valid_to is not None and membership.valid_to <= membership.valid_from:
        raise RefusedError("the seat ends before it begins")
    for each in others:
        if (each.person, each.body) == (membership.person, membership.body) and _overlap(each, membership):
            raise RefusedError("{person} sits in that body already, from {day}", person=each.person, day=each.valid_from)
    return membership


def ended(membership: Membership, *, on: date) -> Membership:
    """The seat as it ends before a day; refuses with `RefusedError` where it has ended by then, or has not begun."""
    if membership.valid_to is not None and membership.valid_to <= on:
        raise RefusedError("the seat has ended on {day} already", day=membership.valid_to)
    if on <= membership.valid_from:
        raise RefusedError("the seat ends before it begins")
    _require_calendar(on)
    return msgspec.structs.replace(membership, valid_to=on)


def put_to(standing: Standing) -> frozenset[Body]:
    """The bodies that a plan was put to: those whose step is due or was taken, and the regions once there is a draft."""
    met = {each.body for each in standing.steps if each.act is not Act.SKIP}
    due = {standing.due.row.body} if standing.due else set()
    return frozenset(met | due | (set(REGIONS) if standing.status is not Status.OUTLINE else set()))


def _require_calendar(*days: date | None) -> None:
    for _, day in calendar.days_beyond(days):
        raise RefusedError("{why}", why=calendar.beyond(day))


def _overlap(one: Membership, other: Membership) -> bool:
    first, second = sorted((one, other), key=lambda each: each.valid_from)
    return first.valid_to is None or second.valid_from < first.valid_to
