"""Working time: how much of the time between many instants an office was open, for a whole sample at once."""

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from customhouse.kernel import WorkingHours
from customhouse.performance.release_time.statistics import Seconds

_WEEK = timedelta(days=7)


class OpenTime:
    """The hours of one office from one instant to another, added up, so that any span within is a difference of two sums."""

    def __init__(self, hours: WorkingHours, *, start: datetime, end: datetime) -> None:
        """Add up the hours between two aware instants, which every later question lies between."""
        openings = list(hours.openings(start=start, end=end + _WEEK))
        self._opens = np.array([each.timestamp() for each, _ in openings])
        self._spans = np.array([(closing - opening).total_seconds() for opening, closing in openings])
        self._before = np.concatenate([[0.0], np.cumsum(self._spans)])

    def between(self, starts: Seconds, ends: Seconds) -> Seconds:
        """The seconds of open time between instants, in seconds since 1970 (UTC)."""
        return np.maximum(self._until(ends) - self._until(starts), 0.0)

    def _until(self, instants: Seconds) -> Seconds:
        place = np.maximum(np.searchsorted(self._opens, instants, side="right") - 1, 0)
        within: NDArray[np.float64] = np.clip(instants - self._opens[place], 0.0, self._spans[place])
        return self._before[place] + within


def open_time(hours: WorkingHours, *, first: float, last: float) -> OpenTime:
    """The open time of an office around instants in seconds since 1970."""
    return OpenTime(hours, start=datetime.fromtimestamp(first, UTC) - _WEEK, end=datetime.fromtimestamp(last, UTC))
