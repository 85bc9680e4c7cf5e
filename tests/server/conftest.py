"""The site under test: a real PostgreSQL in a home folder of its own, one database for each parallel run."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import msgspec
import pytest
from pytest_django.fixtures import Settings

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
os.environ.setdefault("CUSTOMHOUSE_HOME", str(ROOT / ".customhouse" / "tests"))
sys.path.insert(0, str(ROOT / "benchmarks"))  # the sample declarations of the benchmarks serve here too
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - the framework is set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402

from customhouse import pipeline  # noqa: E402
from customhouse.performance import EventStore, Recorded, event_table  # noqa: E402
from customhouse.pipeline import simulated  # noqa: E402
from customhouse_server.accounts import actions as accounts  # noqa: E402
from customhouse_server.accounts import store as accounts_store  # noqa: E402
from customhouse_server.accounts.person import Person  # noqa: E402
from customhouse_server.accounts.role import TRADE, Role  # noqa: E402

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
OFFICE = "QZ000101"
PARTY = "QZ12345678"


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Leave to no test the language in which another asked for a page: a request sets it for the whole thread."""
    yield
    translation.deactivate()


@pytest.fixture
def person(db: None) -> Callable[..., Person]:  # noqa: ARG001 - people are rows
    """Register a person: of trade for one party, of customs for one office, unless said otherwise."""

    def registered(username: str, role: Role = Role.TRADER, *, party: str = PARTY, office: str = OFFICE) -> Person:
        offices = () if role in TRADE else (office,)
        parties = (party,) if role in TRADE else ()
        unsaved = Person(id=0, username=username, name=username.title(), role=role, offices=offices, parties=parties)
        return accounts_store.register(unsaved, email=f"{username}@example.org", password=None)

    return registered


@pytest.fixture
def caller(person: Callable[..., Person]) -> Callable[..., Client]:
    """A client that gives the key of a person in each call."""

    def calling(username: str, role: Role = Role.TRADER, **bounds: str) -> Client:
        key = accounts.issue_token(person(username, role, **bounds), "tests", at=dt.datetime.now(dt.UTC))
        return Client(headers={"Authorization": f"Bearer {key}"})

    return calling


@pytest.fixture
def people(person: Callable[..., Person]) -> tuple[Person, Person, Person]:
    """A trader, and an officer and a supervisor of the same office."""
    return person("ann"), person("olu", Role.OFFICER), person("sue", Role.SUPERVISOR)


@pytest.fixture(scope="session")
def made_up_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The event store of five weeks of the sandbox, from April to May 2026."""
    country = pipeline.load_country("sandbox")
    world = simulated.World.of(country, simulated.read_scenario(country.scenario), on=dt.date(2026, 1, 1))
    days = list(simulated.year_days(2026, declarations=6_000))[100:135]
    told = simulated.in_order((day, simulated.simulated_day(world, day, seed="1")) for day in days)
    store = EventStore(tmp_path_factory.mktemp("year"))
    store.write(event_table(Recorded(place, place, msgspec.json.encode(event).decode()) for place, event in enumerate(told, start=1)))
    store.mark_made_up()
    return store.folder


@pytest.fixture
def year(made_up_year: Path, settings: Settings) -> EventStore:
    """The made-up weeks as the event store of the site."""
    settings.EVENT_STORE = str(made_up_year)
    return EventStore(made_up_year)


@pytest.fixture
def browser_of(person: Callable[..., Person]) -> Callable[..., Client]:
    """A browser in which a person has signed in, registered if need be; nobody for the public."""

    def signed_in(username: str = "", role: Role = Role.OFFICER, **bounds: str) -> Client:
        browser = Client(headers={"host": "localhost"})
        if username:
            user = get_user_model().objects.filter(username=username).first()
            pk = user.pk if user else person(username, role, **bounds).id
            browser.force_login(get_user_model().objects.get(pk=pk), backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return signed_in


@pytest.fixture
def written(db: None) -> Callable[[], list[tuple[str, str]]]:  # noqa: ARG001 - events are rows
    """The kind and document of every event of the transaction that the test runs in."""

    def events() -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind, document::text FROM journal_event ORDER BY id")
            return cursor.fetchall()

    return events
