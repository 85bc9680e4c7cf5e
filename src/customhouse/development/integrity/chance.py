"""Chance: how likely so many marked events would come to one actor if, within each stratum, they fell to actors at random.

Within a stratum the margins are taken as they are: how many events there were, how many are marked, how many the actor had. Dealt out at
random, the actor's marked ones follow the hypergeometric distribution; over strata the distributions are convolved. So the probability is
exact, that to which a permutation test tends with ever more permutations, and no model of behaviour is in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import lgamma

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stratum:
    """Events among which chance alone would choose: how many, how many of them marked, and how many the actor had."""

    events: int
    marked: int
    of_actor: int


def expected(strata: Iterable[Stratum]) -> float:
    """How many marked events chance would give the actor, on average."""
    return sum(each.marked * each.of_actor / each.events for each in strata)


def likelihood(observed: int, strata: Iterable[Stratum]) -> float:
    """The probability that chance gives the actor as many marked events as observed, or more."""
    total, least = np.ones(1), 0
    for each in strata:
        first, probabilities = _dealt(each)
        total, least = np.convolve(total, probabilities), least + first
    return float(min(1.0, total[max(0, observed - least) :].sum()))


def _dealt(stratum: Stratum) -> tuple[int, NDArray[np.float64]]:
    """The least number that can come to the actor, and the probability of it and of each number above it."""
    events, marked, drawn = stratum.events, stratum.marked, stratum.of_actor
    least, most = max(0, drawn + marked - events), min(drawn, marked)
    ways = _log_ways(events, drawn)
    return least, np.exp([_log_ways(marked, k) + _log_ways(events - marked, drawn - k) - ways for k in range(least, most + 1)])


def _log_ways(things: int, chosen: int) -> float:
    return lgamma(things + 1) - lgamma(chosen + 1) - lgamma(things - chosen + 1)
