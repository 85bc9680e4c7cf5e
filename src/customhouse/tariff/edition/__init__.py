"""Editions of a tariff as they are published, and what changed from one to the next."""

from customhouse.tariff.edition.difference import Change, Difference, difference
from customhouse.tariff.edition.published_file import Line, UnknownTariffFileError, read_lines

__all__ = ["Change", "Difference", "Line", "UnknownTariffFileError", "difference", "read_lines"]
