"""Determination: the amount of a tax that customs states itself where the law gives no figure by rule (RKC General Annex, 4.1 and 4.2)."""

from decimal import Decimal

import msgspec


class Determination(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer determined: the tax on an item, its exact amount in the currency of the country, and why."""

    item: int
    tax: str
    amount: Decimal
    reason: str
