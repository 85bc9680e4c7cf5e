"""People and keys.

person_for(request, at=) -> Person | None      who calls: by `Authorization: Bearer <key>`, else by session
issue_token(person, name, at=) -> str          a key for the person's programs, shown once
revoke_token(person, name, at=) -> int
register_person(by, person, email=, password=, at=) -> Person      administrators only
register_here(person, email=, password=, at=) -> Person            from the command line, where nobody can sign in yet

Each act has its event in the same transaction; no event holds a key, a password or an address.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.http import HttpRequest

from customhouse.kernel import Event
from customhouse_server.accounts import store
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal

_TOKEN_LIFE = dt.timedelta(days=90)
_BEARER = "Bearer "
_COMMAND = "command line"


class PersonRegistered(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A person who may sign in was registered, or brought up to date."""

    person: str
    role: Role
    offices: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


class KeyIssued(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A key for a person's programs was issued, under a name, until an instant."""

    person: str
    name: str
    until: dt.datetime


class KeysRevoked(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The keys of a person's programs under a name were ended."""

    person: str
    name: str
    keys: int


def person_for(request: HttpRequest, *, at: dt.datetime) -> Person | None:
    """The person who calls; a key that is given counts alone, so that a wrong one is never made good by a session."""
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if given:
        return store.person_of_token(_digest(given.removeprefix(_BEARER)), at=at) if given.startswith(_BEARER) else None
    return store.person_of(request.user) if request.user.is_authenticated else None


def issue_token(person: Person, name: str, *, at: dt.datetime) -> str:
    """A new key for the person's programs, valid for 90 days; only its digest is kept, so it can be shown this once."""
    key, until = secrets.token_urlsafe(32), at + _TOKEN_LIFE
    with transaction.atomic():
        store.save_token(_digest(key), person, name=name, at=at, until=until)
        journal.record(KeyIssued(occurred_at=at, person=person.username, name=name, until=until), actor=person.username)
    return key


def revoke_token(person: Person, name: str, *, at: dt.datetime) -> int:
    """End the person's keys of this name; the number that were valid."""
    with transaction.atomic():
        keys = store.revoke_tokens(person, name=name, at=at)
        if keys:
            journal.record(KeysRevoked(occurred_at=at, person=person.username, name=name, keys=keys), actor=person.username)
    return keys


def register_person(by: Person, person: Person, *, email: str, password: str, at: dt.datetime) -> Person:
    """Make a person who may sign in; only an administrator may, else `NotPermittedError`."""
    by.require(frozenset({Role.ADMINISTRATOR}), "registering people")
    with transaction.atomic():
        journal.record(_registered(person, at=at), actor=by.username)
        return store.register(person, email=email, password=password)


def register_here(person: Person, *, email: str, password: str, at: dt.datetime) -> Person:
    """Make a person who may sign in, or bring one up to date, for who has the command line of the site."""
    with transaction.atomic():
        journal.record(_registered(person, at=at), actor=_COMMAND)
        return store.register(person, email=email, password=password)


def _registered(person: Person, *, at: dt.datetime) -> PersonRegistered:
    return PersonRegistered(occurred_at=at, person=person.username, role=person.role, offices=person.offices, parties=person.parties)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
