"""Perception over the interface: what may be told of the survey, and its rounds ended and published.

Answering stays a page: a call has a caller, and an answer must have none. So does opening a round: its codes are shown once and kept
nowhere, and an answer that is kept under a key would keep them.
"""

from django.http import HttpResponse
from ninja import Router

from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.perception import actions, exported

router = Router(tags=["integrity"])


@router.get("/perception", summary="Results of the integrity survey, without the cells that would tell of few people")
def perception_results(request: CalledRequest) -> HttpResponse:
    """Each published wave, the latest first, and to members those that are closed; a hidden cell has its place and nothing else."""
    return json_response(exported.document(actions.told(request.auth.person)))


@router.get("/perception/waves", summary="Rounds of the integrity survey")
def survey_waves(request: CalledRequest) -> HttpResponse:
    """Answer with every round, the codes that were handed out and those not used yet; for members of the integrity office."""
    return json_response({"waves": _waves(request)})


@router.post("/perception/waves/{int:wave_id}/closure", openapi_extra=ONCE, summary="End a round of the survey")
def close_wave(request: CalledRequest, wave_id: int) -> HttpResponse:
    """End a round; codes that were not used go."""

    def act() -> object:
        actions.close(request.auth.person, wave_id, at=request.auth.at)
        return {"waves": _waves(request)}

    return done(request, act)


@router.post("/perception/waves/{int:wave_id}/publication", openapi_extra=ONCE, summary="Publish a round of the survey")
def publish_wave(request: CalledRequest, wave_id: int) -> HttpResponse:
    """Show what may be told of a closed round to everybody."""

    def act() -> object:
        actions.publish(request.auth.person, wave_id, at=request.auth.at)
        return {"waves": _waves(request)}

    return done(request, act)


def _waves(request: CalledRequest) -> list[dict[str, object]]:
    names = ("id", "opened_on", "closed_on", "published_on")
    found = actions.waves(request.auth.person)
    return [{name: getattr(wave, name) for name in names} | {"issued": issued, "unused": unused} for wave, issued, unused in found]
