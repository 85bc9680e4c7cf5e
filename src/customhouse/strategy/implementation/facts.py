"""Facts: what is known of a period: the figures of indicators, how many events of each kind there were, and what checks found."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb
import msgspec

from customhouse.performance import indicator


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reason as data: a wording, to be translated where it is shown, and what fills it."""

    wording: str
    params: dict[str, str] = {}

    @property
    def told(self) -> str:
        """The reason in English."""
        return self.wording.format_map(self.params)


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of the installation found."""

    holds: bool
    reason: Reason


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
