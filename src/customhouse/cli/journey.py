"""Journey at the command line: a message checked, a declaration assessed, and taken from message to release."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from customhouse import assessment, codes, declaration, messages, pipeline
from customhouse.assessment import Assessment
from customhouse.cli.console import AsJson, Country, Day, country_package, exit_code, out, print_findings, print_json, unreadable
from customhouse.cli.measures_file import Measures, with_measures
from customhouse.cli.ruling import read_rulings
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.messages import Document, UnreadableMessageError
from customhouse.tariff import register

File = Annotated[str, typer.Argument(metavar="FILE", help="A WCO Data Model message, XML or JSON; - reads standard input.")]


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
        findings += _checked(document.declaration, country, on=_legal_day(document, day))
    if as_json:
        told = msgspec.to_builtins(msgspec.structs.replace(document, findings=()))
        print_json({"kind": document.kind.value, "findings": [pipeline.told(each) for each in findings], "document": told})
    else:
        out.print(f"[bold]{document.kind.value}[/bold] {escape(_reference(document))}")
        print_findings(findings)
    raise typer.Exit(exit_code(findings))


def assess(file: File, *, country: Country, measures: Measures = None, day: Day = None, as_json: AsJson = False) -> None:
    """Work out what a declaration owes and why, line by line."""
    document = _read(file)
    declared = _declared(document)
    package = with_measures(country_package(country), measures)
    assessed = assessment.assess(declared, package.law, on=_legal_day(document, day))
    findings = document.findings + assessed.findings
    if as_json:
        print_json(_assessment_json(assessed, findings))
    else:
        _print_assessment(assessed)
        print_findings(findings)
    raise typer.Exit(exit_code(findings))


def clear(  # noqa: PLR0913 - each is an option of the command
    file: File,
    *,
    country: Country,
    measures: Measures = None,
    day: Day = None,
    seed: Annotated[str, typer.Option(help="The seed of the random draw, so that a journey can be repeated.")] = "",
    rulings: Annotated[Path | None, typer.Option(help="Advance rulings as JSON lines, against which the declaration is held.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a declaration from message to release, as far as rules alone can."""
    document = _read(file)
    _declared(document)
    package = with_measures(country_package(country), measures)
    legal = _legal_day(document, day)
    at = datetime(legal.year, legal.month, legal.day, 12, tzinfo=package.time_zone).astimezone(UTC)
    known = None
    if rulings is not None:
        known = register.Rulings(citing_documents=package.rulings.citing_documents, known=tuple(read_rulings(rulings)))
    cleared = pipeline.clear(document, package, at=at, seed=seed.encode(), rulings=known)
    if as_json:
        print_json(
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
        print_findings(cleared.findings)
        for hit in cleared.selection.hits:
            out.print(f"{hit.lane.value}: {escape(hit.title)} (item {hit.item})")
        out.print(f"Lane [bold]{cleared.selection.lane.value}[/bold], state [bold]{cleared.case.state.value}[/bold]")
    raise typer.Exit(exit_code(cleared.findings))


def _checked(declared: Declaration, country: str | None, *, on: date) -> tuple[Finding, ...]:
    if country is None:
        return declaration.check(declared, codes.CodeLists(codes.world_lists()), on=on)
    package = country_package(country)
    return declaration.check(declared, package.lists, on=on, settings=package.checks, tariff=package.law.tariff)


def _read(file: str) -> Document:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
            return messages.read(stream)
    except (OSError, UnreadableMessageError) as error:
        raise unreadable(str(error)) from error


def _declared(document: Document) -> Declaration:
    if document.declaration is None or not document.declaration.items:
        raise unreadable(f"the document is of the kind {document.kind}, and declares no goods")
    return document.declaration


def _legal_day(document: Document, day: datetime | None) -> date:
    if day is not None:
        return day.date()
    declared = document.declaration
    accepted = declared.accepted_at.day() if declared and declared.accepted_at else None
    return accepted or datetime.now(UTC).date()


def _reference(document: Document) -> str:
    about = document.declaration or (document.response.declaration if document.response else None)
    return " ".join(each for each in (about.lrn, about.mrn) if each) if about else ""


def _assessment_json(assessed: Assessment, findings: Sequence[Finding]) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(msgspec.structs.replace(assessed, findings=()))
    return {**told, "findings": [pipeline.told(each) for each in findings]}


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
