"""Accounts in rows: locked in the order of their names, so that no two acts wait for each other, and written back as the core says."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.backends.utils import CursorWrapper

from customhouse.ledger import Account, Holding, Kind, Movement, Posted

_COLUMNS = "id, unit, granted, reserved, consumed"
_HOLD = (
    "INSERT INTO ledger_ledgerholding (account_id, holding, reserved, consumed) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (account_id, holding) DO UPDATE SET reserved = EXCLUDED.reserved, consumed = EXCLUDED.consumed"
)
_MOVE = "INSERT INTO ledger_ledgermovement (account_id, cause, kind, holding, amount, actor, at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
_OTHERS = ""  # all holdings but the one that moves, taken together


def open_account(account: Account) -> bool:
    """Write a new account; false, and nothing done, if there is one of that name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_ledgeraccount (id, unit, granted, reserved, consumed) VALUES (%s, %s, %s, 0, 0) ON CONFLICT DO NOTHING",
            (account.id, account.unit, account.granted),
        )
        return cursor.rowcount == 1


@dataclass(frozen=True, slots=True)
class Day:
    """What one day did to an account: to its limit, to what is drawn, and what came back."""

    on: dt.date
    granted: Decimal
    drawn: Decimal
    returned: Decimal


def read(names: Iterable[str]) -> dict[str, Account]:
    """The accounts of these names as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM ledger_ledgeraccount WHERE id = ANY(%s)", (list(names),))  # noqa: S608 - our columns
        return {row[0]: _account(*row, own=Holding(), holding="-", done={}) for row in cursor.fetchall()}


def days(name: str, *, time_zone: str) -> tuple[Day, ...]:
    """What each day changed on an account of which nothing is only reserved, the last day first.

    What a holding gives back and draws again on one day, as an amendment does, is told as the difference.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, sum(granted), sum(greatest(net, 0)), sum(greatest(-net, 0)) FROM ("
            "SELECT (at AT TIME ZONE %s)::date AS day, coalesce(sum(amount) FILTER (WHERE kind = 'grant'), 0) AS granted, "
            "coalesce(sum(CASE kind WHEN 'consume' THEN amount WHEN 'return' THEN -amount END), 0) AS net "
            "FROM ledger_ledgermovement WHERE account_id = %s GROUP BY day, holding) AS by_holding GROUP BY day ORDER BY day DESC",
            (time_zone, name),
        )
        return tuple(Day(*row) for row in cursor.fetchall())


def locked(names: Iterable[str], *, holding: str, cause: str) -> dict[str, Account]:
    """The accounts of these names, held until the transaction ends, with one holding apart from the others and what the cause did."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_ledgeraccount WHERE id = ANY(%s) ORDER BY id FOR UPDATE",  # noqa: S608 - our columns
            (sorted(names),),
        )
        rows = cursor.fetchall()
    ids = [row[0] for row in rows]
    held, done = _held(ids, holding), _done(ids, cause)
    return {row[0]: _account(*row, own=held.get(row[0], Holding()), holding=holding, done=done.get(row[0], {})) for row in rows}


def account_of(name: str) -> Account | None:
    """The account of that name with all its holdings, as it stands; for reading alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, unit, granted FROM ledger_ledgeraccount WHERE id = %s", (name,))
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute("SELECT holding, reserved, consumed FROM ledger_ledgerholding WHERE account_id = %s", (name,))
        held = {each[0]: Holding(reserved=each[1], consumed=each[2]) for each in cursor.fetchall()}
    return Account(id=row[0], unit=row[1], granted=row[2], holdings={key: value for key, value in held.items() if value.total})


def accounts_of(holding: str) -> tuple[str, ...]:
    """The names of the accounts of which something is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id FROM ledger_ledgerholding WHERE holding = %s", (holding,))
        return tuple(row[0] for row in cursor.fetchall())


def write(before: dict[str, Account], after: dict[str, Account], movement: Movement, *, actor: str, at: dt.datetime) -> None:
    """Write a movement and the accounts as they stand after it; those that it did not change are left alone."""
    with connection.cursor() as cursor:
        for name in sorted(movement.amounts):
            account = after[name]
            if account == before[name]:
                continue
            cursor.execute(
                "UPDATE ledger_ledgeraccount SET granted = %s, reserved = %s, consumed = %s WHERE id = %s",
                (account.granted, account.reserved, account.consumed, name),
            )
            if movement.holding:
                _write_holding(cursor, name, movement.holding, account.holdings.get(movement.holding, Holding()))
            cursor.execute(_MOVE, (name, movement.cause, movement.kind.value, movement.holding, movement.amounts[name], actor, at))


def holdings_among(names: Iterable[str], holdings: Iterable[str]) -> dict[tuple[str, str], Holding]:
    """What these holdings hold of these accounts, by account and holding."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, holding, reserved, consumed FROM ledger_ledgerholding WHERE account_id = ANY(%s) AND holding = ANY(%s)",
            (list(names), list(holdings)),
        )
        return {(row[0], row[1]): Holding(reserved=row[2], consumed=row[3]) for row in cursor.fetchall()}


def done_among(names: Iterable[str], causes: Iterable[str]) -> dict[tuple[str, str], Posted]:
    """What these causes did to these accounts, by account and cause."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, cause, kind, holding, amount FROM ledger_ledgermovement WHERE account_id = ANY(%s) AND cause = ANY(%s)",
            (list(names), list(causes)),
        )
        return {(row[0], row[1]): Posted(Kind(row[2]), row[3], row[4]) for row in cursor.fetchall()}


def apart(account: Account, holding: str, own: Holding, done: dict[str, Posted]) -> Account:
    """An account with one holding apart from all others taken together, and what a cause did."""
    return _account(account.id, account.unit, account.granted, account.reserved, account.consumed, own=own, holding=holding, done=done)


def write_together(
    accounts: Iterable[Account],
    holdings: dict[tuple[str, str], Holding],
    moved: Iterable[tuple[str, Movement]],
    *,
    actor: str,
    at: dt.datetime,
) -> None:
    """Write accounts and holdings as they stand after many movements, and each of these on the account that it changed."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_ledgeraccount SET granted = %s, reserved = %s, consumed = %s WHERE id = %s",
            [(each.granted, each.reserved, each.consumed, each.id) for each in accounts],
        )
        cursor.executemany(_HOLD, [(*key, held.reserved, held.consumed) for key, held in holdings.items()])
        cursor.executemany(
            _MOVE, [(name, each.cause, each.kind.value, each.holding, each.amounts[name], actor, at) for name, each in moved]
        )


def _write_holding(cursor: CursorWrapper, account: str, name: str, held: Holding) -> None:
    cursor.execute(_HOLD, (account, name, held.reserved, held.consumed))


def _account(  # noqa: PLR0913 - a row and what belongs to it
    name: str,
    unit: str,
    granted: Decimal,
    reserved: Decimal,
    consumed: Decimal,
    *,
    own: Holding,
    holding: str,
    done: dict[str, Posted],
) -> Account:
    others = Holding(reserved=reserved - own.reserved, consumed=consumed - own.consumed)
    holdings = {key: value for key, value in ((_OTHERS, others), (holding, own)) if value.total}
    return Account(id=name, unit=unit, granted=granted, holdings=holdings, done=done)


def _held(names: list[str], holding: str) -> dict[str, Holding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, reserved, consumed FROM ledger_ledgerholding WHERE account_id = ANY(%s) AND holding = %s", (names, holding)
        )
        return {row[0]: Holding(reserved=row[1], consumed=row[2]) for row in cursor.fetchall()}


def _done(names: list[str], cause: str) -> dict[str, dict[str, Posted]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, kind, holding, amount FROM ledger_ledgermovement WHERE account_id = ANY(%s) AND cause = %s", (names, cause)
        )
        return {row[0]: {cause: Posted(Kind(row[1]), row[2], row[3])} for row in cursor.fetchall()}
