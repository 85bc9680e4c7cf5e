"""The donors' calendar and the pipeline on any screen, light or dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_development import pledge


@pytest.mark.parametrize("name", ["calendar", ""])
def test_supervisor_reads_the_programme(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]], name: str) -> None:
    page = visit("supervisor", f"/development/{name}")
    expect(page.locator("h1")).to_be_visible()
    assert hindrances(page, f"programme-{name}") == []


def test_the_calendar_stands_row_by_row_on_a_phone(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    pledge(visit("supervisor"))
    page = visit("supervisor", "/development/calendar/", viewport={"width": 375, "height": 900})
    row = page.locator("table.stacked tbody tr").first
    expect(row).to_contain_text("End of the pledge")
    assert page.evaluate("[...document.querySelectorAll('td')].every(cell => cell.getBoundingClientRect().right <= window.innerWidth)")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(each => each.scrollWidth <= each.clientWidth)")
    whose = "getComputedStyle(document.querySelector('td[data-head]'), '::before').content"
    assert "When" in page.evaluate(whose)
    assert violations(page) == []
