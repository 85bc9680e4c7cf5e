"""Apportionment: sharing an amount over parts so that the shares add up to it exactly (largest remainder)."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal


def apportioned(total: Decimal, weights: Sequence[Decimal], *, step: Decimal) -> list[Decimal]:
    """The shares of a total in proportion to the weights, each a whole number of steps, their sum the total.

    The total must itself be a whole number of steps. What is left after rounding each share down goes, one step at a time, to
    the largest remainders, the earlier part first where two are equal. Weights may not be negative, and not all zero.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or min(weights) < 0:
        raise ValueError("an amount can only be shared over weights that are not negative and not all zero")
    steps, odd = divmod(abs(total), step)
    if odd:
        raise ValueError(f"{total} is not a whole number of steps of {step}")
    exact = [steps * weight / whole for weight in weights]
    shares = [share.quantize(Decimal(1), rounding=ROUND_DOWN) for share in exact]
    left = int(steps - sum(shares, Decimal(0)))
    by_remainder = sorted(range(len(exact)), key=lambda part: shares[part] - exact[part])
    for part in by_remainder[:left]:
        shares[part] += 1
    sign = -1 if total < 0 else 1
    return [sign * share * step for share in shares]
