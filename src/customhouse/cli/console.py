"""Console: what every command shares: its options, where it prints, and how it ends (0 clean, 1 findings, 2 unreadable)."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from customhouse import pipeline
from customhouse.kernel import Finding, Severity
from customhouse.pipeline import CountryPackage

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2

out = Console()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Country = Annotated[str, typer.Option(help="A shipped country package (sandbox, uk, us) or a folder.")]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The legal day; without it the acceptance day, or today.")]


def country_package(name_or_folder: str) -> CountryPackage:
    """The country package of that name or in that folder; ends the command where it cannot be read."""
    try:
        return pipeline.load_country(name_or_folder)
    except (LookupError, ValueError, OSError) as error:
        raise unreadable(str(error)) from error


def unreadable(why: str) -> typer.Exit:
    """The end of a command whose input cannot be read, said on standard error."""
    Console(stderr=True).print(f"[red]cannot be read:[/red] {escape(why)}")
    return typer.Exit(UNREADABLE)


def exit_code(findings: Sequence[Finding]) -> int:
    """How a command ends on these findings; mere information is no finding."""
    return FINDINGS if any(finding.severity is not Severity.INFORMATION for finding in findings) else CLEAN


def print_json(value: object) -> None:
    """One JSON value on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def print_findings(findings: Sequence[Finding]) -> None:
    """Each finding with its place, what is wrong, what to do and the legal basis."""
    for each in findings:
        told = pipeline.told(each)
        place = f"{told['pointer']} " if told["pointer"] else ""
        out.print(f"{told['severity']} [bold]{told['code']}[/bold] {escape(place)}", highlight=False)
        out.print(f"  {escape(told['message'])} {escape(told['fix'])} ({escape(told['legal_basis'])})", highlight=False)
