"""The pages of tariff quotas, for everybody: on desk and phone, light and dark."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"


def test_citizen_follows_a_measure_to_what_is_left_of_its_quota(visit: Callable[..., Page]) -> None:
    page = visit("", "/tariff/17019910/?on=2026-11-20")
    page.click("text=090110")
    expect(page.locator("h1")).to_have_text("Quota 090110")
    expect(page.locator("h2").first).to_contain_text(re.compile("2026-01-01 . 2026-12-31 critical"))
    page.click("text=Tariff quotas")
    expect(page.get_by_role("row").filter(has_text="090083")).to_contain_text("5,500,000")
    page.select_option("#state", "suspended")
    page.click("text=Show")
    expect(page.get_by_role("row")).to_have_count(2)
    page.click("button[lang=fr]")
    expect(page.locator("h1")).to_have_text("Contingents tarifaires")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_quotas_are_for_everybody(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    page = visit("", "/quotas/?on=2026-11-20", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for name, path in (("quotas", "/quotas/?on=2026-11-20"), ("quota", "/quotas/090102/?on=2026-11-20"), ("past", "/quotas/092001/")):
        page.goto(path)
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        assert violations(page) == [], path
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), path
