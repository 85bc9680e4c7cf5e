"""Origin at the command line: a claim with its bill of materials, judged by an agreement, with the derivation and the cheapest way."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from customhouse.assessment import origin as rules
from customhouse.cli.console import AsJson, Country, Day, country_package, exit_code, out, print_findings, print_json, unreadable

File = Annotated[Path, typer.Argument(metavar="FILE", help="A claim of origin as TOML: product, materials, circumstances, proof.")]
Name = Annotated[str, typer.Option(help="The agreement of the country package, by its name.")]
Schemes = Annotated[Path | None, typer.Option(help="Published schemes of rules of origin as JSON, in place of the country's agreements.")]
_MARK = {"satisfied": "[green]yes[/green]", "not_satisfied": "[red]no[/red]", "undetermined": "[yellow]open[/yellow]"}


def origin(  # noqa: PLR0913 - each is an option of the command
    file: File, *, agreement: Name, country: Country = "sandbox", schemes: Schemes = None, day: Day = None, as_json: AsJson = False
) -> None:
    """Say whether goods originate under an agreement, why, and the cheapest way to comply."""
    package = country_package(country)
    try:
        known = rules.read_schemes(schemes.read_text("utf-8"), party=package.code) if schemes else package.agreements
        claim = rules.read_claim(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, rules.UnreadableOriginError) as error:
        raise unreadable(str(error)) from error
    chosen = known.get(agreement)
    if chosen is None:
        raise unreadable(f"there is no agreement {agreement!r}: {', '.join(known) or 'the country package has none'}")
    on = day.date() if day else package.legal_day(at=datetime.now(UTC))
    answer = rules.answer(claim, chosen, on=on)
    if as_json:
        print_json(
            msgspec.to_builtins(answer)
            | {"read_aloud": [f"{'  ' * depth}{each.rule}: {each.reason()}" for depth, each in answer.derivation.lines()]}
        )
    else:
        _print(answer)
    raise typer.Exit(exit_code(answer.findings) or int(not answer.originates))


def _print(answer: rules.Answer) -> None:
    for depth, each in answer.derivation.lines():
        margin = "" if each.margin is None else f" [dim](margin {each.margin:f})[/dim]"
        out.print(f"{'  ' * depth}{_MARK[each.verdict]} [bold]{escape(each.rule)}[/bold]: {escape(each.reason())}{margin}", highlight=False)
    if answer.territory:
        out.print(f"Origin: [bold]{escape(answer.territory)}[/bold]", highlight=False)
    print_findings(answer.findings)
    way = answer.way
    if way is None:
        return
    if not way.is_possible:
        told = "no change of materials is enough" if way.is_possible is False else "none found within the bound"
        out.print(f"Cheapest way: {told} ({way.trials} tried)", highlight=False)
        return
    name = "Cheapest way" if way.is_cheapest else "A way, maybe not the cheapest"
    out.print(f"{name}: {way.cost_difference:+f} at the prices stated ({way.trials} tried)", highlight=False)
    for change in way.changes:
        price = "price not stated" if change.cost_difference is None else f"{change.cost_difference:+f}"
        out.print(f"  {escape(change.act)} {escape(change.what)} {escape(change.origin)}: {price}", highlight=False)
