"""Performance at the command line: indicators and time release studies over an event store."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import duckdb
import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from customhouse.cli.console import country_package, out, print_json, unreadable
from customhouse.performance import EventStore, indicator, release_time
from customhouse.shipped import shipped_or_own

app = typer.Typer(no_args_is_help=True, help="How customs performs, from the events alone.")

_DAY = ["%Y-%m-%d"]
_HOUR = 3_600

Store = Annotated[Path, typer.Argument(metavar="STORE", help="The folder of an event store.")]
Start = Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day of the period.")]
End = Annotated[datetime, typer.Option("--to", formats=_DAY, help="The first day after the period.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
"""How every command here says which events, and in which form it answers."""


@app.command()
def indicators(
    store: Store,
    *,
    start: Start,
    end: End,
    names: Annotated[str, typer.Option("--set", help="A shipped set of indicators (customs) or a TOML file.")] = "customs",
    as_json: AsJson = False,
) -> None:
    """Work out every indicator of a set for a period, with its interval, its status and how far it can be trusted."""
    chosen = indicator_set(names)
    connection = _connected(store)
    try:
        figures = [indicator.evaluated(connection, each, start=start.date(), end=end.date()) for each in chosen.indicators]
    except indicator.FormulaError as error:
        raise unreadable(str(error)) from error
    if as_json:
        print_json([msgspec.to_builtins(figure) for figure in figures])
        return
    table = Table(
        "Code", "Indicator", "Figure", "95 % interval", "Events", "Status", title=f"{chosen.name}, {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    )
    for each, figure in zip(chosen.indicators, figures, strict=True):
        value = "none" if figure.value is None else f"{figure.value:,.4g} {each.unit}"
        between = f"{figure.interval.low:,.4g} to {figure.interval.high:,.4g}" if figure.interval else ""
        table.add_row(each.code, escape(each.name), value, between, f"{figure.n:,}", figure.status or figure.reason or figure.quality.value)
    out.print(table)


@app.command()
def study(  # noqa: PLR0913 - the design of a study
    store: Store,
    *,
    start: Start,
    end: End,
    seen_until: Annotated[datetime, typer.Option("--seen-until", formats=_DAY, help="The first day whose events do not count any more.")],
    title: Annotated[str, typer.Option(help="What the study is called.")] = "Time release study",
    target: Annotated[list[str] | None, typer.Option(help="Hours for a segment, as 'arrived to released=48'; once or more.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="A part of the sample, as lane=red; once or more.")] = None,
    country: Annotated[str, typer.Option(help="The country package that says when offices are open.")] = "sandbox",
    package: Annotated[Path | None, typer.Option(help="A folder for the study as a data package: JSON and CSV.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how long goods took from arrival to removal, where the time went and whose it was."""
    targets = dict(_target(each) for each in target or ())
    chosen = dict(each.partition("=")[::2] for each in only or ())
    design = release_time.Design(
        title=title, start=start.date(), end=end.date(), seen_until=seen_until.date(), targets=targets, only=chosen
    )
    try:
        done = release_time.study(_connected(store), design, hours=country_package(country).office_hours(on=start.date()))
    except release_time.UnknownStratumError as refusal:
        raise unreadable(str(refusal)) from refusal
    if package:
        _write_package(done, package)
    if as_json:
        print_json(msgspec.to_builtins(done, str_keys=True))
    else:
        _print(done)


def indicator_set(name_or_file: str) -> indicator.IndicatorSet:
    """The set of indicators of that name or in that file; ends the command where it cannot be read."""
    file = shipped_or_own("indicators", name_or_file)
    if file is None:
        raise unreadable(f"there is no set of indicators {name_or_file!r}: name a shipped one (customs), or a file")
    try:
        return indicator.read_indicators(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, indicator.UnreadableIndicatorsError) as error:
        raise unreadable(str(error)) from error


def _connected(store: Path) -> duckdb.DuckDBPyConnection:
    found = EventStore(store)
    if not found.days():
        raise unreadable(f"{store} holds no events: fill it with `customhouse sandbox simulate`, or export a journal to it")
    return found.connect(for_many=True)


def _target(text: str) -> tuple[str, float]:
    segment, _, hours = text.rpartition("=")
    try:
        return segment.strip(), float(hours)
    except ValueError:
        raise unreadable(f"{text!r} is no target: write it as 'arrived to released=48'") from None


def _print(done: release_time.Study) -> None:
    outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in done.outcomes.items())
    out.print(f"[bold]{escape(done.design.title)}[/bold]: {outcomes or 'no declarations'}", highlight=False)
    table = Table("Segment", "Whose", "Number", "Median", "95 % interval", "Mean", "9 in 10 within", "Within target", title="Hours")
    for each in done.segments:
        took, between = each.elapsed, each.elapsed.median_interval
        within = "" if took.within_target is None else f"{took.within_target:.1%}"
        hours = [f"{seconds / _HOUR:,.1f}" for seconds in (took.median, took.mean, took.percentiles[90])]
        interval = f"{between.low / _HOUR:,.1f} to {between.high / _HOUR:,.1f}"
        table.add_row(each.segment, each.actor, f"{took.n:,}", hours[0], interval, hours[1], hours[2], within)
    out.print(table)
    for share in done.actors:
        out.print(f"{share.actor}: {share.mean / _HOUR:,.1f} hours on average, {share.share:.1%} of the whole time", highlight=False)
    for missing in done.unmeasured:
        out.print(f"not measured: {escape(str(missing))}", highlight=False, style="dim")


def _write_package(done: release_time.Study, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in release_time.data_package(done).items():
        (folder / name).write_bytes(content)
