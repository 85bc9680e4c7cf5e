"""Perception over the interface: what was published of the survey."""

from django.http import HttpResponse
from ninja import Router

from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.perception import actions, exported

router = Router(tags=["integrity"])


@router.get("/perception", summary="Results of the integrity survey, without the cells that would tell of few people")
def perception_results(request: CalledRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Each published wave, the latest first; a hidden cell has its place and nothing else."""
    return json_response(exported.document(actions.told(None)))
