"""The report: plan against actual, approved indicators with their figures, and everything that still waits or was skipped."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategy.test_cycle import brought_to, kept
from tests.core.strategy.test_reading import YAML

from customhouse.performance.indicator import Disclosure, Figure, Quality, read_indicators
from customhouse.strategy import Form, beside, read_plan, review
from customhouse.strategy.review.cycle import Due, Step
from customhouse.strategy.review.standing import Decision, Standing, standing_of

PLAN = read_plan(
    YAML.replace("currency: EUR", "currency: EUR\n  readings: [{indicator: TF-02, end: 2026-12-01, narrative: Faster}]"), Form.YAML
)
[INDICATOR] = PLAN.operation.indicators
AT = datetime(2026, 2, 20, 9, tzinfo=UTC)
SET = """
name = "set"
[[indicators]]
code = "TF-02"
name = "Hours to release"
dimension = "trade facilitation and economic competitiveness"
measure = "median"
unit = "hours"
direction = "down"
events = "SELECT 1"
owner = "clearance"
narrative = "-"
"""
KNOWN = {each.code: each for each in read_indicators(SET).indicators}
PERIOD = review.reported_period(PLAN, 2026, halves=1, on=date(2027, 1, 10))
FIGURE = Figure(code="TF-02", version=1, start=PERIOD.start, end=PERIOD.end, value=4.0, n=900, quality=Quality.SOUND)


def approved() -> Standing:
    events = brought_to(Step.AUDIT_REVIEW)
    events.append(review.standing.put_forward(standing_of(PLAN, events), INDICATOR, actor="ada", at=AT))
    decision = Decision(text="AC/12", on=AT.date(), actor="bob", meeting="the 12th session")
    events.append(
        review.standing.indicator_decided(PLAN, standing_of(PLAN, events), indicator=INDICATOR, decision=decision, approved=True, at=AT)
    )
    return standing_of(PLAN, events)


def written(standing: Standing, figure: Figure | None = FIGURE) -> review.Report:
    worked_out = {"TF-02": figure} if figure else {}
    return review.report_on(PLAN, standing, period=PERIOD, figures=review.report.Figures(KNOWN, worked_out))


def test_half_a_year_ends_on_the_first_of_january_where_years_begin_in_july() -> None:
    assert (PERIOD.start, PERIOD.end) == (date(2026, 7, 1), date(2027, 1, 1))
    assert review.reported_period(PLAN, 2026, halves=2, on=date(2027, 7, 1)).end == date(2027, 7, 1)


@pytest.mark.parametrize(("begins", "end"), [("08-31", date(2027, 2, 28)), ("03-31", date(2026, 9, 30)), ("01-01", date(2026, 7, 1))])
def test_half_a_year_that_begins_on_the_last_of_a_month_ends_on_the_last_of_a_shorter_one(begins: str, end: date) -> None:
    plan = msgspec.structs.replace(PLAN, operation=msgspec.structs.replace(PLAN.operation, year_begins=begins))
    assert review.reported_period(plan, 2026, halves=1, on=date(2027, 7, 1)).end == end


def test_an_approved_indicator_tells_its_live_figure_against_the_target_of_the_plan() -> None:
    [told] = written(approved()).goals[0].activities[0].indicators
    assert (told.value, told.target, told.status, told.narrative) == (4.0, 4.5, "green", "Faster")


def test_an_indicator_that_is_not_approved_stays_out_and_waits_among_the_open_decisions() -> None:
    told = written(standing_of(PLAN, [kept()]))
    assert told.goals[0].activities[0].indicators == ()
    assert [each.subject for each in told.decisions_open if each.what == "indicator"] == ["TF-02"]
    assert "4.0" not in msgspec.json.encode(told.goals).decode()


def test_without_a_figure_the_report_says_why_and_gives_none() -> None:
    [told] = written(approved(), None).goals[0].activities[0].indicators
    assert (told.value, told.status, told.quality) == (None, "", "no figure")
    assert told.reason


def test_deliverables_count_as_due_delivered_and_late() -> None:
    told = written(approved()).goals[0].activities[0]
    assert (told.due, told.delivered, told.late) == (1, 0, ("D1",))


def test_what_is_delivered_after_the_report_was_written_does_not_count() -> None:
    done = "due: 2026-12-31, progress: delivered, delivered_on: 2026-12-14"
    plan = read_plan(YAML.replace("due: 2026-12-31", done), Form.YAML)
    for day, delivered in ((13, 0), (14, 1)):
        period = review.reported_period(plan, 2026, halves=1, on=date(2026, 12, day))
        told = review.report_on(plan, approved(), period=period, figures=review.report.Figures(KNOWN, {}))
        assert told.goals[0].activities[0].delivered == delivered


def test_a_skipped_step_shows_in_every_report() -> None:
    events = brought_to(Step.COSTING)
    standing = standing_of(PLAN, events)
    decision = Decision(text="PC/3", on=AT.date(), actor="ada", reason="The committee did not meet")
    events.append(review.standing.taken(standing, Due(Step.COSTING), act=review.Act.SKIP, decision=decision, at=AT))
    [told] = written(standing_of(PLAN, events)).skipped
    assert (told.step, told.decision, told.reason) == ("costing", "PC/3", "The committee did not meet")


def test_an_indicator_is_told_with_all_that_defines_it() -> None:
    [told] = written(approved()).goals[0].activities[0].indicators
    known = KNOWN["TF-02"]
    for name in ("name", "unit", "version", "direction", "frequency", "owner", "disclosure"):
        assert getattr(told, name) == getattr(known, name), name
    assert (told.n, told.quality) == (900, "sound")


def test_the_figure_of_an_indicator_for_other_eyes_is_withheld_and_the_rest_is_told() -> None:
    report = written(approved())
    assert report.disclosed([Disclosure.PUBLIC]) == report
    [told] = report.disclosed([Disclosure.WCO]).goals[0].activities[0].indicators
    assert (told.code, told.value, told.status, told.narrative, told.n) == ("TF-02", None, "", "", 0)
    assert told.reason == "its figure is not disclosed to you"
    assert report.disclosed([]).cost == report.cost


def test_a_decision_of_another_month_is_told_in_the_report_with_its_reason() -> None:
    assert written(approved()).out_of_month == ()
    late = review.event.PlanIndicatorDecided(
        occurred_at=AT, actor="bob", indicator=INDICATOR, approved=True, decision="AC/12", decided_on=date(2026, 3, 3), reason="No quorum"
    )
    [told] = written(standing_of(PLAN, [kept(), late])).out_of_month
    assert (told.indicator, told.decision, told.decided_on, told.reason) == ("TF-02", "AC/12", date(2026, 3, 3), "No quorum")


def test_costs_are_those_of_the_year_and_add_up_over_goals_and_sources() -> None:
    told = written(approved())
    assert told.cost.planned == Decimal("11802.73")  # 1000.10 + 2.5 x 4321.05, rounded once
    assert told.cost.spent == 400
    assert sum((goal.cost.spent for goal in told.goals), Decimal(0)) == told.cost.spent
    assert set(told.cost_by_source) == {"budget", "technical attache"}


@given(st.sampled_from(list(Step)))
def test_a_report_is_a_document_that_can_be_kept_at_any_step(step: Step) -> None:
    told = written(standing_of(PLAN, brought_to(step)))
    assert msgspec.json.decode(msgspec.json.encode(told), type=review.Report) == told


def test_the_months_of_an_indicator_are_there_for_those_alone_to_whom_it_is_disclosed() -> None:
    levels = (Disclosure.PUBLIC, Disclosure.RESTRICTED)
    told = beside.Beside(series=tuple(beside.Series(code=each.value, disclosure=each, months=()) for each in levels))
    assert [each.code for each in told.disclosed({Disclosure.PUBLIC}).series] == ["public"]
    assert told.disclosed(levels) == told


@pytest.mark.parametrize(
    ("n", "months", "is_told"),
    [(900, (), True), (4, (), False), (900, (897, 3), False), (900, (890, 3, 7), False), (904, (897, 3, 4), True), (900, (None,), True)],
)
def test_outside_the_administration_a_report_tells_nothing_of_few_events(n: int, months: tuple[int | None, ...], is_told: bool) -> None:
    whole = written(approved())
    [item] = whole.goals[0].activities[0].indicators
    activity = msgspec.structs.replace(whole.goals[0].activities[0], indicators=(msgspec.structs.replace(item, n=n),))
    start = whole.period.start
    drawn = tuple(beside.Month(start=start.replace(month=start.month + place), value=1.0, n=each) for place, each in enumerate(months))
    series = beside.Beside(series=(beside.Series(code=item.code, disclosure=Disclosure.PUBLIC, months=drawn),))
    goals = (msgspec.structs.replace(whole.goals[0], activities=(activity,)),)
    told = msgspec.structs.replace(whole, goals=goals, beside=series).told_outside()
    [shown] = told.goals[0].activities[0].indicators
    assert (shown.value is not None, shown.reason == "kept back: too few events") == (is_told, not is_told)
    assert [each.value for each in told.beside.series[0].months] == [1.0 if each and each >= 5 else None for each in months]


def test_an_indicator_is_told_with_its_baseline_and_the_way_it_has_come() -> None:
    [told] = written(approved()).goals[0].activities[0].indicators
    assert (told.baseline, told.travelled) == (None, None)
    begun = "baseline: 24.5, baseline_on: 2025-12-31, baseline_source: time release study, target: 4.5"
    plan = read_plan(YAML.replace("target: 4.5", begun), Form.YAML)
    [planned] = plan.operation.indicators
    decided = review.event.PlanIndicatorDecided(
        occurred_at=AT, actor="bob", indicator=planned, approved=True, decision="AC/12", decided_on=AT.date()
    )
    standing = standing_of(plan, [kept(), decided])
    figures = review.report.Figures(KNOWN, {"TF-02": msgspec.structs.replace(FIGURE, value=14.5)})
    [told] = review.report_on(plan, standing, period=PERIOD, figures=figures).goals[0].activities[0].indicators
    assert (told.baseline, told.baseline_on, told.baseline_source) == (24.5, date(2025, 12, 31), "time release study")
    assert told.travelled == 0.5
