"""A site that runs: its server and database in a home of their own, with a person of each role."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SANDBOX = ROOT / "countries" / "sandbox"
PASSWORD = "a long password for the tests"  # noqa: S105 - of people who exist in the tests alone
_PYTHON = [sys.executable, "-W", "ignore"]
REGISTER = """
import datetime, django; django.setup()
from django.utils import timezone
from customhouse.development.people import Certificate, Level
from customhouse_server.accounts import store
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
for role in Role:
    trade = role in (Role.TRADER, Role.BROKER)
    person = Person(id=0, username=role.value, name=role.value.title(), role=role, offices=() if trade else ("QZ000101",),
                    parties=("QZ7700000001",) if trade else ())
    store.register(person, email=role.value + "@example.org", password={password!r})
from customhouse_server.people import actions
lapsed = Person(id=0, username="lapsed", name="Lapsed", role=Role.OFFICER, offices=("QZ000101",), parties=())
store.register(lapsed, email="lapsed@example.org", password={password!r})
for username, day in (("officer", timezone.now().date()), ("lapsed", datetime.date(2020, 1, 1))):
    given = Certificate(competence="EXAM", level=Level.TRAINED, assessed_by="", assessed_on=day, evidence="test")
    actions.certify(store.person_named("supervisor"), username, given, at=timezone.now())
"""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site answers, where it keeps its files, and the environment of its commands."""

    address: str
    home: Path
    env: dict[str, str]

    def run(self, *words: str) -> None:
        """Run Python with these words in the environment of the site."""
        subprocess.run([*_PYTHON, *words], env=self.env, check=True, cwd=ROOT, capture_output=True)  # noqa: S603 - our own commands


@contextmanager
def running(folder: Path, home: Path, *, year: int | None = None) -> Iterator[Site]:
    """A site whose country, copied into the folder, draws nothing at random, so that each journey goes one way.

    Where a year is named, a small made-up one lies on its event store and nothing else, and its figures have been worked out.
    """
    country = shutil.copytree(SANDBOX, folder / "country")
    profiles = country / "profiles.toml"
    profiles.write_text(profiles.read_text("utf-8").replace("per_mille = 20", "per_mille = 0"), "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = _at(f"http://127.0.0.1:{port}", home, country)
    _copied(_with_people(folder, country) if year is None else _with_a_year(folder, country, year), home)
    serve = [*_PYTHON, "-m", "customhouse_server.serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(serve, env=site.env, cwd=ROOT) as server:  # noqa: S603 - our own
        _wait_for(site.address)
        yield site
        server.terminate()
    shutil.rmtree(home, ignore_errors=True)


def _at(address: str, home: Path, country: Path) -> Site:
    env = os.environ | {
        "CUSTOMHOUSE_HOME": str(home),
        "CUSTOMHOUSE_COUNTRY": str(country),
        "CUSTOMHOUSE_PERMISSIONS": str(ROOT / "frameworks" / "permissions.toml"),
        "DJANGO_SETTINGS_MODULE": "customhouse_server.settings",
    }
    env.pop("DATABASE_URL", None)  # that of the other tests, where they run in the same process
    return Site(address, home, env)


def _with_people(folder: Path, country: Path) -> Path:
    """A home whose database has every table, and a person of each role."""

    def fill(home: Path) -> None:
        site = _at("", home, country)
        site.run("-m", "customhouse_server.manage", "migrate", "-v0")
        site.run("-c", REGISTER.format(password=PASSWORD))

    return _made_once(folder, "people", fill)


def _with_a_year(folder: Path, country: Path, year: int) -> Path:
    """A home with people and a year of 600 declarations."""

    def fill(home: Path) -> None:
        _copied(_with_people(folder, country), home)
        site = _at("", home, country)
        size = ("--year", str(year), "--declarations", "600", "--workers", "1")
        site.run("-c", "import customhouse.cli; customhouse.cli.main()", "sandbox", "simulate", str(home / "events"), *size)
        site.run("-m", "customhouse_server.manage", "compute_indicators")

    return _made_once(folder, f"year-{year}", fill)


def _made_once(folder: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """A home that the first of the processes of a test run fills for all of them, beside their own folders; nobody runs a site on it."""
    run = folder.parents[1] if "PYTEST_XDIST_WORKER" in os.environ else folder.parent
    home = run / f"home-{name}"
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            unfinished = home.with_suffix(".unfinished")
            unfinished.mkdir(exist_ok=True)
            fill(unfinished)
            unfinished.rename(home)
    return home


def _copied(home: Path, target: Path) -> None:
    """Copy a home; what belongs to the user of its database goes on to do so."""
    target.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "--archive", f"{home}/.", str(target)], check=True)  # noqa: S603, S607 - as found on every machine


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {address}")
