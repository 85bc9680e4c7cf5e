"""The environmental scan at the command line: its executive summary, its links to a plan, and what changed between editions."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from customhouse.cli.console import AsJson, out, print_json, unreadable
from customhouse.shipped import shipped_or_own
from customhouse.strategy import UnreadablePlanError, read_plan
from customhouse.strategy import scan as scans


def scan(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="A shipped edition (wco-2016) or a TOML file.")],
    *,
    against: Annotated[str | None, typer.Option(help="An earlier edition: tell what changed since.")] = None,
    plan: Annotated[str | None, typer.Option(help="A strategic plan: tell which links to its activities are broken or missing.")] = None,
    as_json: AsJson = False,
) -> None:
    """Sum up an environmental scan from its items, or tell what changed since an earlier edition."""
    found = _edition(edition)
    told = {"summary": tuple(map(str, scans.summary(found, on=datetime.now(UTC).date())))}
    if against:
        told["changes"] = tuple(map(str, scans.difference(_edition(against), found)))
    if plan:
        try:
            told["links"] = scans.unlinked(found, read_plan(_text("plans", plan)))
        except UnreadablePlanError as error:
            raise unreadable(str(error)) from error
    if as_json:
        print_json({"name": found.name, "seal": found.seal, **told})
        return
    for heading, sentences in told.items():
        out.print(f"[bold]{heading.capitalize()}[/bold]")
        for sentence in sentences or ("nothing to tell",):
            out.print(f"  {escape(sentence)}", highlight=False)


def _edition(name_or_file: str) -> scans.Edition:
    try:
        return scans.read_edition(_text("scans", name_or_file))
    except scans.UnreadableScanError as error:
        raise unreadable(str(error)) from error


def _text(folder: str, name_or_file: str) -> str:
    file = shipped_or_own(folder, name_or_file)
    if file is None:
        raise unreadable(f"there is no {name_or_file!r}: name a shipped one, or a file")
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(str(error)) from error
