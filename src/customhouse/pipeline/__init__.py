"""The whole journey on one page: message, declaration, findings, assessment, lane, decision, events."""

from customhouse.pipeline.country import CountryPackage, UnknownCountryError, load_country
from customhouse.pipeline.journey import Clearance, assessed_deed, clear, settled_by_rule

__all__ = ["Clearance", "CountryPackage", "UnknownCountryError", "assessed_deed", "clear", "load_country", "settled_by_rule"]
