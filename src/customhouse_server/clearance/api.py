"""Clearance over the interface: the inbox, acts of trade, the work list, decisions; each a thin shell over `actions`."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from customhouse import messages
from customhouse.assessment import Determination
from customhouse.clearance import Act
from customhouse.risk import Lane
from customhouse_server.clearance import actions
from customhouse_server.clearance.actions import Doing
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import reply
from customhouse_server.declaration.actions import Page, View
from customhouse_server.declaration.api import MESSAGE_BODY, ListQuery
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.declaration.store import Filter
from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import KEY, CalledRequest, body_of, submission_of
from customhouse_server.gateway.problem import json_response, response
from customhouse_server.gateway.submission import Answer, Submission

router = Router(tags=["clearance"])
_MOST = 200


class Reasoned(Schema):
    """An act with its reason."""

    reason: str


class Payment(Schema):
    """A payment against the assessment."""

    amount: Decimal


class Answered(Schema):
    """What the declarant answers or hands in."""

    text: str = ""
    documents: tuple[dict[str, str], ...] = ()


class Determined(Schema):
    """The amount of a tax on an item that the law leaves undetermined, as the officer determines it."""

    item: int
    tax: str
    amount: Decimal = Field(ge=0, lt=10**15, decimal_places=6)


class Decision(Schema):
    """An officer's decision: assess, release, request_documents, query, order_examination, seize, invalidate or confirm_exit."""

    act: Act
    reason: str = ""
    items: tuple[int, ...] = ()
    document: dict[str, object] = Field(default_factory=dict)
    determined: tuple[Determined, ...] = ()


class Examination(Schema):
    """The result of an examination and its inspection act."""

    result_code: str
    inspection: dict[str, object] = Field(default_factory=dict)


class Reroute(Schema):
    """Another lane, and why."""

    lane: Lane
    reason: str


@router.post("/inbox", openapi_extra={**MESSAGE_BODY, "parameters": [KEY]}, summary="Send a WCO message of any kind")
def receive(request: CalledRequest) -> HttpResponse:
    """Do what the message asks: lodge a declaration, amend (COR), cancel (INV) or present the goods of (GPR) the one it names."""
    body = body_of(request)
    person, sent = request.auth.person, submission_of(request, body)
    document = messages.read(body)
    if document.kind is messages.DocumentKind.DECLARATION:
        return response(declarations.lodge(person, Lodging(body, submission=sent), at=request.auth.at))
    return _once(request, sent, lambda: actions.received(person, document, Lodging(body), at=request.auth.at))


@router.post("/declarations/{uuid:declaration_id}/cancellation", summary="Cancel")
def cancel(request: CalledRequest, declaration_id: UUID, body: Reasoned) -> HttpResponse:
    """Ask that the declaration be invalidated; granted where the law lets it be."""
    return _performed(request, declaration_id, Doing(Act.INVALIDATE, reason=body.reason))


@router.post("/declarations/{uuid:declaration_id}/payment", summary="Pay")
def pay(request: CalledRequest, declaration_id: UUID, body: Payment) -> HttpResponse:
    """Record the payment of what is owed."""
    return _performed(request, declaration_id, Doing(Act.PAY, amount=body.amount))


@router.post("/declarations/{uuid:declaration_id}/security", summary="Give security")
def secure(request: CalledRequest, declaration_id: UUID, body: Payment) -> HttpResponse:
    """Record security for what is owed."""
    return _performed(request, declaration_id, Doing(Act.SECURE, amount=body.amount))


@router.post("/declarations/{uuid:declaration_id}/documents", summary="Hand in documents")
def receive_documents(request: CalledRequest, declaration_id: UUID, body: Answered) -> HttpResponse:
    """Hand in the documents that customs asked for."""
    return _performed(request, declaration_id, Doing(Act.RECEIVE_DOCUMENTS, document=_paper(body)))


@router.post("/declarations/{uuid:declaration_id}/answer", summary="Answer a query")
def answer(request: CalledRequest, declaration_id: UUID, body: Answered) -> HttpResponse:
    """Answer the question that customs put."""
    return _performed(request, declaration_id, Doing(Act.ANSWER, document=_paper(body)))


@router.get("/declarations/{uuid:declaration_id}/papers", summary="Read the papers")
def papers(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Answer with what was asked and handed in, and for customs with what it wrote for itself."""
    return json_response({"papers": actions.papers(request.auth.person, declaration_id)})


@router.get("/worklist", summary="Work list")
def worklist(request: CalledRequest, query: Query[ListQuery]) -> HttpResponse:
    """Answer with the declarations at the officer's offices, first lodged first, with who has taken them on."""
    asked = Filter(states=tuple(query.state), lanes=tuple(query.lane), text=query.text)
    page = Page(limit=max(1, min(query.limit, _MOST)), offset=max(0, query.offset), oldest_first=True)
    found = actions.worklist(request.auth.person, asked, page)
    rows = [
        {**msgspec.to_builtins(reply.in_short(record, for_customs=True)), "claimed_by": claim.officer if claim else ""}
        for record in found.listing.records
        for claim in (found.claims.get(record.id),)
    ]
    return json_response({"total": found.listing.total, "declarations": rows})


@router.post("/declarations/{uuid:declaration_id}/claim", summary="Take on")
def claim(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Take a declaration on."""
    taken = actions.claim(request.auth.person, declaration_id, at=request.auth.at)
    return json_response({"officer": taken.officer, "claimed_at": taken.claimed_at})


@router.delete("/declarations/{uuid:declaration_id}/claim", summary="Put back")
def unclaim(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Put a declaration back."""
    actions.unclaim(request.auth.person, declaration_id, at=request.auth.at)
    return HttpResponse(status=204)


@router.post("/declarations/{uuid:declaration_id}/decision", summary="Decide")
def decide(request: CalledRequest, declaration_id: UUID, body: Decision) -> HttpResponse:
    """Decide on a declaration that one has taken on."""
    found = tuple(Determination(item=each.item, tax=each.tax, amount=each.amount, reason=body.reason) for each in body.determined)
    doing = Doing(body.act, reason=body.reason, items=body.items, document=body.document, determined=found)
    return _performed(request, declaration_id, doing)


@router.post("/declarations/{uuid:declaration_id}/examination", summary="Record an examination")
def examine(request: CalledRequest, declaration_id: UUID, body: Examination) -> HttpResponse:
    """Record the result of an examination."""
    doing = Doing(Act.RECORD_EXAMINATION, result_code=body.result_code, document=body.inspection)
    return _performed(request, declaration_id, doing)


@router.post("/declarations/{uuid:declaration_id}/lane", summary="Re-route")
def reroute(request: CalledRequest, declaration_id: UUID, body: Reroute) -> HttpResponse:
    """Choose another lane; a supervisor's act, with a reason."""
    return _performed(request, declaration_id, Doing(Act.REROUTE, lane=body.lane, reason=body.reason))


def _performed(request: CalledRequest, declaration_id: UUID, doing: Doing) -> HttpResponse:
    sent = submission_of(request, request.body)
    return _once(request, sent, lambda: actions.perform(request.auth.person, declaration_id, doing, at=request.auth.at))


def _once(request: CalledRequest, sent: Submission | None, act: Callable[[], View]) -> HttpResponse:
    def answered() -> Answer:
        view = act()
        said = reply.about(
            view.record, view.content, for_customs=request.auth.person.of_customs, allowed=[each.value for each in view.allowed]
        )
        return Answer(200, msgspec.json.encode(said))

    return response(once(sent, answered, at=request.auth.at))


def _paper(body: Answered) -> dict[str, object]:
    return {"text": body.text, "documents": body.documents}
