"""Supplied tariff: measures given beside a country package: a CSV of measures, such files of a folder, or an export of a schedule.

A country package need not hold a whole tariff. What is supplied takes the place of the package's measures for the goods that it names;
commodities and areas supplied with it, and those of an export, take the place of all of the package's. An export leaves the measures of
kinds that it has none of.
"""

from collections.abc import Iterable
from dataclasses import replace

from customhouse import tariff
from customhouse.kernel import Severity
from customhouse.pipeline.country import CountryPackage, edition_of
from customhouse.tariff import Measure, Tariff, heading, hts

_SCHEDULE_HEADER = "hts number"
_NO_LINKS = (
    "this export holds no footnotes, so that additional duties are known only for the goods for which the country package names them"
)


class UnreadableSuppliedTariffError(ValueError):
    """What is supplied is no CSV of measures and no export of a schedule."""


def with_tariff(package: CountryPackage, measures: str, *, commodities: str = "", areas: str = "") -> CountryPackage:
    """The package with the tariff of these texts in place of its own; refuses with `UnreadableSuppliedTariffError` what is none."""
    supplied = _of_schedule(package, measures) if _is_schedule(measures) else _replacing(package, _measures(package, measures))
    beside = tariff.read_tariff(measures="commodity,kind,rate\n", commodities=commodities, areas=areas)
    supplied = replace(
        supplied,
        nomenclature=beside.nomenclature if commodities else supplied.nomenclature,
        areas=beside.areas if areas else supplied.areas,
    )
    remarks = (_NO_LINKS,) if supplied.supplied and _is_schedule(measures) and '"footnotes"' not in measures else ()
    edition = edition_of((package.edition, measures, commodities, areas))
    return replace(package, law=replace(package.law, tariff=supplied), remarks=remarks, edition=edition)


def _is_schedule(text: str) -> bool:
    return text.lstrip()[:1] == "[" or text.lstrip('\ufeff"').lower().startswith(_SCHEDULE_HEADER)


def _of_schedule(package: CountryPackage, text: str) -> Tariff:
    try:
        lines = list(hts.read_schedule(text))
    except hts.UnreadableScheduleError as refusal:
        raise UnreadableSuppliedTariffError(str(refusal)) from refusal
    printed = hts.measures(lines, unclaimed=package.law.regime.default_preference)
    linked = heading.linked_measures(lines, heading.read_provisions(lines), rules=package.headings)
    brought = [*printed, *linked, *heading.measures_of_named_lines(lines)]
    kinds = {each.kind for each in brought}
    kept = [each for each in package.law.tariff.measures if each.commodity and each.kind not in kinds]
    return replace(_replacing(package, brought + kept), nomenclature=hts.nomenclature(lines))


def _measures(package: CountryPackage, text: str) -> tuple[Measure, ...]:
    sheet = tariff.read_measures(text, rates=package.rates)
    wrong = [each for each in sheet.findings if each.severity is Severity.ERROR]
    if wrong:
        raise UnreadableSuppliedTariffError("\n".join(f"{each.pointer}: {each.params}" for each in wrong))
    return sheet.measures


def _replacing(package: CountryPackage, measures: Iterable[Measure]) -> Tariff:
    return package.law.tariff.replaced_by(measures)
