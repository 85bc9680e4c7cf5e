"""Claim: all that is said about the origin of a product, as one document: product, materials, rates, journey, drawback and proof."""

import csv
import io
import tomllib
from decimal import Decimal

import msgspec
from msgspec import Struct

from customhouse.assessment.countable import is_countable
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials, Material
from customhouse.assessment.origin.determination import Circumstances
from customhouse.assessment.origin.product import Product
from customhouse.assessment.origin.proof import Proof
from customhouse.assessment.origin.refusal import UnreadableOriginError
from customhouse.saying import saying

COLUMNS = ("name", "hs_code", "origin", "originating", "proof", "value", "currency", "mass_kg", "kind")


class UnreadableClaimError(UnreadableOriginError):
    """A text is no claim of origin, or no table of materials; the message says where."""


class Claim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim of origin, as `customhouse origin` reads it."""

    product: Product
    materials: tuple[Material, ...] = ()
    rates: dict[str, Decimal] = {}
    circumstances: Circumstances = Circumstances()
    proof: Proof | None = None

    @property
    def bill(self) -> BillOfMaterials:
        """The bill of materials alone."""
        return BillOfMaterials(product=self.product, materials=self.materials, rates=self.rates)


def read_claim(text: str) -> Claim:
    """The claim of a TOML text; refuses with `UnreadableClaimError`."""
    try:
        claim = msgspec.convert(tomllib.loads(text), Claim, strict=False)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise UnreadableClaimError("{why}", why=error) from error
    _refuse_strange_figures(claim)
    return claim


def read_materials(text: str) -> tuple[Material, ...]:
    """The materials of a CSV whose head names columns of `COLUMNS`; refuses with `UnreadableClaimError`."""
    try:
        rows = csv.DictReader(io.StringIO(text), restkey="", strict=True)
        strange = set(rows.fieldnames or ()) - set(COLUMNS)
        if strange or not rows.fieldnames:
            raise UnreadableClaimError(
                "the head names {strange}; columns are {columns}", strange=sorted(strange) or saying("no column"), columns=COLUMNS
            )
        return tuple(_material(row, rows.line_num) for row in rows)
    except csv.Error as error:
        raise UnreadableClaimError("{why}", why=error) from error


def _material(row: dict[str, str | None], line: int) -> Material:
    if "" in row:
        raise UnreadableClaimError("line {line} has more cells than the head", line=line)
    try:
        material = msgspec.convert({name: cell.strip() for name, cell in row.items() if cell and cell.strip()}, Material, strict=False)
        _refuse_strange_figures(material)
    except (msgspec.ValidationError, UnreadableClaimError) as error:
        raise UnreadableClaimError("line {line}: {error}", line=line, error=error) from error
    return material


def _refuse_strange_figures(told: Struct) -> None:
    """Refuse figures that are negative, or that no money and no goods come in."""
    waiting: list[object] = [msgspec.to_builtins(told, builtin_types=(Decimal,))]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, Decimal) and (not is_countable(each) or each < 0):
            raise UnreadableClaimError("{figure} is no value, mass or rate", figure=each)
