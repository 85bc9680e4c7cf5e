"""Editions of a tariff as they are prepared and published, the plain files that hold them, and what changed from one to the next."""

from customhouse.tariff.edition.difference import Change, Difference, difference
from customhouse.tariff.edition.published_file import UnknownTariffFileError, read_lines
from customhouse.tariff.edition.register import Edition
from customhouse.tariff.edition.sheet import UnreadableSetError
from customhouse.tariff.edition.table import TABLES
from customhouse.tariff.edition.tariff_set import Count, Preparation, TariffSet, read_set

__all__ = [
    "TABLES",
    "Change",
    "Count",
    "Difference",
    "Edition",
    "Preparation",
    "TariffSet",
    "UnknownTariffFileError",
    "UnreadableSetError",
    "difference",
    "read_lines",
    "read_set",
]
