"""A plan from TOML and from YAML: the same value, and every fault at once."""

import json
from collections.abc import Callable
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.strategy import Form, UnreadablePlanError, read_plan

YAML = """
name: own
title: Own
version: 3
status: draft
valid_from: 2026-07-01
valid_to: 2029-07-01
mission: We serve
values: {OPEN: Openness}
building_blocks: {A: Alpha, B: Beta}
goals:
  - number: 1
    title: One
    package: Some Package
    activities:
      - {number: 1.1, title: First, building_blocks: [A], priority: high}
      - {number: 1.10, title: Tenth, building_blocks: ["*"]}
operation:
  currency: EUR
  directorates: {CB: Capacity building}
  attache_rates:
    - {year: 2026, monthly: 4321.05, basis: decision 7 of the Finance Committee}
  deliverables:
    - {code: D1, activity: 1.1, year: 2026, tactical_activity: Write it, title: A guide, directorate: CB, due: 2026-12-31}
  indicators:
    - {code: TF-02, activity: 1.1, target: 4.5}
  targets:
    - {activity: 1.10, text: "Officers trust it", rating: on course}
  costs:
    - {activity: 1.1, year: 2026, source: budget, amount: 1000.10, spent: 400}
    - {activity: 1.10, year: 2026, source: technical attache, person_months: 2.5}
    - {activity: 1.10, year: 2027, source: voluntary contribution, fund: A fund, amount: 12345678901234.07}
  risks:
    - {code: R1, title: No staff, activity: 1.1, likelihood: 3, impact: 4}
"""
PLAN = read_plan(YAML, Form.YAML)


def test_a_plan_in_yaml_keeps_activity_numbers_and_amounts_as_they_are_written() -> None:
    assert [activity.number for _, activity in PLAN.activities()] == ["1.1", "1.10"]
    assert [line.amount for line in PLAN.operation.costs] == [Decimal("1000.10"), None, Decimal("12345678901234.07")]
    assert PLAN.operation.indicators[0].target == 4.5


def test_the_forms_say_the_same() -> None:
    toml = """
name = "own"
title = "Own"
valid_from = 2026-07-01
valid_to = 2029-07-01
building_blocks = { A = "Alpha" }
[[goals]]
number = 1
title = "One"
activities = [{ number = "1.1", title = "First", building_blocks = ["A"] }]
[operation]
currency = "EUR"
costs = [{ activity = "1.1", year = 2026, source = "budget", amount = 12345678901234.07 }]
"""
    yaml = """
name: own
title: Own
valid_from: 2026-07-01
valid_to: 2029-07-01
building_blocks: {A: Alpha}
goals:
  - {number: 1, title: One, activities: [{number: 1.1, title: First, building_blocks: [A]}]}
operation:
  currency: EUR
  costs: [{activity: 1.1, year: 2026, source: budget, amount: 12345678901234.07}]
"""
    assert read_plan(toml) == read_plan(yaml, Form.YAML)


def test_every_fault_of_the_shape_is_told_at_once_with_its_place() -> None:
    bad = (
        YAML.replace("title: First", "tilte: First")
        .replace("valid_from: 2026-07-01", "valid_from: someday")
        .replace("amount: 1000.10", "amount: much")
    )
    with pytest.raises(UnreadablePlanError) as refused:
        read_plan(bad, Form.YAML)
    told = "\n".join(map(str, refused.value.faults))
    assert len(refused.value.faults) == 4
    for place in ("goals[1].activities[1].tilte", "goals[1].activities[1].title", "valid_from", "operation.costs[1].amount"):
        assert place in told


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("activity: 1.1, year: 2026, source: budget", "activity: 9.1, year: 2026, source: budget", "no activity 9.1"),
        ("year: 2027", "year: 2035", "financial year 2035"),
        ("directorate: CB", "directorate: XX", "no directorate XX"),
        ("amount: 1000.10, ", "", "amount is missing"),
        ("person_months: 2.5", "person_months: 2.5, amount: 7", "person-months alone"),
        ("amount: 1000.10", "amount: -1", "from nothing up"),
        ("amount: 1000.10", "amount: .nan", "Invalid decimal"),
        ("currency: EUR", "currency: ''", "need a currency"),
        ("likelihood: 3", "likelihood: 6", "from 1 to 5"),
        ("number: 1.10", "number: 1.1", "stands twice"),
        ("number: 1.10", "number: 2.1", "does not belong under goal 1"),
        ("due: 2026-12-31", "due: 2026-12-31, progress: delivered", "has its day"),
        ("due: 2026-12-31", "due: 9999-12-31", r"deliverables\[1\].due: 9999-12-31 is not between 1900 and 2199"),
        ("currency: EUR", "currency: EUR\n  due_months: {outline: 13}", "no month"),
        ("currency: EUR", "currency: EUR\n  due_months: {outlnie: 3}", "no such step"),
        ("currency: EUR", "currency: EUR\n  year_begins: 02-29", "no month and day"),
        ("currency: EUR", "currency: EUR\n  rounding_step: 0", "must be positive"),
        ("valid_to: 2029-07-01", "valid_to: 9999-12-31", "20 years at most"),
        ("person_months: 2.5", "person_months: 2.33333", "4 decimals at most"),
        ("amount: 1000.10", "amount: 1000.1000001", "6 decimals at most"),
        ("target: 4.5", "target: nan", "are numbers"),
        ("target: 4.5", "baseline: 24", "TF-02: the baseline has no day"),
        ("target: 4.5", "baseline: 24, baseline_on: 2026-01-31", "TF-02: the baseline has no source"),
        ("target: 4.5", "baseline: nan, baseline_on: 2026-01-31, baseline_source: study", "TF-02: the baseline is no number"),
        ("currency: EUR", "currency: EUR\n  year_begins: 02-30", "no month and day"),
        ("currency: EUR", "currency: EUR\n  currency: USD", "stands twice"),
        ("mission: We serve", "mission: &m We serve\nvision: *m", "references"),
        ("goals:", "goals: [", "cannot be read"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused(old: str, new: str, fault: str) -> None:
    assert old in YAML
    with pytest.raises(UnreadablePlanError, match=fault):
        read_plan(YAML.replace(old, new), Form.YAML)


@given(st.text(max_size=200))
def test_whatever_is_given_is_read_or_refused(text: str) -> None:
    for form in Form:
        with pytest.raises(UnreadablePlanError):
            read_plan(text, form)


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- 1", "null", "a: 2026-13-01"])
def test_a_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePlanError):
        read_plan(text, Form.YAML)


def dotted(parts: int, part: str = "a", dot: str = ".") -> str:
    return dot.join([part] * parts)


@pytest.mark.parametrize(
    "written",
    [
        lambda parts: f"{dotted(parts)} = 1",
        lambda parts: f"[{dotted(parts)}]",
        lambda parts: f"[[ {dotted(parts, dot=' . ')} ]]",
        lambda parts: f"{dotted(parts, part=chr(34) + 'a.b' + chr(34))} = 1",
        lambda parts: f"{dotted(parts, part=chr(39) + 'a' + chr(39))} = 1",
        lambda parts: f"title = {{ {dotted(parts)} = 1 }}",
        lambda parts: f"{dotted(parts)}",
    ],
)
def test_a_key_of_more_than_sixteen_parts_is_refused_before_it_is_read(written: Callable[[int], str]) -> None:
    told = "line 2: a key has more than 16 parts"
    with pytest.raises(UnreadablePlanError) as refused:
        read_plan(f'name = "own"\n{written(17)}\n')
    assert told in str(refused.value)
    with pytest.raises(UnreadablePlanError) as refused:
        read_plan(f'name = "own"\n{written(16)}\n')
    assert told not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        f'"{dotted(40)}"',
        f"'{dotted(40)}'",
        f'"""\n{dotted(40)} \\""" "" {dotted(40)}"""',
        f"'''\n{dotted(40)} '' \\'''",
        f'"own" # {dotted(40)} "',
        f'"\\"{dotted(40)}"',
    ],
)
def test_dots_in_a_text_or_a_comment_part_no_key(text: str) -> None:
    with pytest.raises(UnreadablePlanError) as refused:
        read_plan(f"name = {text}\n")
    assert "title: it is missing" in str(refused.value)
    assert "cannot be read" not in str(refused.value)


def test_a_plan_survives_being_kept_as_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(PLAN), type=type(PLAN)) == PLAN


def test_the_command_reads_yaml_and_adds_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("plans") / "own.yaml"
    file.write_text(YAML, "utf-8")
    shown = CliRunner().invoke(app, ["strategy", "show", str(file), "--json"])
    assert json.loads(shown.stdout)["goals"][0]["activities"][1]["building_blocks"] == ["Alpha", "Beta"]
    costs = CliRunner().invoke(app, ["strategy", "costs", str(file), "--by", "source", "--json"])
    assert json.loads(costs.stdout)["technical attache"]["planned"] == "10802.625"
