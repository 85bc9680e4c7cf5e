"""Matching: which pledges fit a need, why, how much of each, and what is left over; never more than a pledge has available."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.development.donor.pledge import Need, Pledge
from customhouse.saying import Saying, saying

NOTHING = Decimal(0)


class Fitting(msgspec.Struct, frozen=True, kw_only=True):
    """A pledge that fits: how much of it the need would take, what is left of it then, and why it fits."""

    pledge: str
    amount: Decimal
    left_over: Decimal
    reasons: tuple[Saying, ...]


class Misfit(msgspec.Struct, frozen=True, kw_only=True):
    """A pledge that does not fit, and everything that speaks against it."""

    pledge: str
    reasons: tuple[Saying, ...]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What the pledges offer a need: those that fit, those that do not, and what stays without a donor."""

    fitting: tuple[Fitting, ...]
    misfits: tuple[Misfit, ...]
    uncovered: Decimal


def matched(need: Need, pledges: Mapping[str, Pledge], *, available: Mapping[str, Decimal], on: date) -> Offer:
    """What the pledges offer on a day: those bound most narrowly first, so that free money is kept; among them the one that ends first."""
    against = {name: tuple(_against(need, pledge, available.get(name, NOTHING), on=on)) for name, pledge in pledges.items()}
    ordered = sorted((name for name in pledges if not against[name]), key=lambda name: _order(name, pledges[name]))
    missing, found = max(need.amount, NOTHING), []
    for name in ordered:
        taken = min(missing, available[name])
        missing -= taken
        reasons = tuple(_for(need, pledges[name]))
        found.append(Fitting(pledge=name, amount=taken, left_over=available[name] - taken, reasons=reasons))
    misfits = tuple(Misfit(pledge=name, reasons=against[name]) for name in sorted(against) if against[name])
    return Offer(fitting=tuple(found), misfits=misfits, uncovered=missing)


def _order(name: str, pledge: Pledge) -> tuple[int, date, str]:
    return (-pledge.earmarks, pledge.valid_to, name)


def _pairs(need: Need, pledge: Pledge) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    return (
        ("theme", need.theme, pledge.themes),
        ("country", need.country, pledge.countries),
        ("instrument", need.instrument, pledge.instruments),
    )


def _against(need: Need, pledge: Pledge, available: Decimal, *, on: date) -> Iterator[Saying]:
    for kind, wanted, allowed in _pairs(need, pledge):
        if allowed and wanted not in allowed:
            yield saying(
                "earmarked for the {kind} {allowed}, and the need is {wanted}",
                kind=saying(kind),
                allowed=map(saying, allowed),
                wanted=saying(wanted),
            )
    if pledge.currency != need.currency:
        yield saying("pledged in {pledged}, and the need is in {needed}", pledged=pledge.currency, needed=need.currency)
    if not pledge.valid_from <= on < pledge.valid_to:
        yield saying("valid from {start} until before {end}", start=pledge.valid_from, end=pledge.valid_to)
    if available <= 0:
        yield saying("nothing of it is left")


def _for(need: Need, pledge: Pledge) -> Iterator[Saying]:
    for kind, wanted, allowed in _pairs(need, pledge):
        yield saying(
            "earmarked for the {kind} {wanted}" if allowed else "free of earmarks by {kind}", kind=saying(kind), wanted=saying(wanted)
        )
