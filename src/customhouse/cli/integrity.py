"""Integrity at the command line: the leads that a review of an event store gives, each as evidence and no verdict."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from customhouse.cli.console import country_package, out, print_json, unreadable
from customhouse.development import integrity
from customhouse.performance import EventStore
from customhouse.shipped import shipped

app = typer.Typer(no_args_is_help=True, help="Integrity: what events give to review.")

_DAY = ["%Y-%m-%d"]


@app.callback()
def _group() -> None:
    """Keep `leads` a command of its own."""


@app.command()
def leads(  # noqa: PLR0913 - the options of the command
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The folder of an event store.")],
    *,
    start: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day of the period.")],
    end: Annotated[datetime, typer.Option("--to", formats=_DAY, help="The first day after the period.")],
    rules: Annotated[Path | None, typer.Option(help="A TOML file of lead rules; without it the shipped ones.")] = None,
    country: Annotated[str, typer.Option(help="The country package that says when offices are open.")] = "sandbox",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every event behind each lead, instead of a table.")] = False,
) -> None:
    """Look for what one officer does more often than chance would have it, with correction for how often is asked."""
    file = rules or shipped("integrity") / "lead_rules.toml"
    hours = country_package(country).office_hours(on=start.date())
    try:
        chosen = integrity.lead_rule.read_lead_rules(file.read_text("utf-8-sig"))
        found = integrity.lead.leads(EventStore(store).connect(for_many=True), chosen, start=start.date(), end=end.date(), hours=hours)
    except (OSError, ValueError) as error:
        raise unreadable(str(error)) from error
    if as_json:
        print_json([msgspec.to_builtins(each) for each in found])
        return
    table = Table("Rule", "Officer", "Mark", "Events", "By chance", "Likelihood, corrected", title=f"{chosen.name}: {len(found)} leads")
    for each in found:
        named = chosen.named(each.rule)
        name = f"{each.rule} {named.name if named else ''}"
        count = f"{each.observed:,} of {each.of:,}"
        table.add_row(escape(name), escape(each.actor), escape(each.mark), count, f"{each.expected:.1f}", f"{each.corrected:.2g}")
    out.print(table)
    out.print("A lead is evidence and no verdict: read what else may explain it, and hear the officer.")
