"""Goods: what a valuation needs to know of the goods it values, beside their price."""

from datetime import date
from decimal import Decimal

import msgspec

from customhouse.assessment.countable import is_countable


class Goods(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What they are, who made them where, how many, and when they left and came."""

    description: str
    produced_in: str = ""
    producer: str = ""
    commercial_level: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    gross_mass_kg: Decimal | None = None
    exported_on: date | None = None
    imported_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a quantity or mass that is none."""
        for name, number in (("quantity", self.quantity), ("gross mass", self.gross_mass_kg)):
            if number is not None and (not is_countable(number) or number <= 0):
                raise ValueError(f"the {name} of the goods is not a number above zero")
