"""Development over the interface: dossiers to read and move, pledges with their statements, and an officer's certificates."""

import datetime as dt
from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Router, Schema

from customhouse.development import people as competence
from customhouse.development import project
from customhouse_server.development import actions, funding
from customhouse_server.development.dossier import Dossier, Kind
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.people import actions as people

router = Router(tags=["development"])


class Moved(Schema):
    """What to do with a project, and why where that takes a reason."""

    move: project.Move
    reason: str = ""


class Certified(Schema):
    """A competence as it was assessed; the assessor is who calls."""

    competence: str
    level: competence.Level
    assessed_on: dt.date
    evidence: str


@router.get("/development/{kind}", summary="Dossiers of a kind")
def dossiers(request: CalledRequest, kind: Kind) -> HttpResponse:
    """The dossiers of a kind, the newest first."""
    return json_response([_told(each) for each in actions.listed(request.auth.person, kind)])


@router.get("/development/{kind}/{uuid:dossier_id}", summary="A dossier")
def dossier(request: CalledRequest, kind: Kind, dossier_id: UUID) -> HttpResponse:
    """One dossier whole; a pledge with its statement."""
    found = actions.seen(request.auth.person, dossier_id, kind)
    more = {"statement": funding.statement(found)} if kind is Kind.PLEDGE else {}
    return json_response(_told(found) | more)


@router.post("/development/project/{uuid:dossier_id}/move", summary="Move a project")
def move(request: CalledRequest, dossier_id: UUID, body: Moved) -> HttpResponse:
    """Take a project to its next state."""
    return json_response(_told(actions.move(request.auth.person, dossier_id, body.move, reason=body.reason, at=request.auth.at)))


@router.get("/people/{username}/certificates", summary="Certificates")
def certificates(request: CalledRequest, username: str) -> HttpResponse:
    """The certificates of an officer: one's own, or those of one's offices for a supervisor."""
    return json_response(people.certificates(request.auth.person, username))


@router.post("/people/{username}/certificates", summary="Certify an officer")
def certify(request: CalledRequest, username: str, body: Certified) -> HttpResponse:
    """Certify an officer, never oneself."""
    given = competence.Certificate(**body.dict(), assessed_by=request.auth.person.username)
    people.certify(request.auth.person, username, given, at=request.auth.at)
    return json_response(given, status=201)


def _told(found: Dossier) -> dict[str, object]:
    return {
        "id": found.id,
        "kind": found.kind.value,
        "title": found.title,
        "state": found.state,
        "owner": found.owner,
        "version": found.version,
        "saved_at": found.saved_at,
        "document": msgspec.to_builtins(found.value),
    }
