"""Facts: what is known of a period: the figures of indicators, how many events of each kind there were, and what checks found."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import msgspec

from customhouse.performance import indicator
from customhouse.saying import Saying


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of the installation found."""

    holds: bool
    reason: Saying


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Figures by the code of their indicator, events by kind (none where no store was read), observations by the name of their check.

    `shares` are the indicators whose figures are told in per cent.
    """

    figures: Mapping[str, indicator.Figure] = {}
    shares: frozenset[str] = frozenset()
    events: Mapping[str, int] | None = None
    observations: Mapping[str, Observation] = {}


def facts_from(connection: duckdb.DuckDBPyConnection, indicators: Iterable[indicator.Indicator], *, start: date, end: date) -> Facts:
    """What an event store tells of a period; refuses with `FormulaError` an indicator that cannot be worked out."""
    asked = tuple(indicators)
    figures = {each.code: indicator.evaluated(connection, each, start=start, end=end) for each in asked}
    counted = connection.execute(
        "SELECT kind, count(*) FROM event WHERE day >= $start AND day < $end GROUP BY kind", {"start": start, "end": end}
    )
    return Facts(figures=figures, shares=shares_among(asked), events=dict(counted.fetchall()))


def shares_among(indicators: Iterable[indicator.Indicator]) -> frozenset[str]:
    """The codes of those indicators whose figures are shares."""
    return frozenset(each.code for each in indicators if each.measure == "share")
