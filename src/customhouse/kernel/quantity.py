"""Quantity: an exact decimal number of a named unit."""

from dataclasses import dataclass
from decimal import Decimal


class UnitMismatchError(ValueError):
    """Two quantities in different units met without a conversion."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number of one unit, named by its UNECE Rec 20 code or the code of the tariff that uses it."""

    value: Decimal
    unit: str

    def __add__(self, other: "Quantity") -> "Quantity":
        """The sum of two quantities of one unit."""
        if other.unit != self.unit:
            raise UnitMismatchError(f"{self} and {other} have no common unit; convert one first")
        return Quantity(self.value + other.value, self.unit)

    def __mul__(self, factor: Decimal) -> "Quantity":
        """The quantity times a pure number."""
        return Quantity(self.value * factor, self.unit)

    def __str__(self) -> str:
        """The value and its unit, as in `550 KGM`."""
        return f"{self.value:f} {self.unit}"

    def converted(self, factor: Decimal, unit: str) -> "Quantity":
        """This quantity in another unit; the factor is how many of that unit make one of this."""
        return Quantity(self.value * factor, unit)
