"""Ledger: opening accounts, and posting movements to them in the transaction of the act that causes them.

open_account(Account) -> Account                             another account of that name: `AccountExistsError`
post(Movement, actor=, at=) -> dict[str, Account]            refuses as the core does; an unknown account with `UnknownAccountError`
account(name) -> Account | None                              with all its holdings, for reading
give_back(holding, cause=, actor=, at=) -> Movement          all that a holding holds, of whichever accounts
"""

import datetime as dt

from django.db import transaction

from customhouse import ledger
from customhouse.ledger import Account, Movement
from customhouse_server.ledger import store


class UnknownAccountError(LookupError):
    """There is no account of that name."""


class AccountExistsError(ValueError):
    """There is an account of that name already."""


def open_account(account: Account) -> Account:
    """A new account with its limit and nothing held; refuses with `AccountExistsError`."""
    if not store.open_account(account):
        raise AccountExistsError(f"there is an account {account.id} already")
    return account


def account(name: str) -> Account | None:
    """The account of that name as it stands."""
    return store.account_of(name)


def post(movement: Movement, *, actor: str, at: dt.datetime) -> dict[str, Account]:
    """Post a movement to all of its accounts or to none, once; `holdings` of the result tells the moving one from all others."""
    if not movement.holding and movement.kind is not ledger.Kind.GRANT:
        raise ledger.RefusedMovementError(f"{movement.kind} needs a holding")
    with transaction.atomic():
        before = store.locked(movement.amounts, holding=movement.holding, cause=movement.cause)
        unknown = sorted(movement.amounts.keys() - before.keys())
        if unknown:
            raise UnknownAccountError(f"there is no account {', '.join(unknown)}")
        after = ledger.posted(before, movement)
        store.write(before, after, movement, actor=actor, at=at)
    return after


def give_back(holding: str, *, cause: str, actor: str, at: dt.datetime) -> Movement:
    """Give back everything that a holding holds: what a cancellation or an amendment does first."""
    with transaction.atomic():
        accounts = store.locked(store.accounts_of(holding), holding=holding, cause=cause)
        movement = ledger.reversal(accounts, holding=holding, cause=cause)
        if movement.amounts:
            store.write(accounts, ledger.posted(accounts, movement), movement, actor=actor, at=at)
    return movement
