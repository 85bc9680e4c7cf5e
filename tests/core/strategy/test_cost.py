"""Costs: exact, by source, the same total whichever way they are added up, and never a guess."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategy.test_reading import YAML

from customhouse.strategy import Form, StrategicPlan, read_plan
from customhouse.strategy.budget import By, rolled_up
from customhouse.strategy.coverage import coverage_of
from customhouse.strategy.operation import CostLine, Source, Total

PLAN = read_plan(YAML, Form.YAML)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=3)


@st.composite
def lines(draw: st.DrawFn) -> tuple[CostLine, ...]:
    def line() -> CostLine:
        source = draw(st.sampled_from(Source))
        months = draw(st.decimals(min_value=Decimal("0.1"), max_value=100, places=1))
        return CostLine(
            activity=draw(st.sampled_from(["1.1", "1.10"])),
            year=draw(st.sampled_from([2026, 2027])),
            source=source,
            directorate=draw(st.sampled_from(["CB", ""])),
            amount=None if source is Source.ATTACHE else draw(AMOUNTS),
            person_months=months,
            spent=draw(st.none() | AMOUNTS),
        )

    return tuple(line() for _ in range(draw(st.integers(0, 8))))


def with_costs(costs: tuple[CostLine, ...]) -> StrategicPlan:
    return msgspec.structs.replace(PLAN, operation=msgspec.structs.replace(PLAN.operation, costs=costs))


def test_attaches_are_valued_by_the_rate_of_their_year() -> None:
    assert rolled_up(PLAN, By.SOURCE)["technical attache"].planned == Decimal("10802.625")
    assert PLAN.shown(Decimal("10802.625")) == Decimal("10802.63")


def test_months_of_a_year_without_a_rate_are_undetermined_and_never_zero_in_silence() -> None:
    total = rolled_up(with_costs((CostLine(activity="1.1", year=2027, source=Source.ATTACHE, person_months=Decimal(3)),)), By.GOAL)["1"]
    assert total.planned == 0
    assert total.person_months == 3
    assert total.undetermined == ("1.1, 2027: no rate values the months of technical attachés in that year",)


@given(lines())
def test_every_way_of_adding_up_gives_the_same_total(costs: tuple[CostLine, ...]) -> None:
    plan = with_costs(costs)
    totals = [sum(rolled_up(plan, by).values(), Total()) for by in By]
    assert {(each.planned, each.spent, each.person_months, len(each.undetermined)) for each in totals} == {
        (totals[0].planned, totals[0].spent, totals[0].person_months, len(totals[0].undetermined))
    }


@given(lines())
def test_the_cells_of_the_coverage_add_up_to_the_cost_of_the_activities(costs: tuple[CostLine, ...]) -> None:
    plan = with_costs(costs)
    found = coverage_of(plan)
    whole = sum((plan.shown(total.planned) for total in rolled_up(plan, By.ACTIVITY).values()), Decimal(0))
    assert sum((cell.cost for cell in found.cells), Decimal(0)) + found.unlinked_cost == whole


def test_the_coverage_of_the_plan_of_2016_counts_its_printed_links(root_plan: StrategicPlan) -> None:
    found = coverage_of(root_plan)
    assert len(found.cells) == 70
    counts = {code: sum(len(cell.activities) for cell in found.row(code)) for code in found.blocks}
    assert counts == {
        "GNC": 2,
        "CBM": 4,
        "RISK": 5,
        "PARTNERSHIP": 5,
        "METHODS": 4,
        "TECHNOLOGY": 4,
        "POWERS": 4,
        "CULTURE": 5,
        "CAPACITY": 6,
        "INTEGRITY": 2,
    }
    assert found.unlinked == ()


@pytest.fixture
def root_plan() -> StrategicPlan:
    return read_plan((Path(__file__).resolve().parents[3] / "plans" / "wco-2016-2019.toml").read_text("utf-8"))
