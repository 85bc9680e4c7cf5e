"""The site under test: a real PostgreSQL in a home folder of its own, one database for each parallel run."""

import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
os.environ.setdefault("CUSTOMHOUSE_HOME", str(ROOT / ".customhouse" / "tests"))
sys.path.insert(0, str(ROOT / "benchmarks"))  # the sample declarations of the benchmarks serve here too
django.setup()

from django.db import connection  # noqa: E402 - the framework is set up first
from django.test import Client  # noqa: E402

from customhouse_server.accounts import actions as accounts  # noqa: E402
from customhouse_server.accounts import store as people  # noqa: E402
from customhouse_server.accounts.person import Person  # noqa: E402
from customhouse_server.accounts.role import TRADE, Role  # noqa: E402

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
OFFICE = "QZ000101"
PARTY = "QZ12345678"


@pytest.fixture
def person(db: None) -> Callable[..., Person]:  # noqa: ARG001 - people are rows
    """Register a person: of trade for one party, of customs for one office, unless said otherwise."""

    def registered(username: str, role: Role = Role.TRADER, *, party: str = PARTY, office: str = OFFICE) -> Person:
        offices = () if role in TRADE else (office,)
        parties = (party,) if role in TRADE else ()
        unsaved = Person(id=0, username=username, name=username.title(), role=role, offices=offices, parties=parties)
        return people.register(unsaved, email=f"{username}@example.org", password=None)

    return registered


@pytest.fixture
def caller(person: Callable[..., Person]) -> Callable[..., Client]:
    """A client that gives the key of a person in each call."""

    def calling(username: str, role: Role = Role.TRADER, **bounds: str) -> Client:
        key = accounts.issue_token(person(username, role, **bounds), "tests", at=dt.datetime.now(dt.UTC))
        return Client(headers={"Authorization": f"Bearer {key}"})

    return calling


@pytest.fixture
def written(db: None) -> Callable[[], list[tuple[str, str]]]:  # noqa: ARG001 - events are rows
    """The kind and document of every event of the transaction that the test runs in."""

    def events() -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind, document::text FROM journal_event ORDER BY id")
            return cursor.fetchall()

    return events
