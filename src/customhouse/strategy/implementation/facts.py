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
    """Figures by the code of their indicator, events by kind (none where no store was read), observations by the name of their check."""

    figures: Mapping[str, indicator.Figure] = {}
    events: Mapping[str, int] | None = None
    observations: Mapping[str, Observation] = {}


def facts_from(connection: duckdb.DuckDBPyConnection, indicators: Iterable[indicator.Indicator], *, start: date, end: date) -> Facts:
    """What an event store tells of a period; refuses with `FormulaError` an indicator that cannot be worked out."""
    figures = {each.code: indicator.evaluated(connection, each, start=start, end=end) for each in indicators}
    counted = connection.execute(
        "SELECT kind, count(*) FROM event WHERE day >= $start AND day < $end GROUP BY kind", {"start": start, "end": end}
    )
    return Facts(figures=figures, events=dict(counted.fetchall()))
