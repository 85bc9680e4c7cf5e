"""A ruling as people meet it: applied for, asked about, reasoned, issued by another, read by everybody, used on a declaration."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

SAMPLES = Path(__file__).resolve().parents[2] / "countries" / "sandbox" / "samples"
APPLICATION = {
    "goods_name": "Folding bicycle",
    "description": "A folding bicycle of [[alloy Zebrium]] with two wheels and no motor, made to be carried.",
    "composition": "aluminium",
}


def apply(page: Page) -> str:
    page.goto("/rulings/applications/")
    page.click("text=Apply for a ruling")
    for name, text in APPLICATION.items():
        page.fill(f"[id='id-{name}']", text)
    expect(page.locator("#saved")).to_contain_text("Saved at")
    page.click("button[name=apply]")
    expect(page.locator(".panel.bad")).to_contain_text("Customs office")
    page.reload()
    assert page.input_value("[id='id-goods_name']") == APPLICATION["goods_name"]
    page.select_option("[id='id-office']", "QZ000101")
    page.click("button[name=apply]")
    expect(page.locator("h1")).to_contain_text("Handed in")
    return page.url


def open_details(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).first.click()


def take(page: Page, answer: str, **texts: str) -> None:
    """Answer the rule that is due: as playing a part if something is brought into view, else as playing none."""
    page.select_option("#applies", "yes" if "candidates" in texts else "no")
    page.fill("#step-answer", answer)
    if "through" in texts:
        page.select_option("#through", texts.pop("through"))
    for name, text in texts.items():
        page.fill(f"#{name}", text)
    page.click("text=Take this step")
    page.wait_for_load_state()


def reason(page: Page, address: str) -> None:
    page.goto(address)
    take(page, "cycles", candidates="87.12: bicycles without a motor", texts="")
    expect(page.locator(".panel", has_text="without a text")).to_be_visible()
    assert page.input_value("#step-answer") == "cycles"
    take(page, "cycles", candidates="87.12: bicycles without a motor", texts="heading: 87.12")
    take(page, "they are whole")
    expect(page.locator("h3", has_text="General Rule 2(b)")).to_be_visible()
    take(page, "one heading covers them", through="5(b)")
    expect(page.locator("h3", has_text="General Rule 6")).to_be_visible()
    take(page, "bicycles", candidates="8712.00: the only subheading", texts="heading: 8712.00")
    expect(page.get_by_text("The goods are classified in 871200.")).to_be_visible()


def test_a_trader_gets_a_ruling_and_uses_it(visit: Callable[..., Page], violations: Callable[[Page], list[str]], tmp_path: Path) -> None:
    trader, officer, supervisor = visit("trader"), visit("officer"), visit("supervisor")
    address = apply(trader)
    assert violations(trader) == []
    officer.goto(address)
    officer.click("text=Accept: the clock starts")
    open_details(officer, "Ask the applicant")
    officer.fill("#ask-reason", "Does it have pedals?")
    officer.click("button:has-text('Ask the applicant')")
    trader.reload()
    expect(trader.get_by_text("Nothing is due while the applicant is asked.")).to_be_visible()
    trader.fill("#answer", "Yes, two pedals.")
    trader.click("button:has-text('Send')")
    reason(officer, address)
    assert violations(officer) == []
    officer.set_viewport_size({"width": 375, "height": 900})
    assert not officer.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    officer.click("text=Write the decision")
    assert not officer.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert violations(officer) == []
    assert officer.input_value("[id='id-code']") == "871200"
    officer.fill("[id='id-code']", "87120030")
    officer.fill("[id='id-goods']", "Folding bicycle of Zebrium with two wheels, without motor")
    officer.click("button[name=draft]")
    expect(officer.locator("h1")).to_contain_text("Drafted, to be issued")
    supervisor.goto(address)
    supervisor.click("text=Issue the ruling")
    expect(supervisor.locator("h1")).to_contain_text("Issued")
    reference = supervisor.locator("dl.facts a").first.inner_text()
    public = visit("", "/rulings/?q=folding+bicycle&code=8712")
    public.click(f"text={reference}")
    expect(public.locator("h1")).to_contain_text("In force")
    expect(public.get_by_text("Folding bicycle of […] with two wheels")).to_be_visible()
    assert "zebrium" not in public.content().casefold()
    assert violations(public) == []
    use(trader, reference, tmp_path)


def use(page: Page, reference: str, tmp_path: Path) -> None:
    """Cite the ruling on bicycles, and then on other goods."""
    text = (SAMPLES / "bicycles.xml").read_text("utf-8")
    document = f"<AdditionalDocument><CategoryCode>C</CategoryCode><ID>{reference}</ID><TypeCode>626</TypeCode></AdditionalDocument>"
    for lrn, code in (("RULED-RIGHT", "87120030"), ("RULED-WRONG", "87120070")):
        told = re.sub(r"(<FunctionalReferenceID>)[^<]*", rf"\g<1>{lrn}", text)
        told = told.replace("<Commodity>", f"{document}<Commodity>", 1).replace("87120030", code)
        message = tmp_path / f"{lrn}.xml"
        message.write_text(told, "utf-8")
        page.goto("/declarations/upload/")
        page.set_input_files("#message", message)
        page.click("main form button")
        expect(page.locator("h1")).to_contain_text(lrn)
        against = page.get_by_text(f"is not that of the ruling {reference}, 87120030")
        expect(against).to_have_count(1 if code != "87120030" else 0)
