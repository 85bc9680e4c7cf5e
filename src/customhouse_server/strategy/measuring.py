"""Measuring: the live figures of the indicators that a report may show, from the event store.

A plan may bring a formula of its own, which is SQL from a file that somebody loaded. So it has to be one query and nothing else, and the
connection that runs it reaches the event store alone.
"""

import datetime as dt

import duckdb

from customhouse.performance import EventStore, indicator
from customhouse.strategy import StrategicPlan, review
from customhouse_server.performance import stated
from customhouse_server.performance.current import event_store


def figures(plan: StrategicPlan, standing: review.standing.Standing, period: review.report.Period) -> review.Figures:
    """What the approved indicators came to in a period; without an event store none has a figure."""
    store, known = event_store(), stated.known()
    meant = {each.code: review.measured_by(each, known) for each in review.approved_indicators(plan, standing)}
    if not store.days():
        return review.Figures(known, {})
    with _confined(store) as connection:
        worked_out = {code: _figure(connection, each, start=period.start, end=period.end) for code, each in meant.items() if each}
    return review.Figures(known, worked_out, is_made_up=store.is_made_up)


def _confined(store: EventStore) -> duckdb.DuckDBPyConnection:
    """A connection that reaches the event store, and no other file or address."""
    connection = store.connect()
    folder = str(store.folder).replace("'", "''")
    for statement in (f"SET allowed_directories = ['{folder}/']", "SET enable_external_access = false", "SET lock_configuration = true"):
        connection.execute(statement)
    return connection


def _figure(connection: duckdb.DuckDBPyConnection, meant: indicator.Indicator, *, start: dt.date, end: dt.date) -> indicator.Figure:
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
        raise indicator.FormulaError(f"the formula cannot be read: {refusal}") from refusal
    if kinds != [duckdb.StatementType.SELECT]:
        raise indicator.FormulaError("a formula is one query and nothing else")
