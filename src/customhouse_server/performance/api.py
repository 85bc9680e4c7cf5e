"""Performance over the interface: figures, the events behind them, studies and stamps; each sees what is for his eyes, as on the pages."""

import datetime as dt
from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from customhouse.performance import release_time
from customhouse_server.gateway.call import CalledRequest, body_of
from customhouse_server.gateway.problem import json_response
from customhouse_server.performance import actions, release_study, reported, review, stated
from customhouse_server.performance.actions import Reading
from customhouse_server.performance.current import event_store
from customhouse_server.performance.kept import KeptStudy
from customhouse_server.performance.period import Period, read_period

router = Router(tags=["performance"])
_MOST = 500
CSV_BODY = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


class Asked(Schema):
    """A month as 2026-03 or a year as 2026; without it the last whole month with figures."""

    period: str = ""


class Stretch(Asked):
    """A stretch of the events behind the figure of a period."""

    limit: int = Field(50, ge=1, le=_MOST)
    offset: int = Field(0, ge=0)


class Design(Schema):
    """A time release study to be done; targets are hours by the name of a segment, as `arrived to released`, `only` values by stratum."""

    title: str
    start: dt.date
    end: dt.date
    seen_until: dt.date
    strata: list[str] = Field(default_factory=lambda: list(release_time.STRATA))
    targets: dict[str, float] = Field(default_factory=dict)
    only: dict[str, str] = Field(default_factory=dict)
    objectives: str = ""
    earlier_id: UUID | None = None


@router.get("/performance/indicators", summary="Figures of a period")
def indicators(request: CalledRequest, query: Query[Asked]) -> HttpResponse:
    """Answer with the definition of every indicator that is for the caller's eyes, and its figure in the period."""
    period = _period(request, query)
    found = [_reading(each) for each in actions.dashboard(request.auth.person, period)]
    return json_response({"period": period.name, "is_made_up": event_store().is_made_up, "indicators": found})


@router.get("/performance/indicators/{code}", summary="Figures of an indicator")
def figures(request: CalledRequest, code: str, query: Query[Asked]) -> HttpResponse:
    """Answer with one indicator, its figure in the period and in the twelve months up to there, and what its owner says of it."""
    period = _period(request, query)
    found = actions.reading(request.auth.person, code, period)
    told = {"months": [each for _, each in found.months if each], "narrative": stated.narrative(code, period)}
    return json_response({**_reading(found), "is_made_up": event_store().is_made_up, **told})


@router.get("/performance/indicators/{code}/events", summary="Events behind a figure")
def traces(request: CalledRequest, code: str, query: Query[Stretch]) -> HttpResponse:
    """Answer with the events that make a figure: single ones to the administration, sums by day to everybody else."""
    period = _period(request, query)
    found = actions.tracing(request.auth.person, code, period, limit=query.limit, offset=query.offset)
    events = [
        {
            "position": f"{each.happening.transaction}-{each.happening.id}",
            "kind": each.happening.kind,
            "occurred_at": each.happening.occurred_at,
            "office": each.happening.office,
            "declaration_id": each.happening.declaration_id if each.is_open else None,
            "counts": each.counts,
        }
        for each in found.events
    ]
    days = [{"day": each.day, "n": each.n, "counts": each.counts} for each in found.days]
    return json_response({"period": period.name, "total": found.total, "events": events, "days": days})


@router.get("/performance/assessments", summary="Self-assessments of a year")
def assessments(request: CalledRequest, year: int) -> HttpResponse:
    """Answer with what the administration says of itself, as far as it is for the caller's eyes."""
    found = [
        {
            "code": each.indicator.code,
            "status": each.assessment.status,
            "reviewer": each.assessment.reviewer,
            "statement": each.assessment.statement,
        }
        for each in review.lines(request.auth.person, year)
        if each.assessment
    ]
    return json_response({"year": year, "assessments": found})


@router.get("/performance/studies", summary="Time release studies")
def studies(request: CalledRequest) -> HttpResponse:
    """Answer with the studies that are for the caller's eyes, latest first, without their results."""
    return json_response({"studies": [_study(each) for each in release_study.listed(request.auth.person)]})


@router.post("/performance/studies", summary="Ask for a time release study")
def new_study(request: CalledRequest, body: Design) -> HttpResponse:
    """Have a study done; it is read under its identity once its status is `done`."""
    given = body.model_dump(exclude={"objectives", "earlier_id"}) | {"strata": tuple(body.strata)}
    asked = release_study.Asked(release_time.Design(**given), objectives=body.objectives, earlier_id=body.earlier_id)
    made = release_study.design(request.auth.person, asked, at=request.auth.at)
    return json_response(_study(release_study.seen(request.auth.person, made)), status=202)


@router.get("/performance/studies/{uuid:study_id}", summary="A time release study")
def study(request: CalledRequest, study_id: UUID) -> HttpResponse:
    """Answer with a study and its result; times are in seconds."""
    found = release_study.seen(request.auth.person, study_id)
    result = msgspec.to_builtins(found.result, str_keys=True) if found.result else None
    return json_response({**_study(found), "words": found.words, "result": result})


@router.post("/performance/stamps", openapi_extra=CSV_BODY, summary="Bring in stamps from outside")
def stamps(request: CalledRequest) -> HttpResponse:
    """Bring a table (CSV) of stages reached into the journal, whole or not at all; the same report is taken once."""
    brought = reported.bring(request.auth.person, body_of(request).decode("utf-8-sig", errors="replace"), at=request.auth.at)
    return json_response({"new": brought.new, "known": brought.known})


def _period(request: CalledRequest, query: Asked) -> Period:
    return read_period(query.period) if query.period else actions.latest_period(on=request.auth.at.date())


def _reading(found: Reading) -> dict[str, object]:
    return {"indicator": found.indicator, "figure": found.figure, "travelled": found.travelled}


def _study(found: KeptStudy) -> dict[str, object]:
    return {
        "id": found.id,
        "design": found.design,
        "status": found.status,
        "progress": found.progress,
        "failure": found.failure,
        "is_made_up": found.is_made_up,
        "made_at": found.made_at,
        "published_at": found.published_at,
        "earlier_id": found.earlier_id,
    }
