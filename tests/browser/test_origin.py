"""The origin calculator in a browser: for everybody, with and without script."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_a_maker_reads_why_a_desk_does_not_originate_and_what_would_help(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    for options in (
        {"viewport": {"width": 1280, "height": 900}},
        {"viewport": {"width": 375, "height": 900}, "java_script_enabled": False},
    ):
        page = visit("", "/origin/", **options)
        page.select_option("#agreement", "harbour")
        for field, text in {"hs_code": "940310", "produced_in": "QZ", "currency": "EUR", "fob": "100", "ex_works": "100"}.items():
            page.fill(f"#{field}", text)
        for column, text in {"hs_code": "940390", "origin": "CN", "value": "58.80", "offer_origin": "QX", "offer_value": "60"}.items():
            page.fill(f'[id="m.0.{column}"]', text)
        page.check("input[value=other]")
        page.select_option("#journey", "direct")
        page.click("button[value=judge]")
        expect(page.get_by_text("RVC 41.2 % < 42 %")).to_be_visible()
        expect(page.get_by_text("Replace material 1 (QX)")).to_be_visible()
        expect(page.locator("#fob")).to_have_value("100")
        if "java_script_enabled" not in options:
            assert violations(page) == []
            page.set_viewport_size({"width": 375, "height": 900})
            assert violations(page) == []
            assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
