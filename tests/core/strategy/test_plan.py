"""The strategic plan of the World Customs Organization: every number and every printed link."""

import json

import pytest
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.strategy import UnreadablePlanError, read_plan

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
        ("title", "tilte", "cannot be read"),
        ("[[goals]]", "[[goals", "cannot be read"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused_with_the_place(old: str, new: str, fault: str) -> None:
    with pytest.raises(UnreadablePlanError, match=fault):
        read_plan(PLAN.replace(old, new))
