"""Rulings over the interface: the register for everybody, applying, working and deciding; each a thin shell over `actions`."""

from collections.abc import Callable
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from customhouse.tariff import interpretation, ruling
from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import KEY, CalledRequest, submission_of
from customhouse_server.gateway.problem import json_response, response
from customhouse_server.gateway.submission import Answer
from customhouse_server.ruling import actions
from customhouse_server.ruling.store import Filter
from customhouse_server.ruling.view import Doing, View, clock_of
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import Day

router = Router(tags=["rulings"])
_MOST = 200


class Typed(Schema):
    """Fields of a form by name, as on the pages; lists one a line."""

    fields: dict[str, str]


class Done(Schema):
    """One act: accept, return, ask, answer, consult, advise, issue, refuse, withdraw, modify, cease, revoke, annul, or of a review."""

    act: ruling.Act
    reason: str = ""
    ground: ruling.act.Ground | None = None
    party: str = ""
    reference: str = ""
    notice_until: Day | None = None
    grace_until: Day | None = None


class Code(Schema):
    """A heading or subheading, and why it came into view or was left out."""

    code: str
    reason: str


class Text(Schema):
    """A text relied on, by citation."""

    kind: interpretation.SourceKind
    reference: str


class Taken(Schema):
    """A General Rule as it was answered."""

    rule: interpretation.GeneralRule
    applies: bool
    answer: str
    candidates: tuple[Code, ...] = ()
    rejected: tuple[Code, ...] = ()
    texts: tuple[Text, ...] = ()
    precedents: tuple[str, ...] = ()


class Searched(Schema):
    """Which published rulings: words, the first digits of a code, a day on which they bind."""

    q: str = ""
    code: str = ""
    on: Day | None = None
    limit: int = Field(50, ge=1, le=_MOST)
    offset: int = Field(0, ge=0)


@router.post("/rulings/applications", openapi_extra={"parameters": [KEY]}, summary="Apply for a ruling")
def apply(request: CalledRequest, body: Typed) -> HttpResponse:
    """Hand in an application; answers 422 with the fields that are missing or not as they should be."""

    def act() -> View:
        record = actions.start(request.auth.person, at=request.auth.at)
        actions.save(request.auth.person, record.id, body.fields, version=record.saved_version, at=request.auth.at)
        return actions.apply(request.auth.person, record.id, at=request.auth.at)

    return _once(request, act)


@router.get("/rulings/applications", summary="List applications for rulings")
def listed(request: CalledRequest, text: str = "", limit: int = 50, offset: int = 0) -> HttpResponse:
    """Answer with the applications that concern the caller, last changed first."""
    found = actions.listed(request.auth.person, Filter(text=text), limit=max(1, min(limit, _MOST)), offset=max(0, offset))
    rows = [
        {"id": each.id, "state": each.state, "goods_name": each.goods_name, "reference": each.reference, "applicant": each.applicant_id}
        for each in found.records
    ]
    return json_response({"total": found.total, "applications": rows})


@router.get("/rulings/applications/{uuid:ruling_id}", summary="Read an application for a ruling")
def read(request: CalledRequest, ruling_id: UUID) -> HttpResponse:
    """Answer with where the application stands, its clock, what was said and what the caller may do now."""
    return json_response(_about(request, actions.view(request.auth.person, ruling_id)))


@router.get("/rulings/applications/{uuid:ruling_id}/events", summary="Read the history of a ruling")
def events(request: CalledRequest, ruling_id: UUID) -> HttpResponse:
    """Answer with everything that happened; who at customs did it, and whom it asked, are told to customs alone."""
    return json_response({"events": actions.events(request.auth.person, ruling_id)})


@router.post("/rulings/applications/{uuid:ruling_id}/act", openapi_extra={"parameters": [KEY]}, summary="Do an act on a ruling")
def perform(request: CalledRequest, ruling_id: UUID, body: Done) -> HttpResponse:
    """Do one act; who may, when and on which grounds is in the life-cycle of rulings."""
    doing = Doing(**{name: getattr(body, name) for name in Done.model_fields})
    return _once(request, lambda: actions.perform(request.auth.person, ruling_id, doing, at=request.auth.at))


@router.post("/rulings/applications/{uuid:ruling_id}/walk", openapi_extra={"parameters": [KEY]}, summary="Take a step of the General Rules")
def walk(request: CalledRequest, ruling_id: UUID, body: Taken) -> HttpResponse:
    """Answer the next General Rule; one out of order or without grounds is refused."""
    step = interpretation.Step(
        rule=body.rule,
        applies=body.applies,
        answer=body.answer,
        candidates=tuple(interpretation.Candidate(each.code, each.reason) for each in body.candidates),
        rejected=tuple(interpretation.Candidate(each.code, each.reason) for each in body.rejected),
        texts=tuple(interpretation.Citation(each.kind, each.reference) for each in body.texts),
        precedents=body.precedents,
    )
    return _once(request, lambda: actions.step(request.auth.person, ruling_id, [step], at=request.auth.at))


@router.post("/rulings/applications/{uuid:ruling_id}/decision", openapi_extra={"parameters": [KEY]}, summary="Draft a decision")
def draft(request: CalledRequest, ruling_id: UUID, body: Typed) -> HttpResponse:
    """Put a decision forward, for another person to issue."""

    def act() -> View:
        version = actions.view(request.auth.person, ruling_id).record.saved_version
        actions.save(request.auth.person, ruling_id, body.fields, version=version, at=request.auth.at)
        return actions.draft(request.auth.person, ruling_id, at=request.auth.at)

    return _once(request, act)


@router.get("/rulings/applications/{uuid:ruling_id}/suggestions", summary="Suggest codes for an application")
def suggestions(request: CalledRequest, ruling_id: UUID, limit: int = 10) -> HttpResponse:
    """Answer with subheadings in order, what speaks for each, what would separate them, and the version of what was learned."""
    found = actions.suggestions(request.auth.person, ruling_id, at=request.auth.at, limit=max(1, min(limit, _MOST)))
    return json_response({**msgspec.to_builtins(found), "question": found.question.text})


@router.get("/rulings/applications/{uuid:ruling_id}/conflicts", summary="Find rulings that conflict with a draft")
def conflicts(request: CalledRequest, ruling_id: UUID) -> HttpResponse:
    """Answer with rulings in force on like goods with another code, like goods released under one, and what separates them."""
    person, at = request.auth.person, request.auth.at
    otherwise = actions.decided_otherwise(person, ruling_id, at=at)
    return json_response({"conflicts": actions.conflicts(person, ruling_id, at=at), "released": otherwise})


@router.get("/rulings/conflicts", summary="Find conflicts in the register")
def conflicts_in_register(request: CalledRequest) -> HttpResponse:
    """Answer with the rulings in force that conflict, each pair once, the likest first."""
    return json_response({"conflicts": actions.conflicts_in_register(request.auth.person, at=request.auth.at)})


@router.get("/rulings", auth=None, summary="Search the register of rulings")
def register(request: HttpRequest, query: Query[Searched]) -> HttpResponse:  # noqa: ARG001 - the question says it all
    """Answer with the published rulings, without what is confidential; open to everybody."""
    found = actions.register_of(Filter(text=query.q, code=query.code, on=query.on), limit=query.limit, offset=query.offset)
    return json_response({"total": found.total, "rulings": [each.published for each in found.records]})


@router.get("/rulings/{reference}", auth=None, summary="Read a published ruling")
def published(request: HttpRequest, reference: str) -> HttpResponse:  # noqa: ARG001 - the reference says it all
    """Answer with one ruling, without what is confidential; open to everybody."""
    return json_response(actions.published(reference))


def _once(request: CalledRequest, act: Callable[[], View]) -> HttpResponse:
    def answered() -> Answer:
        return Answer(200, msgspec.json.encode(_about(request, act())))

    return response(once(submission_of(request, request.body), answered, at=request.auth.at))


def _about(request: CalledRequest, view: View) -> dict[str, object]:
    record, on = view.record, current_country().legal_day(at=request.auth.at)
    clock = clock_of(record.case, on=on)
    return {
        "id": record.id,
        "state": record.state,
        "reference": record.reference,
        "applicant": record.applicant_id,
        "office": record.office,
        "clock": clock,
        "application": view.content.application if view.content else None,
        "decision": view.content.decision if view.content else None,
        "walk": record.walk,
        "status": record.ruling.status(on=on) if record.ruling else None,
        "allowed": [act.value for act in view.allowed],
    }
