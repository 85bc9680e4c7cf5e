"""Research over the interface: the revenue to expect, and the gaps against a partner's trade; each a thin shell over its action."""

from django.http import HttpResponse
from ninja import Query, Router, Schema

from customhouse_server.gateway.call import CalledRequest, body_of
from customhouse_server.gateway.problem import json_response
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


@router.get("/research/forecast", summary="Revenue to expect")
def revenue_forecast(request: CalledRequest, query: Query[ForecastAsked]) -> HttpResponse:
    """Answer with the months that came, those to come with their intervals, and how far the same way would have been off."""
    return json_response(foretold(request.auth.person, query.model_dump()))


@router.post("/research/mirror", openapi_extra=_TABLE, summary="Gaps against a partner's trade")
def mirror_gaps(request: CalledRequest, query: Query[MirrorAsked]) -> HttpResponse:
    """Lay a partner's table (CSV) beside the event store; nothing is kept."""
    table = body_of(request).decode("utf-8-sig", errors="replace")
    return json_response(mirrored(request.auth.person, query.model_dump(), table))
