"""Bill of materials: what a product was made of: each material with its code, origin, value, mass and the proof of its own origin."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from customhouse.assessment.origin.hs_range import digits_of
from customhouse.assessment.origin.product import ClaimedProcess, Product


class Kind(StrEnum):
    """What a material is to the product; each kind has its own auxiliary rule."""

    MATERIAL = "material"
    ACCESSORY = "accessory"
    RETAIL_PACKING = "retail_packing"
    SHIPMENT_PACKING = "shipment_packing"
    NEUTRAL = "neutral"


class Fungible(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stock of like materials of mixed origin: how they are told apart, the record, and the originating share in per cent."""

    method: str
    record: str = ""
    originating_share: Decimal | None = None


class Offer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the same material would cost from another origin; `value` is for the whole quantity, in the material's currency."""

    origin: str
    value: Decimal | None = None


class Material(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the bill.

    `origin` is the territory in which it is said to originate, and `proof` the document that shows it; `originating = false` is the maker's
    own statement that it does not, whatever its origin. `wholly_obtained` says whether the material itself is. An intermediate material has
    `materials` of its own, was `made_in` a territory, and is judged by the rule of its own code.
    """

    name: str = ""
    hs_code: str = ""
    origin: str = ""
    originating: bool | None = None
    proof: str = ""
    wholly_obtained: bool | None = None
    value: Decimal | None = None
    currency: str = ""
    mass_kg: Decimal | None = None
    kind: Kind = Kind.MATERIAL
    fungible: Fungible | None = None
    made_in: str = ""
    materials: tuple["Material", ...] = ()
    processes: tuple[ClaimedProcess, ...] = ()
    offers: tuple[Offer, ...] = ()

    def __post_init__(self) -> None:
        """Keep the code by its digits, however it is written."""
        force_setattr(self, "hs_code", digits_of(self.hs_code))


class BillOfMaterials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A product with its materials, and the rates by which sums in other currencies become the product's: product currency per unit."""

    product: Product
    materials: tuple[Material, ...] = ()
    rates: dict[str, Decimal] = {}
