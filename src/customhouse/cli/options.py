"""Options at the command line: every way in which goods may be brought in, and what each comes to."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from customhouse import pipeline
from customhouse.assessment import option
from customhouse.cli.console import AsJson, Country, Day, country_package, out, print_json, unreadable
from customhouse.cli.measures_file import Measures, with_measures, with_other_tariff


def options(  # noqa: PLR0913 - each is an option of the command
    code: Annotated[str, typer.Argument(help="The commodity code.")],
    *,
    country: Country,
    price: Annotated[str, typer.Option(help="The price, delivered to the border unless freight or insurance is given.")],
    origin: Annotated[str, typer.Option(help="The country of origin.")] = "",
    currency: Annotated[str, typer.Option(help="The currency of the price; without it that of the country.")] = "",
    freight: Annotated[str, typer.Option(help="Freight that the price does not hold.")] = "",
    insurance: Annotated[str, typer.Option(help="Insurance that the price does not hold.")] = "",
    quantity: Annotated[list[str] | None, typer.Option(help="A quantity by unit or name, as KGM=1200; may be repeated.")] = None,
    additional_code: Annotated[list[str] | None, typer.Option(help="An additional code; may be repeated.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="A document that can be shown; may be repeated.")] = None,
    statement: Annotated[list[str] | None, typer.Option(help="A statement of the declaration; may be repeated.")] = None,
    measures: Measures = None,
    other_measures: Annotated[
        Path | None, typer.Option(help="The document of the other tariff, where the country has two for one territory.")
    ] = None,
    narrowed: Annotated[bool, typer.Option(help="The documents were asked for goods of this origin alone.")] = False,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Show every way in which goods may be brought in, with its lines and total, and the cheapest."""
    asked_for = origin.upper() if narrowed else ""
    package = with_other_tariff(
        with_measures(country_package(country), measures, narrowed_to=asked_for), other_measures, narrowed_to=asked_for
    )
    goods = option.Goods(
        code=code,
        origin=origin,
        price=_number(price, "price"),
        currency=currency or package.currency,
        freight=_number(freight, "freight") if freight else None,
        insurance=_number(insurance, "insurance") if insurance else None,
        quantities=dict(_quantity(each) for each in quantity or ()),
        additional_codes=tuple(additional_code or ()),
        documents=tuple(document or ()),
        statements=tuple(statement or ()),
    )
    found = option.options(goods.declaration(), package.law, on=day.date() if day else datetime.now(UTC).date())
    if as_json:
        print_json(_as_json(found))
    else:
        _print(found)


def _as_json(found: option.Options) -> dict[str, object]:
    told = [
        {
            **msgspec.to_builtins(msgspec.structs.replace(each, findings=())),
            "findings": [pipeline.told(finding) for finding in each.findings],
        }
        for each in found.options
    ]
    return {**msgspec.to_builtins(msgspec.structs.replace(found, options=())), "options": told}


def _print(found: option.Options) -> None:
    out.print(f"Customs value: {escape(found.valuation)}", highlight=False)
    for place, each in enumerate(found.options):
        claim = f"preference {each.preference}" if each.is_claimed else "without a claim"
        quota = f", quota {each.quota}" if each.quota else ""
        ruling = f", the {each.tariff} tariff" if each.tariff else ""
        total = "undetermined" if each.total is None else f"{each.total:f} {found.currency}"
        cheapest = " (the cheapest)" if place == found.cheapest else ""
        out.print(f"[bold]{escape(claim + quota + ruling)}[/bold] {escape(each.description)}: {total}{cheapest}", highlight=False)
        if each.documents:
            out.print(f"  with {', '.join(each.documents)}", highlight=False)
        for line in each.lines:
            amount = "-" if line.amount is None else f"{line.amount:f}"
            out.print(f"  {line.tax} {line.measure_type} {amount}: {escape(line.explanation)}", highlight=False)


def _quantity(text: str) -> tuple[str, Decimal]:
    name, _, number = text.partition("=")
    return name, _number(number, f"quantity {name}")


def _number(text: str, what: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as refusal:
        raise unreadable(f"the {what} {text!r} is no number") from refusal
    if not number.is_finite() or number < 0:
        raise unreadable(f"the {what} {text!r} is no amount of goods or money")
    return number
