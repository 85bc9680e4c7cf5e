from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse import clearance, pipeline
from customhouse.clearance import State
from customhouse.performance import StageReached
from customhouse.pipeline import simulated

SANDBOX = pipeline.load_country("sandbox")
ENDS = {State.EXITED, State.SEIZED, State.INVALIDATED, State.REJECTED}


@pytest.fixture(scope="module")
def world() -> simulated.World:
    return simulated.World.of(SANDBOX, simulated.read_scenario(SANDBOX.scenario), on=date(2026, 1, 1))


@pytest.fixture(scope="module")
def week(world: simulated.World) -> list[tuple[simulated.Day, list[simulated.Happening]]]:
    days = list(simulated.year_days(2026, declarations=8_000))[130:137]
    return [(day, simulated.simulated_day(world, day, seed="1")) for day in days]


def test_the_same_seed_gives_the_same_day_and_another_seed_another(world: simulated.World) -> None:
    day = simulated.Day(date(2026, 5, 12), 40, 12)
    assert simulated.simulated_day(world, day, seed="1") == simulated.simulated_day(world, day, seed="1")
    assert simulated.simulated_day(world, day, seed="1") != simulated.simulated_day(world, day, seed="2")


@given(st.integers(2000, 2100), st.integers(1, 3_000_000))
def test_the_days_of_a_year_share_out_every_declaration_once(year: int, declarations: int) -> None:
    days = list(simulated.year_days(year, declarations=declarations))
    assert sum(day.arrivals for day in days) == declarations
    assert all(former.first + former.arrivals == later.first for former, later in pairwise(days))
    assert (days[0].day, days[-1].day) == (date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize("year", [2022, 2024, 2029])
def test_no_goods_are_imported_that_cannot_be_declared_on_every_day_on_which_their_law_changes(year: int) -> None:
    world = simulated.World.of(SANDBOX, simulated.read_scenario(SANDBOX.scenario), on=date(year, 1, 1))
    changes = {day for each in SANDBOX.law.tariff.measures for day in (each.validity.start, each.validity.end) if day and day.year == year}
    drawn = [simulated.Day(day, place * 1_000, 30) for place, day in enumerate(sorted(changes))]
    assert all(simulated.simulated_day(world, day, seed="2") for day in drawn)
    assert ("87120030", "CN") not in {(each.code, each.origin) for each in world.goods} or year not in range(2024, 2029)


def test_a_journal_is_in_the_order_in_which_things_occurred_and_leaves_nothing_out(
    week: list[tuple[simulated.Day, list[simulated.Happening]]],
) -> None:
    journal = list(simulated.in_order(iter(week)))
    assert all(former.occurred_at <= later.occurred_at for former, later in pairwise(journal))
    assert len(journal) == sum(len(events) for _, events in week)


def test_every_declaration_comes_to_an_end_that_its_events_tell(week: list[tuple[simulated.Day, list[simulated.Happening]]]) -> None:
    by_declaration: dict[str, list[clearance.AnyEvent]] = {}
    for event in simulated.in_order(iter(week)):
        if not isinstance(event, StageReached):
            by_declaration.setdefault(event.declaration_id, []).append(event)
    cases = [clearance.replay(events, declaration_id=name) for name, events in by_declaration.items()]
    assert {case.state for case in cases} <= ENDS
    assert all(case.cleared_at and case.outstanding == 0 for case in cases if case.state is State.EXITED)
    assert Counter(case.state for case in cases)[State.EXITED] > len(cases) * 9 // 10


def test_goods_are_at_hand_before_they_are_accepted_and_removed_after_they_are_released(
    week: list[tuple[simulated.Day, list[simulated.Happening]]],
) -> None:
    for _, events in week:
        at = {(event.declaration_id, getattr(event, "stage", type(event).__name__)): event.occurred_at for event in events}
        for (name, what), instant in at.items():
            if what == "removed":
                assert at[name, "available"] <= at[name, "DeclarationAccepted"] <= at[name, "GoodsReleased"] <= instant


def test_controls_find_something_and_the_random_arm_draws(week: list[tuple[simulated.Day, list[simulated.Happening]]]) -> None:
    events = [event for _, events in week for event in events]
    results = Counter(event.result_code for event in events if isinstance(event, clearance.event.GoodsExamined))
    drawn = [event for event in events if isinstance(event, clearance.event.LaneAssigned) and event.random_control]
    assert results["conform"] > 0
    assert len(results) > 1
    assert drawn


def test_offices_do_not_work_while_they_are_closed(
    world: simulated.World, week: list[tuple[simulated.Day, list[simulated.Happening]]]
) -> None:
    offices = {officer.name: office for office in world.scenario.offices for officer in office.officers}
    for event in (event for _, events in week for event in events):
        office = offices.get(event.actor)
        if office and event.role is clearance.Role.OFFICER:
            before = event.occurred_at - timedelta(seconds=1)
            assert world.hours[office.code].between(before, event.occurred_at) == timedelta(seconds=1)


def test_a_scenario_that_is_none_is_refused() -> None:
    with pytest.raises(simulated.UnreadableScenarioError, match="cannot be read"):
        simulated.read_scenario("trade = 1")
