"""Remark: the words of a finding by its code: what is wrong, by which law, and what to do about it."""

from dataclasses import dataclass

from customhouse.kernel import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """The words for one code; `{name}` stands for a parameter of the finding."""

    wording: str
    legal_basis: str
    fix: str
    severity: Severity = Severity.ERROR


CATALOGUE = {
    "TRF-01": Remark(
        "Row {row}, column {column}: {what}.",
        "WTO Trade Facilitation Agreement, Article 1.1 (publication of rates of duty)",
        "Correct the row: {fix}.",
    ),
    "TRF-02": Remark(
        "Measure {measure} is left out: the country package does not say what tax the measure type {type} ({description}) is.",
        "RKC General Annex, Standard 4.1",
        "Name the type in measure_types.csv, with its kind of tax, or with none where it is no tax.",
        Severity.WARNING,
    ),
    "TRF-03": Remark(
        "{place}: {what}.",
        "WTO Trade Facilitation Agreement, Article 1.1 (publication of rates of duty)",
        "Compare the source; what it does not say clearly is left undetermined.",
        Severity.WARNING,
    ),
    "TRF-11": Remark(
        "{table} {row}: {what}.",
        "ISO 8601",
        "Write the day as 2026-01-31.",
    ),
    "TRF-12": Remark(
        "{table} {row}: {what}.",
        "TARIC business rule ME25 (start and end of a validity)",
        "Let it end on or after the day on which it starts.",
    ),
    "TRF-13": Remark(
        "Commodity {row}: {what}.",
        "HS Convention, Article 3 (nomenclature)",
        "Add the line above it, or correct its parent.",
    ),
    "TRF-14": Remark(
        "Commodity {row}: {what}.",
        "HS Convention, Article 3 (nomenclature)",
        "End the one before the other starts.",
    ),
    "TRF-15": Remark(
        "Measure {row}: {what}.",
        "TARIC business rule ME6 (the goods code must exist)",
        "Correct the code, or add the commodity.",
    ),
    "TRF-16": Remark(
        "Measure {row}: {what}.",
        "TARIC business rule ME8 (the validity of the goods code spans that of the measure)",
        "End the measure with its commodity.",
    ),
    "TRF-17": Remark(
        "Measure {row}: {what}.",
        "TARIC business rule ME7 (goods codes of the nomenclature alone)",
        "Write the code of a chapter, heading, subheading or national line.",
    ),
    "TRF-18": Remark(
        "Measure {row}: {what}.",
        "TARIC business rule ME32 (no overlap in time)",
        "End one of the two, or tell them apart by preference, quota or additional code.",
    ),
    "TRF-19": Remark(
        "Measure {row}: {what}.",
        "TARIC business rule ME4 (the geographical area must exist)",
        "Correct the area, or add its members to areas.csv.",
    ),
    "TRF-20": Remark(
        "Measure {row}: {what}.",
        "TARIC business rule ME66 (the excluded area is a member of the group)",
        "Leave the exclusion out, or correct the area.",
    ),
    "TRF-21": Remark(
        "Measure {row}: {what}.",
        "TARIC data model, additional codes",
        "Correct the code, or add it to additional_codes.csv.",
    ),
    "TRF-22": Remark(
        "Measure {row}: {what}.",
        "TARIC data model, quota order number origins",
        "Define the quota for the area and the days, or correct the order number.",
    ),
    "TRF-23": Remark(
        "Quota {row}: {what}.",
        "TARIC data model, quota definitions (no overlap)",
        "End one definition before the next starts.",
    ),
    "TRF-24": Remark(
        "Measure {row} gives no amount: {what}.",
        "WTO Trade Facilitation Agreement, Article 1.1 (publication of rates of duty)",
        "Write the rate in a form that can be computed; until then the tax comes out undetermined.",
        Severity.WARNING,
    ),
    "TRF-25": Remark(
        "Measure {row}: {what}.",
        "TARIC data model, duty expressions (minimum and maximum)",
        "Correct the minimum or the maximum.",
    ),
    "TRF-26": Remark(
        "Measure {row} has a rate by a unit that no list has: {what}.",
        "UNECE Recommendation 20",
        "Correct the unit.",
        Severity.WARNING,
    ),
    "TRF-27": Remark(
        "Measure {row}: {what}.",
        "TARIC data model, measure conditions",
        "Write it as B:C644=apply;B:-=refuse.",
    ),
    "TRF-28": Remark(
        "Measure {row}: {what}.",
        "TARIC data model, measure conditions",
        "Add a last line such as B:-=refuse; without one the measure is left out.",
        Severity.WARNING,
    ),
    "TRF-29": Remark(
        "Measure {row}: {what}.",
        "RKC General Annex 9.1 (information of general application)",
        "End the measure from a day to come instead; what was published holds for the days that have passed.",
    ),
}
