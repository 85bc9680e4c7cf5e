"""Statement: several inserts sent to PostgreSQL as one, so that a whole act costs one journey and one commit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Clause:
    """One data-modifying part of a statement, with its parameters in order."""

    sql: str
    parameters: tuple[object, ...]


def execute_as_one(clauses: Sequence[Clause]) -> None:
    """Run all clauses in a single statement: all of them happen, or none; outside a transaction it commits before it returns."""
    parts = ", ".join(f"part_{number} AS ({clause.sql})" for number, clause in enumerate(clauses))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {parts} SELECT 1", [value for clause in clauses for value in clause.parameters])
