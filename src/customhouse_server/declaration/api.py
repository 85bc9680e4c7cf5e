"""Declarations over the interface: lodge, read, list, amend, present, drafts and messages since; each a thin shell over `actions`."""

from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from customhouse import messages
from customhouse_server.declaration import actions, reply
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.declaration.store import Filter
from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import KEY, CalledRequest, body_of, submission_of
from customhouse_server.gateway.problem import json_response, response
from customhouse_server.gateway.submission import Answer
from customhouse_server.journal.store import WrittenNotice

router = Router(tags=["declarations"])
_MOST = 200
MESSAGE_BODY = {
    "requestBody": {
        "required": True,
        "description": "A WCO Data Model declaration, in XML or in the JSON form of the same model.",
        "content": {"application/xml": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}},
    }
}


class ListQuery(Schema):
    """Which declarations to list."""

    state: list[str] = Field(default_factory=list)
    lane: list[str] = Field(default_factory=list)
    text: str = ""
    limit: int = 50
    offset: int = 0


@router.post("/declarations", openapi_extra={**MESSAGE_BODY, "parameters": [KEY]}, summary="Lodge a declaration")
def lodge(request: CalledRequest) -> HttpResponse:
    """Answer 201 with the number, the taxes and where it stands, or 422 with all findings; both only once they are committed."""
    body = body_of(request)
    answer = actions.lodge(request.auth.person, Lodging(body, submission=submission_of(request, body)), at=request.auth.at)
    return response(answer)


@router.get("/declarations", summary="List declarations")
def listed(request: CalledRequest, query: Query[ListQuery]) -> HttpResponse:
    """Answer with the declarations that concern the caller, last changed first."""
    asked = Filter(states=tuple(query.state), lanes=tuple(query.lane), text=query.text)
    page = actions.Page(limit=max(1, min(query.limit, _MOST)), offset=max(0, query.offset))
    found = actions.listed(request.auth.person, asked, page)
    shown = [reply.in_short(record, for_customs=request.auth.person.of_customs) for record in found.records]
    return json_response({"total": found.total, "declarations": shown})


@router.get("/declarations/{uuid:declaration_id}", summary="Read a declaration")
def read(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Answer with where the declaration stands, its findings and its taxes."""
    return json_response(_about(request, actions.view(request.auth.person, declaration_id)))


@router.get("/declarations/{uuid:declaration_id}/document", summary="Read what was declared")
def document(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Answer with the declaration itself, as XML where the caller accepts that, else in the JSON form."""
    declared = actions.view(request.auth.person, declaration_id).content.declaration
    return _rendered(request, messages.Document(declaration=declared))


@router.get("/declarations/{uuid:declaration_id}/events", summary="Read the history of a declaration")
def events(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Answer with everything that happened; who at customs did it, and the lane, are told to customs alone."""
    happened = actions.events(request.auth.person, declaration_id)
    return json_response({"events": [{"position": each.position, "event": msgspec.Raw(each.document.encode())} for each in happened]})


@router.post("/declarations/{uuid:declaration_id}/amendment", openapi_extra={**MESSAGE_BODY, "parameters": [KEY]}, summary="Amend")
def amend(request: CalledRequest, declaration_id: UUID, reason: str = "") -> HttpResponse:
    """Change what was declared: the whole declaration as it should be, or a WCO amendment (COR) that says what changes and why."""
    body = body_of(request)

    def act() -> Answer:
        return _answered(request, actions.amend(request.auth.person, declaration_id, Lodging(body), reason=reason, at=request.auth.at))

    return response(once(submission_of(request, body), act, at=request.auth.at))


@router.post("/declarations/{uuid:declaration_id}/presentation", openapi_extra={"parameters": [KEY]}, summary="Present the goods")
def present(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Say that the goods of a pre-lodged declaration have come."""

    def act() -> Answer:
        return _answered(request, actions.present(request.auth.person, declaration_id, at=request.auth.at))

    return response(once(submission_of(request, b""), act, at=request.auth.at))


@router.get("/messages", summary="Messages since")
def messages_since(request: CalledRequest, since: str = "", limit: int = _MOST) -> HttpResponse:
    """Answer with the messages to the caller's parties after the position `since`, oldest first; each carries its own position."""
    found = actions.messages_since(request.auth.person, since, limit=max(1, min(limit, _MOST)))
    return json_response({"messages": [_notice(each) for each in found], "position": found[-1].position if found else since})


@router.get("/messages/{position}", summary="One message")
def message(request: CalledRequest, position: str) -> HttpResponse:
    """Answer with one message in the WCO response form, as XML where the caller accepts that, else in the JSON form."""
    notice = actions.message(request.auth.person, position)
    return _rendered(request, msgspec.json.decode(notice.document, type=messages.Document))


def _about(request: CalledRequest, view: actions.View) -> reply.DeclarationReply:
    return reply.about(view.record, view.content, for_customs=request.auth.person.of_customs, allowed=[act.value for act in view.allowed])


def _answered(request: CalledRequest, view: actions.View) -> Answer:
    return Answer(200, msgspec.json.encode(_about(request, view)))


def _notice(notice: WrittenNotice) -> dict[str, object]:
    return {
        "position": notice.position,
        "declaration": notice.declaration_id,
        "declarant": notice.declarant_id,
        "kind": notice.kind,
        "issued_at": notice.issued_at,
        "message": msgspec.Raw(notice.document.encode()),
    }


def _rendered(request: HttpRequest, whole: messages.Document) -> HttpResponse:
    if "xml" in request.headers.get("Accept", ""):
        return HttpResponse(messages.render_xml(whole), content_type="application/xml")
    return HttpResponse(messages.render_json(whole), content_type="application/json")
