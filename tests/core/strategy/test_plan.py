"""The strategic plan of the World Customs Organization: every number and every printed link."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.shipped import shipped
from customhouse.strategy import UnreadablePlanError, difference, read_plan
from customhouse.strategy.wording import texts_in

RUN = CliRunner()
GNC, CBM, RISK = "Globally Networked Customs", "Coordinated Border Management", "Intelligence-driven risk management"
TRADE, METHODS = "Customs-Trade partnership", "Implementation of modern working methods, procedures and techniques"
TECHNOLOGY, POWERS = "Enabling technology and tools", "Enabling powers"
CULTURE, CAPACITY, INTEGRITY = "A professional, knowledge-based service culture", "Capacity Building", "Integrity"
PRINTED = {
    "1.1": {RISK, METHODS},
    "1.2": {GNC, CBM, RISK, TRADE, METHODS, TECHNOLOGY, POWERS, CULTURE, CAPACITY, INTEGRITY},
    "1.3": {CBM},
    "1.4": {TRADE},
    "2.1": {METHODS},
    "2.2": {METHODS},
    "3.1": {TECHNOLOGY, RISK, POWERS},
    "3.2": {RISK, CBM},
    "3.3": {RISK, POWERS},
    "4.1": {CAPACITY},
    "4.2": {CAPACITY},
    "4.3": {CULTURE, CAPACITY},
    "4.4": {INTEGRITY},
    "5.1": {TECHNOLOGY},
    "5.2": {GNC},
    "5.3": {TECHNOLOGY, CBM},
    "5.4": {POWERS},
    "6.1": {CAPACITY},
    "6.2": {CAPACITY, TRADE},
    "6.3": {TRADE},
    "6.4": {TRADE},
    "6.5": {CULTURE},
    "7.1": {CULTURE},
    "7.2": {CULTURE},
}
PACKAGES = [
    f"{each} Package" for each in ("Economic Competitiveness", "Revenue", "Compliance and Enforcement", "Organizational Development")
]
PLAN = """
name = "own"
title = "Own"
valid_from = 2026-01-01
valid_to = 2029-01-01
[building_blocks]
A = "Alpha"
[[goals]]
number = 1
title = "One"
activities = [{ number = "1.1", title = "First", building_blocks = ["A"] }]
"""


def test_the_plan_has_its_goals_activities_blocks_and_printed_links() -> None:
    done = RUN.invoke(app, ["strategy", "show", "wco-2016-2019", "--json"])
    told = json.loads(done.stdout)
    assert [goal["number"] for goal in told["goals"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [goal["package"] for goal in told["goals"]] == [*PACKAGES, None, None, None]
    assert {each["number"]: set(each["building_blocks"]) for goal in told["goals"] for each in goal["activities"]} == PRINTED
    assert set(told["building_blocks"]) == PRINTED["1.2"]
    assert all(each["title"] for goal in told["goals"] for each in (goal, *goal["activities"]))


def test_the_plan_is_shown_in_words_and_an_administration_shows_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert "5.4" in RUN.invoke(app, ["strategy", "show", "wco-2016-2019"]).stdout
    own = tmp_path_factory.mktemp("plans") / "own.toml"
    own.write_text(PLAN)
    assert json.loads(RUN.invoke(app, ["strategy", "show", str(own), "--json"]).stdout)["goals"][0]["activities"][0]["building_blocks"] == [
        "Alpha"
    ]
    assert RUN.invoke(app, ["strategy", "show", "nowhere"]).exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('["A"]', '["B"]', "building block B"),
        ('"1.1"', '"2.1"', "does not belong under goal 1"),
        ("valid_to = 2029", "valid_to = 2020", "ends before it begins"),
        ("title", "tilte", "tilte: there is no such field; title: it is missing"),
        ("[[goals]]", "[[goals", "cannot be read"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused_with_the_place(old: str, new: str, fault: str) -> None:
    with pytest.raises(UnreadablePlanError, match=fault):
        read_plan(PLAN.replace(old, new))


SHIPPED = sorted(shipped("plans").glob("*.toml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_text_of_a_plan_that_ships_is_said_in_french(file: Path) -> None:
    plan = read_plan(file.read_text("utf-8"))
    texts = set(texts_in(msgspec.structs.replace(plan, translations={}, operation=type(plan.operation)())))
    assert texts == set(plan.translations["fr"])
    assert not [text for text, french in plan.translations["fr"].items() if not french.strip()]


def test_a_plan_read_in_french_has_french_words_and_the_same_numbers_codes_and_links() -> None:
    plan = read_plan((shipped("plans") / "wco-2016-2019.toml").read_text("utf-8"))
    french = plan.in_language("fr")
    assert french.title.startswith("Plan stratégique de l")
    assert [each.number for _, each in french.activities()] == [each.number for _, each in plan.activities()]
    assert [french.block_codes_of(each) for _, each in french.activities()] == [plan.block_codes_of(each) for _, each in plan.activities()]
    assert not {each.title for _, each in plan.activities()} & {each.title for _, each in french.activities()}
    assert (french.name, french.translations) == (plan.name, plan.translations)
    assert plan.in_language("de") == plan.in_language("en") == plan


def test_what_changed_between_the_plans_that_ship_is_the_same_in_both_languages() -> None:
    old, new = (read_plan(file.read_text("utf-8")) for file in SHIPPED)
    told = [(each.subject, each.kind, each.number) for each in difference(old, new)]
    assert told
    assert [(each.subject, each.kind, each.number) for each in difference(old.in_language("fr"), new.in_language("fr"))] == told


def test_a_translation_of_a_text_that_the_plan_does_not_have_is_refused() -> None:
    text = SHIPPED[0].read_text("utf-8").replace('title = "Research and analysis"', 'title = "Research"')
    with pytest.raises(UnreadablePlanError, match=r"translations\.fr: the plan has no text “Research and analysis”"):
        read_plan(text)
