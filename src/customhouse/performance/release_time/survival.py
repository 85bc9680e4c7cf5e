"""Survival: how long goods wait when some still do: those not yet released count for as long as they were seen (Kaplan and Meier 1958)."""

from math import sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray

from customhouse.performance.release_time.statistics import Interval, Seconds

_Z = 1.959963984540054


class Survival(msgspec.Struct, frozen=True, kw_only=True):
    """The share still waiting after each time at which something was released, with its interval (Greenwood, 95 %).

    `median` is the time by which half was released, of all times where only some of them are kept; nothing where half never was.
    """

    n: int
    censored: int
    times: tuple[float, ...]
    waiting: tuple[float, ...]
    intervals: tuple[Interval, ...]
    median: float | None = None

    def quantile(self, share: float) -> float | None:
        """The time by which that share is released; nothing where it never is in what was seen."""
        return next((time for time, waiting in zip(self.times, self.waiting, strict=True) if waiting <= 1 - share + 1e-12), None)


def kaplan_meier(times: Seconds, *, observed: NDArray[np.bool_]) -> Survival:
    """The estimate from times until release, or until the end of what was seen where `observed` is false."""
    distinct, places = np.unique(times, return_inverse=True)
    events = np.bincount(places, weights=observed, minlength=len(distinct))
    at_risk = len(times) - np.concatenate([[0], np.cumsum(np.bincount(places, minlength=len(distinct)))[:-1]])
    happened = events > 0
    distinct, events, at_risk = distinct[happened], events[happened], at_risk[happened]
    waiting = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = waiting**2 * np.cumsum(events / (at_risk * (at_risk - events)))
    return Survival(
        n=len(times),
        censored=int((~observed).sum()),
        times=tuple(distinct.tolist()),
        waiting=tuple(waiting.tolist()),
        intervals=tuple(_interval(*each) for each in zip(waiting.tolist(), variance.tolist(), strict=True)),
    )


def _interval(waiting: float, variance: float) -> Interval:
    """Where nothing waits any more, the estimate has no spread to tell."""
    half = _Z * sqrt(variance) if waiting > 0 else 0.0
    return Interval(max(0.0, waiting - half), min(1.0, waiting + half))
