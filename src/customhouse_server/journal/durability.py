"""Durability: the site does not run on a database that could forget what it has acknowledged."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import connection

_MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")


def durability_findings(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """An error for each setting that lets the database lose what it said was committed."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (list(_MUST_BE_ON),))
        return [
            Error(
                f"PostgreSQL runs with {name} = {setting}, and could lose acknowledged declarations in a crash.",
                hint=f"Set {name} to on.",
                id=f"journal.{name}",
            )
            for name, setting in cursor.fetchall()
            if setting == "off" or (name == "synchronous_commit" and setting == "local")
        ]
