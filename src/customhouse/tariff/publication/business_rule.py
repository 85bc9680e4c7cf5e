"""Business rule: something that every edition must keep, by name, with where it comes from and what to do where it is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from customhouse.kernel import Finding, Severity
from customhouse.tariff.edition import TariffSet
from customhouse.tariff.publication import measure_rule, row_rule
from customhouse.tariff.publication.draft import Breach, Draft
from customhouse.tariff.remark import CATALOGUE


@dataclass(frozen=True, slots=True)
class BusinessRule:
    """A rule: its code in the catalogue, which holds its words, source and fix; its name; and what finds the rows that break it."""

    code: str
    name: str
    breaches: Callable[[Draft], Iterator[Breach]]

    @property
    def severity(self) -> Severity:
        """Whether it stops publication or asks for a look."""
        return CATALOGUE[self.code].severity


RULES = (
    BusinessRule("TRF-11", "a day is a day", row_rule.unreadable_days),
    BusinessRule("TRF-12", "nothing ends before it starts", row_rule.ends_before_starts),
    BusinessRule("TRF-13", "a commodity stands under one that is there", row_rule.unknown_parent),
    BusinessRule("TRF-14", "a commodity stands once on a day", row_rule.commodity_twice),
    BusinessRule("TRF-15", "a measure is on goods of the nomenclature", measure_rule.without_commodity),
    BusinessRule("TRF-16", "a measure holds while its commodity does", measure_rule.beyond_commodity),
    BusinessRule("TRF-17", "a measure is on a level of the nomenclature", measure_rule.wrong_level),
    BusinessRule("TRF-18", "no two measures say the same thing at once", measure_rule.overlapping),
    BusinessRule("TRF-19", "an area is a country or a group", measure_rule.unknown_area),
    BusinessRule("TRF-20", "what is excluded belongs to the area", measure_rule.excluded_stranger),
    BusinessRule("TRF-21", "an additional code is listed", measure_rule.unknown_additional_code),
    BusinessRule("TRF-22", "a quota is defined for the area and the days", measure_rule.without_quota),
    BusinessRule("TRF-23", "a quota is defined once on a day", row_rule.quota_twice),
    BusinessRule("TRF-24", "a rate can be computed", measure_rule.unreadable_rate),
    BusinessRule("TRF-25", "a floor is not above its cap", measure_rule.floor_above_cap),
    BusinessRule("TRF-26", "a unit is known", measure_rule.unknown_unit),
    BusinessRule("TRF-27", "a condition can be read", measure_rule.unreadable_condition),
    BusinessRule("TRF-28", "conditions decide every case", measure_rule.undecided_condition),
    BusinessRule("TRF-29", "the published past stays", measure_rule.deleted_past),
)
_NAMES = {rule.code: rule.name for rule in RULES}


def check(tariff_set: TariffSet, *, on: date) -> tuple[Finding, ...]:
    """Every row of the newest edition that breaks a rule, if it were published on the day; each finding names its rule and its row."""
    draft = Draft(tariff_set, on)
    return tuple(_finding(rule, breach) for rule in RULES for breach in rule.breaches(draft))


def rule_name(code: str) -> str:
    """The name of the rule of a finding."""
    return _NAMES[code]


def _finding(rule: BusinessRule, breach: Breach) -> Finding:
    params = {"table": breach.table, "row": breach.row, "what": breach.what}
    return Finding(code=rule.code, pointer=f"{breach.table}[{breach.row}]", severity=rule.severity, params=params)
