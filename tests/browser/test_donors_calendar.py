"""The donors' calendar and the pipeline on any screen, light or dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
@pytest.mark.parametrize("path", ["/development/calendar/", "/development/"])
def test_supervisor_reads_the_programme(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], path: str, width: int, scheme: str
) -> None:
    page = visit("supervisor", path, viewport={"width": width, "height": 900}, color_scheme=scheme)
    expect(page.locator("h1")).to_be_visible()
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
