"""Account: a limit in one unit, and what each holding has reserved and consumed of it; the rest is available, and never negative."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from customhouse.ledger.movement import Kind

NOTHING = Decimal(0)


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What one obligation or item holds of an account."""

    reserved: Decimal = NOTHING
    consumed: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """What giving everything back would return."""
        return self.reserved + self.consumed


class Posted(msgspec.Struct, frozen=True):
    """What a cause did to an account, by which a second posting of it is known."""

    kind: Kind
    holding: str
    amount: Decimal


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A guarantee, quota, licence line or bill of lading, in one unit (a currency, kilograms, packages)."""

    id: str
    unit: str
    granted: Decimal = NOTHING
    holdings: Mapping[str, Holding] = {}
    done: Mapping[str, Posted] = {}

    @property
    def reserved(self) -> Decimal:
        """What is earmarked and not yet used up."""
        return sum((each.reserved for each in self.holdings.values()), NOTHING)

    @property
    def consumed(self) -> Decimal:
        """What is used up."""
        return sum((each.consumed for each in self.holdings.values()), NOTHING)

    @property
    def available(self) -> Decimal:
        """What can still be reserved or consumed."""
        return self.granted - self.reserved - self.consumed
