"""Country: the package whose law this site applies, and its tariff as the edition in force at an instant has it."""

import datetime as dt
from dataclasses import replace
from functools import cache, lru_cache

from django.conf import settings

from customhouse.pipeline import CountryPackage, load_country
from customhouse.tariff import edition, read_tariff
from customhouse_server.tariff import store


@cache
def current_country() -> CountryPackage:
    """The country package that CUSTOMHOUSE_COUNTRY names, with the tariff that it ships."""
    return load_country(settings.COUNTRY)


def country_at(*, at: dt.datetime) -> CountryPackage:
    """The country package with the tariff of the edition that was published by the instant: what an acceptance then is assessed by."""
    found = store.newest_published(at=at)
    return current_country() if found is None or found.published_at is None else _as_published(found)


@lru_cache(maxsize=4)
def _as_published(found: edition.Edition) -> CountryPackage:
    """The package with the tariff of an edition; read once in each process."""
    files = store.files_of(("measures", "commodities", "areas"))
    package = current_country()
    shipped = package.law.tariff
    published = read_tariff(**files, rates=package.rates, edition=found.number)
    return replace(package, law=replace(package.law, tariff=replace(published, quotas=shipped.quotas, meursing=shipped.meursing)))
