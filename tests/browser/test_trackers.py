"""A bottleneck that the figures show becomes an action under a measure, and the measure moves only when the figures do."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.running_site import Site

from customhouse.performance import EventStore, Recorded, event_table

ROOT = Path(__file__).resolve().parents[2]
STORE = EventStore(ROOT / ".customhouse" / f"browser-{os.getpid()}" / "events")  # of the site under test
PAGES = (
    "",
    "tfa/",
    "tfa/7.6/",
    "tfa/5.1/",
    "kyoto/",
    "kyoto/GA 3.26/",
    "safe/",
    "digital/",
    "calendar/",
    "committee/",
    "decisions/",
    "portfolio/",
    "state/action/?subject=tfa/7.6",
    "state/meeting/?subject=committee",
)


def released_after(hours: int, *, stretch: int) -> None:
    """Sixty declarations of yesterday, accepted and released so many hours later; each stretch stands at a place of its own."""
    day = dt.datetime.now(dt.UTC).replace(hour=1, minute=0, second=0, microsecond=0) - dt.timedelta(days=3)
    rows = []
    for place in range(60):
        common = f'"declaration_id": "{stretch}-{place}", "occurred_at": '
        accepted, released = day.isoformat(), (day + dt.timedelta(hours=hours)).isoformat()
        rows.append(Recorded(stretch, 2 * place, f'{{"event": "DeclarationAccepted", {common}"{accepted}"}}'))
        rows.append(Recorded(stretch, 2 * place + 1, f'{{"event": "GoodsReleased", "state": "released", {common}"{released}"}}'))
    STORE.write(event_table(rows))


def work_out(started: Site) -> None:
    """Work out the figures, as the job does every night."""
    started.run("-m", "customhouse_server.manage", "compute_indicators")


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"#{name}", value)
    page.click("main form button:has-text('Record')")


def test_a_bottleneck_becomes_an_action_and_the_measure_moves_with_the_figure_alone(visit: Callable[..., Page], started: Site) -> None:
    released_after(40, stretch=1)
    work_out(started)
    page = visit("officer", "/trackers/tfa/?state=short of its threshold")
    page.click("a:has-text('7.6')")
    expect(page.get_by_text("at most 24 is asked").first).to_be_visible()
    page.click("text=Plan an action")
    due = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)).isoformat()
    fill(page, title="Second shift", owner="officer", agency="customs", due_on=due, finding="Goods wait 40 hours for an officer")
    expect(page.locator("h1")).to_contain_text("7.6")
    expect(page.locator("td", has_text="30 days left")).to_be_visible()
    expect(page.locator("dl.facts", has_text="Work that is left").first).to_contain_text("100")
    page.click("summary:has-text('Second shift')")
    page.click("a:has-text('Change')")
    fill(page, per_cent="100")
    expect(page.get_by_role("alert")).to_contain_text("what shows it")
    fill(page, evidence="Roster of December")
    expect(page.locator("td .tag.good", has_text="done")).to_be_visible()
    expect(page.locator(".tag.bad", has_text="short of its threshold").first).to_be_visible()
    released_after(2, stretch=2)
    released_after(2, stretch=3)
    work_out(started)
    page.reload()
    expect(page.locator("h1 + p .tag.good")).to_have_text("carried out")
    expect(page.locator("ol.timeline")).to_contain_text("officer")


def test_only_another_person_verifies_the_evidence(visit: Callable[..., Page]) -> None:
    officer = visit("officer", "/trackers/tfa/5.1/")
    officer.click("text=State it: Evidence by hand")
    fill(officer, title="Alert desk opened", reference="Order 7")
    expect(officer.locator("h1 + p .tag")).to_contain_text(["evidence not yet verified"])
    officer.click("summary:has-text('Alert desk opened')")
    expect(officer.get_by_role("button", name="Verify")).to_have_count(0)
    supervisor = visit("supervisor", "/trackers/tfa/5.1/")
    supervisor.click("summary:has-text('Alert desk opened')")
    supervisor.get_by_role("button", name="Verify").click()
    expect(supervisor.locator("h1 + p .tag.good")).to_have_text("carried out, by verified evidence")


def test_a_committee_calls_a_meeting_and_its_action_has_a_clock(visit: Callable[..., Page]) -> None:
    page = visit("officer", "/trackers/committee/")
    page.click("text=Call a meeting")
    fill(page, title="Fourth meeting", held_on=dt.datetime.now(dt.UTC).date().isoformat(), agenda="Transit\nFees", minutes="All agreed.")
    page.click("a:has-text('Fourth meeting')")
    expect(page.locator("main ol li").first).to_have_text("Transit")
    page.goto("/trackers/state/action/?subject=tfa/11&meeting=Fourth meeting&back=/trackers/committee/")
    fill(page, title="Draft the bond", owner="officer", agency="customs", due_on="2026-01-01")
    page.click("a:has-text('Fourth meeting')")
    expect(page.locator(".tag.bad", has_text="overdue")).to_be_visible()


def test_the_commitments_are_read_in_french(visit: Callable[..., Page]) -> None:
    page = visit("supervisor", "/trackers/tfa/", locale="fr-FR")
    expect(page.locator("h1")).to_contain_text("facilitation des échanges")
    expect(page.get_by_text("Temps moyens de mainlevée mesurés")).to_be_visible()
    expect(page.get_by_text("pas de source : échantillons de laboratoire et leurs essais")).to_be_visible()


def test_every_page_of_the_trackers_is_for_everybody(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    page = visit("officer", "/trackers/")
    faults = []
    for place, path in enumerate(PAGES):
        page.goto(f"/trackers/{path}")
        faults += hindrances(page, f"tracker-{place:02}")
    assert not faults, "\n".join(faults)
