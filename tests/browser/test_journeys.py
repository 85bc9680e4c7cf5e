"""Journeys of people through the site, each named for who goes and why."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

SAMPLES = Path(__file__).resolve().parents[2] / "countries" / "sandbox" / "samples"
numbers = itertools.count(1)


def lodge(page: Page, sample: str, tmp_path: Path) -> str:
    """Lodge a sample under a reference of its own; gives back that reference."""
    reference = f"T{next(numbers)}-{tmp_path.name[-12:]}-{sample[:6]}"[:34]
    text = (SAMPLES / f"{sample}.xml").read_text("utf-8")
    message = tmp_path / f"{reference}.xml"
    message.write_text(re.sub(r"(<FunctionalReferenceID>)[^<]*", rf"\g<1>{reference}", text), "utf-8")
    page.goto("/declarations/upload/")
    page.set_input_files("#message", message)
    page.click("main form button")
    page.wait_for_load_state()
    refusals = page.locator(".panel.bad[role=alert]").all_inner_texts()
    assert refusals == []
    expect(page.locator("h1")).to_contain_text(reference)
    return reference


def control(page: Page, reference: str, state: str = "") -> None:
    """Open the control page of a declaration from the work list."""
    page.goto(f"/clearance/?q={reference}&state={state}")
    page.click("table[data-keys] tbody a")
    expect(page.locator("h1")).to_contain_text(reference)


def test_broker_clears_goods_that_owe_nothing_at_once(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("broker")
    lodge(page, "books", tmp_path)
    expect(page.locator("h1")).to_contain_text("Released")
    expect(page.get_by_text("Cleared: nothing remains to be done")).to_be_visible()


def test_trader_reads_why_each_amount_is_owed_and_pays(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("trader")
    lodge(page, "bicycles", tmp_path)
    expect(page.locator(".total")).to_contain_text("9,090.90")
    page.click("details.line:has-text('ADD') summary")
    expect(page.get_by_text("10.6 % of 21,000.00 EUR = 2,226.00 EUR")).to_be_visible()
    page.click("text=Pay 9,090.90")
    expect(page.locator("h1")).to_contain_text("Released")


def test_trader_is_told_everything_that_is_wrong_and_lodges_it_corrected(visit: Callable[..., Page]) -> None:
    page = visit("trader", "/declarations/")
    page.click("text=New declaration")
    page.fill("[id='id-lrn']", f"WRONG-{next(numbers)}")
    page.click("button[name=lodge]")
    expect(page.locator("h1")).to_contain_text("Rejected")
    findings = page.locator(".findings li")
    assert findings.count() > 5
    expect(findings.first).to_contain_text("RKC")
    page.click("text=Correct and lodge again")
    expect(page.locator("[id='id-lrn']")).to_have_value(re.compile("WRONG"))
    expect(page.locator(".field.wrong", has_text="Net mass")).to_be_visible()
    page.click(".findings a:has-text('The net mass is missing')")
    expect(page.locator("[id='id-item.1.net']")).to_be_in_viewport()


def test_trader_loses_nothing_when_the_lid_closes(visit: Callable[..., Page]) -> None:
    page = visit("trader", "/declarations/")
    page.click("text=New declaration")
    address = page.url
    page.fill("[id='id-item.1.description']", "Hand-made paper")
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Saved at \d\d:\d\d:\d\d"))
    page.close()
    again = visit("trader", address)
    expect(again.locator("[id='id-item.1.description']")).to_have_value("Hand-made paper")


def test_trader_goes_on_in_the_same_field_after_the_sign_in_expired(visit: Callable[..., Page]) -> None:
    page = visit("trader", "/declarations/")
    page.click("text=New declaration")
    address = page.url
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.context.clear_cookies(name="sessionid")
    page.focus("[id='id-item.1.code']")
    page.keyboard.type("4901")
    expect(page.locator("#saved")).to_contain_text("kept in this browser")
    page.goto(address)
    page.fill("#id_login", "trader")
    page.fill("#id_password", "a long password for the tests")
    page.click("main form button:has-text('Sign in')")
    page.wait_for_url(address)
    expect(page.locator("[id='id-item.1.code']")).to_have_value("4901")
    expect(page.locator("[id='id-item.1.code']")).to_be_focused()


def test_trader_declares_by_hand_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("trader", "/declarations/", java_script_enabled=False)
    page.click("text=New declaration")
    page.fill("[id='id-lrn']", f"HAND-{next(numbers)}")
    for name, value in {
        "importer": "QZ4400123456",
        "exporter_name": "Maison Delmas",
        "exporter_line": "12 quai",
        "exporter_city": "Bordeaux",
        "exporter_postcode": "33000",
        "exporter_country": "FR",
        "export_country": "FR",
        "location": "PORTSANDMARK1",
        "item.1.code": "49019900",
        "item.1.description": "Printed school books",
        "item.1.price": "820.50",
        "item.1.origin": "FR",
        "item.1.net": "90",
        "item.1.gross": "98",
        "item.1.packages": "4",
    }.items():
        page.fill(f"[id='id-{name}']", value)
    for name, value in {"office": "QZ000101", "incoterm": "CIF", "item.1.package_kind": "CT"}.items():
        page.select_option(f"[id='id-{name}']", value)
    page.click("button[name=add]")
    expect(page.locator("legend", has_text="Item 2")).to_be_visible()
    page.click("button[name=remove][value='2']")
    expect(page.locator("[id='id-item.1.price']")).to_have_value("820.50")
    page.click("button[name=lodge]")
    expect(page.locator("h1")).to_contain_text("Released")


def test_broker_amends_before_release(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("broker")
    lodge(page, "preference", tmp_path)
    page.click("a:has-text('Amend')")
    page.fill("[id='id-item.1.price']", "16000.00")
    page.fill("#reason", "The invoice was corrected")
    page.click("button[name=amend]")
    expect(page.locator("dl.facts").first).to_contain_text("2")
    expect(page.get_by_text("The invoice was corrected")).to_be_visible()


def test_broker_announces_goods_declared_before_arrival(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("broker")
    lodge(page, "wine_before_arrival", tmp_path)
    page.click("main button:has-text('Report the arrival')")
    expect(page.locator("h1")).to_contain_text("Assessed")


def test_officer_examines_and_releases(visit: Callable[..., Page], tmp_path: Path) -> None:
    trader = visit("trader")
    reference = lodge(trader, "cigarettes", tmp_path)
    officer = visit("officer")
    control(officer, reference)
    expect(officer.get_by_text("count the packages")).to_be_visible()
    officer.click("text=Take on")
    officer.select_option("#result", "conform")
    officer.fill("#found", "100 cartons, as declared")
    officer.click("button:has-text('Record the examination')")
    officer.click("button:has-text('Tell what is owed')")
    expect(officer.locator("h1")).to_contain_text("Assessed")
    trader.reload()
    trader.click("button:has-text('Pay')")
    expect(trader.locator("h1")).to_contain_text("Released")


def test_declarant_never_sees_the_lane_or_why(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("trader")
    lodge(page, "cheap_shirts", tmp_path)
    told = page.content()
    assert "two euros a kilogram" not in told
    assert "TEXTILE-VALUE" not in told
    assert "Yellow" not in told
    expect(page.get_by_role("heading", name="Send the documents")).to_be_visible()


def test_trader_answers_a_request_for_documents(visit: Callable[..., Page], tmp_path: Path) -> None:
    trader = visit("trader")
    reference = lodge(trader, "cheap_shirts", tmp_path)
    trader.fill("#said", "Contract 2026/114 and proof of payment attached")
    trader.click("button:has-text('Send')")
    expect(trader.locator("h1")).to_contain_text("Accepted")
    officer = visit("officer")
    control(officer, reference)
    expect(officer.get_by_text("Contract 2026/114")).to_have_count(1)


def test_supervisor_chooses_another_lane_with_a_reason(visit: Callable[..., Page], tmp_path: Path) -> None:
    reference = lodge(visit("trader"), "cheap_shirts", tmp_path)
    page = visit("supervisor")
    control(page, reference)
    page.click("summary:has-text('Choose another lane')")
    page.select_option("#new-lane", "red")
    page.fill("#lane-reason", "Seal number reported stolen")
    page.click("form button:has-text('Choose another lane')")
    expect(page.get_by_text("Seal number reported stolen")).to_be_visible()


def test_officer_works_by_keyboard(visit: Callable[..., Page], tmp_path: Path) -> None:
    reference = lodge(visit("trader"), "cheap_shirts", tmp_path)
    page = visit("officer", "/clearance/")
    page.keyboard.press("/")
    expect(page.locator("input[type=search]")).to_be_focused()
    page.keyboard.type(reference)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(reference))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(reference)


@pytest.mark.parametrize(
    ("who", "path"), [("trader", "/clearance/"), ("officer", "/declarations/"), ("administrator", "/clearance/"), ("trader", "/nowhere/")]
)
def test_who_has_no_business_there_is_told_so_kindly(visit: Callable[..., Page], who: str, path: str) -> None:
    page = visit(who, path)
    expect(page.locator("h1")).to_contain_text(re.compile("not for your role|nothing here"))


def test_citizen_calculates_and_reads_the_sum_in_french(visit: Callable[..., Page]) -> None:
    page = visit("", "/tariff/calculator/?code=61091000&origin=BD&price=1500&currency=EUR&net=100", locale="fr-FR")
    expect(page.locator("h1")).to_have_text("Calculer droits et taxes")
    expect(page.locator(".total")).to_contain_text("Total à payer")
    page.click("button[lang=en]")
    expect(page.locator("h1")).to_have_text("Calculate duties and taxes")


def test_citizen_follows_the_tariff_down_to_a_measure(visit: Callable[..., Page]) -> None:
    page = visit("", "/tariff/?q=bicycle")
    page.click("text=87120030")
    expect(page.get_by_text("Trade Remedies Order 7 of 2024").first).to_be_visible()
