"""Quota requests in rows: locked before the accounts that they draw on, so that no two acts wait for each other."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from customhouse.tariff import quota
from customhouse_server.journal.statement import Clause

_LIVE = "withdrawn_at IS NULL"
_WAITING = f"allotted IS NULL AND {_LIVE}"
_TO_TAKE_UP = f"allotted IS NOT NULL AND taken_up_at IS NULL AND {_LIVE}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of one account: how much waits for an answer, and when it was last answered."""

    waiting: Decimal = Decimal(0)
    last_answered_on: dt.date | None = None


def request_clauses(requests: Iterable[quota.Request], *, at: dt.datetime) -> list[Clause]:
    """The inserts of new requests, or of what an amendment keeps of one: the day of its answer stays with that one, now withdrawn."""
    return [
        Clause(
            "INSERT INTO quota_quotarequest "
            "(id, declaration_id, account, accepted_on, amount, asked_at, allotted, taken_up_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (
                UUID(each.id),
                UUID(each.holding),
                each.account,
                each.on,
                each.amount,
                at,
                each.allotted,
                None if each.allotted is None else at,
            ),
        )
        for each in requests
    ]


def requests_of(declaration_id: UUID, *, locked: bool = False) -> tuple[quota.Request, ...]:
    """The requests of a declaration that stand; `locked` holds them until the transaction ends."""
    return _requests(f"WHERE declaration_id = %s AND {_LIVE} ORDER BY id" + (" FOR UPDATE" if locked else ""), (declaration_id,))


def not_taken_up_of(declaration_id: UUID) -> tuple[quota.Request, ...]:
    """The answered requests of a declaration that its assessment does not know of."""
    return _requests(f"WHERE declaration_id = %s AND {_TO_TAKE_UP} ORDER BY id", (declaration_id,))


def waiting(accounts: Iterable[str], *, before: dt.date) -> tuple[quota.Request, ...]:
    """What waits of these accounts since a day before that one, held until the transaction ends."""
    return _requests(f"WHERE account = ANY(%s) AND accepted_on < %s AND {_WAITING} ORDER BY id FOR UPDATE", (sorted(accounts), before))


def accounts_waiting(*, before: dt.date) -> tuple[str, ...]:
    """The accounts of which something waits since a day before that one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT account FROM quota_quotarequest WHERE accepted_on < %s AND {_WAITING}", (before,))  # noqa: S608 - our words
        return tuple(sorted(row[0] for row in cursor.fetchall()))


def write_answers(answered: Sequence[quota.Request], *, on: dt.date) -> None:
    """Write what the requests were answered."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE quota_quotarequest SET allotted = %s, answered_on = %s WHERE id = %s",
            [(each.allotted, on, UUID(each.id)) for each in answered],
        )


def withdraw(ids: Iterable[str], *, at: dt.datetime) -> None:
    """Withdraw requests."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE quota_quotarequest SET withdrawn_at = %s WHERE id = ANY(%s)", (at, [UUID(each) for each in ids]))


def withdraw_all_of(declaration_id: UUID, *, at: dt.datetime) -> None:
    """Withdraw every request of a declaration."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE quota_quotarequest SET withdrawn_at = %s WHERE declaration_id = %s AND {_LIVE}", (at, declaration_id))  # noqa: S608


def take_up(ids: Iterable[str], *, at: dt.datetime) -> None:
    """Note that the assessment of their declaration knows what the requests were answered."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE quota_quotarequest SET taken_up_at = %s WHERE id = ANY(%s)", (at, [UUID(each) for each in ids]))


def declarations_to_take_up() -> tuple[UUID, ...]:
    """The declarations of which an answered request is not taken up."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT declaration_id FROM quota_quotarequest WHERE {_TO_TAKE_UP} ORDER BY declaration_id")  # noqa: S608 - our words
        return tuple(row[0] for row in cursor.fetchall())


def asked_of(accounts: Iterable[str]) -> dict[str, Asked]:
    """By account, what was asked of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT account, coalesce(sum(amount) FILTER (WHERE {_WAITING}), 0), max(answered_on) FROM quota_quotarequest "  # noqa: S608
            "WHERE account = ANY(%s) GROUP BY account",
            (list(accounts),),
        )
        return {row[0]: Asked(row[1], row[2]) for row in cursor.fetchall()}


def _requests(condition: str, parameters: tuple[object, ...]) -> tuple[quota.Request, ...]:
    columns = "id::text, declaration_id::text, account, accepted_on, amount, allotted"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM quota_quotarequest {condition}", parameters)  # noqa: S608 - the conditions stand above
        return tuple(
            quota.Request(id=row[0], holding=row[1], account=row[2], on=row[3], amount=row[4], allotted=row[5]) for row in cursor.fetchall()
        )
