"""Research over the interface: revenue to expect, gaps against a partner's trade, and released data; each a thin shell over its action."""

import msgspec
from django.http import HttpResponse
from ninja import Query, Router, Schema

from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import CalledRequest, body_of, submission_of
from customhouse_server.gateway.problem import json_response, response
from customhouse_server.gateway.submission import Answer
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.research import releasing
from customhouse_server.research.forecasting import foretold
from customhouse_server.research.mirroring import mirrored

router = Router(tags=["research"])
_TABLE = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


class Stretch(Schema):
    """From which month to which, as 2026-03; all whole months of the event store where none is named."""

    start: str = ""
    end: str = ""


class ForecastAsked(Stretch):
    """How many months are to be foretold, how revenue follows value, and how value grows over a year."""

    months: str = ""
    elasticity: str = ""
    growth: str = ""


class MirrorAsked(Stretch):
    """The cost of carriage as factors, and where they are from."""

    low: str = ""
    usual: str = ""
    high: str = ""
    source: str = ""


class ReleaseAsked(Stretch):
    """What is to be summed by which dimensions (parted by commas), over how many contributors at least, rounded to what."""

    measure: str = ""
    dimensions: str = ""
    fewest: str = "3"
    step: str = "1"


@router.get("/research/forecast", summary="Revenue to expect")
def revenue_forecast(request: CalledRequest, query: Query[ForecastAsked]) -> HttpResponse:
    """Answer with the months that came, those to come with their intervals, and how far the same way would have been off."""
    return json_response(foretold(request.auth.person, query.model_dump()))


@router.post("/research/mirror", openapi_extra=_TABLE, summary="Gaps against a partner's trade")
def mirror_gaps(request: CalledRequest, query: Query[MirrorAsked]) -> HttpResponse:
    """Lay a partner's table (CSV) beside the event store; nothing is kept."""
    table = body_of(request).decode("utf-8-sig", errors="replace")
    return json_response(mirrored(request.auth.person, query.model_dump(), table))


@router.get("/research/releases", summary="Released data")
def data_releases(request: CalledRequest) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer with what was released, the last first, without the cells."""
    found = [{"number": each.number, "asked": each.asked, "released_at": each.released_at} for each in releasing.releases()]
    return json_response({"releases": found})


@router.get("/research/releases/{int:number}", summary="A release")
def data_release(request: CalledRequest, number: int) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer with one release; a cell that is kept back has no value, and says why."""
    return json_response(releasing.released(number))


@router.post("/research/releases", summary="Release a table")
def release_data(request: CalledRequest, body: ReleaseAsked) -> HttpResponse:
    """Release a table for good, beside all that was released before."""

    def answered() -> Answer:
        number = releasing.release(request.auth.person, releasing.asked(body.model_dump()), at=request.auth.at)
        return Answer(201, msgspec.json.encode(releasing.released(number)))

    request.auth.person.require(HEADS, "releasing data")
    return response(once(submission_of(request, request.body), answered, at=request.auth.at))
