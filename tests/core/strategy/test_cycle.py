"""The cycle of a plan: every step with its body and month, nothing skipped in silence, four eyes where the plan asks for them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategy.test_reading import YAML
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.strategy import Form, StrategicPlan, read_plan, review
from customhouse.strategy.review.comment import Said
from customhouse.strategy.review.cycle import ROWS, TABLE, Body, Due, Step, calendar, months_of, next_due
from customhouse.strategy.review.event import AnyEvent, PlanIndicatorDecided, PlanVersionKept
from customhouse.strategy.review.standing import Decision, RefusedError, Standing, standing_of

PLAN = read_plan(YAML, Form.YAML)
AT = datetime(2025, 10, 20, 9, tzinfo=UTC)
DAY = date(2025, 10, 20)
standing_acts = review.standing


def kept(version: int = 1) -> PlanVersionKept:
    return PlanVersionKept(occurred_at=AT, actor="ada", version=version, reason="loaded")


def decision(actor: str = "ada", *, reason: str = "", text: str = "taken note of") -> Decision:
    return Decision(text=text, on=DAY, actor=actor, reason=reason, meeting="the autumn session")


def brought_to(step: Step, plan: StrategicPlan = PLAN) -> list[AnyEvent]:
    """The events that bring a plan to a step, each step concluded in turn."""
    events: list[AnyEvent] = [kept()]
    while (standing := standing_of(plan, events)).due != Due(step, None) and (standing.due and standing.due.step) != step:
        assert standing.due
        if standing.due.step is Step.ADOPTION:
            events.append(standing_acts.adoption_proposed(standing, "ada", at=AT))
            standing = standing_of(plan, events)
        assert standing.due
        events.append(standing_acts.taken(standing, standing.due, act=review.Act.CONCLUDE, decision=decision("bob"), at=AT))
    return events


def test_the_cycle_is_that_of_the_paragraphs_5_and_10() -> None:
    plan = read_plan((Path(__file__).resolve().parents[3] / "plans" / "wco-2016-2019.toml").read_text("utf-8"))
    days = {due: on for due, on in calendar(plan) if due.year in (None, 2016)}
    told = [(due.row.body, on) for due, on in days.items()]
    assert told[1:4] == [
        (Body.POLICY_COMMISSION, date(2015, 12, 31)),
        (Body.SENIOR_MANAGEMENT, date(2016, 1, 31)),
        (Body.AUDIT_COMMITTEE, date(2016, 2, 29)),
    ]
    assert [body for body, _ in told[4:7]] == [Body.FINANCE_COMMITTEE, Body.POLICY_COMMISSION, Body.COUNCIL]
    reports = [(due.row.body, due.year) for due, _ in calendar(plan) if "report" in due.step]
    for year in (2016, 2017, 2018):
        assert reports.count((Body.POLICY_COMMISSION, year)) == 2
        assert reports.count((Body.COUNCIL, year)) == 1


def test_the_commands_tell_the_cycle_and_the_coverage() -> None:
    told = json.loads(CliRunner().invoke(app, ["strategy", "cycle", "wco-2016-2019", "--json"]).stdout)
    assert [each["due"] for each in told if each["step"] == "council_report"] == ["2017-06-30", "2018-06-30", "2019-06-30"]
    covered = json.loads(CliRunner().invoke(app, ["strategy", "coverage", "wco-2016-2019", "--json"]).stdout)
    assert [each["activities"] for each in covered["cells"] if (each["block"], each["goal"]) == ("RISK", 3)] == [["3.1", "3.2", "3.3"]]
    for command in ("cycle", "coverage", "costs"):
        assert CliRunner().invoke(app, ["strategy", command, "wco-2016-2019"]).exit_code == 0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step.value)
def test_a_row_leads_to_rows_that_are_there(row: review.cycle.Row) -> None:
    assert row.follows is None or row.follows in TABLE
    assert row.back is None or [each.step for each in ROWS].index(row.back) < ROWS.index(row)


def test_each_year_the_audit_committee_approves_indicators_in_february_and_the_finance_committee_reviews_costs_in_spring() -> None:
    yearly = [(each.step, day) for each, day in calendar(PLAN) if each.row.is_yearly]
    for step, month in ((Step.INDICATOR_APPROVAL, 2), (Step.COST_REVIEW, 4)):
        assert {day.month for found, day in yearly if found is step} == {month}
        assert len([found for found, _ in yearly if found is step]) == len(PLAN.years())


def test_the_days_of_a_cycle_never_run_backwards() -> None:
    days = [on for _, on in calendar(PLAN)]
    assert days == sorted(days)
    assert len(days) == 7 + 3 * 7 + 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step.value)
def test_each_step_refuses_what_the_table_does_not_allow(row: review.cycle.Row) -> None:
    standing = standing_of(PLAN, brought_to(row.step))
    due = standing.due
    assert due
    for act in (review.Act.SKIP, review.Act.SEND_BACK):
        allowed = row.may_be_skipped if act is review.Act.SKIP else row.back is not None
        with pytest.raises(RefusedError, match="reason"):
            standing_acts.taken(standing, due, act=act, decision=decision(), at=AT)
        if allowed:
            event = standing_acts.taken(standing, due, act=act, decision=decision(reason="no session"), at=AT)
            assert standing_of(PLAN, [*brought_to(row.step), event]).due == next_due(PLAN, due, act=act)
        else:
            with pytest.raises(RefusedError, match="cannot be"):
                standing_acts.taken(standing, due, act=act, decision=decision(reason="no session"), at=AT)
    with pytest.raises(RefusedError, match="has not come yet"):
        standing_acts.taken(standing, due, act=review.Act.CONCLUDE, decision=replace(decision(), on=date(2025, 10, 21)), at=AT)
    with pytest.raises(RefusedError, match="needs the decision"):
        standing_acts.taken(standing, due, act=review.Act.CONCLUDE, decision=decision(text=" "), at=AT)


def test_a_step_that_is_not_due_is_refused() -> None:
    with pytest.raises(RefusedError, match="outline is due now, not costing"):
        standing_acts.taken(Standing(version=1), Due(Step.COSTING), act=review.Act.CONCLUDE, decision=decision(), at=AT)


def test_a_step_waits_until_every_comment_on_it_has_its_answer() -> None:
    events = brought_to(Step.FIRST_DRAFT)
    standing = standing_of(PLAN, events)
    events.append(standing_acts.commented(standing, "carl", said=Said("Say more on e-commerce", origin="Region Six"), at=AT))
    standing = standing_of(PLAN, events)
    assert standing.due
    with pytest.raises(RefusedError, match="comments 1 on this step"):
        standing_acts.taken(standing, standing.due, act=review.Act.CONCLUDE, decision=decision(), at=AT)
    answer = standing_acts.disposed(standing, 1, disposition=review.comment.Disposition.PARTLY, text="In activity 1.1", actor="ada", at=AT)
    standing = standing_of(PLAN, [*events, answer])
    assert standing.due
    assert standing_acts.taken(standing, standing.due, act=review.Act.CONCLUDE, decision=decision(), at=AT).version == 1


def test_adoption_takes_two_people_and_the_version_that_was_put_up() -> None:
    events = brought_to(Step.ADOPTION)
    due = Due(Step.ADOPTION)
    with pytest.raises(RefusedError, match="not been put up"):
        standing_acts.taken(standing_of(PLAN, events), due, act=review.Act.CONCLUDE, decision=decision("bob"), at=AT)
    events.append(standing_acts.adoption_proposed(standing_of(PLAN, events), "ada", at=AT))
    with pytest.raises(RefusedError, match="another person"):
        standing_acts.taken(standing_of(PLAN, events), due, act=review.Act.CONCLUDE, decision=decision("ada"), at=AT)
    with pytest.raises(RefusedError, match="not been put up"):
        standing_acts.taken(standing_of(PLAN, [*events, kept(2)]), due, act=review.Act.CONCLUDE, decision=decision("bob"), at=AT)
    events.append(standing_acts.taken(standing_of(PLAN, events), due, act=review.Act.CONCLUDE, decision=decision("bob"), at=AT))
    assert standing_of(PLAN, events).status == "adopted"
    assert standing_of(PLAN, events).due == Due(Step.OPERATIONAL_PLAN, 2026)


def decided(events: list[AnyEvent], told: Decision, *, plan: StrategicPlan = PLAN, at: datetime = AT) -> PlanIndicatorDecided:
    [indicator] = plan.operation.indicators
    return standing_acts.indicator_decided(plan, standing_of(plan, events), indicator=indicator, decision=told, approved=True, at=at)


def test_an_indicator_is_decided_in_the_month_that_the_plan_names_or_with_the_reason_why_not() -> None:
    [indicator] = PLAN.operation.indicators
    february, march = datetime(2026, 2, 3, 9, tzinfo=UTC), datetime(2026, 3, 20, 9, tzinfo=UTC)
    events = brought_to(Step.AUDIT_REVIEW)
    events.append(standing_acts.put_forward(standing_of(PLAN, events), indicator, actor="ada", at=february))
    told = Decision(text="AC/12", on=date(2026, 2, 20), actor="bob", meeting="the 12th session")
    assert decided(events, told, at=march).reason == ""
    with pytest.raises(RefusedError, match="another month for decisions of the Audit Committee than that of 2026-03-10"):
        decided(events, replace(told, on=date(2026, 3, 10)), at=march)
    late = decided(events, replace(told, on=date(2026, 3, 10), reason="No quorum in February"), at=march)
    assert standing_of(PLAN, [*events, late]).decided["TF-02"].reason == "No quorum in February"
    with pytest.raises(RefusedError, match="put before the Audit Committee on 2026-02-03, after the decision"):
        decided(events, replace(told, on=date(2026, 2, 2)), at=march)
    with pytest.raises(RefusedError, match="has not come yet"):
        decided(events, replace(told, on=date(2026, 3, 21), reason="planned"), at=march)


def test_a_plan_that_names_its_own_months_has_its_indicators_decided_in_them() -> None:
    plan = read_plan(YAML.replace("currency: EUR", "currency: EUR\n  due_months: {indicator_approval: 9}"), Form.YAML)
    assert months_of(plan, Body.AUDIT_COMMITTEE) == {2, 9}
    assert months_of(PLAN, Body.AUDIT_COMMITTEE) == {2}
    [indicator] = plan.operation.indicators
    at = datetime(2026, 9, 20, 9, tzinfo=UTC)
    events = [*brought_to(Step.AUDIT_REVIEW, plan)]
    events.append(standing_acts.put_forward(standing_of(plan, events), indicator, actor="ada", at=at))
    assert decided(events, Decision(text="AC/13", on=at.date(), actor="bob", meeting="the 13th session"), plan=plan, at=at).reason == ""


def test_an_approval_takes_two_people_and_ends_with_the_definition_it_covered() -> None:
    [indicator] = PLAN.operation.indicators
    events = brought_to(Step.AUDIT_REVIEW)
    with pytest.raises(RefusedError, match="not been put before"):
        decided(events, decision("bob"))
    events.append(standing_acts.put_forward(standing_of(PLAN, events), indicator, actor="ada", at=AT))
    with pytest.raises(RefusedError, match="another person"):
        decided(events, decision("ada"))
    events.append(decided(events, decision("bob", reason="an extraordinary session")))
    standing = standing_of(PLAN, events)
    assert standing.approval_of(indicator)
    assert standing.approval_of(msgspec.structs.replace(indicator, target=9.0)) is None
    with pytest.raises(RefusedError, match="is approved"):
        standing_acts.put_forward(standing, indicator, actor="ada", at=AT)


def test_the_record_of_a_decision_names_the_meeting_of_its_body() -> None:
    standing = standing_of(PLAN, brought_to(Step.FIRST_DRAFT))
    due = Due(Step.FIRST_DRAFT)
    nameless = replace(decision(reason="no session"), meeting=" ")
    for act in (review.Act.CONCLUDE, review.Act.SEND_BACK):
        with pytest.raises(RefusedError, match="names the meeting"):
            standing_acts.taken(standing, due, act=act, decision=nameless, at=AT)
    assert standing_acts.taken(standing, due, act=review.Act.CONCLUDE, decision=decision(), at=AT).meeting == "the autumn session"
    assert standing_acts.taken(standing, due, act=review.Act.SKIP, decision=nameless, at=AT).meeting == ""
    yearly = standing_of(PLAN, brought_to(Step.OPERATIONAL_PLAN))
    assert yearly.due
    assert standing_acts.taken(yearly, yearly.due, act=review.Act.CONCLUDE, decision=nameless, at=AT).body is Body.SECRETARIAT
    [indicator] = PLAN.operation.indicators
    events = [*brought_to(Step.AUDIT_REVIEW)]
    events.append(standing_acts.put_forward(standing_of(PLAN, events), indicator, actor="ada", at=AT))
    with pytest.raises(RefusedError, match="names the meeting"):
        decided(events, replace(decision("bob", reason="an extraordinary session"), meeting=""))


@given(st.lists(st.sampled_from(review.Act), max_size=60))
def test_no_way_through_the_cycle_passes_a_step_without_a_record(acts: list[review.Act]) -> None:
    standing, events = Standing(version=1), []
    for number, act in enumerate(acts):
        if standing.due is None:
            break
        if standing.due.step is Step.ADOPTION:
            events.append(standing_acts.adoption_proposed(standing, "ada", at=AT))
            standing = replace(standing, proposed=events[-1])
        assert standing.due
        try:
            happened = standing_acts.taken(
                standing, standing.due, act=act, decision=decision("bob", reason="why"), at=AT + timedelta(days=number)
            )
        except RefusedError:
            continue
        events.append(happened)
        standing = standing_of(PLAN, [kept(), *events])
    passed = [(each.step, each.year) for each in standing.steps if each.act is not review.Act.SEND_BACK]
    upto = [due for due, _ in calendar(PLAN)]
    reached = upto[: upto.index(standing.due)] if standing.due else upto
    assert {(due.step, due.year) for due in reached} <= set(passed)
