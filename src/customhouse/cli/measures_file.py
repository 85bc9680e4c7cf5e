"""Measures file: measures given beside a country package: a CSV, a folder of them, a schedule, or a document of a tariff service."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from customhouse import pipeline
from customhouse.cli.console import unreadable
from customhouse.pipeline import CountryPackage
from customhouse.tariff import document

Measures = Annotated[
    Path | None,
    typer.Option(
        help="Measures in place of the package's for the goods they name: a CSV, a folder, a schedule, or the JSON of a tariff service."
    ),
]


def with_measures(package: CountryPackage, path: Path | None, *, narrowed_to: str = "") -> CountryPackage:
    """The country package with the measures of the file or folder in place of its own; ends the command where they cannot be read."""
    if path is None:
        return package
    try:
        text = (path / "measures.csv" if path.is_dir() else path).read_text("utf-8-sig")
        if text.lstrip().startswith("{"):
            return _with_document(package, document.read_document(text, package.measure_types, narrowed_to=narrowed_to))
        beside = {name: path / f"{name}.csv" for name in ("commodities", "areas")}
        supplied = pipeline.with_tariff(
            package, text, **{name: file.read_text("utf-8-sig") for name, file in beside.items() if file.is_file()}
        )
    except (OSError, ValueError) as error:
        raise unreadable(f"{path}: {error}") from error
    for remark in supplied.remarks:
        typer.echo(f"note: {remark}", err=True)
    return supplied


def with_other_tariff(package: CountryPackage, path: Path | None, *, narrowed_to: str = "") -> CountryPackage:
    """The country package with the document of the other of two tariffs beside its own; ends the command where it cannot be read."""
    if path is None:
        return package
    other_for = {own: other for each in package.law.regime.two_tariffs for own, other in each.other_for.items()}
    try:
        types = package.measure_types.of_other_tariff(other_for)
        read = document.read_document(path.read_text("utf-8-sig"), types, narrowed_to=narrowed_to)
    except (OSError, UnicodeDecodeError, document.UnreadableDocumentError) as error:
        raise unreadable(f"{path}: {error}") from error
    own = package.law.tariff.joined_by([], read.memberships)
    return replace(package, law=replace(package.law, tariff=own.replaced_by((*own.supplied, *read.measures))))


def _with_document(package: CountryPackage, read: document.CommodityDocument) -> CountryPackage:
    own = package.law.tariff.joined_by([read.commodity], read.memberships)
    return replace(package, law=replace(package.law, tariff=own.replaced_by(read.measures)))
