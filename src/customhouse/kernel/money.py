"""Money: an exact decimal amount that never parts from its currency (ISO 4217)."""

from dataclasses import dataclass
from decimal import Decimal

from customhouse.kernel.rounding import Rounding


class CurrencyMismatchError(ValueError):
    """Two amounts in different currencies met without a dated exchange rate."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency; it rounds only where a rule is passed in."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        """The sum of two amounts of one currency."""
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """The difference of two amounts of one currency."""
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, factor: Decimal) -> "Money":
        """The amount times a pure number."""
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Whether this amount is the smaller of two in one currency."""
        return self.amount < self._same(other)

    def __str__(self) -> str:
        """The amount and its currency, as in `12.50 EUR`."""
        return f"{self.amount:f} {self.currency}"

    def rounded(self, rounding: Rounding) -> "Money":
        """This amount by the named rounding rule."""
        return Money(rounding.of(self.amount), self.currency)

    def converted(self, rate: Decimal, currency: str) -> "Money":
        """This amount in another currency; the rate is units of that currency for one unit of this one."""
        return Money(self.amount * rate, currency)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{self} and {other} have no common currency; convert one at a dated rate first")
        return other.amount
