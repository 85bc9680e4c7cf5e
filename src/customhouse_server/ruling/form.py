"""Form: an application and a decision as typed, field by field, and the values they become."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from customhouse.tariff import interpretation, ruling
from customhouse_server.tariff.day import read_day

PREFIX = "f."
_CONFIDENTIAL = "confidential."


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, its label, what to write, how many lines it has, and whether it can be kept confidential as a whole."""

    name: str
    label: str
    hint: str = ""
    lines: int = 1
    may_be_closed: bool = False


APPLICATION = (
    Field("applicant", _("Applicant"), _("The number of the party that will hold the ruling")),
    Field("office", _("Customs office")),
    Field("scope", _("What customs is to rule on")),
    Field("goods_name", _("Name of the goods"), _("As in trade, in a few words")),
    Field(
        "description",
        _("Description of the goods"),
        _("What they are, their size, how they work. Put [[ and ]] around what is confidential: no word of it is published."),
        lines=5,
    ),
    Field("composition", _("What they are made of"), _("Materials, with their shares"), lines=2, may_be_closed=True),
    Field("function", _("What they are for"), lines=2, may_be_closed=True),
    Field("presentation", _("How they are put up"), _("In a set, in parts, in which packing"), lines=2, may_be_closed=True),
    Field("proposed_code", _("The code you propose"), _("Six to ten digits; may be left empty")),
    Field("proposed_reason", _("Why this code"), lines=2, may_be_closed=True),
    Field("origin", _("Country of origin"), _("Needed for a ruling on origin; two letters")),
    Field("samples", _("Samples"), _("One a line: what it is, or its number"), lines=2),
    Field("photos", _("Photographs"), _("One a line: where they are kept"), lines=2),
    Field("literature", _("Literature and reports"), _("One a line: data sheets, catalogues, laboratory reports"), lines=2),
    Field("prior_rulings", _("Rulings on like goods"), _("One a line: held or applied for, here or elsewhere"), lines=2),
    Field("proceedings", _("Cases before an agency, a tribunal or a court"), _("One a line; empty if there is none"), lines=2),
)
DECISION = (
    Field("code", _("Commodity code")),
    Field("goods", _("The goods, as the ruling describes them"), lines=4),
    Field("reasons", _("Reasons"), lines=5),
    Field("origin", _("Country of origin"), _("Where the ruling settles it")),
    Field("start", _("Binds from"), _("A day, as 2026-12-31")),
    Field("keywords", _("Keywords"), _("One a line"), lines=2),
    Field(
        "acknowledged", _("Conflicting rulings that were weighed"), _("References, one a line; say in the reasons why they differ"), lines=2
    ),
)
_ENCLOSURES = (
    ("samples", ruling.application.EnclosureKind.SAMPLE),
    ("photos", ruling.application.EnclosureKind.PHOTO),
    ("literature", ruling.application.EnclosureKind.LITERATURE),
)


def application_of(typed: Mapping[str, str]) -> ruling.Application:
    """The application that the fields say; what is empty stays empty, for its completeness to be told."""

    def text(name: str) -> str:
        return typed.get(name, "").strip()

    return ruling.Application(
        applicant=text("applicant"),
        office=text("office"),
        goods_name=text("goods_name"),
        description=text("description"),
        scope=ruling.scope.Scope(text("scope")) if text("scope") in list(ruling.scope.Scope) else ruling.scope.Scope.CLASSIFICATION,
        composition=text("composition"),
        function=text("function"),
        presentation=text("presentation"),
        proposed_code=text("proposed_code").replace(" ", ""),
        proposed_reason=text("proposed_reason"),
        origin=text("origin").upper(),
        enclosures=tuple(ruling.application.Enclosure(kind, line) for name, kind in _ENCLOSURES for line in lines_of(typed, name)),
        prior_rulings=lines_of(typed, "prior_rulings"),
        proceedings=lines_of(typed, "proceedings"),
        confidential=frozenset(field.name for field in APPLICATION if field.may_be_closed and typed.get(f"{_CONFIDENTIAL}{field.name}")),
    )


def decision_of(
    typed: Mapping[str, str], terms: ruling.Terms, *, on: dt.date, walk: interpretation.Walk | None, version: str
) -> ruling.Decision:
    """The decision that the fields say, bound for as long as the country's law lets it; a start that is no day is a `ValueError`."""
    start = read_day(typed["start"].strip()) if typed.get("start", "").strip() else on
    return ruling.Decision(
        code=typed.get("code", "").replace(" ", "") or (walk.decided_code if walk else ""),
        goods=typed.get("goods", "").strip(),
        reasons=typed.get("reasons", "").strip(),
        origin=typed.get("origin", "").strip().upper(),
        start=start,
        end=terms.valid_until(start=start),
        walk=walk,
        edition=walk.edition if walk else "",
        keywords=lines_of(typed, "keywords"),
        acknowledged=lines_of(typed, "acknowledged"),
        suggested_by=version,
    )


def lines_of(typed: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What was typed one a line."""
    return tuple(line.strip() for line in typed.get(name, "").splitlines() if line.strip())


def closed_name(field: Field) -> str:
    """The name of the box that keeps a field confidential."""
    return f"{_CONFIDENTIAL}{field.name}"
