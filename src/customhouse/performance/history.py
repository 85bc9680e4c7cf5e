"""History: events of the store told one by one, each with the office and the declarant of its declaration, by which one may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

_TOLD = """
WITH chosen AS MATERIALIZED (SELECT * FROM event WHERE {condition}), whose AS (
    SELECT declaration_id, max_by(office, occurred_at) AS office, max_by(declarant, occurred_at) AS declarant
    FROM event WHERE declaration_id IN (SELECT declaration_id FROM chosen) GROUP BY declaration_id
)
SELECT transaction, id, kind, occurred_at, coalesce(declaration_id, '') AS declaration_id, coalesce(state, '') AS state,
    coalesce(role, '') AS role, document, coalesce(whose.office, '') AS office, coalesce(whose.declarant, '') AS declarant
FROM chosen LEFT JOIN whose USING (declaration_id) ORDER BY transaction, id
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


def happenings(connection: duckdb.DuckDBPyConnection, places: Iterable[tuple[int, int]]) -> tuple[Happening, ...]:
    """The events at these places of the journal, as (transaction, id), in the order of the journal."""
    asked = list(places)
    return _told(
        connection,
        "(transaction, id) IN (SELECT unnest($transactions::BIGINT[]), unnest($ids::BIGINT[]))",
        {"transactions": [each for each, _ in asked], "ids": [each for _, each in asked]},
    )


def history(connection: duckdb.DuckDBPyConnection, declaration_id: str) -> tuple[Happening, ...]:
    """All that happened to a declaration, as the store has it."""
    return _told(connection, "declaration_id = $declaration_id", {"declaration_id": declaration_id})


def _told(connection: duckdb.DuckDBPyConnection, condition: str, parameters: dict[str, object]) -> tuple[Happening, ...]:
    rows = connection.sql(_TOLD.format(condition=condition), params=parameters).to_arrow_table().to_pydict()
    return tuple(Happening(*row) for row in zip(*rows.values(), strict=True))
