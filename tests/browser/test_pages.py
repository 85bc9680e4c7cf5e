"""Every page, on desk and phone, light and dark: readable by everybody, nothing wider than the screen, no word left untranslated."""

import gettext
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from customhouse.pipeline import ALL_RULES

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "customhouse_server" / "locale" / "fr" / "LC_MESSAGES"
PAGES = [
    ("", "/"),
    ("", "/account/login/"),
    ("", "/tariff/"),
    ("", "/tariff/87120030/"),
    ("", "/tariff/calculator/?code=24022090&origin=CH&price=26000&currency=EUR"),
    ("", "/origin/?agreement=harbour&hs_code=610910"),
    ("", "/rulings/"),
    ("", "/contents/"),
    ("", "/design/"),
    ("", "/programs/"),
    ("", "/plans/"),
    ("", "/nowhere/"),
    ("", "/mailbox/"),
    ("", "/perception/"),
    ("", "/perception/answer/"),
    ("trader", "/"),
    ("trader", "/declarations/"),
    ("trader", "/declarations/upload/"),
    ("officer", "/"),
    ("officer", "/clearance/"),
    ("trader", "/rulings/applications/"),
    ("officer", "/rulings/applications/"),
    ("officer", "/rulings/conflicts/"),
    ("officer", "/rulings/edition/"),
    ("officer", "/integrity/"),
    ("officer", "/integrity/mine/"),
]


def test_every_page_is_for_everybody(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    pages = {who: visit(who) for who in ("", "trader", "officer")}
    faults = []
    for place, (who, path) in enumerate(PAGES):
        pages[who].goto(path)
        if path == "/programs/":
            pages[who].click("details summary >> nth=0")
        faults += hindrances(pages[who], f"{place:02}-{who or 'public'}")
    assert not faults, "\n".join(faults)


def test_the_form_and_a_record_are_for_everybody(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    page = visit("trader", "/declarations/", viewport={"width": 375, "height": 900})
    page.click("text=New declaration")
    assert violations(page) == []
    page.click("button[name=lodge]")
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_right_to_left_breaks_nothing(visit: Callable[..., Page]) -> None:
    page = visit("trader", "/declarations/", viewport={"width": 375, "height": 900})
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_the_french_wording_is_whole_and_compiled() -> None:
    text = (LOCALE / "django.po").read_text("utf-8")
    assert 'msgstr ""\n\n' not in text.split("\n\n", 1)[1]
    assert "fuzzy" not in text
    with (LOCALE / "django.mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    assert french.gettext("Work list") == "Liste de travail"
    assert french.gettext("Taken on by %(who)s") == "Pris en charge par %(who)s"
    unsaid = [text for rule in ALL_RULES.values() for text in (rule.wording, rule.fix) if french.gettext(text) == text]
    assert not unsaid, unsaid


def test_what_was_typed_while_the_session_ended_stands_in_the_form_after_signing_in_again(visit: Callable[..., Page]) -> None:
    page = visit("officer", "/integrity/mine/")
    page.click("details:has(#party) summary")
    page.fill("#since", "2026-01-01")
    page.fill("#party", "Harbour Traders Ltd")
    page.context.clear_cookies(name="sessionid")
    page.locator("form:has(#party) button").click()
    page.fill("#id_login", "officer")
    page.fill("#id_password", "a long password for the tests")
    page.click("main button")
    page.wait_for_url("**/integrity/mine/")
    expect(page.locator("#party")).to_be_visible()
    expect(page.locator("#party")).to_have_value("Harbour Traders Ltd")
    expect(page.locator("#since")).to_have_value("2026-01-01")
    page.reload()
    expect(page.locator("#party")).to_have_value("")


def test_what_was_typed_stands_in_the_form_when_it_is_refused(visit: Callable[..., Page]) -> None:
    page = visit("officer", "/integrity/mine/")
    page.click("details:has(#party) summary")
    page.fill("#since", "1800-01-01")
    page.fill("#party", "Harbour Traders Ltd")
    page.locator("form:has(#party) button").click()
    expect(page.locator("[role=status].error")).to_be_visible()
    expect(page.locator("#party")).to_be_visible()
    expect(page.locator("#party")).to_have_value("Harbour Traders Ltd")
    expect(page.locator("#since")).to_have_value("1800-01-01")
