"""Ledger: opening accounts, and posting movements to them in the transaction of the act that causes them.

open_account(Account) -> Account                             another account of that name: `AccountExistsError`
post(Movement, actor=, at=) -> dict[str, Account]            refuses as the core does; an unknown account with `UnknownAccountError`
post_together(movements, actor=, at=)                         many at the cost of few statements, all or none
account(name) -> Account | None                              with all its holdings, for reading
give_back(holding, cause=, actor=, at=) -> Movement          all that a holding holds, of whichever accounts
accounts(names) -> dict[str, Account]                         as they stand; hold(names) the same, until the transaction ends
days(name) -> tuple[Day, ...]                                 what was drawn and given back, day by day, by nobody's name
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from customhouse import ledger
from customhouse.ledger import Account, Holding, Movement, Posted
from customhouse.saying import Refusal
from customhouse_server.ledger import store


class UnknownAccountError(Refusal, LookupError):
    """There is no account of that name."""


class AccountExistsError(Refusal, ValueError):
    """There is an account of that name already."""


def open_account(account: Account) -> Account:
    """A new account with its limit and nothing held; refuses with `AccountExistsError`."""
    if not store.open_account(account):
        raise AccountExistsError("there is an account {account} already", account=account.id)
    return account


def account(name: str) -> Account | None:
    """The account of that name as it stands."""
    return store.account_of(name)


def post(movement: Movement, *, actor: str, at: dt.datetime) -> dict[str, Account]:
    """Post a movement to all of its accounts or to none, once; `holdings` of the result tells the moving one from all others."""
    if not movement.holding and movement.kind is not ledger.Kind.GRANT:
        raise ledger.RefusedMovementError("{kind} needs a holding", kind=movement.kind)
    with transaction.atomic():
        before = store.locked(movement.amounts, holding=movement.holding, cause=movement.cause)
        unknown = sorted(movement.amounts.keys() - before.keys())
        if unknown:
            raise UnknownAccountError("there is no account {unknown}", unknown=unknown)
        after = ledger.posted(before, movement)
        store.write(before, after, movement, actor=actor, at=at)
    return after


def post_together(movements: Sequence[Movement], *, actor: str, at: dt.datetime) -> None:
    """Post movements one after the other, all of them or none, each once, at the cost of few statements however many they are.

    Refuses as `post` does.
    """
    if any(not each.holding and each.kind is not ledger.Kind.GRANT for each in movements):
        raise ledger.RefusedMovementError("only a grant needs no holding")
    names = sorted({name for each in movements for name in each.amounts})
    with transaction.atomic():
        stand = hold(names)
        unknown = sorted(set(names) - stand.keys())
        if unknown:
            raise UnknownAccountError("there is no account {unknown}", unknown=unknown)
        held = store.holdings_among(names, {each.holding for each in movements})
        done = store.done_among(names, {each.cause for each in movements})
        moved: list[tuple[str, Movement]] = []
        for each in movements:
            before = {name: _apart(stand[name], each, held, done) for name in each.amounts}
            for name, after in ledger.posted(before, each).items():
                if after != before[name]:
                    stand[name], held[name, each.holding] = after, after.holdings.get(each.holding, Holding())
                    done[name, each.cause] = after.done[each.cause]
                    moved.append((name, each))
        changed = {(name, each.holding): held[name, each.holding] for name, each in moved if each.holding}
        store.write_together([stand[name] for name in names], changed, moved, actor=actor, at=at)


def accounts(names: Iterable[str]) -> dict[str, Account]:
    """The accounts of these names as they stand, all that is held taken together; those that are not there are left out."""
    return store.read(names)


def hold(names: Iterable[str]) -> dict[str, Account]:
    """The accounts of these names, which nobody else changes until the caller's transaction ends."""
    return store.locked(names, holding="", cause="")


def days(name: str, *, time_zone: dt.tzinfo) -> tuple[store.Day, ...]:
    """What was granted, drawn and given back of an account on each day of the zone, the last day first."""
    return store.days(name, time_zone=str(time_zone))


def give_back(holding: str, *, cause: str, actor: str, at: dt.datetime) -> Movement:
    """Give back everything that a holding holds: what a cancellation or an amendment does first."""
    with transaction.atomic():
        accounts = store.locked(store.accounts_of(holding), holding=holding, cause=cause)
        movement = ledger.reversal(accounts, holding=holding, cause=cause)
        if movement.amounts:
            store.write(accounts, ledger.posted(accounts, movement), movement, actor=actor, at=at)
    return movement


def _apart(
    account: Account, movement: Movement, held: Mapping[tuple[str, str], Holding], done: Mapping[tuple[str, str], Posted]
) -> Account:
    own = held.get((account.id, movement.holding), Holding()) if movement.holding else Holding()
    before = done.get((account.id, movement.cause))
    return store.apart(account, movement.holding, own, {movement.cause: before} if before else {})
