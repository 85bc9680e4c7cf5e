"""Movement: one act on one or several accounts, done to all of them or to none."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a movement does: sets the limit, earmarks, uses up, or gives back."""

    GRANT = "grant"
    RESERVE = "reserve"
    CONSUME = "consume"
    RETURN = "return"


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """So much of each account, for a holding such as one item of a declaration, by a cause that is posted once only.

    Amounts are in the unit of their account, and never negative but in a grant, which may lower the limit.
    """

    cause: str
    kind: Kind
    amounts: Mapping[str, Decimal]
    holding: str = ""
