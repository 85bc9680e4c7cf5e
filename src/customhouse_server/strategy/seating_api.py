"""Seats in the bodies that deal with plans, over the interface: read, given and ended; each a thin shell over `seating`."""

import msgspec
from django.http import HttpResponse
from ninja import Router, Schema

from customhouse.strategy import review
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.strategy import seating
from customhouse_server.tariff.day import Day

router = Router(tags=["strategy"])


class SeatGiven(Schema):
    """Who sits in which body as what, from a day until before another, or until it is ended."""

    person: str
    body: review.cycle.Body
    seat: review.membership.Seat = review.membership.Seat.MEMBER
    valid_from: Day
    valid_to: Day | None = None


class SeatEnded(Schema):
    """The day before which a seat ends."""

    on: Day


@router.get("/plans/seats", summary="Seats in the bodies")
def seats(request: CalledRequest) -> HttpResponse:
    """Answer with every seat for an administrator, with one's own for everybody else."""
    found = seating.seats(request.auth.person)
    return json_response({"seats": [{"number": number} | msgspec.to_builtins(seat) for number, seat in found.items()]})


@router.post("/plans/seats", openapi_extra=ONCE, summary="Give a seat in a body")
def give_seat(request: CalledRequest, body: SeatGiven) -> HttpResponse:
    """Give a person who signs in here a seat in a body, as an administrator."""
    membership = review.membership.Membership(**body.model_dump())
    return done(request, lambda: {"number": seating.seat(request.auth.person, membership, at=request.auth.at)}, status=201)


@router.post("/plans/seats/{int:number}/end", openapi_extra=ONCE, summary="End a seat in a body")
def end_seat(request: CalledRequest, number: int, body: SeatEnded) -> HttpResponse:
    """End a seat before a day, as an administrator; it stays on record."""

    def act() -> object:
        seating.end(request.auth.person, number, on=body.on, at=request.auth.at)
        return {"number": number, "valid_to": body.on}

    return done(request, act)
