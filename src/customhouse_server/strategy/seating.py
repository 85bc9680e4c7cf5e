"""Seating: who sits in the bodies that deal with plans, or speaks for a region; the secretariat keeps it.

seats(person) -> dict[int, Membership]           administrators see all, everybody else his own
seat(by, Membership, at=) -> number              administrators; refuses with the core's `RefusedError`, and `UnknownPersonError`
end(by, number, on=, at=)                        the same
bodies_of(person, on=) -> frozenset[Body]        in which a person sits on a day
"""

import datetime as dt

from django.db import transaction

from customhouse.saying import Refusal
from customhouse.strategy import review
from customhouse_server.accounts import store as accounts
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.strategy import store

SECRETARIAT = frozenset({Role.ADMINISTRATOR})


class UnknownPersonError(Refusal, LookupError):
    """Nobody of that name signs in here."""


def seats(person: Person) -> dict[int, review.membership.Membership]:
    """The seats by their numbers."""
    return store.seats(person_id=None if person.role in SECRETARIAT else person.id)


def bodies_of(person: Person, *, on: dt.date) -> frozenset[review.cycle.Body]:
    """The bodies in which a person sits on a day."""
    return frozenset(each.body for each in store.seats(person_id=person.id).values() if each.holds(on=on))


def seat(by: Person, membership: review.membership.Membership, *, at: dt.datetime) -> int:
    """Give a person a seat in a body; its number."""
    by.require(SECRETARIAT, "giving a seat in a body")
    person = accounts.person_named(membership.person)
    if person is None:
        raise UnknownPersonError("nobody of the name {name} signs in here", name=membership.person)
    with transaction.atomic():
        given = review.membership.given(membership, store.seats(person_id=person.id).values())
        number = store.add_seat(given, person_id=person.id)
        journal.record(review.membership.MembershipGiven(occurred_at=at, membership=given), actor=by.username)
    return number


def end(by: Person, number: int, *, on: dt.date, at: dt.datetime) -> None:
    """End a seat before a day."""
    by.require(SECRETARIAT, "ending a seat in a body")
    with transaction.atomic():
        ended = review.membership.ended(store.seat_of(number), on=on)
        store.end_seat(number, on=on)
        journal.record(review.membership.MembershipEnded(occurred_at=at, membership=ended), actor=by.username)
