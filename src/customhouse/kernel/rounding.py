"""Named rounding rules: how the law says an exact amount becomes a payable one."""

import decimal
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class RoundingMode(StrEnum):
    """The direction in which an amount between two steps goes."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


_DECIMAL_MODE = {
    RoundingMode.DOWN: decimal.ROUND_DOWN,
    RoundingMode.UP: decimal.ROUND_UP,
    RoundingMode.HALF_UP: decimal.ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: decimal.ROUND_HALF_EVEN,
}


_WIDE = decimal.Context(prec=100)  # so that dividing by the step does not round before the rule does


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding rule: to a whole number of steps, in one direction.

    The step is a positive amount in the currency's main unit: 0.01 for a cent, 0.05 for the smallest coin, 1 for a whole unit.
    Negative amounts round as their mirror image, so that a reversal takes back exactly what was charged.
    """

    mode: RoundingMode
    step: Decimal
    _is_decimal_place: bool = field(init=False, repr=False, compare=False)
    _words: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a step that could not be counted in."""
        if self.step <= 0:
            raise ValueError(f"a rounding step must be positive, not {self.step}")
        object.__setattr__(self, "_is_decimal_place", self.step.as_tuple().digits == (1,))
        object.__setattr__(self, "_words", f"{self.mode.replace('_', ' ')} to {self.step}")

    def of(self, exact: Decimal) -> Decimal:
        """The exact amount rounded, with as many decimals as the step has; what rounds to zero has no sign."""
        if self._is_decimal_place:
            rounded = exact.quantize(self.step, rounding=_DECIMAL_MODE[self.mode], context=_WIDE)
            return rounded or abs(rounded)
        steps = _WIDE.divide(exact, self.step).quantize(Decimal(1), rounding=_DECIMAL_MODE[self.mode], context=_WIDE)
        return steps * self.step or abs(steps * self.step)

    def __str__(self) -> str:
        """The rule in words, as a trace shows it."""
        return self._words
