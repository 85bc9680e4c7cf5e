"""Apportionment: sharing an amount over parts so that the shares add up to it exactly (largest remainder)."""

import math
from collections.abc import Sequence
from decimal import Decimal


def apportioned(total: Decimal, weights: Sequence[Decimal], *, step: Decimal) -> list[Decimal]:
    """The shares of a total in proportion to the weights, each a whole number of steps, their sum the total.

    The total must itself be a whole number of steps. What is left after rounding each share down goes, one step at a time, to
    the largest remainders, the earlier part first where two are equal. Weights may not be negative, and not all zero.
    """
    steps = _steps(total, step)
    parts = _in_whole_numbers(weights)
    whole = sum(parts)
    if whole <= 0 or min(parts) < 0:
        raise ValueError("an amount can only be shared over weights that are not negative and not all zero")
    divided = [divmod(abs(steps) * part, whole) for part in parts]
    shares = [share for share, _ in divided]
    left = abs(steps) - sum(shares)
    by_remainder = sorted(range(len(parts)), key=lambda part: -divided[part][1])
    for part in by_remainder[:left]:
        shares[part] += 1
    sign = -1 if total < 0 else 1
    return [sign * share * step for share in shares]


def _steps(total: Decimal, step: Decimal) -> int:
    if step <= 0:
        raise ValueError(f"a step of apportionment must be positive, not {step}")
    whole, part = total.as_integer_ratio()
    step_whole, step_part = step.as_integer_ratio()
    steps, rest = divmod(whole * step_part, part * step_whole)
    if rest:
        raise ValueError(f"{total} is not a whole number of steps of {step}")
    return steps


def _in_whole_numbers(weights: Sequence[Decimal]) -> list[int]:
    """The weights in the same proportion as whole numbers, which divide without any loss of digits."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = math.lcm(*(denominator for _, denominator in ratios))
    return [numerator * (common // denominator) for numerator, denominator in ratios]
