"""A supervisor foretells revenue and lays a partner's trade beside ours, on any screen, light or dark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect
from tests.browser.running_site import Site, running


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, whose event store holds a small made-up year."""
    with running(folder := tmp_path_factory.mktemp("study"), folder / "home", year=2025) as found:
        yield found


@pytest.fixture(scope="module")
def site(started: Site) -> str:
    """The address of that site."""
    return started.address


@pytest.fixture(scope="module")
def kept() -> dict[str, StorageState]:
    """What a browser keeps of those who signed in there."""
    return {}


def test_supervisor_foretells_revenue(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    page = visit("supervisor", "/research/forecast/")
    expect(page.locator("svg.chart")).to_be_visible()
    assert hindrances(page, "forecast") == []
    page.fill("#months", "many")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert] a")).to_have_count(1)
    expect(page.locator("#months")).to_have_value("many")
    assert hindrances(page, "forecast-refused") == []


def test_supervisor_corrects_a_partners_table_where_it_stands(
    visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "theirs.csv").write_text("hs,partner,value\n870323,CN,5000\n02,CN,much\n")
    page = visit("supervisor", "/research/mirror/")
    assert hindrances(page, "mirror") == []
    page.fill("#source", "a study of freight")
    page.set_input_files("#file", tmp_path / "theirs.csv")
    page.click("main form button:has-text('Compare')")
    expect(page.locator("[role=alert] li")).to_have_count(1)
    page.fill("#table", page.input_value("#table").replace("much", "70"))
    page.click("main form button:has-text('Compare')")
    expect(page.locator("svg.chart")).to_be_visible()
    expect(page.locator("#source")).to_have_value("a study of freight")
    assert hindrances(page, "mirror-gaps") == []


def test_supervisor_sees_a_table_and_releases_it(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    page = visit("supervisor", "/research/releases/new/")
    page.check("[name=dimensions][value=mode]")
    page.click("main form button:has-text('See what would be told')")
    expect(page.locator("h2").first).to_contain_text("cells would be kept back")
    assert hindrances(page, "release-seen") == []
    page.click("main form button:has-text('Release for good')")
    expect(page.locator("h1")).to_contain_text("Release ")
    assert hindrances(page, "release") == []
