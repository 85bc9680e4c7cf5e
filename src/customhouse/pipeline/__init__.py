"""The whole journey on one page: message, declaration, findings, assessment, lane, decision, events."""

from customhouse.pipeline.brief import declared_in_brief
from customhouse.pipeline.catalogue import ALL_RULES, told
from customhouse.pipeline.country import CountryPackage, load_country
from customhouse.pipeline.journey import Clearance, clear, owing, released_by_rule, settled_by_rule
from customhouse.pipeline.learning import precedents_of
from customhouse.pipeline.supplied_tariff import with_tariff

__all__ = [
    "ALL_RULES",
    "Clearance",
    "CountryPackage",
    "clear",
    "declared_in_brief",
    "load_country",
    "owing",
    "precedents_of",
    "released_by_rule",
    "settled_by_rule",
    "told",
    "with_tariff",
]
