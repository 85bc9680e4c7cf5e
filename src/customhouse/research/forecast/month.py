"""Month: what was assessed in a calendar month, and on what value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, the customs value assessed in it, and the revenue."""

    first_day: date
    value: Decimal
    revenue: Decimal


def months_from(connection: duckdb.DuckDBPyConnection, *, start: date, end: date) -> tuple[Month, ...]:
    """The whole months of an event store from the first day to before the last, each declaration as last assessed, in its first month.

    It reads all days: whether a declaration was assessed before, and how last, may stand anywhere.
    """
    query = """
    WITH last AS (
        SELECT declaration_id, min(day) AS day, arg_max(customs_value, (transaction, id)) AS value,
               arg_max(list_sum(map_values(taxes)), (transaction, id)) AS revenue
        FROM event WHERE kind = 'DutyAssessed' AND customs_value IS NOT NULL GROUP BY declaration_id
    )
    SELECT date_trunc('month', day)::DATE AS month, sum(value), sum(coalesce(revenue, 0))
    FROM last WHERE day >= $start AND day < $end GROUP BY month ORDER BY month
    """
    rows = connection.sql(query, params={"start": start, "end": end}).fetchall()
    return tuple(Month(*row) for row in rows)
