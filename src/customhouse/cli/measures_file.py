"""Measures file: measures given beside a country package, as a CSV or as a document of a public tariff service."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from customhouse import tariff
from customhouse.cli.console import unreadable
from customhouse.kernel import Severity
from customhouse.pipeline import CountryPackage
from customhouse.tariff import document

Measures = Annotated[
    Path | None,
    typer.Option(
        help="Measures that take the place of the package's for the goods they name: a CSV, or the JSON document of a tariff service."
    ),
]


def with_measures(package: CountryPackage, path: Path | None, *, narrowed_to: str = "") -> CountryPackage:
    """The country package with the measures of the file in place of its own; ends the command where it cannot be read."""
    if path is None:
        return package
    try:
        text = path.read_text("utf-8-sig")
        if text.lstrip().startswith("{"):
            return _with_document(package, document.read_document(text, package.measure_types, narrowed_to=narrowed_to))
        sheet = tariff.read_measures(text)
    except (OSError, UnicodeDecodeError, document.UnreadableDocumentError) as error:
        raise unreadable(f"{path}: {error}") from error
    if any(finding.severity is Severity.ERROR for finding in sheet.findings):
        raise unreadable("\n".join(f"{each.pointer}: {each.params}" for each in sheet.findings))
    law = replace(package.law, tariff=package.law.tariff.replaced_by(sheet.measures))
    return replace(package, law=law)


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
