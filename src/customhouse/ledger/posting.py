"""Posting: a movement applied to its accounts, whole or not at all; a cause posted twice is posted once."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from customhouse.ledger.account import NOTHING, Account, Holding, Posted
from customhouse.ledger.movement import Kind, Movement
from customhouse.saying import Refusal


class RefusedMovementError(Refusal):
    """A movement is refused, and nothing has changed; the message says why."""


class InsufficientBalanceError(RefusedMovementError):
    """An account has less available than the movement asks for."""


class NotHeldError(RefusedMovementError):
    """More is given back than the holding holds."""


class CauseReusedError(RefusedMovementError):
    """The cause was posted before with another movement."""


def posted(accounts: Mapping[str, Account], movement: Movement) -> dict[str, Account]:
    """The accounts after a movement; those that it does not name are as before.

    Refuses with `InsufficientBalanceError`, `NotHeldError` or `CauseReusedError`, and an account that is not there with `LookupError`.
    """
    return {**accounts, **{name: _posted(accounts[name], movement, amount) for name, amount in movement.amounts.items()}}


def reversal(accounts: Mapping[str, Account], *, holding: str, cause: str) -> Movement:
    """The movement that gives back everything that a holding holds, of whichever accounts."""
    held = {name: account.holdings[holding].total for name, account in accounts.items() if holding in account.holdings}
    return Movement(cause=cause, kind=Kind.RETURN, holding=holding, amounts={name: amount for name, amount in held.items() if amount})


def _posted(account: Account, movement: Movement, amount: Decimal) -> Account:
    done = Posted(movement.kind, movement.holding, amount)
    if movement.cause in account.done:
        if account.done[movement.cause] != done:
            raise CauseReusedError(
                "{cause!r} was posted to {account} before, as another movement", cause=movement.cause, account=account.id
            )
        return account
    if not amount.is_finite() or (amount < 0 and movement.kind is not Kind.GRANT):
        raise RefusedMovementError("{kind} of {amount} is not possible: an amount is zero or more", kind=movement.kind, amount=amount)
    after = _MOVES[movement.kind](account, movement.holding, amount)
    if after.available < 0:
        raise InsufficientBalanceError(
            "{account} has {available} {unit} available, and {kind} asks for {amount} {unit}",
            account=account.id,
            available=account.available,
            unit=account.unit,
            kind=movement.kind,
            amount=amount,
        )
    return msgspec.structs.replace(after, done={**account.done, movement.cause: done})


def _granted(account: Account, _: str, amount: Decimal) -> Account:
    return msgspec.structs.replace(account, granted=account.granted + amount)


def _reserved(account: Account, name: str, amount: Decimal) -> Account:
    held = account.holdings.get(name, Holding())
    return _with(account, name, Holding(reserved=held.reserved + amount, consumed=held.consumed))


def _consumed(account: Account, name: str, amount: Decimal) -> Account:
    """What was reserved is used up first, the rest comes from what is available."""
    held = account.holdings.get(name, Holding())
    return _with(account, name, Holding(reserved=max(held.reserved - amount, NOTHING), consumed=held.consumed + amount))


def _returned(account: Account, name: str, amount: Decimal) -> Account:
    """What is only reserved is given back first."""
    held = account.holdings.get(name, Holding())
    if amount > held.total:
        raise NotHeldError(
            "{name} holds {total} {unit} of {account}, and {amount} are to be given back",
            name=name,
            total=held.total,
            unit=account.unit,
            account=account.id,
            amount=amount,
        )
    reserved = min(held.reserved, amount)
    return _with(account, name, Holding(reserved=held.reserved - reserved, consumed=held.consumed - (amount - reserved)))


def _with(account: Account, name: str, holding: Holding) -> Account:
    others = {key: value for key, value in account.holdings.items() if key != name}
    return msgspec.structs.replace(account, holdings={**others, name: holding} if holding.total else others)


_MOVES: dict[Kind, Callable[[Account, str, Decimal], Account]] = {
    Kind.GRANT: _granted,
    Kind.RESERVE: _reserved,
    Kind.CONSUME: _consumed,
    Kind.RETURN: _returned,
}
