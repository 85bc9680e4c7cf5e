"""What of a plan is told to whom: nothing in it tells a figure that is for other eyes, and a decision still stands beside it."""

from datetime import UTC, date, datetime

import msgspec
from tests.core.strategy.test_reading import YAML

from customhouse.performance import indicator
from customhouse.strategy import Form, read_plan, review
from customhouse.strategy.review.event import PlanIndicatorDecided

OWN = """{code: OWN, activity: 1.1, baseline: 71.5, baseline_on: 2025-12-31, baseline_source: The audit of 2025, target: 4.5,
       definition: {code: OWN, name: Own, dimension: revenue collection, measure: median, unit: h, direction: down, owner: CB,
       baseline: 72.5, baseline_on: 2024-12-31, baseline_source: The audit of 2024, missing_source: none, disclosure: restricted,
       narrative: x}}"""
READINGS = """
  readings:
    - {indicator: OWN, end: 2027-01-01, value: 73.5, narrative: It was worse}
    - {indicator: TF-02, end: 2027-01-01, value: 3.5, narrative: It was better}
"""
PLAN = read_plan(
    YAML.replace("    - {code: TF-02", f"    - {OWN}\n    - {{code: TF-02").replace("\n  targets:", f"{READINGS}  targets:", 1),
    Form.YAML,
)
PLAN = msgspec.structs.replace(PLAN, translations={"fr": {"It was worse": "C'est pire", "No staff": "Sans personnel", "One": "Un"}})
KNOWN = {"TF-02": msgspec.structs.replace(PLAN.operation.indicators[0].definition, code="TF-02", disclosure=indicator.Disclosure.PUBLIC)}
EVERYBODY = {indicator.Disclosure.PUBLIC}
SECRETS = ("71.5", "72.5", "73.5", "The audit of 2025", "The audit of 2024", "It was worse", "C'est pire")
INTERNAL = ("No staff", "Sans personnel", "400")


def test_whoever_sees_every_level_is_told_the_whole_plan() -> None:
    assert PLAN.disclosed(set(indicator.Disclosure), KNOWN) is PLAN


def test_a_figure_of_a_restricted_indicator_is_nowhere_in_what_others_are_told() -> None:
    told = msgspec.json.encode(PLAN.disclosed(EVERYBODY, KNOWN)).decode()
    assert not [each for each in SECRETS if each in told]
    assert not [each for each in ("OWN", "It was better", "3.5", *INTERNAL) if each not in told]


def test_an_indicator_that_nobody_defines_is_restricted() -> None:
    assert [each.indicator for each in PLAN.disclosed(EVERYBODY, KNOWN).operation.readings] == ["TF-02"]
    assert PLAN.disclosed(EVERYBODY, {}).operation.readings == ()


def test_the_public_is_told_neither_risks_nor_what_was_spent() -> None:
    told = PLAN.disclosed(EVERYBODY, KNOWN, is_public=True)
    text = msgspec.json.encode(told).decode()
    assert not [each for each in (*SECRETS, *INTERNAL) if each in text]
    assert [each.amount for each in told.operation.costs] == [each.amount for each in PLAN.operation.costs]
    assert told.translations == {"fr": {"One": "Un"}}


def test_an_approval_stands_beside_what_is_told_and_only_of_what_it_covers() -> None:
    [whole, _] = PLAN.operation.indicators
    told = PLAN.disclosed(EVERYBODY, KNOWN)
    for covered, stands in ((whole, True), (msgspec.structs.replace(whole, baseline=70.5), False)):
        event = PlanIndicatorDecided(
            occurred_at=datetime(2026, 11, 24, tzinfo=UTC),
            actor="sue",
            indicator=covered,
            approved=True,
            decision="AC/4",
            decided_on=date(2026, 11, 24),
        )
        standing = review.standing.Standing(decided={"OWN": event})
        shown = standing.disclosed(PLAN.operation, told.operation)
        assert (shown.approval_of(told.operation.indicators[0]) is not None) is stands
        assert not [each for each in (*SECRETS, "70.5") if each in repr(shown)]
