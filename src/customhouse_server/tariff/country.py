"""Country: the package whose law this site applies, read and compiled once in each process."""

from functools import cache

from django.conf import settings

from customhouse.pipeline import CountryPackage, load_country


@cache
def current_country() -> CountryPackage:
    """The country package that CUSTOMHOUSE_COUNTRY names."""
    return load_country(settings.COUNTRY)
