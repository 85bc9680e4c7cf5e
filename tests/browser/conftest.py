"""The site as people meet it: the real server and database in a home of their own, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from customhouse.pipeline import load_country
from customhouse.research import History

ROOT = Path(__file__).resolve().parents[2]
SANDBOX = ROOT / "countries" / "sandbox"
PASSWORD = "a long password for the tests"  # noqa: S105 - of people who exist in the tests alone
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # other tests load the same machine
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site whose country draws nothing at random, so that each journey goes one way."""
    folder = tmp_path_factory.mktemp("site")
    country = shutil.copytree(SANDBOX, folder / "country")
    profiles = country / "profiles.toml"
    profiles.write_text(profiles.read_text("utf-8").replace("per_mille = 20", "per_mille = 0"), "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = ROOT / ".customhouse" / f"browser-{os.getpid()}"
    env = os.environ | {
        "CUSTOMHOUSE_HOME": str(home),
        "CUSTOMHOUSE_COUNTRY": str(country),
        "CUSTOMHOUSE_PERMISSIONS": str(ROOT / "frameworks" / "permissions.toml"),
        "DJANGO_SETTINGS_MODULE": "customhouse_server.settings",
    }
    histories = home / "histories"
    histories.mkdir(parents=True)
    pq.write_table(
        next(History(load_country(str(country)).law, first_day=date(2025, 1, 1), seed=1).tables(5_000)), histories / "year.parquet"
    )
    env.pop("DATABASE_URL", None)  # that of the other tests, where they run in the same process
    python = [sys.executable, "-W", "ignore"]
    subprocess.run([*python, "-m", "customhouse_server.manage", "migrate", "-v0"], env=env, check=True, cwd=ROOT)  # noqa: S603 - our own
    subprocess.run([*python, "-c", REGISTER.format(password=PASSWORD)], env=env, check=True, cwd=ROOT)  # noqa: S603 - our own
    with subprocess.Popen([*python, "-m", "customhouse_server.serve", "--port", str(port), "--workers", "1"], env=env, cwd=ROOT) as server:  # noqa: S603
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
        server.terminate()
    shutil.rmtree(home, ignore_errors=True)


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {address}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; closed before the tests of another module, whose event loops it would be in the way of."""
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    assert chromium, "the browser tests need Chromium: apt-get install chromium"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET + sandbox)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def kept() -> dict[str, StorageState]:
    """What a browser keeps of each person who has signed in once."""
    return {}


@pytest.fixture
def signed_in(site: str, browser: Browser, kept: dict[str, StorageState]) -> Callable[[str], StorageState]:
    """What a browser keeps of somebody who signed in; each signs in once."""

    def state(who: str) -> StorageState:
        if who not in kept:
            with browser.new_context(base_url=site) as context:
                page = context.new_page()
                page.goto("/account/login/")
                page.fill("#id_login", who)
                page.fill("#id_password", PASSWORD)
                page.click("main button")
                page.wait_for_url("/")
                kept[who] = context.storage_state()
        return kept[who]

    return state


@pytest.fixture
def visit(site: str, browser: Browser, signed_in: Callable[[str], StorageState]) -> Iterator[Callable[..., Page]]:
    """Open the site as somebody: `visit("trader", "/declarations/")`, nobody for the public; options are those of a browser context."""
    contexts = []

    def opened(who: str = "", path: str = "/", **options: object) -> Page:
        state = signed_in(who) if who else None
        context = browser.new_context(base_url=site, locale=str(options.pop("locale", "en-GB")), storage_state=state, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """What breaks WCAG 2 AA on a page."""
    axe = Axe()

    def found(page: Page) -> list[str]:
        answer = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response
        return [f"{each['id']}: {node['target']}" for each in answer["violations"] for node in each["nodes"]]

    return found
