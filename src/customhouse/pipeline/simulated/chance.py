"""Chance: everything that is left to it in a simulated year, drawn from the seed alone, so that the same seed gives the same year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TypeVar

_Choice = TypeVar("_Choice")
_THOUSAND = 1_000
_SPREAD = 0.8
"""Standard deviation of the logarithm of a delay: one in ten takes three times the median or more."""


@dataclass(frozen=True, slots=True)
class Chance:
    """One stream of draws, independent of every other stream."""

    random: Random

    @classmethod
    def of(cls, *names: object) -> "Chance":
        """The stream of these names."""
        return cls(Random("/".join(map(str, names))))  # noqa: S311 - a simulation is to be foreseeable

    def happens(self, per_mille: int) -> bool:
        """Whether something of that likelihood happens."""
        return self.random.randrange(_THOUSAND) < per_mille

    def one_of(self, choices: Sequence[_Choice]) -> _Choice:
        """One of the choices, each as likely."""
        return choices[self.random.randrange(len(choices))]

    def weighted(self, parts: Mapping[_Choice, int]) -> _Choice:
        """One of the choices, each as likely as its part."""
        return self.random.choices(list(parts), list(parts.values()))[0]

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return self.random.randint(low, high)

    def delay(self, median_minutes: int) -> timedelta:
        """A delay around the median, seldom much longer, in whole seconds."""
        return timedelta(seconds=int(60 * median_minutes * self.random.lognormvariate(0, _SPREAD)))
