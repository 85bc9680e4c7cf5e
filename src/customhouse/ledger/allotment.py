"""Allotment: a balance that does not suffice for all requests of one day, shared in proportion to them (first come, first served)."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from customhouse.kernel import apportioned


def allotted(available: Decimal, requests: Sequence[Decimal], *, step: Decimal) -> list[Decimal]:
    """What each request of the same acceptance day gets: all of it where the balance suffices, else its share in whole steps.

    The shares add up to the balance, cut down to a whole step; no request gets more than it asked for.
    """
    if sum(requests, Decimal(0)) <= available:
        return list(requests)
    shareable = max(available, Decimal(0)).quantize(step, rounding=ROUND_DOWN)
    shares = apportioned(shareable, requests, step=step)
    return [min(share, request) for share, request in zip(shares, requests, strict=True)]
