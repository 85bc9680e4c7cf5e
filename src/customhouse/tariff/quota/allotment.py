"""Allotment: what waiting requests get of their quotas, first come, first served by acceptance day.

All requests of one acceptance day are answered together, those of an earlier day first. Where they ask for more than there is, each gets
its share in proportion, in whole steps, to the last step; which of two equal shares gets the odd step is settled by the id of the
request, never by the order in which requests are given.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import floor

import msgspec

from customhouse.ledger import Kind, Movement, allotted
from customhouse.tariff.quota.quota import NOTHING, Quota, Quotas
from customhouse.tariff.quota.request import Request


class Draw(msgspec.Struct, frozen=True):
    """What one request would take of a quota that several draw on: how much at most, and how many units of it one step takes."""

    most: Decimal
    step: Decimal
    coefficient: Decimal


def allot(requests: Iterable[Request], balances: Mapping[str, Decimal], *, quotas: Quotas, on: date) -> tuple[Request, ...]:
    """The requests that are answered on a day, each with what it gets.

    Answered are those accepted before the day, unless their quota, or its parent, is blocked or suspended on it: these wait. The
    balances are those of the accounts of the quotas and their parents.
    """
    left = dict(balances)
    waiting = (each for each in requests if each.allotted is None and each.on < on and not quotas.halt(quotas[each.account], on=on))
    answered: list[Request] = []
    for _, of_day in groupby(sorted(waiting, key=lambda each: (each.on, each.id)), key=lambda each: each.on):
        for request in _answered_together(list(of_day), left, quotas):
            assert request.allotted is not None, "it was just answered"
            for account, amount in quotas.drawn_by(quotas[request.account], request.allotted).items():
                left[account] -= amount
            answered.append(request)
    return tuple(answered)


def drawing(request: Request, quotas: Quotas) -> Movement:
    """The movement on the ledger that an answered request makes."""
    assert request.allotted is not None, "only an answered request draws"
    amounts = quotas.drawn_by(quotas[request.account], request.allotted)
    return Movement(cause=f"quota request {request.id} answered", kind=Kind.CONSUME, holding=request.holding, amounts=amounts)


def _answered_together(requests: Sequence[Request], balances: Mapping[str, Decimal], quotas: Quotas) -> Iterator[Request]:
    """The requests of one day: shared by the balance of each quota, then what sub-quotas draw by that of their parent."""
    got: dict[str, Decimal] = {}
    for account, same in _grouped(requests, lambda each: each.account):
        shares = allotted(balances[account], [each.amount for each in same], step=quotas[account].step)
        got |= {each.id: share for each, share in zip(same, shares, strict=True)}
    for above, family in _grouped(requests, lambda each: _top(quotas[each.account], quotas).account):
        if any(each.account != above for each in family):
            draws = [_draw(got[each.id], quotas[each.account], above) for each in family]
            got |= {each.id: share for each, share in zip(family, shared(balances[above], draws), strict=True)}
    return (msgspec.structs.replace(each, allotted=got[each.id]) for each in requests)


def shared(available: Decimal, draws: Sequence[Draw]) -> list[Decimal]:
    """What each draw gets of a balance that all of them draw on: all of it, else in proportion, what is over by the largest remainder."""
    wanted = [Fraction(each.most) * Fraction(each.coefficient) for each in draws]
    if sum(wanted) <= available:
        return [each.most for each in draws]
    exact = [
        Fraction(max(available, NOTHING)) * part / sum(wanted) / Fraction(each.coefficient)
        for part, each in zip(wanted, draws, strict=True)
    ]
    got = [floor(part / Fraction(each.step)) * each.step for part, each in zip(exact, draws, strict=True)]
    left = max(available, NOTHING) - sum((part * each.coefficient for part, each in zip(got, draws, strict=True)), NOTHING)
    by_remainder = sorted(range(len(draws)), key=lambda place: -(exact[place] - Fraction(got[place])) / Fraction(draws[place].step))
    for place in by_remainder:
        each = draws[place]
        if each.step * each.coefficient <= left and got[place] + each.step <= each.most:
            got[place] += each.step
            left -= each.step * each.coefficient
    return got


def _draw(most: Decimal, quota: Quota, above: str) -> Draw:
    return Draw(most, quota.step, Decimal(1) if quota.account == above else quota.coefficient)


def _top(quota: Quota, quotas: Quotas) -> Quota:
    return quotas.parent_of(quota) or quota


def _grouped(requests: Sequence[Request], key: Callable[[Request], str]) -> Iterator[tuple[str, list[Request]]]:
    return ((name, list(same)) for name, same in groupby(sorted(requests, key=lambda each: (key(each), each.id)), key=key))
