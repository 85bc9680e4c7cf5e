"""Reason: why goods waited longer than they had to, the reasons that cost most first (Pareto)."""

from collections.abc import Callable, Mapping

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from customhouse.performance.kept_back import FEWEST

_DAY = 86_400.0


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason for waiting: how many declarations it met, how long in all (seconds), and its share with all before it."""

    reason: str
    n: int
    total: float
    cumulative_share: float


def reasons(passages: pa.Table) -> tuple[Reason, ...]:
    """The reasons of a sample that met five declarations at least, the costliest first; one declaration may meet several."""
    instants = {name: passages[name].cast(pa.float64()).to_numpy() for name in _USED}
    met = {reason: _waited(of(instants)) for reason, of in _REASONS.items()}
    times = {reason: waited for reason, waited in met.items() if len(waited) >= FEWEST}
    whole = sum(float(each.sum()) for each in times.values())
    found: list[Reason] = []
    passed = 0.0
    for reason, waited in sorted(times.items(), key=lambda each: -each[1].sum()):
        passed += float(waited.sum())
        found.append(Reason(reason=reason, n=len(waited), total=float(waited.sum()), cumulative_share=passed / whole))
    return tuple(found)


def _waited(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return times[~np.isnan(times) & (times > 0)]


_USED = (
    "available",
    "lodged",
    "documents_requested",
    "documents_received",
    "queried",
    "answered",
    "examination_ordered",
    "examined",
    "assessed",
    "settled",
    "released",
    "removed",
)
_REASONS: Mapping[str, Callable[[Mapping[str, NDArray[np.float64]]], NDArray[np.float64]]] = {
    "lodged only after the goods were available": lambda at: at["lodged"] - at["available"],
    "documents asked for": lambda at: at["documents_received"] - at["documents_requested"],
    "question to the declarant": lambda at: at["answered"] - at["queried"],
    "examination": lambda at: at["examined"] - at["examination_ordered"],
    "payment later than a day after assessment": lambda at: at["settled"] - at["assessed"] - _DAY,
    "goods left lying a day after release": lambda at: at["removed"] - at["released"] - _DAY,
}
