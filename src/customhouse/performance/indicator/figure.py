"""Figure: an indicator worked out for a period, with its interval, its quality, and the events that it is made of."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import duckdb
import msgspec
import numpy as np
import pyarrow as pa

from customhouse.performance.indicator.indicator import Indicator, Measure
from customhouse.performance.kept_back import WHY, is_told
from customhouse.performance.release_time.statistics import Interval, quantile, quantile_interval, share_interval
from customhouse.saying import Refusal

_FEW = 30
_TRACE = pa.schema([("transaction", pa.int64()), ("id", pa.int64()), ("declaration_id", pa.string()), ("counts", pa.float64())])


class FormulaError(Refusal, ValueError):
    """The query of an indicator cannot be run, or does not give the columns that its measure needs."""


class Quality(StrEnum):
    """How far a figure can be trusted."""

    SOUND = "sound"
    FEW = "few events"
    NONE = "no events"
    NO_SOURCE = "no source yet"
    KEPT_BACK = "kept back"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What an indicator came to from `start` until before `end`; without events there is no value, and a missing one is never zero.

    One that is kept back has no value; where the value is the number of its events, it has no number of them either.
    """

    code: str
    version: int
    start: date
    end: date
    value: float | None
    interval: Interval | None = None
    n: int = 0
    quality: Quality
    status: str = ""
    reason: str = ""

    def told_outside(self, measure: Measure, *, parts: Iterable["Figure"] = ()) -> "Figure":
        """The figure as it is read outside the administration; `parts` are those that are read beside it, as the months of a year."""
        if is_told(self.n, (each.n for each in parts)):
            return self
        n = 0 if measure is Measure.COUNT else self.n
        return msgspec.structs.replace(self, value=None, interval=None, n=n, quality=Quality.KEPT_BACK, status="", reason=WHY)


def evaluated(connection: duckdb.DuckDBPyConnection, indicator: Indicator, *, start: date, end: date) -> Figure:
    """The figure of a period; refuses with `FormulaError`."""
    blank = Figure(code=indicator.code, version=indicator.version, start=start, end=end, value=None, quality=Quality.NO_SOURCE)
    if indicator.missing_source:
        return msgspec.structs.replace(blank, reason=indicator.missing_source)
    found = _counted(connection, indicator, start=start, end=end)["counts"].to_numpy()
    if indicator.measure is Measure.COUNT:
        return _told(blank, indicator, float(len(found)), n=len(found), interval=None)
    if not len(found):
        return msgspec.structs.replace(blank, quality=Quality.NONE, reason="nothing happened that it is made of")
    value, interval = _measured(indicator.measure, np.sort(found))
    return _told(blank, indicator, value, n=len(found), interval=interval)


def traced(connection: duckdb.DuckDBPyConnection, indicator: Indicator, *, start: date, end: date) -> pa.Table:
    """The events behind the figure of a period, in the order of the journal; refuses with `FormulaError`.

    One row an event, by its place in the journal (`transaction`, `id`), with `declaration_id`; `counts` is what it adds, or 1 and 0 for a
    share.
    """
    if indicator.missing_source:
        return _TRACE.empty_table()
    found = _counted(connection, indicator, "transaction", "id", "declaration_id", start=start, end=end)
    return found.sort_by([("transaction", "ascending"), ("id", "ascending")])


def _counted(connection: duckdb.DuckDBPyConnection, indicator: Indicator, *columns: str, start: date, end: date) -> pa.Table:
    """What each event counts, beside these columns of it."""
    asked = ", ".join([*columns, f"{_counts(indicator)} AS counts"])
    query = f"WITH events AS ({indicator.events}) SELECT {asked} FROM events"  # noqa: S608 - the formula of an indicator is SQL
    try:
        return connection.sql(query, params={"start": start, "end": end}).to_arrow_table()
    except duckdb.Error as refusal:
        raise FormulaError("the formula of {code} cannot be run: {refusal}", code=indicator.code, refusal=refusal) from refusal


def _counts(indicator: Indicator) -> str:
    return {Measure.COUNT: "1::DOUBLE", Measure.SHARE: "CASE WHEN counted THEN 1::DOUBLE ELSE 0 END"}.get(
        indicator.measure, "value::DOUBLE"
    )


def _measured(measure: Measure, ordered: np.ndarray) -> tuple[float, Interval | None]:
    if measure is Measure.SHARE:
        return float(ordered.mean()), share_interval(int(ordered.sum()), len(ordered))
    if measure is Measure.MEDIAN:
        return quantile(ordered, 0.5), quantile_interval(ordered, 0.5)
    return float(ordered.sum()), None


def _told(blank: Figure, indicator: Indicator, value: float, *, n: int, interval: Interval | None) -> Figure:
    quality = Quality.FEW if n < _FEW and indicator.measure in (Measure.SHARE, Measure.MEDIAN) else Quality.SOUND
    return msgspec.structs.replace(blank, value=value, n=n, interval=interval, quality=quality, status=indicator.status(value))
