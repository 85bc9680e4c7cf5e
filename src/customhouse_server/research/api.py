"""Research over the interface: reforms tried, revenue to expect, gaps against a partner's trade, released data; each a thin shell."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from ninja import Query, Router, Schema

from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest, body_of
from customhouse_server.gateway.problem import json_response
from customhouse_server.research import actions, releasing
from customhouse_server.research.forecasting import foretold
from customhouse_server.research.mirroring import mirrored
from customhouse_server.research.simulation import Simulation

router = Router(tags=["research"])
_TABLE = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


class Stretch(Schema):
    """From which month to which, as 2026-03; where none is named, the whole months of the event store, of declarations the last twelve."""

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


class ReformAsked(Schema):
    """A draft law by the name of its file (.csv of measures, .toml of a regime), a history, and elasticities (CSV) if imports answer."""

    name: str
    draft: str
    history: str
    elasticities: str = ""


@router.get("/research/forecast", summary="Revenue to expect")
def revenue_forecast(request: CalledRequest, query: Query[ForecastAsked]) -> HttpResponse:
    """Answer with the months that came, those to come with their intervals, and how far the same way would have been off."""
    return json_response(foretold(request.auth.person, query.model_dump(), at=request.auth.at))


@router.post("/research/mirror", openapi_extra=_TABLE, summary="Gaps against a partner's trade")
def mirror_gaps(request: CalledRequest, query: Query[MirrorAsked]) -> HttpResponse:
    """Lay a partner's table (CSV) beside the event store; nothing is kept."""
    table = body_of(request).decode("utf-8-sig", errors="replace")
    return json_response(mirrored(request.auth.person, query.model_dump(), table, at=request.auth.at))


@router.get("/research/releases", summary="Released data")
def data_releases(request: CalledRequest) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer with what was released, the last first, without the cells."""
    found = [{"number": each.number, "asked": each.asked, "released_at": each.released_at} for each in releasing.releases()]
    return json_response({"releases": found})


@router.get("/research/releases/{int:number}", summary="A release")
def data_release(request: CalledRequest, number: int) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer with one release; a cell that is kept back has no value, and says why."""
    return json_response(releasing.released(number))


@router.post("/research/releases/preview", summary="A table before it is released")
def preview_release(request: CalledRequest, body: ReleaseAsked) -> HttpResponse:
    """Answer with what a release would tell beside all that was released before, and what is kept back and why; nothing is kept."""
    question = releasing.asked(request.auth.person, body.model_dump(), at=request.auth.at)
    return json_response({"asked": question, "cells": releasing.previewed(request.auth.person, question).cells})


@router.post("/research/releases", openapi_extra=ONCE, summary="Release a table")
def release_data(request: CalledRequest, body: ReleaseAsked) -> HttpResponse:
    """Release a table for good, beside all that was released before."""

    def act() -> object:
        question = releasing.asked(request.auth.person, body.model_dump(), at=request.auth.at)
        return releasing.released(releasing.release(request.auth.person, question, at=request.auth.at))

    return done(request, act, status=201)


@router.get("/research/reforms", summary="Reforms tried on history")
def reforms(request: CalledRequest) -> HttpResponse:
    """Answer with the histories that a reform can be tried on, and the reforms tried last, without what came out."""
    found = [_in_short(each) for each in actions.listed(request.auth.person)]
    return json_response({"histories": actions.histories(), "reforms": found})


@router.post("/research/reforms", openapi_extra=ONCE, summary="Try a reform on history")
def try_reform(request: CalledRequest, body: ReformAsked) -> HttpResponse:
    """Have a draft law run over a history; how far it is, and then what came out, is read under its identity."""

    def act() -> object:
        asked = body.model_dump(exclude={"name", "draft"})
        return _in_short(actions.start(request.auth.person, body.name, body.draft, at=request.auth.at, **asked))

    return done(request, act, status=202)


@router.get("/research/reforms/{uuid:simulation_id}", summary="A reform tried on history")
def reform(request: CalledRequest, simulation_id: UUID) -> HttpResponse:
    """Answer with the draft, how many items are done, and the outcome once the state is `finished`; amounts are text."""
    return json_response(actions.seen(request.auth.person, simulation_id))


@router.post("/research/reforms/{uuid:simulation_id}/resumption", summary="Have a reform that stopped go on")
def resume_reform(request: CalledRequest, simulation_id: UUID) -> HttpResponse:
    """Have a run that failed or fell silent go on from where it stopped; one that runs, or is finished, is left as it is."""
    actions.resume(request.auth.person, simulation_id)
    return json_response(_in_short(actions.seen(request.auth.person, simulation_id)), status=202)


@router.get("/research/reforms/{uuid:simulation_id}/tables/{dimension}", summary="Figures of a reform along one dimension")
def reform_table(request: CalledRequest, simulation_id: UUID, dimension: str) -> FileResponse:
    """Answer with a table (CSV): `total`, or by tax, chapter and so on."""
    return FileResponse(actions.table(request.auth.person, simulation_id, dimension).open("rb"), content_type="text/csv")


def _in_short(found: Simulation) -> dict[str, object]:
    names = ("id", "owner", "draft_name", "history", "state", "done", "total", "reason", "asked_at", "seen_at")
    return {name: getattr(found, name) for name in names}
