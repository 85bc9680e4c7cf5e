"""The site as people meet it: the real server and database in a home of their own, and a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pyarrow.parquet as pq
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright
from tests.browser.running_site import PASSWORD, ROOT, SANDBOX, Site, running

from customhouse.pipeline import load_country
from customhouse.research import History

SCREENSHOTS = ROOT / "screenshots"
PICTURED = {(1280, "light"), (375, "dark")}
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # other tests load the same machine


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site, with a year of a country's imports to simulate on."""
    home = ROOT / ".customhouse" / f"browser-{os.getpid()}"
    histories = home / "histories"
    histories.mkdir(parents=True)
    pq.write_table(
        next(History(load_country(str(SANDBOX)).law, first_day=date(2025, 1, 1), seed=1).tables(5_000)), histories / "year.parquet"
    )
    with running(tmp_path_factory.mktemp("site"), home) as site:
        yield site


@pytest.fixture(scope="session")
def site(started: Site) -> str:
    """The address of the running site."""
    return started.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window, Debian's lean one where it is; closed before other modules' tests, whose event loops it would disturb."""
    named = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium-headless-shell", "chromium"]
    chromium = next(filter(None, map(shutil.which, named)), None)
    assert chromium, "the browser tests need Chromium: apt-get install chromium-headless-shell"
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
    """What breaks WCAG 2 AA on a page as it stands."""
    script = Axe().axe_script
    asked = {"runOnly": ["wcag2a", "wcag2aa"], "resultTypes": ["violations"]}

    def found(page: Page) -> list[str]:
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(script)
        broken = page.evaluate("asked => axe.run(document, asked).then(answer => answer.violations)", asked)
        return [f"{each['id']}: {node['target']}" for each in broken for node in each["nodes"]]

    return found


@pytest.fixture(scope="session")
def hindrances(violations: Callable[[Page], list[str]]) -> Callable[[Page, str], list[str]]:
    """What keeps an open page from being for everybody, on desk and phone, in light and dark; it is kept as a picture of that name."""
    SCREENSHOTS.mkdir(exist_ok=True)

    def found(page: Page, name: str) -> list[str]:
        faults = []
        for width, scheme in product((1280, 375), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if (width, scheme) in PICTURED:
                page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            faults += [f"{page.url} {width} {scheme}: {each}" for each in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{page.url} is wider than {width}")
        return faults

    return found
