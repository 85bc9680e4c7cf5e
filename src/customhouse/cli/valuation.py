"""Valuation at the command line: a documented case, read out as the chain of reasoning that leads to its value."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from customhouse.assessment import Law, valuation
from customhouse.cli.console import CLEAN, FINDINGS, AsJson, Country, country_package, out, print_json, unreadable

CaseFile = Annotated[Path, typer.Argument(metavar="FILE", help="A valuation case, TOML or JSON.")]
ValuedOn = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day whose rates and rules count, or today.")]


def value(file: CaseFile, *, country: Country = "sandbox", day: ValuedOn = None, as_json: AsJson = False) -> None:
    """Determine the customs value of a documented case, article by article."""
    on = day.date() if day else datetime.now(UTC).date()
    case = _read(file)
    chains = _values(case, country_package(country).law, on=on)
    if as_json:
        told = [{**msgspec.to_builtins(each), "article": each.article, "reason": each.reason, "told": each.told()} for each in chains]
        print_json({"title": case.title, "citation": case.citation, "items": told})
    else:
        _print(case, chains)
    raise typer.Exit(CLEAN if all(each.amount is not None for each in chains) else FINDINGS)


def _read(file: Path) -> valuation.ValuationCase:
    try:
        return valuation.read_case(file.read_text("utf-8"), name=file.name)
    except (OSError, UnicodeDecodeError, valuation.UnreadableCaseError) as error:
        raise unreadable(str(error)) from error


def _values(case: valuation.ValuationCase, law: Law, *, on: date) -> tuple[valuation.Chain, ...]:
    try:
        return valuation.values_of(case, law, on=on)
    except valuation.UnsharedCostError as error:
        raise unreadable(str(error)) from error


def _print(case: valuation.ValuationCase, chains: tuple[valuation.Chain, ...]) -> None:
    if case.title:
        out.print(f"[bold]{escape(case.title)}[/bold] {escape(case.citation)}", highlight=False)
    for number, (item, chain) in enumerate(zip(case.items, chains, strict=True), start=1):
        out.print(f"[bold]Item {number}, {escape(item.goods.description)}[/bold]", highlight=False)
        for sentence in chain.told():
            out.print(f"  {escape(sentence)}", highlight=False)
