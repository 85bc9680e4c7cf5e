"""People and their keys in rows."""

import datetime as dt

from django.db import connection

from customhouse_server.accounts.models import Token, User
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role

_PERSON_OF_DIGEST = """
    SELECT u.id, u.username, u.first_name, u.last_name, u.role, u.offices, u.parties
    FROM accounts_token t JOIN accounts_user u ON u.id = t.user_id
    WHERE t.digest = %s AND t.expires_at > %s AND t.revoked_at IS NULL AND u.is_active
"""


def person_of(user: User) -> Person:
    """The person who signed in as this user."""
    return Person(
        id=user.pk,
        username=user.username,
        name=user.get_full_name() or user.username,
        role=Role(user.role),
        offices=tuple(user.offices),
        parties=tuple(user.parties),
    )


def person_named(username: str) -> Person | None:
    """The person with this user name."""
    user = User.objects.filter(username=username).first()
    return None if user is None else person_of(user)


def person_of_token(digest: bytes, *, at: dt.datetime) -> Person | None:
    """The person whose valid key has this digest."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSON_OF_DIGEST, (digest, at))
        row = cursor.fetchone()
    if row is None:
        return None
    name = f"{row[2]} {row[3]}".strip() or row[1]
    return Person(id=row[0], username=row[1], name=name, role=Role(row[4]), offices=tuple(row[5]), parties=tuple(row[6]))


def save_token(digest: bytes, person: Person, *, name: str, at: dt.datetime, until: dt.datetime) -> None:
    """Keep the digest of a new key."""
    Token.objects.create(digest=digest, user_id=person.id, name=name, created_at=at, expires_at=until)


def revoke_tokens(person: Person, *, name: str, at: dt.datetime) -> int:
    """End the person's keys of this name; the number that were valid."""
    return Token.objects.filter(user_id=person.id, name=name, revoked_at=None).update(revoked_at=at)


def register(person: Person, *, email: str, password: str | None, language: str = "en") -> Person:
    """Make a person who may sign in, or bring the one of that user name up to date; without a password none is set."""
    user, _ = User.objects.update_or_create(
        username=person.username,
        defaults={
            "email": email,
            "first_name": person.name,
            "role": person.role.value,
            "offices": list(person.offices),
            "parties": list(person.parties),
            "language": language,
        },
    )
    if password is not None and not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return person_of(user)
