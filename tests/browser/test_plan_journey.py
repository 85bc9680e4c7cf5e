"""A strategic plan as people meet it: loaded, commented, adopted by two people, measured by what is approved, reported to the Council."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

PLAN = """
name: journey
title: Plan of the journey
valid_from: 2026-07-01
valid_to: 2029-07-01
mission: To see it through
building_blocks: {RISK: Intelligence-driven risk management, METHODS: Modern working methods}
goals:
  - number: 1
    title: Faster trade
    activities:
      - {number: 1.1, title: Release within hours, building_blocks: [RISK, METHODS]}
operation:
  currency: EUR
  costs:
    - {activity: 1.1, year: 2026, source: budget, amount: 1000.50, spent: 400}
"""
STEPS = (
    "First full draft",
    "Senior management session",
    "Review of goals and indicators",
    "Review of the costs",
    "Recommendation",
    "Adoption",
)


def load(page: Page, folder: Path, text: str) -> None:
    file = folder / "journey.yaml"
    file.write_text(text, "utf-8")
    page.goto("/plans/load/")
    page.set_input_files("#file", file)
    page.click("main form button")


def record(page: Page, decision: str, act: str = "conclude", reason: str = "") -> None:
    """Record on the page of the cycle what the body did."""
    page.select_option("#act", act)
    page.fill("#decision", decision)
    page.fill("#decided_on", "2026-11-20")
    page.fill("#meeting", "Session of the autumn")
    page.fill("#reason", reason)
    page.click("button:has-text('Record')")
    expect(page.locator(".panel.success")).to_be_visible()


def brought_to_adoption(administrator: Page, supervisor: Page, address: str) -> None:
    administrator.goto(f"{address}cycle/")
    record(administrator, "FC/1")
    supervisor.goto(f"{address}cycle/")
    supervisor.click("summary:has-text('Comment on what is due')")
    supervisor.fill("#origin", "Region Three")
    supervisor.fill("#text", "Say more on relief goods")
    supervisor.click("button:has-text('Send the comment')")
    administrator.reload()
    administrator.fill("#decision", "PC/1")
    administrator.fill("#decided_on", "2026-11-20")
    administrator.fill("#meeting", "Session of the autumn")
    administrator.click("button:has-text('Record')")
    expect(administrator.get_by_text("have no answer yet")).to_be_visible()
    administrator.fill("#answer-1", "In the annex")
    administrator.click("button:has-text('Answer the comment')")
    for place, after in enumerate(STEPS[1:]):
        skipped = after == "Recommendation"
        record(administrator, f"D/{place}", "skip" if skipped else "conclude", "The committee did not meet" if skipped else "")
        expect(administrator.locator("p.panel", has_text="Due now")).to_contain_text(after)


def adopted(administrator: Page, supervisor: Page) -> None:
    administrator.click("text=Put this version up for adoption")
    expect(administrator.get_by_text("another person records its adoption")).to_be_visible()
    supervisor.reload()
    record(supervisor, "Council/7")
    expect(supervisor.locator("h1 .tag")).to_have_text("Adopted")


def measured(administrator: Page, supervisor: Page, address: str) -> None:
    """An indicator put into the operational plan, and approved by another person."""
    administrator.goto(f"{address}annex/indicators/")
    administrator.fill("#code", "TF-02")
    administrator.select_option("#activity", "1.1")
    administrator.fill("#target", "4")
    administrator.click("main form button:has-text('Save')")
    administrator.goto(f"{address}indicators/")
    administrator.click("text=Put before the Audit Committee")
    supervisor.goto(f"{address}indicators/")
    supervisor.fill("#decision-1", "AC/2")
    supervisor.fill("#on-1", datetime.now(UTC).date().isoformat())
    supervisor.fill("#meeting-1", "Session of the winter")
    supervisor.fill("#reason-1", "No quorum in February")
    supervisor.click("button[name=approve]")
    expect(supervisor.get_by_text("AC/2")).to_be_visible()


def test_a_plan_goes_from_draft_to_adoption_and_is_reported_to_the_council(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    administrator, supervisor = visit("administrator"), visit("supervisor")
    load(administrator, tmp_path, PLAN.replace("year: 2026", "year: 2036").replace("number: 1.1", "number: 3.1"))
    expect(administrator.locator("[role=alert] li")).to_have_count(3)
    assert violations(administrator) == []
    load(administrator, tmp_path, PLAN)
    expect(administrator.locator("h1")).to_contain_text("Plan of the journey")
    address = administrator.url
    brought_to_adoption(administrator, supervisor, address)
    adopted(administrator, supervisor)
    measured(administrator, supervisor, address)
    administrator.goto(f"{address}reports/")
    administrator.select_option("#halves", "2")
    administrator.click("button:has-text('Write the report')")
    expect(administrator.get_by_text("The committee did not meet")).to_be_visible()
    expect(administrator.get_by_text("TF-02", exact=True)).to_be_visible()
    expect(administrator.locator("section", has_text="Decided in another month")).to_contain_text("No quorum in February")
    assert violations(administrator) == []
    paper = administrator.request.get(f"{administrator.url}report.pdf")
    assert paper.body().startswith(b"%PDF")
    public = visit("", "/plans/")
    public.click("text=Plan of the journey")
    expect(public.get_by_text("To see it through")).to_be_visible()
    assert violations(public) == []
    narrow(visit("administrator", address, viewport={"width": 375, "height": 900}, color_scheme="dark"), address, violations)


def narrow(page: Page, address: str, violations: Callable[[Page], list[str]]) -> None:
    """Every page of a plan on a phone and in the dark."""
    places = (
        "",
        "versions/",
        "coverage/",
        "cycle/",
        "indicators/",
        "reports/",
        "reports/1/",
        "annex/costs/",
        "annex/costs/?entry=0",
        "frame/",
        "../bodies/",
    )
    faults = []
    for place in places:
        page.goto(f"{address}{place}")
        faults += [f"{place}: {each}" for each in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{place} is wider than the phone")
    assert not faults, "\n".join(faults)
