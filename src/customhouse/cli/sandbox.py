"""Sandbox at the command line: a year of a country simulated through the real journey, for figures to be tried on."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from customhouse.cli.console import country_package, out, print_json, unreadable

_HOME = ".customhouse"


def _events_at_home() -> Path:
    """Where the site of this installation looks for its events; the folder is made as the site would make it."""
    home = Path(os.environ.get("CUSTOMHOUSE_HOME", _HOME)).resolve()
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    return home / "events"


app = typer.Typer(no_args_is_help=True, help="A country to try everything in.")


@app.command()
def simulate(  # noqa: PLR0913 - the options of the command
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="[STORE]",
            envvar="CUSTOMHOUSE_EVENT_STORE",
            help="The folder of the event store to write; without it the one that the site reads: `events` in the folder "
            "CUSTOMHOUSE_HOME, which is `.customhouse` in the working directory where that is not set.",
        ),
    ] = None,
    *,
    year: Annotated[int, typer.Option(min=1900, max=2200, help="The year to simulate.")],
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
        store = target or _events_at_home()
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Declarations", total=declarations)
            job = simulated_store.Job(store, year, declarations, seed)
            events = simulated_store.simulate(package, job, workers=workers, progress=lambda done: progress.advance(task, done))
    except (OSError, ValueError) as error:
        raise unreadable(str(error)) from error
    if as_json:
        print_json({"declarations": declarations, "events": events, "store": str(store)})
    else:
        out.print(f"{declarations:,} declarations of {year} simulated: {events:,} events in {store}")
