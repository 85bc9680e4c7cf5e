"""Elasticity: by how much imports answer to a change of their price, as a share of it, by chapter of the Harmonized System.

The response is that of TRIST, in its simplest form (Brenton, Saborowski, Staritz and von Uexkull, Assessing the adjustment
implications of trade policy changes using TRIST, World Bank Policy Research Working Paper 5045, 2009): dV / V = e * dp / p, with p the
price with all taxes, V the value imported, and the whole change of the taxes passed on to the price.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from customhouse.saying import Refusal, saying

PLACES = 4
EVERY_CHAPTER = ""


class UnreadableElasticitiesError(Refusal, ValueError):
    """A file of elasticities has a row that is none; the message names it."""


@dataclass(frozen=True, slots=True)
class Elasticities:
    """The elasticity of each chapter that has one of its own, and that of all others."""

    by_chapter: Mapping[str, Decimal] = field(default_factory=dict)
    otherwise: Decimal = Decimal(0)

    def __bool__(self) -> bool:
        """Whether imports answer at all."""
        return any((*self.by_chapter.values(), self.otherwise))

    def of(self, chapter: str) -> Decimal:
        """The elasticity of a chapter."""
        return self.by_chapter.get(chapter, self.otherwise)


def read_elasticities(text: str) -> Elasticities:
    """The elasticities of a CSV with the header `chapter,elasticity`; the row without a chapter is for all that have no row.

    Refuses with `UnreadableElasticitiesError` a row that is none: a number from -100 to 0, with at most four decimals.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    missing = [name for name in ("chapter", "elasticity") if name not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableElasticitiesError("row 1: the column {missing} is missing", missing=missing)
    found = {}
    for number, row in enumerate(rows, start=2):
        chapter = (row["chapter"] or "").strip()
        if chapter in found:
            raise UnreadableElasticitiesError(
                "row {number}: chapter {chapter} has an elasticity already", number=number, chapter=chapter or saying("(all)")
            )
        found[chapter] = _elasticity(number, row["elasticity"] or "")
    otherwise = found.pop(EVERY_CHAPTER, Decimal(0))
    return Elasticities(found, otherwise)


def _elasticity(number: int, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as refusal:
        raise UnreadableElasticitiesError("row {number}: {text!r} is no number", number=number, text=text) from refusal
    if not value.is_finite() or not -100 <= value <= 0 or value != value.quantize(Decimal(1).scaleb(-PLACES)):  # noqa: PLR2004 - beyond all estimates
        raise UnreadableElasticitiesError(
            "row {number}: an elasticity is a number from -100 to 0 with {places} decimals, not {value}",
            number=number,
            places=PLACES,
            value=value,
        )
    return value
