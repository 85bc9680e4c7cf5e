"""Kept back: what nobody outside the administration is told, since it would tell of single cases (UN Fundamental Principles, 6).

A value of few events is kept back, and so is one that would give it away: the whole beside all of its parts but the one of few events.
"""

from collections.abc import Iterable, Sequence

FEWEST = 5
"""So many events at least stand behind what is told."""
WHY = "kept back: too few events"
"""What stands in the place of a value that is kept back."""


def is_told(n: int, parts: Iterable[int] = ()) -> bool:
    """Whether something that so many events make is told, where each of its parts is told of which that can be said too.

    What is left of it without the parts that are told is either nothing, or as many events as are told of.
    """
    left = n - sum(part for part in parts if is_told(part))
    return n == 0 or (n >= FEWEST and (left == 0 or left >= FEWEST))


def told_places(parts: Sequence[int]) -> frozenset[int]:
    """Which parts are told of a whole that is told too: those of enough events, but for the smallest of them where too few are left."""
    told = sorted((place for place, n in enumerate(parts) if is_told(n)), key=lambda place: -parts[place])
    while told and not is_told(sum(parts) - sum(parts[place] for place in told)):
        told.pop()
    return frozenset(told)
