"""Countable: whether a declared number is one that money and goods come in, and not one meant to break the arithmetic."""

from decimal import Decimal

_MOST = Decimal(10) ** 15
_FINEST_EXPONENT = -12


def is_countable(number: Decimal) -> bool:
    """Whether the number is finite, under a thousand million million, and has at most twelve decimals."""
    if not number.is_finite() or abs(number) >= _MOST:
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _FINEST_EXPONENT
