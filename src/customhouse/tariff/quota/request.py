"""Request: how much of a quota a declaration asks for, since which acceptance day, and what it was answered."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.tariff.quota.quota import NOTHING


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """So much asked of one quota by one declaration on its acceptance day; `allotted` is nothing while it waits for its answer."""

    id: str
    holding: str
    account: str
    on: date
    amount: Decimal
    allotted: Decimal | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of all that one declaration asks of one order number: allotted, refused, or still to be answered."""

    allotted: Decimal = NOTHING
    refused: Decimal = NOTHING
    waiting: Decimal = NOTHING

    @property
    def asked(self) -> Decimal:
        """All that was asked for."""
        return self.allotted + self.refused + self.waiting


def answer_to(requests: Sequence[Request]) -> Answer:
    """What the requests of one declaration for one quota come to together."""
    answered = [(each.amount, each.allotted) for each in requests if each.allotted is not None]
    allotted = sum((got for _, got in answered), NOTHING)
    return Answer(
        allotted=allotted,
        refused=sum((amount for amount, _ in answered), NOTHING) - allotted,
        waiting=sum((each.amount for each in requests if each.allotted is None), NOTHING),
    )


def amended(requests: Sequence[Request], wanted: Decimal) -> tuple[tuple[Request, ...], Decimal]:
    """The requests of one declaration for one quota once it wants so much, and what it has to ask for beside them, on the day of that.

    What is no longer wanted is taken first from what still waits, the latest day first, and only then from what was allotted, which
    goes back to the quota. What was refused is gone: if it is still wanted, it is asked for again. A request that stays keeps its day.
    """
    by_day = sorted(requests, key=lambda each: (each.on, each.id))
    allotted, left = _kept(wanted, {each.id: each.allotted for each in by_day if each.allotted})
    waiting, left = _kept(left, {each.id: each.amount for each in by_day if each.allotted is None})
    answered = (
        msgspec.structs.replace(each, amount=allotted[each.id], allotted=allotted[each.id]) for each in by_day if each.id in allotted
    )
    open_still = (msgspec.structs.replace(each, amount=waiting[each.id]) for each in by_day if each.id in waiting)
    return tuple(each for each in (*answered, *open_still) if each.amount), left


def _kept(left: Decimal, parts: dict[str, Decimal]) -> tuple[dict[str, Decimal], Decimal]:
    """Of each part, the earliest first, as much as is still wanted, and what is wanted beyond."""
    kept: dict[str, Decimal] = {}
    for name, part in parts.items():
        kept[name] = min(part, left)
        left -= kept[name]
    return kept, left
