"""Application: what is asked of customs, for which goods, and what of it is nobody else's business (RKC GA 9.9; TFA Article 3.9)."""

import re
from enum import StrEnum

import msgspec

from customhouse.tariff.ruling.scope import Scope
from customhouse.tariff.ruling.terms import Terms

MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_LEAST_DESCRIPTION = 20
_REQUIRED = ("applicant", "office", "goods_name", "description")
_SHORTEST_CODE, _LONGEST_CODE = 6, 10


class EnclosureKind(StrEnum):
    """What comes with an application."""

    SAMPLE = "sample"
    PHOTO = "photo"
    LITERATURE = "literature"
    LABORATORY_REPORT = "laboratory_report"


class Enclosure(msgspec.Struct, frozen=True):
    """Something that comes with an application, by reference: where it is kept or under which number."""

    kind: EnclosureKind
    reference: str


class Application(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An application for an advance ruling.

    Text between `[[` and `]]` is confidential, as are the fields named in `confidential`. `prior_rulings` are rulings on like goods held
    or applied for, here or elsewhere; `proceedings` are cases on the question before an agency, a tribunal or a court.
    """

    applicant: str
    office: str
    goods_name: str
    description: str
    scope: Scope = Scope.CLASSIFICATION
    composition: str = ""
    function: str = ""
    presentation: str = ""
    proposed_code: str = ""
    proposed_reason: str = ""
    origin: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    prior_rulings: tuple[str, ...] = ()
    proceedings: tuple[str, ...] = ()
    confidential: frozenset[str] = frozenset()

    @property
    def goods(self) -> str:
        """The goods in one text, without the marks: what a classification goes by."""
        told = (self.goods_name, self.description, self.composition, self.function, self.presentation)
        return MARKED.sub(r"\1", ". ".join(each.strip().rstrip(".") for each in told if each.strip()))

    def shortfalls(self, terms: Terms) -> tuple[str, ...]:
        """The fields that are missing or not as they should be, by name; an application without any is complete."""
        missing = [name for name in _REQUIRED if not getattr(self, name).strip()]
        if self.scope not in terms.scopes:
            missing.append("scope")
        if self.description.strip() and len(self.description) < _LEAST_DESCRIPTION:
            missing.append("description")
        if self.proposed_code and not (
            self.proposed_code.isascii() and self.proposed_code.isdigit() and _SHORTEST_CODE <= len(self.proposed_code) <= _LONGEST_CODE
        ):
            missing.append("proposed_code")
        if self.scope is Scope.ORIGIN and not self.origin.strip():
            missing.append("origin")
        if self.description.count("[[") != self.description.count("]]"):
            missing.append("confidential")
        return tuple(missing)
