"""Simulation at the command line: a draft tariff over a history of imports, and a made-up history to try it on."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from customhouse.cli.console import AsJson, Country, Day, country_package, out, print_json, unreadable

if TYPE_CHECKING:
    from customhouse.research import Outcome, Reform

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
_MOST_SHOWN = 5


def simulate(  # noqa: PLR0913 - each is an option of the command
    history: Annotated[Path, typer.Argument(metavar="HISTORY.parquet", help="Items as for assess-batch, and `importer`.")],
    *,
    country: Country,
    draft: Annotated[Path, typer.Option(help="A CSV of measures, a regime in TOML, or a folder with either or a whole measures.csv.")],
    target: Annotated[Path, typer.Option("--out", help="A folder for the outcome.")],
    draft_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The draft as it stands on this day, taken for all of history.")
    ] = None,
    elasticities: Annotated[Path | None, typer.Option(help="A CSV: chapter, elasticity; without it imports do not answer.")] = None,
    day: Day = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; without it one a core.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a draft tariff would have brought over a history of imports; a second run goes on where the first stopped."""
    try:
        from customhouse import research  # noqa: PLC0415 - it needs the extra `batch`
        from customhouse.cli import parquet_parts, simulation_file  # noqa: PLC0415
    except ImportError as error:
        raise unreadable(f"simulations need the extra: pip install customhouse[batch] ({error})") from error
    law = country_package(country).law
    on: date = day.date() if day else datetime.now(UTC).date()
    try:
        drafted = research.drafted(law, simulation_file.draft_texts(draft), on=draft_on.date() if draft_on else None)
        answers = research.read_elasticities(elasticities.read_text("utf-8")) if elasticities else research.Elasticities()
        reform = research.Reform(law, drafted, on, answers)
        with Progress(*_COLUMNS, console=Console(stderr=True)) as progress:
            task = progress.add_task("Simulating", total=parquet_parts.row_count(history))
            for items in simulation_file.run(history, target, reform=reform, workers=workers):
                progress.advance(task, items)
        found = simulation_file.outcome(target, reform)
        told = simulation_file.write(found, target)
    except (OSError, ValueError) as error:  # Arrow's own errors are ValueErrors
        raise unreadable(str(error)) from error
    if as_json:
        print_json(told)
    else:
        _print(found, reform)
        out.print(f"Everything is in {escape(str(target))}")


def history(
    target: Annotated[Path, typer.Argument(metavar="OUT.parquet", help="The file to write.")],
    *,
    items: Annotated[int, typer.Option(min=1, help="How many items the year has.")] = 100_000,
    country: Annotated[str, typer.Option(help="The country package whose goods, areas and preferences occur.")] = "sandbox",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same history.")] = 1,
    first_day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day of the year.")] = datetime(2025, 1, 1),  # noqa: DTZ001 - a day
) -> None:
    """Write a made-up year of imports, skewed as trade is, in the columns that assess-batch and simulate take."""
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - it needs the extra `batch`

        from customhouse import research  # noqa: PLC0415
    except ImportError as error:
        raise unreadable(f"histories need the extra: pip install customhouse[batch] ({error})") from error
    tables = research.History(country_package(country).law, first_day=first_day.date(), seed=seed).tables(items)
    first = next(tables)
    try:
        with pq.ParquetWriter(target, first.schema) as writer, Progress(*_COLUMNS, console=Console(stderr=True)) as progress:
            task = progress.add_task("Drawing", total=items)
            for table in (first, *tables):
                writer.write_table(table)
                progress.advance(task, len(table))
    except OSError as error:
        raise unreadable(str(error)) from error
    out.print(f"{items:,} items written into {escape(str(target))}")


def _print(found: "Outcome", reform: "Reform") -> None:
    """The outcome in words: what happens to revenue, tax by tax, who wins and loses, and what is not known."""
    out.print(f"[bold]{found.headline()}[/bold]")
    for sentence in found.remarks(answers=bool(reform.elasticities)):
        out.print(sentence, highlight=False)
    table = Table("Tax", title=f"Revenue in {found.currency}", title_justify="left")
    for column in ("in force", "draft", "difference", "%"):
        table.add_column(column, justify="right")
    for each in (*found.by_tax(), found.total):
        share = "" if each.share is None else f"{each.share:+.1f}"
        table.add_row(each.tax or "all", *(f"{amount:,.2f}" for amount in (each.before, each.after, each.difference)), share)
    out.print(table)
    for title, dimension in (("importers", "importer"), ("origins", "origin"), ("goods", "commodity")):
        for does, changes in (("owe less", found.winners(dimension, _MOST_SHOWN)), ("owe more", found.losers(dimension, _MOST_SHOWN))):
            if changes:
                listed = ", ".join(f"{each.key or '(none)'} {each.difference:+,.2f}" for each in changes)
                out.print(f"{title} that {does} most: {escape(listed)}", highlight=False)
