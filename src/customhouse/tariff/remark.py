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
}
