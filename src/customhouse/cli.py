"""Command line: check a message, assess a declaration, take it through the whole journey; 0 clean, 1 findings, 2 unreadable."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from customhouse import assessment, codes, declaration, messages, pipeline, tariff
from customhouse.assessment import Assessment
from customhouse.declaration import Declaration
from customhouse.kernel import Finding, Severity
from customhouse.messages import Document, UnreadableMessageError
from customhouse.pipeline import CountryPackage

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Customs declarations: checked, assessed, cleared.")
out = Console()

File = Annotated[str, typer.Argument(metavar="FILE", help="A WCO Data Model message, XML or JSON; - reads standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Country = Annotated[str, typer.Option(help="A shipped country package (sandbox, uk) or a folder.")]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The legal day; without it the acceptance day, or today.")]
Measures = Annotated[Path | None, typer.Option(help="A CSV of measures that take the place of the package's for the goods they name.")]


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def check(
    file: File,
    *,
    country: Annotated[str | None, typer.Option(help="Check against the code lists of this country too.")] = None,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Say what a document is and everything that is wrong with it."""
    document = _read(file)
    findings = document.findings
    if document.declaration is not None and document.kind is messages.DocumentKind.DECLARATION:
        lists, settings = codes.CodeLists(codes.world_lists()), declaration.CheckSettings()
        if country is not None:
            package = _package(country)
            lists, settings = package.lists, package.checks
        findings += declaration.check(document.declaration, lists, on=_legal_day(document, day), settings=settings)
    if as_json:
        told = msgspec.to_builtins(msgspec.structs.replace(document, findings=()))
        _print_json({"kind": document.kind.value, "findings": [pipeline.told(each) for each in findings], "document": told})
    else:
        out.print(f"[bold]{document.kind.value}[/bold] {escape(_reference(document))}")
        _print_findings(findings)
    raise typer.Exit(_code(findings))


@app.command()
def assess(file: File, *, country: Country, measures: Measures = None, day: Day = None, as_json: AsJson = False) -> None:
    """Work out what a declaration owes and why, line by line."""
    document = _read(file)
    declared = _declared(document)
    package = _with_measures(_package(country), measures)
    assessed = assessment.assess(declared, package.law, on=_legal_day(document, day))
    findings = document.findings + assessed.findings
    if as_json:
        _print_json(_assessment_json(assessed, findings))
    else:
        _print_assessment(assessed)
        _print_findings(findings)
    raise typer.Exit(_code(findings))


@app.command()
def clear(  # noqa: PLR0913 - each is an option of the command
    file: File,
    *,
    country: Country,
    measures: Measures = None,
    day: Day = None,
    seed: Annotated[str, typer.Option(help="The seed of the random draw, so that a journey can be repeated.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take a declaration from message to release, as far as rules alone can."""
    document = _read(file)
    _declared(document)
    package = _with_measures(_package(country), measures)
    legal = _legal_day(document, day)
    at = datetime(legal.year, legal.month, legal.day, 12, tzinfo=package.time_zone).astimezone(UTC)
    cleared = pipeline.clear(document, package, at=at, seed=seed.encode())
    if as_json:
        _print_json(
            {
                "state": cleared.case.state.value,
                "selection": msgspec.to_builtins(cleared.selection),
                "assessment": _assessment_json(cleared.assessment, cleared.assessment.findings),
                "findings": [pipeline.told(each) for each in cleared.findings],
                "events": msgspec.to_builtins(cleared.events),
            }
        )
    else:
        _print_assessment(cleared.assessment)
        _print_findings(cleared.findings)
        for hit in cleared.selection.hits:
            out.print(f"{hit.lane.value}: {escape(hit.title)} (item {hit.item})")
        out.print(f"Lane [bold]{cleared.selection.lane.value}[/bold], state [bold]{cleared.case.state.value}[/bold]")
    raise typer.Exit(_code(cleared.findings))


def _read(file: str) -> Document:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
            return messages.read(stream)
    except (OSError, UnreadableMessageError) as error:
        raise _unreadable(str(error)) from error


def _declared(document: Document) -> Declaration:
    if document.declaration is None or not document.declaration.items:
        raise _unreadable(f"the document is of the kind {document.kind}, and declares no goods")
    return document.declaration


def _package(name_or_folder: str) -> CountryPackage:
    try:
        return pipeline.load_country(name_or_folder)
    except (LookupError, ValueError, OSError) as error:
        raise _unreadable(str(error)) from error


def _with_measures(package: CountryPackage, path: Path | None) -> CountryPackage:
    if path is None:
        return package
    try:
        sheet = tariff.read_measures(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(str(error)) from error
    if any(finding.severity is Severity.ERROR for finding in sheet.findings):
        raise _unreadable("\n".join(f"{each.pointer}: {each.params}" for each in sheet.findings))
    law = replace(package.law, tariff=package.law.tariff.replaced_by(sheet.measures))
    return replace(package, law=law)


def _legal_day(document: Document, day: datetime | None) -> date:
    if day is not None:
        return day.date()
    declared = document.declaration
    accepted = declared.accepted_at.day() if declared and declared.accepted_at else None
    return accepted or datetime.now(UTC).date()


def _unreadable(why: str) -> typer.Exit:
    Console(stderr=True).print(f"[red]cannot be read:[/red] {escape(why)}")
    return typer.Exit(UNREADABLE)


def _code(findings: Sequence[Finding]) -> int:
    return FINDINGS if any(finding.severity is not Severity.INFORMATION for finding in findings) else CLEAN


def _reference(document: Document) -> str:
    about = document.declaration or (document.response.declaration if document.response else None)
    return " ".join(each for each in (about.lrn, about.mrn) if each) if about else ""


def _assessment_json(assessed: Assessment, findings: Sequence[Finding]) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(msgspec.structs.replace(assessed, findings=()))
    return {**told, "findings": [pipeline.told(each) for each in findings]}


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def _print_findings(findings: Sequence[Finding]) -> None:
    for each in findings:
        told = pipeline.told(each)
        place = f"{told['pointer']} " if told["pointer"] else ""
        out.print(f"{told['severity']} [bold]{told['code']}[/bold] {escape(place)}", highlight=False)
        out.print(f"  {escape(told['message'])} {escape(told['fix'])} ({escape(told['legal_basis'])})", highlight=False)


def _print_assessment(assessed: Assessment) -> None:
    table = Table(title=f"Amounts in {assessed.currency}")
    for heading in ("Item", "Tax", "Base", "Rate", "Amount", "Payable", "Status"):
        table.add_column(heading, justify="right" if heading in ("Base", "Amount", "Payable") else "left")
    for item in assessed.items:
        for line in item.lines:
            amounts = ("-" if each is None else f"{each:f}" for each in (line.amount, line.payable))
            base = "-" if line.base is None else f"{line.base:f}"
            table.add_row(str(item.sequence), line.tax, base, escape(line.rate), *amounts, line.status.value)
    out.print(table)
    for item in assessed.items:
        out.print(f"Item {item.sequence}: {escape(item.valuation)}", highlight=False)
        for line in item.lines:
            out.print(f"  {line.tax}: {escape(line.explanation)}", highlight=False)
    out.print(f"Payable in all: [bold]{assessed.totals.payable:f} {assessed.currency}[/bold]")


if __name__ == "__main__":
    main()
