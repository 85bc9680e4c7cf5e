"""History: events of the store told one by one, each with the office and the declarant of its declaration, by which one may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

_SAID_DAYS = 366
"""For so long before an event its declaration may have said where it lies and whose it is."""
_COLUMNS = "transaction, id, kind, occurred_at, declaration_id, state, role, document, office, declarant"
_TOLD = """
SELECT transaction, id, kind, occurred_at, coalesce(declaration_id, '') AS declaration_id, coalesce(state, '') AS state,
    coalesce(role, '') AS role, document, coalesce(whose.office, '') AS office, coalesce(whose.declarant, '') AS declarant
FROM (SELECT * EXCLUDE (office, declarant) FROM chosen) LEFT JOIN (
    SELECT declaration_id, max_by(office, occurred_at) AS office, max_by(declarant, occurred_at) AS declarant
    FROM said GROUP BY declaration_id
) AS whose USING (declaration_id)
ORDER BY transaction, id
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it was kept; `office` and `declarant` are what any event of its declaration last said of them."""

    transaction: int
    id: int
    kind: str
    occurred_at: datetime
    declaration_id: str
    state: str
    role: str
    document: str
    office: str
    declarant: str


def happenings(
    connection: duckdb.DuckDBPyConnection, places: Iterable[tuple[int, int]], *, start: date, end: date
) -> tuple[Happening, ...]:
    """The events at these places of the journal, as (transaction, id), in its order; they occurred from `start` until before `end`.

    What their declarations say is sought in the year before, too.
    """
    asked = list(places)
    return _told(
        connection,
        f"""
        WITH chosen AS MATERIALIZED (
            SELECT {_COLUMNS} FROM event
            WHERE day >= $start AND day < $end
                AND (transaction, id) IN (SELECT unnest($transactions::BIGINT[]), unnest($ids::BIGINT[]))
        ), said AS (
            SELECT declaration_id, office, declarant, occurred_at FROM event
            WHERE day >= $start::DATE - {_SAID_DAYS} AND day < $end AND declaration_id IN (SELECT declaration_id FROM chosen)
        )
        """,  # noqa: S608 - names of columns
        {"transactions": [each for each, _ in asked], "ids": [each for _, each in asked], "start": start, "end": end},
    )


def history(connection: duckdb.DuckDBPyConnection, declaration_id: str) -> tuple[Happening, ...]:
    """All that happened to a declaration, as the store has it."""
    return _told(
        connection,
        f"""
        WITH chosen AS MATERIALIZED (SELECT {_COLUMNS} FROM event WHERE declaration_id = $declaration_id), said AS (FROM chosen)
        """,  # noqa: S608 - names of columns
        {"declaration_id": declaration_id},
    )


def _told(connection: duckdb.DuckDBPyConnection, found: str, parameters: dict[str, object]) -> tuple[Happening, ...]:
    """The events that `chosen` gives, with what those that `said` gives say of their declarations."""
    rows = connection.sql(found + _TOLD, params=parameters).to_arrow_table().to_pydict()
    return tuple(Happening(*row) for row in zip(*rows.values(), strict=True))
