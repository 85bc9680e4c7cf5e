"""Time release studies over the interface: asked for, read, worded, followed by a plan and published; each a thin shell over its action."""

from collections.abc import Callable
from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from customhouse.performance import release_time
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.performance import release_study
from customhouse_server.performance.kept import KeptStudy, PlannedAction, PlanStatus, Words
from customhouse_server.tariff.day import Day

router = Router(tags=["performance"])
_MOST = 500


class Design(Schema):
    """A time release study to be done; targets are hours by the name of a segment, as `arrived to released`, `only` values by stratum."""

    title: str
    start: Day
    end: Day
    seen_until: Day
    strata: list[str] = Field(default_factory=lambda: list(release_time.STRATA))
    targets: dict[str, float] = Field(default_factory=dict)
    only: dict[str, str] = Field(default_factory=dict)
    objectives: str = ""
    earlier_id: UUID | None = None


class OfStratum(Schema):
    """A stratum with one of its values, as lane and red, and a stretch of its declarations."""

    stratum: str = ""
    value: str = ""
    limit: int = Field(50, ge=1, le=_MOST)
    offset: int = Field(0, ge=0)


class Published(Schema):
    """Whether everybody may read it."""

    is_public: bool


class Worded(Schema):
    """What people say around the figures."""

    objectives: str = ""
    conclusions: str = ""
    recommendations: str = ""


class ActionPlanned(Schema):
    """What was found, in which segment of the time, what is done about it, by whom and until when."""

    finding: str
    segment: str = Field(default="", max_length=64)
    action: str
    owner: str = Field(max_length=150)
    due: Day


class ActionMoved(Schema):
    """How far an action is."""

    status: PlanStatus


@router.get("/performance/studies", summary="Time release studies")
def studies(request: CalledRequest) -> HttpResponse:
    """Answer with the studies that are for the caller's eyes, latest first, without their results."""
    return json_response({"studies": [_study(each) for each in release_study.listed(request.auth.person)]})


@router.post("/performance/studies", openapi_extra=ONCE, summary="Ask for a time release study")
def new_study(request: CalledRequest, body: Design) -> HttpResponse:
    """Have a study done; it is read under its identity once its status is `done`."""
    given = body.model_dump(exclude={"objectives", "earlier_id"}) | {"strata": tuple(body.strata)}
    asked = release_study.Asked(release_time.Design(**given), objectives=body.objectives, earlier_id=body.earlier_id)

    def act() -> object:
        return _study(release_study.seen(request.auth.person, release_study.design(request.auth.person, asked, at=request.auth.at)))

    return done(request, act, status=202)


@router.get("/performance/studies/{uuid:study_id}", summary="A time release study")
def study(request: CalledRequest, study_id: UUID) -> HttpResponse:
    """Answer with a study, its result, what changed since the one that it follows, and its action plan; times are in seconds."""
    found = release_study.seen(request.auth.person, study_id)
    result = msgspec.to_builtins(found.result, str_keys=True) if found.result else None
    changes = release_study.changes(request.auth.person, found)
    plan = [{"action": action, "effect": effect} for action, effect in release_study.plan_of(found)]
    return json_response({**_study(found), "words": found.words, "result": result, "changes": changes, "plan": plan})


@router.get("/performance/studies/{uuid:study_id}/members", summary="Declarations behind a study")
def study_members(request: CalledRequest, study_id: UUID, query: Query[OfStratum]) -> HttpResponse:
    """Answer with the declarations of a stratum, those that wait and the slowest first; named where the caller may see them."""
    found = release_study.members(request.auth.person, study_id, stratum=query.stratum, value=query.value)
    rows = [{"declaration_id": each.member.declaration_id if each.is_open else None, "elapsed": each.member.elapsed} for each in found]
    return json_response({"total": len(found), "members": rows[query.offset : query.offset + query.limit]})


@router.post("/performance/studies/{uuid:study_id}/publication", openapi_extra=ONCE, summary="Publish a study")
def publish_study(request: CalledRequest, study_id: UUID, body: Published) -> HttpResponse:
    """Make a study public, or take it back."""
    person = request.auth.person
    return _acted(request, study_id, lambda: release_study.publish(person, study_id, is_public=body.is_public, at=request.auth.at))


@router.put("/performance/studies/{uuid:study_id}/words", openapi_extra=ONCE, summary="Say what a study means")
def word_study(request: CalledRequest, study_id: UUID, body: Worded) -> HttpResponse:
    """Say what its objectives were, what follows from its figures, and what is recommended."""
    words = Words(**body.model_dump())
    return _acted(request, study_id, lambda: release_study.word(request.auth.person, study_id, words, at=request.auth.at))


@router.post("/performance/studies/{uuid:study_id}/plan", openapi_extra=ONCE, summary="Plan an action after a study")
def plan_action(request: CalledRequest, study_id: UUID, body: ActionPlanned) -> HttpResponse:
    """Put an action on the plan of a study; the next study tells its effect by its segment."""
    planned = PlannedAction(0, status=PlanStatus.PLANNED, **body.model_dump())
    return done(request, lambda: {"id": release_study.plan(request.auth.person, study_id, planned, at=request.auth.at)}, status=201)


@router.put("/performance/studies/{uuid:study_id}/plan/{int:action_id}", openapi_extra=ONCE, summary="Say how far an action is")
def move_action(request: CalledRequest, study_id: UUID, action_id: int, body: ActionMoved) -> HttpResponse:
    """Say how far an action of the plan is."""

    def act() -> object:
        release_study.move(request.auth.person, study_id, action_id, status=body.status, at=request.auth.at)
        return {"id": action_id, "status": body.status}

    return done(request, act)


def _acted(request: CalledRequest, study_id: UUID, doing: Callable[[], None]) -> HttpResponse:
    def act() -> object:
        doing()
        found = release_study.seen(request.auth.person, study_id)
        return {**_study(found), "words": found.words}

    return done(request, act)


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
