"""A supervisor tries a reform on history, leaves the page, and reads what came out."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

DRAFT = "commodity,area,kind,preference,rate\n61091000,1011,ICD,100,0 %\n"


@pytest.mark.parametrize("width", [1280, 375])
def test_supervisor_tries_a_draft_leaves_and_reads_the_outcome(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]], tmp_path: Path, width: int
) -> None:
    (tmp_path / "draft.csv").write_text(DRAFT)
    page = visit("supervisor", "/reforms/", viewport={"width": width, "height": 900}, color_scheme="dark" if width < 400 else "light")
    assert violations(page) == []
    page.set_input_files("#draft", tmp_path / "draft.csv")
    page.click("main form button:has-text('Start')")
    page.wait_for_url(re.compile("/reforms/.+"))
    address = page.url
    page.goto("/")
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("Revenue falls by", timeout=90_000)
    expect(page.locator("svg.chart").first).to_be_visible()
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.locator("figure summary").first.click()
    expect(page.locator("figure table").first).to_be_visible()
    page.screenshot(path=tmp_path / "reform.png", full_page=True)
