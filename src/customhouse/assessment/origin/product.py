"""Product: the goods whose origin is asked: their code, prices and mass, what was done to make them, and with what evidence."""

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import force_setattr

from customhouse.assessment.origin.hs_range import digits_of


class ClaimedProcess(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A specific process that the maker claims, and the record that shows it."""

    name: str
    evidence: str = ""


class Product(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of goods, the unit of qualification; what is left out is not known.

    `own_costs` are labour, overheads and profit in the territory; `operations` are codes of what was done, held against the operations
    that an agreement calls insufficient; `statements` answer rules that stand in prose; `added_abroad` is the value of working outside
    the territory. A sum is in `currency`, a mass in kilograms.
    """

    name: str = ""
    hs_code: str = ""
    produced_in: str = ""
    currency: str = ""
    fob: Decimal | None = None
    ex_works: Decimal | None = None
    net_cost: Decimal | None = None
    own_costs: Decimal | None = None
    mass_kg: Decimal | None = None
    wholly_obtained: str = ""
    wholly_obtained_evidence: str = ""
    processes: tuple[ClaimedProcess, ...] = ()
    operations: tuple[str, ...] | None = None
    statements: dict[str, bool] = {}
    added_abroad: Decimal | None = None
    is_set: bool = False

    def __post_init__(self) -> None:
        """Keep the code by its digits, however it is written."""
        force_setattr(self, "hs_code", digits_of(self.hs_code))
