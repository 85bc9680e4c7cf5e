"""Quotas: what is known of them, what a declaration asks of them, and the daily act that answers.

known(numbers, on=) -> quota.Known                            the balances that an assessment needs; no number costs no statement
asked(declaration_id, assessment, on=) -> tuple[Request]      what an accepted declaration asks for; `store.request_clauses` writes it
amend(declaration_id, standing, assessment, Amending) -> dict[str, Answer]      in the transaction that gave back what was drawn
answer(on=, at=) -> int                                       every request accepted before the day whose quota is not halted
open_accounts(at=) -> int                                     an account for each quota given out by day; a changed volume is granted
standings(on=) -> tuple[Standing, ...]; standing(order_number, on=) -> tuple[Standing, ...]
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from customhouse.assessment import Assessment
from customhouse.ledger import Account, Kind, Movement
from customhouse.saying import Refusal
from customhouse.tariff import quota
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.ledger import actions as accounts
from customhouse_server.quota import store
from customhouse_server.tariff.country import current_country

RULE = "rule"
_NOTHING = Decimal(0)
_FINEST = Decimal("0.000001")  # as the ledger counts


class UnknownQuotaError(Refusal, LookupError):
    """The country keeps no quota of that order number."""


@dataclass(frozen=True, slots=True)
class Amending:
    """The amendment of a declaration: on which legal day and instant, by whom, and under which name it is posted."""

    cause: str
    actor: str
    on: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How one quota stands on a day, for everybody to see; what is drawn of a quota given out by licence is not known here."""

    quota: quota.Quota
    state: quota.State | None
    drawn: Decimal | None = None
    available: Decimal | None = None
    waiting: Decimal = _NOTHING
    last_answered_on: dt.date | None = None


def known(numbers: Iterable[str], *, on: dt.date) -> quota.Known:
    """The balances behind the quotas of these order numbers on the day; an account that nobody opened yet is opened."""
    quotas = _quotas()
    found = [each for number in set(numbers) if (each := quotas.find(number, on=on)) and each.method is quota.Method.FIRST_COME]
    if not found:
        return quota.Known()
    names = {name for each in found for name in quotas.drawn_by(each, _NOTHING)}
    held = accounts.accounts(names)
    for name in names - held.keys():
        _open(quotas[name])
    held |= accounts.accounts(names - held.keys()) if names - held.keys() else {}
    return quota.Known(balances={name: account.available for name, account in sorted(held.items())})


def asked(declaration_id: UUID, assessed: Assessment, *, on: dt.date) -> tuple[quota.Request, ...]:
    """What a declaration asks of quotas, accepted on the day."""
    return tuple(_request(declaration_id, name, amount, on=on) for name, amount in _wanted(assessed).items())


def amend(declaration_id: UUID, standing: Sequence[quota.Request], assessed: Assessment, amending: Amending) -> dict[str, quota.Answer]:
    """Bring the requests of an amended declaration to what it asks for now; what it keeps of its allotments is drawn again.

    The caller's transaction holds the standing requests, and has given back what the declaration drew. By order number, the answers.
    """
    quotas, wanted = _quotas(), _wanted(assessed)
    answers: dict[str, quota.Answer] = {}
    for name in sorted({*wanted, *(each.account for each in standing)}):
        before = [each for each in standing if each.account == name]
        kept, more = quota.amended(before, wanted.get(name, _NOTHING))
        fresh = [_request(declaration_id, name, more, on=amending.on)] if more else []
        unchanged = [each for each in kept if each in before]
        changed = [_numbered_anew(each) for each in kept if each not in before]
        store.withdraw([each.id for each in before if each not in kept], at=amending.at)
        store.take_up([each.id for each in unchanged if each.allotted is not None], at=amending.at)
        if changed or fresh:
            execute_as_one(store.request_clauses([*changed, *fresh], at=amending.at))
        answer = quota.answer_to([*kept, *fresh])
        if answer.allotted and name in quotas:
            amounts = quotas.drawn_by(quotas[name], answer.allotted)
            movement = Movement(cause=f"{amending.cause} keeps {name}", kind=Kind.CONSUME, holding=str(declaration_id), amounts=amounts)
            accounts.post(movement, actor=amending.actor, at=amending.at)
        if name in wanted:
            answers[quotas[name].order_number] = answer
    return answers


def answer(*, on: dt.date, at: dt.datetime) -> int:
    """Answer what was accepted before the day, a family of quotas a transaction; how many requests were answered.

    Done again, it finds nothing left to answer; broken off, it goes on with the families that still wait.
    """
    quotas = _quotas()
    families: dict[str, set[str]] = {}
    for name in store.accounts_waiting(before=on):
        if name in quotas:
            top = quotas.parent_of(quotas[name]) or quotas[name]
            families.setdefault(top.account, set()).add(name)
    return sum(_answer_family(quotas, names, on=on, at=at) for names in families.values())


def open_accounts(*, at: dt.datetime) -> int:
    """Open an account for each quota given out by day, and grant what its volume differs from the account; how many were new or changed.

    Refuses with `ledger.InsufficientBalanceError` a volume lowered under what is drawn.
    """
    count = 0
    for each in _quotas():
        if each.method is not quota.Method.FIRST_COME:
            continue
        with transaction.atomic():
            opened = _open(each)
            difference = each.volume - accounts.hold([each.account])[each.account].granted
            if difference:
                cause = f"volume of {each.account} set to {each.volume:f} at {at.isoformat()}"
                accounts.post(Movement(cause=cause, kind=Kind.GRANT, amounts={each.account: difference}), actor=RULE, at=at)
        count += opened or bool(difference)
    return count


def standings(*, on: dt.date) -> tuple[Standing, ...]:
    """How every quota stands whose period holds the day."""
    return _standings([each for each in _quotas() if each.period.includes(on)], on=on)


def standing(order_number: str, *, on: dt.date) -> tuple[Standing, ...]:
    """How a quota stands in each of its periods, the last first; refuses with `UnknownQuotaError`."""
    found = [each for each in _quotas() if each.order_number == order_number]
    if not found:
        raise UnknownQuotaError("the country keeps no quota {order_number}", order_number=order_number)
    return tuple(reversed(_standings(found, on=on)))


def history(standing: Standing) -> tuple[tuple[dt.date, Decimal, Decimal, Decimal], ...]:
    """Day by day, the last first: what was drawn, what came back, and the balance at the end of the day."""
    left = standing.available if standing.available is not None else standing.quota.volume
    account = accounts.accounts([standing.quota.account]).get(standing.quota.account)
    left = account.available if account else left
    told = []
    for day in accounts.days(standing.quota.account, time_zone=current_country().time_zone):
        told.append((day.on, day.drawn, day.returned, left))
        left += day.drawn - day.returned - day.granted
    return tuple(told)


def _quotas() -> quota.Quotas:
    return current_country().law.tariff.quotas


def _answer_family(quotas: quota.Quotas, names: Iterable[str], *, on: dt.date, at: dt.datetime) -> int:
    drawn_on = {name for each in names for name in quotas.drawn_by(quotas[each], _NOTHING)}
    for name in drawn_on - accounts.accounts(drawn_on).keys():
        _open(quotas[name])
    with transaction.atomic():
        requests = store.waiting(names, before=on)
        balances = {name: account.available for name, account in accounts.hold(drawn_on).items()}
        answered = quota.allot(requests, balances, quotas=quotas, on=on)
        accounts.post_together([quota.drawing(each, quotas) for each in answered if each.allotted], actor=RULE, at=at)
        store.write_answers(answered, on=on)
    return len(answered)


def _standings(found: Sequence[quota.Quota], *, on: dt.date) -> tuple[Standing, ...]:
    quotas = _quotas()
    held = accounts.accounts({name for each in found for name in quotas.drawn_by(each, _NOTHING)})
    told = store.asked_of([each.account for each in found])
    return tuple(_standing(each, quotas, held, told.get(each.account, store.Asked()), on=on) for each in found)


def _standing(each: quota.Quota, quotas: quota.Quotas, held: Mapping[str, Account], told: store.Asked, *, on: dt.date) -> Standing:
    if each.method is not quota.Method.FIRST_COME:
        return Standing(each, quotas.halt(each, on=on))
    balances = {name: quotas[name].volume for name in quotas.drawn_by(each, _NOTHING)} | {
        name: account.available for name, account in held.items()
    }
    account = held.get(each.account)
    return Standing(
        quota=each,
        state=quotas.state(each, balances, on=on),
        drawn=account.consumed if account else _NOTHING,
        available=quotas.available(each, balances),
        waiting=told.waiting,
        last_answered_on=told.last_answered_on,
    )


def _open(each: quota.Quota) -> bool:
    try:
        accounts.open_account(Account(id=each.account, unit=each.unit, granted=each.volume))
    except accounts.AccountExistsError:
        return False
    return True


def _wanted(assessed: Assessment) -> dict[str, Decimal]:
    """By account, what the items of a declaration ask for together."""
    wanted: dict[str, Decimal] = {}
    for item in assessed.items:
        if item.quota and item.quota.asked:
            wanted[item.quota.account] = wanted.get(item.quota.account, _NOTHING) + item.quota.asked
    rounded = {name: amount.quantize(_FINEST) for name, amount in wanted.items()}
    return {name: amount for name, amount in rounded.items() if amount}


def _request(declaration_id: UUID, account: str, amount: Decimal, *, on: dt.date) -> quota.Request:
    return quota.Request(id=str(uuid4()), holding=str(declaration_id), account=account, on=on, amount=amount)


def _numbered_anew(changed: quota.Request) -> quota.Request:
    """A request that an amendment changed is written as another, so that the one before it stays readable."""
    return quota.Request(
        id=str(uuid4()), holding=changed.holding, account=changed.account, on=changed.on, amount=changed.amount, allotted=changed.allotted
    )
