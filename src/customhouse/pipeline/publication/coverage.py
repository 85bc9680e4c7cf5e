"""Coverage: what Article 1.1 of the Trade Facilitation Agreement wants published, paragraph by paragraph, and what of it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.publication import law_sheet, practice_sheet
from customhouse.pipeline.publication.sheet import Sheet

_Made = Callable[..., Sheet]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to be published: its name in `elsewhere` of the country package, its paragraph, what it is, and its sheets."""

    name: str
    paragraph: str
    what: str
    sheets: tuple[_Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """A subject on a day: the titles of the sheets that publish it, the place elsewhere, or the reasons why it is not published."""

    subject: Subject
    titles: tuple[str, ...]
    elsewhere: str
    reasons: tuple[str, ...]

    @property
    def is_published(self) -> bool:
        """Whether it is to be read, here or where the country says."""
        return bool(self.elsewhere) or not self.reasons


SUBJECTS = (
    Subject("procedures", "(a)", "procedures of import and export, step by step", (law_sheet.procedures, practice_sheet.steps)),
    Subject("transit", "(a)", "procedures of transit"),
    Subject("documents", "(a)", "forms and documents", (law_sheet.documents, practice_sheet.checks)),
    Subject("rates", "(b)", "rates of duties and taxes", (law_sheet.taxes, law_sheet.reliefs)),
    Subject("fees", "(c)", "fees and charges", (practice_sheet.fees,)),
    Subject("value", "(d)", "rules of classification and valuation", (law_sheet.charges,)),
    Subject("origin", "(e)", "rules of origin", (law_sheet.origin,)),
    Subject("restrictions", "(f)", "restrictions and prohibitions", (law_sheet.restrictions,)),
    Subject("penalties", "(g)", "penalties for breaches of formalities", (practice_sheet.penalties,)),
    Subject("appeals", "(h)", "appeal and review", (practice_sheet.redress,)),
    Subject("agreements", "(i)", "agreements with other countries", (law_sheet.agreements,)),
    Subject("quotas", "(j)", "administration of tariff quotas", (law_sheet.quotas,)),
)
"""What is to be published, in the order of the Article; what has no sheet, the product does not hold as rules yet."""


def coverage(country: CountryPackage, *, on: date) -> tuple[Covered, ...]:
    """Each subject of Article 1.1 as it is published on the day."""
    return tuple(_covered(each, country, on=on) for each in SUBJECTS)


def coverage_sheet(country: CountryPackage, *, on: date) -> Sheet:
    """The coverage as a sheet."""
    rows = [
        (
            each.subject.paragraph,
            each.subject.what,
            "elsewhere" if each.elsewhere else "here" if each.is_published else "nowhere",
            (each.elsewhere,) if each.elsewhere else each.titles if each.is_published else each.reasons,
        )
        for each in coverage(country, on=on)
    ]
    return Sheet(
        title="What is published, and what is not",
        about="Every subject that Article 1.1 of the Trade Facilitation Agreement wants published, and where it is to be read.",
        source="the sheets of these pages, country.toml",
        basis="TFA Art 1.1, Art 1.4",
        columns=("paragraph", "subject", "published", "where, or why not"),
        rows=tuple(rows),
    )


def _covered(subject: Subject, country: CountryPackage, *, on: date) -> Covered:
    elsewhere = country.transparency.elsewhere
    made = [make(country, on=on) for make in subject.sheets]
    reasons = tuple(each.unpublished or "Nothing is in force on this day." for each in made if each.unpublished or not each.rows)
    unheld = () if made else ("The product holds no rules of it: the country package says in `elsewhere` where it is published.",)
    return Covered(subject, tuple(each.title for each in made), elsewhere.get(subject.name, ""), reasons + unheld)
