"""Batch at the command line: a Parquet file of items assessed into Parquet, with a progress bar."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from customhouse.cli.console import Country, Day, country_package, out, unreadable

Source = Annotated[Path, typer.Argument(metavar="IN.parquet", help="Items: commodity, value, and what is known besides.")]
Target = Annotated[Path, typer.Argument(metavar="OUT.parquet", help="A folder for the parts of the result, one tax line a row.")]


def assess_batch(
    source: Source,
    target: Target,
    *,
    country: Country,
    day: Day = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; without it one a core.")] = None,
) -> None:
    """Work out what a table of items owes, to the penny as one by one; a second run goes on where the first stopped."""
    try:
        from customhouse.cli import item_file, parquet_parts  # noqa: PLC0415 - it needs the extra `batch`
    except ImportError as error:
        raise unreadable(f"tables need the extra: pip install customhouse[batch] ({error})") from error
    law = country_package(country).law
    on: date = day.date() if day else datetime.now(UTC).date()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Assessing", total=parquet_parts.row_count(source))
            job = parquet_parts.Job(source, target, item_file.Assessing(law, on))
            for items in parquet_parts.work_through(job, workers=workers):
                progress.advance(task, items)
    except (OSError, ValueError) as error:  # Arrow's own errors are ValueErrors
        raise unreadable(str(error)) from error
    out.print(f"{parquet_parts.row_count(source):,} items assessed into {target}")
