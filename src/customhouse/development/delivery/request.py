"""Request: what a member asks for, put in the order of a region's priorities, and planned into a year as far as its days reach."""

from collections.abc import Iterable
from datetime import date

import msgspec

from customhouse.saying import Saying, saying


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member's request of so many expert days; the region scores its need, readiness and fit from 0 to 4, nothing while unscored."""

    member: str
    region: str
    theme: str
    text: str
    asked_on: date
    days: int
    need: int | None = None
    readiness: int | None = None
    fit: int | None = None


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much each score counts when a region puts requests in order."""

    need: int = 3
    readiness: int = 2
    fit: int = 1


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request comes in the order, whether the year's days reach it, and why."""

    request: str
    score: int | None
    is_planned: bool
    explanation: Saying


def planned(requests: Iterable[tuple[str, Request]], weights: Weights, *, days: int) -> tuple[Place, ...]:
    """Every request in the order of its score, then of its age; each is planned if what is left of the days holds all of it.

    A request that is not scored comes last and is never planned.
    """
    scored = [(name, request, _score(request, weights)) for name, request in requests]
    ordered = sorted(scored, key=lambda each: (each[2] is None, -(each[2] or 0), each[1].asked_on, each[0]))
    left, places = days, []
    for name, request, score in ordered:
        fits = score is not None and 0 < request.days <= left
        places.append(Place(request=name, score=score, is_planned=fits, explanation=_explained(request, score, weights, left)))
        left -= request.days if fits else 0
    return tuple(places)


def _score(request: Request, weights: Weights) -> int | None:
    if request.need is None or request.readiness is None or request.fit is None:
        return None
    return request.need * weights.need + request.readiness * weights.readiness + request.fit * weights.fit


def _explained(request: Request, score: int | None, weights: Weights, left: int) -> Saying:
    if score is None:
        return saying("need, readiness and fit are not all scored yet")
    pairs = ((request.need, weights.need), (request.readiness, weights.readiness), (request.fit, weights.fit))
    parts = " + ".join(f"{points} \N{MULTIPLICATION SIGN} {weight}" for points, weight in pairs) + f" = {score}"
    return saying("{sum}; {days} days of {left} left", sum=parts, days=request.days, left=left)
