"""A doubt about a value, from the examination to what is owed in the end, as the officer and the importer live it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_journeys import control, lodge


def say(page: Page, step: str, *, shown: str = "") -> None:
    """Open the form of a step, write it, and send it."""
    details = page.locator(f"details:has(> summary:text-is('{step}'))")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    if details.locator("textarea").count():
        details.locator("textarea").fill("The bank shows another price than the invoice.")
    if shown:
        details.locator("select").select_option("payment")
        details.locator("input[name=reference]").fill(shown)
    details.locator("button").click()
    expect(page.get_by_text("Done.")).to_be_visible()


@pytest.fixture
def desk(visit: Callable[..., Page], tmp_path: Path) -> tuple[Page, Page]:
    """The importer's page of a declaration under examination, and the officer's, who has taken it on and found the price low."""
    trader, officer = visit("trader"), visit("officer")
    reference = lodge(trader, "cheap_shirts", tmp_path)
    control(officer, reference)
    officer.click("button:has-text('Take on')")
    officer.click("button:has-text('Order an examination')")
    officer.select_option("#result", "valuation")
    officer.fill("#found", "As declared; the price per shirt is far below its cotton.")
    officer.click("button:has-text('Record the examination')")
    officer.click("main >> text=Doubt about the value")
    officer.fill("#security", "5000")
    officer.fill("#reasons", "The price is below that of the cotton alone.")
    officer.click("main form button:has-text('Doubt the value')")
    expect(officer.locator("h2 .tag", has_text="Doubted")).to_be_visible()
    trader.reload()
    return trader, officer


def test_importer_gets_the_goods_on_security_and_is_heard_before_the_value_is_rejected(
    desk: tuple[Page, Page], violations: Callable[[Page], list[str]]
) -> None:
    trader, officer = desk
    say(officer, "Ask for an explanation")
    expect(officer.get_by_text("20 days left")).to_be_visible()
    assert violations(officer) == []
    officer.click(".crumbs a")
    officer.click("button:has-text('Tell what is owed')")
    trader.reload()
    trader.click("text=Read the doubt, and answer it")
    expect(trader.get_by_text("The price is below that of the cotton alone.")).to_be_visible()
    trader.set_viewport_size({"width": 375, "height": 900})
    assert violations(trader) == []
    assert not trader.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    doubted = trader.url
    trader.click("button:has-text('Give security of')")
    officer.reload()
    officer.click("button:has-text('Release')")
    expect(officer.locator("h1")).to_contain_text("Released")
    trader.goto(doubted)
    say(trader, "Explain the value")
    officer.click("main >> text=Doubt about the value")
    say(officer, "Remain in doubt")
    trader.reload()
    say(trader, "Request the grounds in writing")
    officer.reload()
    say(officer, "Communicate the grounds", shown="SWIFT 99121")
    trader.reload()
    expect(trader.get_by_text("payment SWIFT 99121")).to_be_visible()
    say(trader, "Respond to the grounds")
    officer.reload()
    say(officer, "Reject the value", shown="SWIFT 99121")
    officer.fill("[name=entry]", "26QZ000101000778")
    officer.click("button:has-text('Determine the value')")
    expect(officer.locator("[name=entry]")).to_have_value("26QZ000101000778")
    assert violations(officer) == []
    for name, text in {
        "exported_on": "2026-11-02",
        "value": "15000.00",
        "other_quantity": "700",
        "other_exported_on": "2026-10-20",
    }.items():
        officer.fill(f"[name={name}]", text)
    officer.click("button:has-text('Determine the value')")
    expect(officer.get_by_text("Customs value 30,000.00 EUR.")).to_be_visible()
    trader.click(".crumbs a")
    expect(trader.get_by_text("The doubt about the declared value is settled.")).to_be_visible()
    trader.click("button:has-text('Pay ')")
    expect(trader.get_by_text("Cleared: nothing remains to be done")).to_be_visible()


def test_importer_whose_value_is_accepted_pays_what_was_declared(desk: tuple[Page, Page]) -> None:
    trader, officer = desk
    say(officer, "Accept the value")
    expect(officer.locator("h2 .tag", has_text="Value accepted")).to_be_visible()
    officer.click(".crumbs a")
    officer.click("button:has-text('Tell what is owed')")
    trader.reload()
    trader.click("button:has-text('Pay ')")
    expect(trader.locator("h1")).to_contain_text("Released")
