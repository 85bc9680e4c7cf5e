"""Month: what was assessed in a calendar month, and on what value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from customhouse.research.assessed import last_assessed


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
    query = f"""
    SELECT date_trunc('month', day)::DATE AS month, sum(value), sum(revenue)
    FROM ({last_assessed()}) WHERE day >= $start AND day < $end GROUP BY month ORDER BY month
    """  # noqa: S608 - ours
    rows = connection.sql(query, params={"start": start, "end": end}).fetchall()
    return tuple(Month(*row) for row in rows)
