"""Report on a plan at the command line: what the Secretary General tells twice a year, from a plan and an event store."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from customhouse.cli.console import CLEAN, FINDINGS, AsJson, Day, out, print_json, unreadable
from customhouse.cli.performance import indicator_set
from customhouse.cli.strategy import Plan, plan_named
from customhouse.performance import EventStore
from customhouse.strategy import StrategicPlan, review


def report(  # noqa: PLR0913 - what a report is made of
    plan: Plan,
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="The folder of an event store, with the events of the plan and the figures.")
    ],
    *,
    year: Annotated[int, typer.Option(help="The financial year, by the calendar year in which it begins.")],
    mid_year: Annotated[bool, typer.Option("--mid-year", help="Report on the first half of the year alone.")] = False,
    names: Annotated[str, typer.Option("--set", help="A shipped set of indicators (customs) or a TOML file.")] = "customs",
    on: Day = None,
    as_json: AsJson = False,
) -> None:
    """Write the report on half a financial year or the whole: deliverables, indicators, costs, risks, and what was skipped or still waits.

    Ends with 1 where something is late, in alarm, skipped, undetermined, or waits for an approval or an answer.
    """
    told = _report(plan_named(plan), EventStore(store), year=year, mid_year=mid_year, names=names, on=on.date() if on else None)
    if as_json:
        print_json(msgspec.to_builtins(told))
    else:
        _print(told)
    raise typer.Exit(FINDINGS if _wants_somebody(told) else CLEAN)


def _report(  # noqa: PLR0913 - the same
    plan: StrategicPlan, store: EventStore, *, year: int, mid_year: bool, names: str, on: date | None
) -> review.Report:
    if not store.days():
        raise unreadable(f"{store.folder} holds no events: fill it with `customhouse sandbox simulate`, or export a journal to it")
    if year not in plan.years():
        raise unreadable(f"the plan has no financial year {year}: name one from {plan.years()[0]} to {plan.years()[-1]}")
    events = review.event.events_in(store, plan.name)
    standing = (
        review.standing.standing_of(plan, events)
        if events
        else review.standing.Standing(due=None, status=plan.status, version=plan.version)
    )
    period = review.reported_period(plan, year, halves=1 if mid_year else 2, on=on or datetime.now(UTC).date())
    known = {each.code: each for each in indicator_set(names).indicators}
    return review.report_on(
        plan, standing, period=period, figures=review.figures_of(plan, standing, period=period, known=known, store=store)
    )


def _wants_somebody(told: review.Report) -> bool:
    activities = [each for goal in told.goals for each in goal.activities]
    in_alarm = any(item.status == "red" for each in activities for item in each.indicators)
    waits = any(each.what != "step" for each in told.decisions_open)
    return bool(in_alarm or waits or told.skipped or told.cost.undetermined or any(each.late for each in activities))


def _print(told: review.Report) -> None:
    period = told.period
    out.print(f"[bold]{escape(told.title)}[/bold], version {told.version}, {told.status}", highlight=False)
    out.print(f"{period.start} until before {period.end}, as it stood on {period.stood_on}", highlight=False)
    if told.is_made_up:
        out.print("The figures come from a simulated year.", style="dim")
    for goal in told.goals:
        table = Table(
            "Activity", "Due", "Delivered", "Late", f"Planned, {told.currency}", "Spent", title=f"{goal.number}. {escape(goal.title)}"
        )
        for each in goal.activities:
            amounts = (f"{each.cost.planned:,}", f"{each.cost.spent:,}")
            table.add_row(f"{each.number} {escape(each.title)}", str(each.due), str(each.delivered), escape(", ".join(each.late)), *amounts)
        out.print(table)
        for item in (item for each in goal.activities for item in each.indicators):
            out.print(f"  {item.code}: {escape(_figure(item))}", highlight=False)
    for risk in told.risks:
        out.print(f"risk {risk.weight}: {escape(risk.title)}", highlight=False)
    for reason in told.cost.undetermined:
        out.print(f"undetermined: {escape(reason)}", highlight=False)
    for waiting in told.decisions_open:
        out.print(f"waits: {waiting.what} {escape(waiting.subject)} {waiting.body}", highlight=False)
    for skipped in told.skipped:
        out.print(f"skipped: {skipped.step} {skipped.year or ''} {escape(skipped.decision)}, {escape(skipped.reason)}", highlight=False)
    for late in told.out_of_month:
        out.print(f"decided on {late.decided_on}, in another month than its own: {late.indicator}, {escape(late.reason)}", highlight=False)


def _figure(item: review.report.IndicatorReport) -> str:
    value = "none" if item.value is None else f"{item.value:,.4g} {item.unit}"
    begun = "" if item.baseline is None else f", baseline {item.baseline:,.4g}"
    wanted = "" if item.target is None else f", target {item.target:,.4g}"
    way = "" if item.travelled is None else f", {item.travelled:.0%} of the way"
    return f"{item.name}: {value}{begun}{wanted}{way}{f', {item.status}' if item.status else ''} {item.narrative or item.reason}".strip()
