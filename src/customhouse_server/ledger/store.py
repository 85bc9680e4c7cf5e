"""Accounts in rows: locked in the order of their names, so that no two acts wait for each other, and written back as the core says."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import connection
from django.db.backends.utils import CursorWrapper

from customhouse.ledger import Account, Holding, Kind, Movement, Posted

_OTHERS = ""  # all holdings but the one that moves, taken together


def open_account(account: Account) -> bool:
    """Write a new account; false, and nothing done, if there is one of that name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_ledgeraccount (id, unit, granted, reserved, consumed) VALUES (%s, %s, %s, 0, 0) ON CONFLICT DO NOTHING",
            (account.id, account.unit, account.granted),
        )
        return cursor.rowcount == 1


def locked(names: Iterable[str], *, holding: str, cause: str) -> dict[str, Account]:
    """The accounts of these names, held until the transaction ends, with one holding apart from the others and what the cause did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, unit, granted, reserved, consumed FROM ledger_ledgeraccount WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
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
            cursor.execute(
                "INSERT INTO ledger_ledgermovement (account_id, cause, kind, holding, amount, actor, at) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (name, movement.cause, movement.kind.value, movement.holding, movement.amounts[name], actor, at),
            )


def _write_holding(cursor: CursorWrapper, account: str, name: str, held: Holding) -> None:
    cursor.execute(
        "INSERT INTO ledger_ledgerholding (account_id, holding, reserved, consumed) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (account_id, holding) DO UPDATE SET reserved = EXCLUDED.reserved, consumed = EXCLUDED.consumed",
        (account, name, held.reserved, held.consumed),
    )


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
