"""A commodity at the command line: every measure on it on a day, and those that were or will be."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.markup import escape

from customhouse.cli.console import FINDINGS, AsJson, Country, Day, country_package, out, print_json
from customhouse.tariff import Measure, Tariff

app = typer.Typer()


@app.command("show")
def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A commodity code.")],
    *,
    country: Country = "sandbox",
    on: Day = None,
    origin: Annotated[str, typer.Option(metavar="XX", help="A country of origin; without it the measures of every origin.")] = "",
    as_json: AsJson = False,
) -> None:
    """Tell every measure on a commodity on a day, with the history of the others."""
    tariff, day = country_package(country).law.tariff, (on or datetime.now(UTC)).date()
    digits = code.replace(" ", "").replace(".", "")
    commodity = tariff.commodity(digits, on=day)
    covering = [each for each in tariff.covering(digits) if not origin or _reaches(tariff, each, origin=origin, on=day)]
    in_force = [each for each in covering if each.is_in_force(on=day) and each.is_known(tariff.edition)]
    history = [each for each in covering if each not in in_force]
    if as_json:
        goods = None if commodity is None else {"code": commodity.code, "description": commodity.description}
        shown = {"on": day, "origin": origin or None, "edition": tariff.edition, "commodity": goods}
        print_json({**shown, "in_force": [_told(each) for each in in_force], "history": [_told(each) for each in history]})
    else:
        words = f"[bold]{commodity.code}[/bold] {escape(commodity.description)}" if commodity else f"There is no commodity {escape(code)}"
        out.print(f"{words} on {day}, edition {tariff.edition}", highlight=False, soft_wrap=True)
        for title, measures in (("in force", in_force), ("not in force, or no longer", history)):
            out.print(f"{title}: {len(measures)}", highlight=False)
            for each in measures:
                out.print(f"  {escape(_line(each))}", highlight=False, soft_wrap=True)
    if commodity is None:
        raise typer.Exit(FINDINGS)


def _reaches(tariff: Tariff, measure: Measure, *, origin: str, on: date) -> bool:
    left_out = any(tariff.areas.contains(each, origin, on=on) for each in measure.excludes)
    return tariff.areas.contains(measure.area, origin, on=on) and not left_out


def _told(each: Measure) -> dict[str, object]:
    return {
        "id": each.id,
        "commodity": each.commodity,
        "kind": each.kind,
        "rate": each.rate.text,
        "unreadable": each.rate.unreadable or None,
        "area": each.area,
        "excludes": list(each.excludes),
        "additional_code": each.additional_code,
        "preferences": list(each.preferences),
        "quota": each.quota,
        "legal_basis": each.legal_basis,
        "valid_from": each.validity.start,
        "valid_to": each.validity.end,
        "season": str(each.season) if each.season else None,
        "added_in": each.added_in,
        "removed_in": each.removed_in,
    }


def _line(each: Measure) -> str:
    told = [each.kind, each.rate.text or "no rate", f"from {each.area}" if each.area else "", each.legal_basis]
    told += [f"claim {' or '.join(each.preferences)}" if each.preferences else "", f"quota {each.quota}" if each.quota else ""]
    told += [
        f"code {each.additional_code}" if each.additional_code else "",
        f"from {each.validity.start or 'always'} to {each.validity.end or 'now'}",
    ]
    told += [f"edition {each.added_in}" + (f", retired in {each.removed_in}" if each.removed_in else "")]
    return "; ".join(part for part in told if part)
