"""Pledge: what a donor promises, in one currency, for a time, and for what alone; its balance is an account of the ledger."""

from datetime import date
from decimal import Decimal

import msgspec


class Pledge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A donor's promise, valid from a day until before another; an earmark that is empty binds nothing."""

    donor: str
    title: str
    amount: Decimal
    currency: str
    valid_from: date
    valid_to: date
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()

    @property
    def earmarks(self) -> int:
        """How many kinds of earmark bind it."""
        return sum(1 for each in (self.themes, self.countries, self.instruments) if each)


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What a project still lacks."""

    theme: str
    country: str
    instrument: str
    amount: Decimal
    currency: str


def account_of(pledge: str) -> str:
    """The name of the ledger account that holds the balance of a pledge."""
    return f"pledge/{pledge}"
