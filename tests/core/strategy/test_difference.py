"""What changed between two plans, in words: the new plan's own account of itself is the worked case."""

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.strategy import StrategicPlan, difference, read_plan
from customhouse.strategy.plan import Activity

PLAN = """
name = "own"
title = "Own"
valid_from = 2026-01-01
valid_to = 2029-01-01
mission = "Serve"
building_blocks = { A = "Alpha", B = "Beta" }
[[goals]]
number = 1
title = "Trade that flows"
activities = [{ number = "1.1", title = "Papers without paper", building_blocks = ["A"] }]
[[goals]]
number = 2
title = "Revenue that lasts"
package = "Some Package"
"""


def told(*arguments: str) -> list[dict[str, str]]:
    return json.loads(CliRunner().invoke(app, ["strategy", "diff", *arguments, "--json"]).stdout)


def changed(old: str, new: str) -> list[str]:
    assert old in PLAN
    return [each.told() for each in difference(read_plan(PLAN), read_plan(PLAN.replace(old, new)))]


def test_the_plan_of_2016_tells_what_its_paragraph_12_tells() -> None:
    found = {(each["subject"], each["kind"], each["number"]) for each in told("wco-2013-2016-implied", "wco-2016-2019")}
    assert found == {
        ("value", "added", "INCLUSION"),
        ("goal", "reworded", "3"),
        ("goal", "added", "5"),
        ("activity", "added", "5.1"),
        ("activity", "placed", "5.2"),
        ("activity", "added", "5.3"),
        ("activity", "added", "5.4"),
    }


def test_a_plan_does_not_differ_from_itself() -> None:
    assert told("wco-2016-2019", "wco-2016-2019") == []


def test_each_change_has_its_sentence() -> None:
    assert changed('"1.1", title = "Papers without paper"', '"1.1", title = "Papers without any paper"') == [
        "Activity 1.1 is amended: it was “Papers without paper” and is “Papers without any paper”"
    ]
    assert changed('"1.1"', '"1.2"') == ["Activity 1.2 was activity 1.1"]
    assert changed('["A"]', '["A", "B"]') == ["Activity 1.1 rests on Alpha, Beta instead of Alpha"]
    assert changed('["A"] }', '["A"], priority = "high" }') == ["Activity 1.1 has the priority high instead of normal"]
    assert changed('package = "Some Package"', "") == ["Goal 2 is served by \N{EN DASH} instead of Some Package"]
    assert changed('mission = "Serve"', 'mission = "Guard"') == ["The mission was “Serve” and is “Guard”"]
    assert changed("number = 2", "number = 3") == ["Goal 3 was goal 2"]
    assert changed('title = "Revenue that lasts"', 'title = "Digital customs"') == [
        "Goal 2 is new: Digital customs",
        "Goal 2 is gone: Revenue that lasts",
    ]


def test_a_key_says_what_wording_and_number_hide() -> None:
    before = read_plan(PLAN.replace('title = "Papers without paper"', 'title = "Papers without paper", key = "P"'))
    after = read_plan(PLAN.replace('number = "1.1", title = "Papers without paper"', 'number = "1.4", title = "All digital", key = "P"'))
    assert [each.kind.value for each in difference(before, after)] == ["renumbered", "reworded"]


@st.composite
def plans(draw: st.DrawFn) -> StrategicPlan:
    titles = draw(st.lists(st.sampled_from([f"Word{letter} thing" for letter in "abcdefgh"]), unique=True, max_size=6))
    activities = tuple(Activity(number=f"1.{place}", title=title) for place, title in enumerate(titles, start=1))
    plan = read_plan(PLAN)
    return msgspec.structs.replace(plan, goals=(msgspec.structs.replace(plan.goals[0], activities=activities), plan.goals[1]))


@given(plans(), plans())
def test_what_is_new_one_way_is_gone_the_other_way(one: StrategicPlan, other: StrategicPlan) -> None:
    def named(old: StrategicPlan, new: StrategicPlan, kind: str) -> set[str]:
        return {each.new or each.old for each in difference(old, new) if each.kind == kind}

    assert named(one, other, "added") == named(other, one, "removed")
    assert (difference(one, other) == ()) == (one == other)
