"""The pages of tariff quotas, for everybody: on desk and phone, light and dark."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect


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


def test_the_pages_of_quotas_are_for_everybody(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    page = visit("", "/quotas/?on=2026-11-20")
    for name, path in (("quotas", "/quotas/?on=2026-11-20"), ("quota", "/quotas/090102/?on=2026-11-20"), ("past", "/quotas/092001/")):
        page.goto(path)
        assert hindrances(page, name) == []
