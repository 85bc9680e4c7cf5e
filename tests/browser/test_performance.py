"""How customs performs, as people meet it: the public, an officer, a supervisor; every page for everybody."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect
from tests.browser.running_site import Site, running

PATHS = [
    ("", "/performance/?period=2025"),
    ("", "/performance/indicators/TF-02/?period=2025-06"),
    ("", "/performance/indicators/TF-06/events/?period=2025-06"),
    ("", "/performance/studies/"),
    ("", "/performance/assessments/?year=2025"),
    ("officer", "/performance/?period=2025-06"),
    ("officer", "/performance/indicators/EN-01/?period=2025"),
    ("officer", "/performance/indicators/TF-06/events/?period=2025-06"),
    ("officer", "/performance/studies/new/"),
    ("officer", "/performance/stamps/"),
    ("supervisor", "/performance/indicators/OR-03/?period=2025"),
    ("supervisor", "/performance/assessments/?year=2025"),
    ("supervisor", "/performance/assessments/2025/TF-01/"),
]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, on which a small made-up year has been measured."""
    with running(folder := tmp_path_factory.mktemp("performance"), folder / "home", year=2025) as found:
        yield found


@pytest.fixture(scope="module")
def site(started: Site) -> str:
    """The address of that site."""
    return started.address


@pytest.fixture(scope="module")
def kept() -> dict[str, StorageState]:
    """What a browser keeps of those who signed in there."""
    return {}


@pytest.fixture(scope="module")
def done(started: Site) -> Callable[..., None]:
    """Run a command of the site."""
    return lambda *words: started.run("-m", "customhouse_server.manage", *words)


def asked(page: Page, title: str) -> None:
    """Ask for a study of two months on its form."""
    page.fill("#title", title)
    for name, day in (("start", "2025-06-01"), ("end", "2025-08-01"), ("seen_until", "2025-10-01")):
        page.fill(f"#{name}", day)
    page.fill("[name='target:arrived to released']", "48")
    page.click("main form button")


def test_every_page_of_performance_is_for_everybody(
    visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]], done: Callable[..., None]
) -> None:
    assert done
    pages = {who: visit(who) for who in ("", "officer", "supervisor")}
    faults = []
    for place, (who, path) in enumerate(PATHS):
        answer = pages[who].goto(path)
        assert answer
        assert answer.status == 200, path
        faults += hindrances(pages[who], f"performance-{place:02}-{who or 'public'}")
    assert not faults, "\n".join(faults)


def test_an_officer_follows_a_figure_to_the_timeline_of_a_declaration(visit: Callable[..., Page], done: Callable[..., None]) -> None:
    assert done
    page = visit("officer", "/performance/?period=2025")
    expect(page.get_by_text("A made-up year")).to_be_visible()
    page.click("article:has-text('Consignments examined') .figure a")
    expect(page.locator("h1")).to_contain_text("Consignments examined")
    page.click("table[data-keys] tbody a >> nth=0")
    expect(page.locator(".timeline")).to_contain_text("Accepted")
    page.click(".timeline summary >> nth=0")
    expect(page.locator(".timeline pre >> nth=0")).to_contain_text("declaration_id")


def test_an_officer_asks_for_a_study_leaves_and_finds_its_result(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], done: Callable[..., None]
) -> None:
    page = visit("officer", "/performance/studies/new/")
    asked(page, "Summer")
    expect(page.locator("progress")).to_be_visible()
    assert violations(page) == []
    watching = page.context.new_page()
    watching.goto(page.url)
    page.goto("/")
    done("procrastinate", "worker", "--one-shot")
    expect(watching.locator(".headline")).to_contain_text("Half of all goods took at most")
    page.goto("/performance/studies/")
    page.click("text=Summer")
    expect(page.locator(".headline")).to_contain_text("Half of all goods took at most")
    expect(page.locator("svg.chart")).to_have_count(4)
    assert violations(page) == []
    page.select_option("#stratum", "lane")
    page.click("#strata form button")
    expect(page).to_have_url(re.compile("stratum=lane"))
    page.click("#strata tbody a:has-text('Green')")
    expect(page.locator("h1")).to_contain_text("Lane: Green")
    page.click("table[data-keys] tbody a >> nth=0")
    expect(page.locator(".timeline")).to_contain_text("Accepted")


def test_a_supervisor_plans_and_publishes_and_the_public_reads_it(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], done: Callable[..., None]
) -> None:
    asked(visit("officer", "/performance/studies/new/"), "Autumn")
    done("procrastinate", "worker", "--one-shot")
    page = visit("supervisor", "/performance/studies/")
    page.click("text=Autumn")
    page.click("summary:has-text('Plan an action')")
    for name, text in (("finding", "Late lodging"), ("action", "Ask brokers to lodge early"), ("owner", "Trade relations")):
        page.fill(f"#{name}", text)
    page.fill("#due", "2025-12-01")
    page.click("details[open] form button")
    expect(page.locator("main")).to_contain_text("Ask brokers to lodge early")
    page.click("button:has-text('Publish')")
    expect(page.locator("h1")).to_contain_text("Published")
    public = visit("", "/performance/", viewport={"width": 375, "height": 900})
    public.click("text=Autumn")
    expect(public.locator("main")).to_contain_text("Ask brokers to lodge early")
    assert violations(public) == []
    assert not public.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert public.locator("a[href*='/declarations/?stratum']").count() == 0
    with public.expect_download() as fetched:
        public.click("text=The report as PDF")
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF-")


def test_the_public_page_reads_in_french(visit: Callable[..., Page], done: Callable[..., None]) -> None:
    assert done
    page = visit("", "/performance/?period=2025", locale="fr-FR")
    expect(page.locator("h1")).to_contain_text("Les résultats de la douane")
    expect(page.locator("main")).to_contain_text("Envois visités")
    expect(page.locator("main")).to_contain_text("Une année inventée")
    for english in ("Short of the target", "Beside it", "of declarations", "No source yet"):
        assert english not in page.locator("main").inner_text()


def test_the_page_reads_without_script_and_prints_without_buttons(visit: Callable[..., Page], done: Callable[..., None]) -> None:
    assert done
    page = visit("", "/performance/?period=2025", java_script_enabled=False)
    expect(page.locator("article.card").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("main form").first).to_be_hidden()
