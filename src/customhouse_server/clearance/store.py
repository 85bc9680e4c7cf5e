"""Claims and papers in rows."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import connection

from customhouse_server.journal.statement import Clause


@dataclass(frozen=True, slots=True)
class Claim:
    """Who has taken a declaration on, and since when."""

    declaration_id: UUID
    officer_id: int
    officer: str
    claimed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """What an act says beyond its event."""

    id: UUID
    declaration_id: UUID
    kind: str
    actor: str
    written_at: dt.datetime
    document: dict[str, object]


def claims_of(declaration_ids: list[UUID]) -> dict[UUID, Claim]:
    """The claims on these declarations, by declaration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.declaration_id, c.officer_id, u.username, c.claimed_at FROM clearance_claim c "
            "JOIN accounts_user u ON u.id = c.officer_id WHERE c.declaration_id = ANY(%s)",
            (declaration_ids,),
        )
        return {row[0]: Claim(*row) for row in cursor.fetchall()}


def claim(declaration_id: UUID, *, officer_id: int, at: dt.datetime) -> bool:
    """Take a declaration on; false, and nothing done, if somebody has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clearance_claim (declaration_id, claimed_at, officer_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (declaration_id, at, officer_id),
        )
        return cursor.rowcount == 1


def unclaim(declaration_id: UUID) -> None:
    """Put a declaration back."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM clearance_claim WHERE declaration_id = %s", (declaration_id,))


def paper_clause(paper: Paper) -> Clause:
    """The insert of a paper, to be joined to the statement of its act."""
    return Clause(
        "INSERT INTO clearance_paper (id, declaration_id, kind, actor, written_at, document) VALUES (%s, %s, %s, %s, %s, %s)",
        (paper.id, paper.declaration_id, paper.kind, paper.actor, paper.written_at, msgspec.json.encode(paper.document).decode()),
    )


def papers_of(declaration_id: UUID) -> tuple[Paper, ...]:
    """The papers of a declaration, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, declaration_id, kind, actor, written_at, document::text FROM clearance_paper "
            "WHERE declaration_id = %s ORDER BY written_at, id",
            (declaration_id,),
        )
        return tuple(Paper(*row[:5], msgspec.json.decode(row[5])) for row in cursor.fetchall())
