"""E17: what holds goods longest becomes a TFA action, a donor's project, a figure of the plan, and a report to the Council."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect
from tests.browser.pdf_text import pdf_text
from tests.browser.running_site import Site, running
from tests.browser.test_development import CASE, ROWS, add, fill, pledge
from tests.browser.test_plan_journey import load

from customhouse.performance import EventStore, indicator

YEAR = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=182)).year
"""A year of which at least half lies in the last twelve months, for which a project shows a live figure."""
PLAN = f"""
name: e17
title: Plan of trade
valid_from: {YEAR}-01-01
valid_to: {YEAR + 3}-01-01
building_blocks: {{RISK: Intelligence-driven risk management}}
goals:
  - number: 1
    title: Faster trade
    activities:
      - {{number: 1.1, title: Goods known before they arrive, building_blocks: [RISK]}}
operation: {{currency: EUR, year_begins: 01-01}}
"""
ABOUT = {"region": "East", "country": "QZ", "theme": "facilitation", "instrument": "training", "currency": "EUR"}
MEASURED = {
    "result": "O1",
    "name": "Lodged before arrival",
    "unit": "share",
    "baseline": "0.3",
    "target": "0.8",
    "due_on": f"{YEAR + 2}-01-01",
}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, on whose event store lies a simulated year and nothing else."""
    with running(folder := tmp_path_factory.mktemp("e17"), folder / "home", year=YEAR) as found:
        yield found


@pytest.fixture(scope="module")
def site(started: Site) -> str:
    """The address of that site."""
    return started.address


@pytest.fixture(scope="module")
def kept() -> dict[str, StorageState]:
    """What a browser keeps of those who signed in there."""
    return {}


def bottleneck(page: Page, work: Callable[..., None]) -> None:
    """Do a study, read what it found, and plan an action against it."""
    page.goto("/performance/studies/new/")
    page.fill("#title", "Spring")
    for name, day in (("start", f"{YEAR}-02-01"), ("end", f"{YEAR}-04-01"), ("seen_until", f"{YEAR}-06-01")):
        page.fill(f"#{name}", day)
    page.click("main form button")
    expect(page.locator("progress")).to_be_visible()
    work("-m", "customhouse_server.manage", "procrastinate", "worker", "--one-shot")
    page.reload()
    expect(page.locator("main")).to_contain_text("The costliest reason is: lodged only after the goods were at hand")
    page.click("summary:has-text('Plan an action')")
    due = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=90)).isoformat()
    for name, text in (
        ("finding", "Brokers lodge late"),
        ("action", "Take declarations before arrival"),
        ("owner", "supervisor"),
        ("due", due),
    ):
        page.fill(f"#{name}", text)
    page.select_option("#by", "available to lodged")
    page.click("details[open] form button")
    page.click("a:has-text('Make it a TFA action')")
    expect(page.locator("#title")).to_have_value("Take declarations before arrival")
    expect(page.locator("#due_on")).to_have_value(due)
    page.click("main form button:has-text('Record')")


def project(page: Page) -> None:
    """Make the action a project that a donor pays for, with a live indicator."""
    page.click("summary:has-text('Take declarations before arrival')")
    page.click("a:has-text('Make it a project')")
    expect(page.locator("#new-title")).to_have_value("Take declarations before arrival")
    fill(page, "new", ABOUT)
    page.click("text=Open a project")
    expect(page.locator("h1")).to_contain_text("Take declarations before arrival")
    address = page.url
    pledge(page)
    page.goto(address)
    for part in ("options", "flows", "results", "budget"):
        for row in ROWS[part]:
            add(page, part, row)
    for row in ROWS["indicators"][1:]:
        add(page, "indicators", row)
    add(page, "indicators", MEASURED | {"code": "K1", "live": "TF-01", "means_of_verification": "The event store"})
    page.click("text=Change the business case")
    fill(page, "case", CASE)
    page.locator("form:has([name=case]) button").click()
    for move in ("Call it prepared", "Appraise"):
        page.click(f"button:has-text('{move}')")
    expect(page.locator("h1")).to_contain_text("Appraised")
    fill(page, "tranche", {"code": "T1", "amount": "1000", "condition": "Officers are trained", "due_on": f"{YEAR + 1}-06-01"})
    page.click("text=Agree the tranche")
    expect(page.get_by_role("region", name="Tranches")).to_contain_text("Fund, Reform")


def planned(administrator: Page, supervisor: Page, plan: str, code: str) -> None:
    """Put an indicator into the operational plan, and let another person record its approval."""
    administrator.goto(f"{plan}annex/indicators/")
    administrator.fill("#code", code)
    administrator.select_option("#activity", "1.1")
    administrator.click("main form button:has-text('Save')")
    expect(administrator.locator("td a", has_text=code)).to_be_visible()
    administrator.goto(f"{plan}indicators/")
    administrator.click("text=Put before the Audit Committee")
    supervisor.goto(f"{plan}indicators/")
    supervisor.fill("[name=decision]", "AC/2")
    supervisor.fill("[name=meeting]", "the 84th session")
    supervisor.fill("[name=decided_on]", dt.datetime.now(dt.UTC).date().isoformat())
    supervisor.fill("[name=reason]", "The committee meets in February alone, and the plan begins before.")
    supervisor.click("button[name=approve]")
    expect(supervisor.locator("section.panel.good", has_text=code)).to_be_visible()


def test_a_bottleneck_becomes_an_action_a_project_a_figure_of_the_plan_and_a_report_to_the_council(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], started: Site, tmp_path: Path
) -> None:
    supervisor, administrator = visit("supervisor"), visit("administrator")
    bottleneck(supervisor, started.run)
    expect(supervisor.locator("h1")).to_contain_text("7.1 Processing before arrival")
    expect(supervisor.get_by_text("Brokers lodge late: the goods at hand to lodging (time release study “Spring”)").first).to_be_visible()
    assert violations(supervisor) == []
    project(supervisor)
    assert violations(supervisor) == []
    supervisor.get_by_role("region", name="Progress").get_by_role("link", name="TF-01").click()
    expect(supervisor.locator("h1")).to_contain_text("Declarations lodged before the goods arrive")
    supervisor.goto("/trackers/tfa/7.1/")
    expect(supervisor.get_by_role("link", name="Take declarations before arrival")).to_be_visible()
    load(administrator, tmp_path, PLAN)
    expect(administrator.locator("h1")).to_contain_text("Plan of trade")
    plan = administrator.url
    for code in ("TF-01", "TFA-7.9"):
        planned(administrator, supervisor, plan, code)
    assert violations(supervisor) == []
    administrator.goto(f"{plan}reports/")
    administrator.select_option("#halves", "2")
    administrator.click("button:has-text('Write the report')")
    expect(administrator.locator("td p", has_text="TFA-7.9")).to_be_visible()
    assert violations(administrator) == []
    reported(administrator, EventStore(started.home / "events"))


def reported(page: Page, store: EventStore) -> None:
    """The figures of the report: on paper as on the page, and each opens the events that make it, no more and no fewer."""
    with page.expect_download() as fetched:
        page.evaluate(
            """() => { const link = document.querySelector("a[href$='report.pdf']"); link.download = "report.pdf"; link.click() }"""
        )
    paper, here = re.sub(r"\s+", " ", pdf_text(Path(fetched.value.path()).read_bytes())), page.url
    assert "Report of the Secretary General" in paper
    for code in ("TF-01", "TFA-7.9"):
        page.goto(here)
        link = page.locator("td p", has_text=code).get_by_role("link")
        counted, total, unit = counts(store, code)
        assert link.inner_text() == f"{float(f'{counted / total:.4g}'):g} {unit}"
        assert link.inner_text() in paper
        link.click()
        expect(page.locator("caption")).to_have_text(f"{total:,} events")
        expect(page.locator("h1")).to_contain_text(f"{round(100 * counted / total, 1)}\N{NO-BREAK SPACE}%")


def counts(store: EventStore, code: str) -> tuple[int, int, str]:
    """How many events of the year count for a share, and out of how many, by its formula alone."""
    root = Path(__file__).resolve().parents[2] / "indicators"
    sets = [indicator.read_indicators((root / f"{name}.toml").read_text("utf-8")) for name in ("customs", "tfa")]
    found = next(each for one in sets for each in one.indicators if each.code == code)
    year = {"start": dt.date(YEAR, 1, 1), "end": dt.date(YEAR + 1, 1, 1)}
    rows = store.connect().execute(f"SELECT count(*) FILTER (counted), count(*) FROM ({found.events})", year).fetchall()  # noqa: S608 - ours
    return rows[0][0], rows[0][1], found.unit
