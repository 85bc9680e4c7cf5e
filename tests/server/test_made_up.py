"""Every page that shows a figure says where the year behind it is a made-up one, and says nothing where it is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.server.test_development import begun
from tests.server.test_strategy import AT, actions, loaded

from customhouse.performance import EventStore
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.performance.study_report import MADE_UP
from customhouse_server.strategy.report_paper import content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/trackers/", "/trackers/tfa/", "/trackers/tfa/7.1/", "/performance/", "/rules/times/"])
def test_a_page_that_rests_on_a_made_up_year_says_so(
    year: EventStore, browser_of: Callable[..., Client], settings: Settings, tmp_path: Path, path: str
) -> None:
    assert year.is_made_up
    assert MADE_UP in browser_of("olu").get(path).content.decode()
    settings.EVENT_STORE = str(tmp_path)
    assert MADE_UP not in browser_of("olu").get(path).content.decode()


@pytest.mark.usefixtures("year")
def test_a_report_keeps_that_its_figures_came_from_a_made_up_year(
    browser_of: Callable[..., Client], person: Callable[..., Person], settings: Settings, tmp_path: Path
) -> None:
    editor = person("ed", Role.ADMINISTRATOR)
    plan_id = loaded(editor)
    number = actions.write_report(editor, plan_id, 2026, halves=1, at=AT)
    settings.EVENT_STORE = str(tmp_path)  # what was written is frozen, whatever the store becomes
    told, _ = actions.report(editor, plan_id, number)
    assert content(told)["notice"]
    assert MADE_UP in browser_of("ed", Role.ADMINISTRATOR).get(f"/plans/{plan_id}/reports/{number}/").content.decode()
    sober, _ = actions.report(editor, plan_id, actions.write_report(editor, plan_id, 2026, halves=2, at=AT))
    assert not content(sober)["notice"]


@pytest.mark.usefixtures("year")
def test_a_project_that_shows_a_live_figure_says_so_and_one_that_shows_none_does_not(
    browser_of: Callable[..., Client], person: Callable[..., Person]
) -> None:
    sue = person("sue", Role.SUPERVISOR)
    shown = {"code": "K1", "result": "C1", "name": "Hours", "unit": "hours"}
    for live, says in (("TF-02", True), ("", False)):
        found = begun(sue, indicators=[shown | {"live": live}])
        assert (MADE_UP in browser_of("sue").get(f"/development/project/{found.id}/").content.decode()) is says
