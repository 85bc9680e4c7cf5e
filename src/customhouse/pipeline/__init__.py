"""The whole journey on one page: message, declaration, findings, assessment, lane, decision, events."""

from customhouse.pipeline.catalogue import ALL_RULES, told
from customhouse.pipeline.country import CountryPackage, UnknownCountryError, load_country, shipped_countries
from customhouse.pipeline.journey import Clearance, assessed_deed, clear, released_by_rule, settled_by_rule
from customhouse.pipeline.learning import precedents_of

__all__ = [
    "ALL_RULES",
    "Clearance",
    "CountryPackage",
    "UnknownCountryError",
    "assessed_deed",
    "clear",
    "load_country",
    "precedents_of",
    "released_by_rule",
    "settled_by_rule",
    "shipped_countries",
    "told",
]
