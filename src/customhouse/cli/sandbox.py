"""Sandbox at the command line: a year of a country simulated through the real journey, for figures to be tried on."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from customhouse.cli.console import country_package, out, print_json, unreadable

app = typer.Typer(no_args_is_help=True, help="A country to try everything in.")


@app.command()
def simulate(  # noqa: PLR0913 - the options of the command
    target: Annotated[Path, typer.Argument(metavar="STORE", help="The folder of the event store to write.")],
    *,
    year: Annotated[int, typer.Option(help="The year to simulate.")],
    declarations: Annotated[int, typer.Option(min=1, help="How many declarations there are in the year.")],
    country: Annotated[str, typer.Option(help="A country package with a simulation.toml.")] = "sandbox",
    seed: Annotated[str, typer.Option(help="The same seed gives the same year.")] = "1",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; without it one a core.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a sentence.")] = False,
) -> None:
    """Clear a made-up year through the real pipeline and life-cycle, and write its events to an event store."""
    package = country_package(country)
    try:
        from customhouse.cli import simulated_store  # noqa: PLC0415 - it needs the extra `batch`
    except ImportError as error:
        raise unreadable(f"an event store needs the extra: pip install customhouse[batch] ({error})") from error
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Declarations", total=declarations)
            job = simulated_store.Job(target, year, declarations, seed)
            events = simulated_store.simulate(package, job, workers=workers, progress=lambda done: progress.advance(task, done))
    except (OSError, ValueError) as error:
        raise unreadable(str(error)) from error
    if as_json:
        print_json({"declarations": declarations, "events": events, "store": str(target)})
    else:
        out.print(f"{declarations:,} declarations of {year} simulated: {events:,} events in {target}")
