"""People and keys.

person_for(request, at=) -> Person | None      who calls: by `Authorization: Bearer <key>`, else by session
issue_token(person, name, at=) -> str          a key for the person's programs, shown once
revoke_token(person, name, at=) -> int
register_person(by, person, email=, password=) -> Person      administrators only
"""

import datetime as dt
import hashlib
import secrets

from django.http import HttpRequest

from customhouse_server.accounts import store
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role

_TOKEN_LIFE = dt.timedelta(days=90)
_BEARER = "Bearer "


def person_for(request: HttpRequest, *, at: dt.datetime) -> Person | None:
    """The person who calls; a key that is given counts alone, so that a wrong one is never made good by a session."""
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if given:
        return store.person_of_token(_digest(given.removeprefix(_BEARER)), at=at) if given.startswith(_BEARER) else None
    return store.person_of(request.user) if request.user.is_authenticated else None


def issue_token(person: Person, name: str, *, at: dt.datetime) -> str:
    """A new key for the person's programs, valid for 90 days; only its digest is kept, so it can be shown this once."""
    key = secrets.token_urlsafe(32)
    store.save_token(_digest(key), person, name=name, at=at, until=at + _TOKEN_LIFE)
    return key


def revoke_token(person: Person, name: str, *, at: dt.datetime) -> int:
    """End the person's keys of this name; the number that were valid."""
    return store.revoke_tokens(person, name=name, at=at)


def register_person(by: Person, person: Person, *, email: str, password: str) -> Person:
    """Make a person who may sign in; only an administrator may, else `NotPermittedError`."""
    by.require(frozenset({Role.ADMINISTRATOR}), "registering people")
    return store.register(person, email=email, password=password)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
