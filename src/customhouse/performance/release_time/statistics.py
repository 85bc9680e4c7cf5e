"""Statistics of times: what a time release study tells of a sample (WCO Guide to measure the time required for the release of goods).

All are in seconds. Quantiles are interpolated between order statistics (Hyndman and Fan's type 7). Intervals are at 95 %.
"""

from math import sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.float64]

PERCENTILES = (10, 25, 75, 90, 95)
_Z = 1.959963984540054  # the normal distribution's 97.5 % point
_RESAMPLES = 1_000
_MOST_RESAMPLED = 1_000
_HOUR = 3_600


class Interval(msgspec.Struct, frozen=True):
    """Between what and what a figure of the whole trade lies, with 95 % confidence."""

    low: float
    high: float


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A sample of times; the mode is that of whole hours, by its beginning, and the share within the target is from 0 to 1."""

    n: int
    mean: float
    mean_interval: Interval
    median: float
    median_interval: Interval
    mode: float
    least: float
    most: float
    standard_deviation: float
    percentiles: dict[int, float]
    within_target: float | None
    within_target_interval: Interval | None
    outliers: int


def summary(times: Seconds, *, target: float | None) -> Summary | None:
    """What there is to tell of a sample; nothing of an empty one. Outliers are counted by `outlier_limit`, and stay in every figure."""
    if not len(times):
        return None
    ordered = np.sort(times)
    within = int(np.searchsorted(ordered, target, side="right")) if target is not None else None
    return Summary(
        n=len(ordered),
        mean=float(ordered.mean()),
        mean_interval=mean_interval(ordered),
        median=quantile(ordered, 0.5),
        median_interval=quantile_interval(ordered, 0.5),
        mode=_mode(ordered),
        least=float(ordered[0]),
        most=float(ordered[-1]),
        standard_deviation=float(ordered.std(ddof=1)) if len(ordered) > 1 else 0.0,
        percentiles={each: quantile(ordered, each / 100) for each in PERCENTILES},
        within_target=None if within is None else within / len(ordered),
        within_target_interval=None if within is None else share_interval(within, len(ordered)),
        outliers=int(len(ordered) - np.searchsorted(ordered, outlier_limit(ordered), side="right")),
    )


def quantile(ordered: Seconds, share: float) -> float:
    """The quantile of times in their order."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def outlier_limit(ordered: Seconds) -> float:
    """Beyond what a time counts as an outlier: three interquartile ranges above the upper quartile (Tukey's outer fence)."""
    lower, upper = quantile(ordered, 0.25), quantile(ordered, 0.75)
    return upper + 3 * (upper - lower)


def mean_interval(times: Seconds) -> Interval:
    """The interval of the mean: by bootstrap (percentiles of resampled means), and for large samples by its limit, the normal one."""
    n = len(times)
    if n == 1:
        return Interval(float(times[0]), float(times[0]))
    if n > _MOST_RESAMPLED:
        half = _Z * float(times.std(ddof=1)) / sqrt(n)
        return Interval(float(times.mean()) - half, float(times.mean()) + half)
    draws = np.random.default_rng(n).integers(0, n, size=(_RESAMPLES, n))
    low, high = np.quantile(times[draws].mean(axis=1), [0.025, 0.975])
    return Interval(float(low), float(high))


def quantile_interval(ordered: Seconds, share: float) -> Interval:
    """The interval of a quantile: that to which its bootstrap tends with ever more resamples, found exactly from the order statistics."""
    n = len(ordered)
    half = _Z * sqrt(n * share * (1 - share))
    low, high = max(0, int(np.floor(n * share - half)) - 1), min(n - 1, int(np.ceil(n * share + half)) - 1)
    return Interval(float(ordered[low]), float(ordered[max(low, high)]))


def share_interval(successes: int, n: int) -> Interval:
    """The interval of a share (Wilson 1927), within 0 and 1 also where the share is at one of them."""
    share = successes / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def _mode(ordered: Seconds) -> float:
    hours, counts = np.unique(ordered // _HOUR, return_counts=True)
    return float(hours[counts.argmax()] * _HOUR)
