"""Measuring: the live figures of the indicators that a report may show, from the event store.

A plan may bring a formula of its own, which is SQL from a file that somebody loaded. So it has to be one query and nothing else, and the
connection that runs it reaches the event store alone.
"""

from collections.abc import Mapping
from datetime import date

import duckdb

from customhouse.performance import EventStore, indicator
from customhouse.strategy.plan import StrategicPlan
from customhouse.strategy.review.report import Figures, Period, approved_indicators, measured_by
from customhouse.strategy.review.standing import Standing


def figures_of(
    plan: StrategicPlan, standing: Standing, *, period: Period, known: Mapping[str, indicator.Indicator], store: EventStore
) -> Figures:
    """What the approved indicators came to in a period, each by the plan's formula or the known one; without events none has a figure."""
    if not store.days():
        return Figures(known, {})
    meant = {each.code: measured_by(each, known) for each in approved_indicators(plan, standing)}
    with _confined(store) as connection:
        worked_out = {code: _figure(connection, each, start=period.start, end=period.end) for code, each in meant.items() if each}
    return Figures(known, worked_out, is_made_up=store.is_made_up)


def _confined(store: EventStore) -> duckdb.DuckDBPyConnection:
    """A connection that reaches the event store, and no other file or address."""
    connection = store.connect(for_many=True)
    folder = str(store.folder).replace("'", "''")
    for statement in (f"SET allowed_directories = ['{folder}/']", "SET enable_external_access = false", "SET lock_configuration = true"):
        connection.execute(statement)
    return connection


def _figure(connection: duckdb.DuckDBPyConnection, meant: indicator.Indicator, *, start: date, end: date) -> indicator.Figure:
    """The figure, or why its formula gives none."""
    try:
        if meant.events:
            _require_one_query(connection, meant.events)
        return indicator.evaluated(connection, meant, start=start, end=end)
    except indicator.FormulaError as refusal:
        quality = indicator.Quality.NO_SOURCE
        return indicator.Figure(
            code=meant.code, version=meant.version, start=start, end=end, value=None, quality=quality, reason=str(refusal)
        )


def _require_one_query(connection: duckdb.DuckDBPyConnection, formula: str) -> None:
    try:
        kinds = [each.type for each in connection.extract_statements(formula)]
    except duckdb.Error as refusal:
        raise indicator.FormulaError("the formula cannot be read: {refusal}", refusal=refusal) from refusal
    if kinds != [duckdb.StatementType.SELECT]:
        raise indicator.FormulaError("a formula is one query and nothing else")
