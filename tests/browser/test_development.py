"""Journeys through capacity building: from a recommendation to its follow-up, and an officer whose certificate has lapsed."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.test_journeys import control, lodge

ABOUT = {
    "title": "Release within a day",
    "region": "East",
    "country": "QZ",
    "theme": "facilitation",
    "instrument": "training",
    "currency": "EUR",
}
ROWS = {
    "options": [{"code": "A", "title": "Nothing"}, {"code": "B", "title": "Train"}],
    "flows": [{"option": "A", "year": "0"}, {"option": "B", "year": "0", "cost": "1000"}, {"option": "B", "year": "1", "benefit": "2200"}],
    "results": [
        {"code": "I1", "level": "input", "text": "Trainers", "serves": "A1", "assumption": "They are free"},
        {"code": "A1", "level": "activity", "text": "Courses", "serves": "O1", "assumption": "Officers come"},
        {"code": "O1", "level": "output", "text": "Officers trained", "serves": "C1", "assumption": "They stay"},
        {"code": "C1", "level": "outcome", "text": "Release in a day", "serves": "P1", "assumption": "Trade grows"},
        {"code": "P1", "level": "impact", "text": "Trade costs fall"},
    ],
    "indicators": [
        {"code": f"K{of}", "result": of, "name": "Hours", "unit": "h", "baseline": "72", "target": "24"}
        | {"due_on": "2028-01-01", "means_of_verification": "Study"}
        for of in ("O1", "C1", "P1")
    ],
    "budget": [{"code": "B1", "activity": "A1", "what": "Rooms", "quantity": "10", "unit_cost": "100", "source": "cash"}],
    "agreements": [{"code": "AG1", "party": "Fund", "title": "Grant", "signed_on": "2026-01-01"}],
}
CASE = {"problem": "Slow", "discount_rate": "0.1", "rate_basis": "Ministry", "chosen": "B", "sustainability": "Trainers stay"}


def fill(page: Page, start: str, fields: dict[str, str]) -> None:
    """Fill the fields of a form whose names begin alike."""
    for name, text in fields.items():
        field = page.locator(f"[id='{start}-{name}']")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def add(page: Page, part: str, row: dict[str, str]) -> None:
    """Add a row to a part of a project."""
    page.locator(f"section#{part} summary").first.click()
    fill(page, part, row)
    page.locator(f"section#{part} button", has_text="Add").click()
    expect(page.locator(".panel.success").first).to_have_text("Done.")


def recommended(page: Page) -> str:
    """A diagnostic with one recommendation made into a project; gives back the address of the project."""
    page.goto("/development/")
    page.fill("#administration", "QZ")
    page.click("text=Open a diagnostic")
    page.select_option("[id='f.SP-01.maturity']", "0")
    page.select_option("[id='f.SP-01.wanted']", "3")
    page.fill("[id='f.SP-01.recommendation']", "Open the system before arrival")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    page.click("text=Save and show the gaps")
    page.click("details.line summary:has-text('Open the system before arrival')")
    fill(page, "SP-01", ABOUT)
    page.click("text=Make it a project")
    expect(page.locator("h1")).to_contain_text("Release within a day")
    expect(page.get_by_text("SP-01: Open the system before arrival")).to_be_visible()
    return page.url


def pledge(page: Page) -> None:
    """A pledge of a donor."""
    page.goto("/development/donors/")
    page.click("text=Record a pledge")
    days = {"valid_from": "2020-01-01", "valid_to": "2040-01-01"}
    fill(page, "new", {"donor": "Fund", "title": "Reform", "amount": "1500", "currency": "EUR", "themes": "facilitation"} | days)
    page.click("text=Record the pledge")
    expect(page.get_by_text("Left: 1,500")).to_be_visible()


def test_supervisor_makes_a_recommendation_a_project_and_a_donor_pays_a_tranche(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    address = recommended(page)
    pledge(page)
    page.goto(address)
    for part, rows in ROWS.items():
        for row in rows:
            add(page, part, row)
    page.click("text=Change the business case")
    fill(page, "case", CASE)
    page.locator("form:has([name=case]) button").click()
    expect(page.get_by_role("region", name="What each option is worth today")).to_contain_text("1,000.00")
    for move in ("Call it prepared", "Appraise"):
        page.click(f"button:has-text('{move}')")
    expect(page.locator("h1")).to_contain_text("Appraised")
    page.click("button:has-text('Agree') >> nth=0")
    expect(page.locator(".panel.error")).to_contain_text("PRJ-13 at budget")
    expect(page.get_by_role("region", name="Pledges that fit")).to_contain_text("earmarked for the theme facilitation")
    fill(page, "tranche", {"code": "T1", "amount": "1000", "condition": "The rooms are let", "due_on": "2027-01-01"})
    page.click("text=Agree the tranche")
    page.click("button:has-text('Agree') >> nth=0")
    expect(page.locator("h1")).to_contain_text("Agreed")
    page.fill("#met-T1", "The contract of lease")
    page.click("text=The condition is met")
    payer = visit("administrator", address)
    payer.click("text=Pay T1")
    expect(payer.locator(".panel.success")).to_have_text("Done.")
    payer.goto("/development/donors/")
    expect(payer.get_by_role("region", name="Pledges")).to_contain_text("500.00")


def test_supervisor_follows_up_what_a_mission_recommended(visit: Callable[..., Page]) -> None:
    page = visit("supervisor", "/development/delivery/")
    page.click("summary:has-text('Mission')")
    about = {"title": "Advice on release", "host": "QZ", "theme": "facilitation", "level": "1", "language": "fr"}
    fill(page, "mission", about | {"starts_on": "2026-01-12", "ends_on": "2026-01-17", "terms_of_reference": "Advise"})
    page.locator("form:has([id='mission-title']) button").click()
    add(page, "recommendations", {"code": "R1", "text": "Open before arrival", "made_on": "2024-01-16"})
    follow_ups = page.get_by_role("region", name="Follow-ups after 6, 12 and 24 months")
    expect(follow_ups).to_contain_text("overdue")
    done = {"recommendation": "R1", "months": "6", "on": "2024-07-01", "outcome": "carried_out", "evidence": "Seen at the office"}
    add(page, "follow_ups", done)
    expect(follow_ups).to_contain_text("Carried out: Seen at the office")
    expect(follow_ups).not_to_contain_text("overdue")


def test_officer_whose_certificate_has_lapsed_is_refused_until_certified(visit: Callable[..., Page], tmp_path: Path) -> None:
    reference = lodge(visit("trader"), "cigarettes", tmp_path)
    officer = visit("lapsed")
    control(officer, reference)
    officer.click("text=Take on")
    officer.select_option("#result", "conform")
    officer.click("button:has-text('Record the examination')")
    expect(officer.locator(".panel.error")).to_contain_text(re.compile("Yours lapsed on .* Ask a supervisor to assess you"))
    supervisor = visit("supervisor", "/development/people/lapsed/")
    supervisor.select_option("#certificate-competence", "EXAM")
    supervisor.fill("#certificate-evidence", "Three examinations seen")
    supervisor.click("button:has-text('Certify')")
    expect(supervisor.locator(".panel.success")).to_have_text("Done.")
    officer.select_option("#result", "conform")
    officer.click("button:has-text('Record the examination')")
    expect(officer.locator("h1")).to_contain_text("Examined")


def test_every_page_of_capacity_building_is_for_everybody(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    page = visit("supervisor", "/development/")
    project = recommended(page)
    page.goto("/development/")
    diagnostic = str(page.locator("a[href^='/development/diagnostics/']").first.get_attribute("href"))
    areas = ("", "me/", "people/", "people/officer/", "donors/", "delivery/", "calendar/")
    faults = []
    for place, path in enumerate((project, diagnostic, *(f"/development/{each}" for each in areas))):
        page.goto(path)
        faults += hindrances(page, f"development-{place:02}")
    page.goto(project)
    page.locator("section#risks summary").first.click()
    fill(page, "risks", {"code": "R1", "text": "Staff leave", "likelihood": "often", "gravity": "4"})
    page.locator("section#risks button", has_text="Add").click()
    expect(page.locator("#likelihood-fault")).to_have_text("Likelihood: write a whole number")
    faults += hindrances(page, "development-refused")
    page.fill("#likelihood", "3")
    page.click("main button:has-text('Save')")
    expect(page.get_by_role("region", name="Risks")).to_contain_text("Staff leave")
    assert not faults, "\n".join(faults)
