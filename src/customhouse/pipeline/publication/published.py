"""Published: every publication by its name, each made anew from the country package on the day that is asked for."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.publication import law_sheet, practice_sheet
from customhouse.pipeline.publication.coverage import coverage_sheet
from customhouse.pipeline.publication.sheet import Publication, Sheet
from customhouse.saying import Refusal

PUBLICATIONS: Mapping[str, Callable[..., Sheet]] = MappingProxyType(
    {
        "steps": practice_sheet.steps,
        "procedures": law_sheet.procedures,
        "taxes": law_sheet.taxes,
        "fees": practice_sheet.fees,
        "value": law_sheet.charges,
        "reliefs": law_sheet.reliefs,
        "preferences": law_sheet.preferences,
        "origin": law_sheet.origin,
        "agreements": law_sheet.agreements,
        "documents": law_sheet.documents,
        "restrictions": law_sheet.restrictions,
        "quotas": law_sheet.quotas,
        "checks": practice_sheet.checks,
        "exchange-rates": practice_sheet.exchange_rates,
        "offices": practice_sheet.offices,
        "penalties": practice_sheet.penalties,
        "redress": practice_sheet.redress,
        "coverage": coverage_sheet,
    }
)
"""By its name, what makes each sheet of a country package on a day."""


class UnknownPublicationError(Refusal, LookupError):
    """Nothing is published under this name."""


def published(country: CountryPackage, name: str, *, on: date) -> Publication:
    """The publication of that name on a day; refuses with `UnknownPublicationError`."""
    if name not in PUBLICATIONS:
        raise UnknownPublicationError("nothing is published as {name!r}: ask for one of {names}", name=name, names=PUBLICATIONS)
    return Publication(name=name, country=country.code, edition=country.edition, on=on, sheet=PUBLICATIONS[name](country, on=on))
