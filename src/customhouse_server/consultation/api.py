"""Consultations over the interface: drafts opened, read, commented, answered and decided; each a thin shell over `actions`."""

import msgspec
from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse_server.consultation import actions
from customhouse_server.consultation.actions import Adopting, Disposing
from customhouse_server.consultation.store import Draft
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response, problem
from customhouse_server.portal.limit import within_limit
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import Day

router = Router(tags=["consultations"])


class CommentText(Schema):
    """A comment, and the name under which it is published (none: without a name)."""

    text: str = Field(min_length=1, max_length=actions.LONGEST)
    author: str = Field(default="", max_length=150)


class DraftText(Schema):
    """What is put to the public, until when, and from when it is planned to bind."""

    title: str = Field(max_length=200)
    text: str
    legal_basis: str = Field(default="", max_length=200)
    closes_on: Day
    planned_on: Day | None = None


class CommentDisposed(Schema):
    """What became of a comment, and why."""

    disposition: str
    response: str


class Adopted(Schema):
    """From which day the rule binds; a day sooner than the law gives needs the reason why it is urgent."""

    effective_on: Day
    urgency: str = ""


class Withdrawn(Schema):
    """Why a draft is withdrawn."""

    reason: str


@router.get("/consultations", summary="Drafts open to comments, and those decided")
def consultations(request: CalledRequest) -> HttpResponse:
    """Answer with the drafts, those that close last first."""
    on = current_country().legal_day(at=request.auth.at)
    return json_response({"consultations": [{"is_open": each.is_open(on=on), **_told(each)} for each in actions.listed()]})


@router.get("/consultations/{int:number}", summary="A draft")
def consultation(request: CalledRequest, number: int) -> HttpResponse:
    """Answer with one draft, its comments, and what became of each."""
    found = actions.consultation(number)
    on = current_country().legal_day(at=request.auth.at)
    return json_response({"is_open": found.is_open(on=on), **_told(found), "comments": actions.comments(number)})


@router.post("/consultations", openapi_extra=ONCE, summary="Open a draft to comments")
def open_draft(request: CalledRequest, body: DraftText) -> HttpResponse:
    """Put a draft to the public from today on, for as many days at least as the law gives."""
    draft = Draft(**body.model_dump())

    def act() -> object:
        return {"number": actions.open_draft(request.auth.person, draft, at=request.auth.at)}

    return done(request, act, status=201)


@router.post("/consultations/{int:number}/comments", openapi_extra=ONCE, summary="Comment on a draft")
def comment_on_draft(request: CalledRequest, number: int, body: CommentText) -> HttpResponse:
    """Comment on a draft while it is open; as many comments come from one address in an hour as on the page."""
    if not within_limit(request, "comment"):
        return problem(429, "Too many comments", "much came from your address in the last hour: try again later")

    def act() -> object:
        return {"number": number, "comment": actions.comment(number, body.author, body.text, at=request.auth.at)}

    return done(request, act, status=201)


@router.post("/consultations/{int:number}/comments/{int:comment}/disposition", openapi_extra=ONCE, summary="Say what became of a comment")
def dispose_of_comment(request: CalledRequest, number: int, comment: int, body: CommentDisposed) -> HttpResponse:
    """Say what became of a comment, and why, until the draft is decided."""

    def act() -> object:
        actions.dispose(request.auth.person, number, comment, Disposing(body.disposition, body.response), at=request.auth.at)
        return {"comments": actions.comments(number)}

    return done(request, act)


@router.post("/consultations/{int:number}/adoption", openapi_extra=ONCE, summary="Adopt a draft")
def adopt_draft(request: CalledRequest, number: int, body: Adopted) -> HttpResponse:
    """Adopt a draft that has closed and whose comments are answered; a notice tells from which day it binds."""

    def act() -> object:
        actions.adopt(request.auth.person, number, Adopting(body.effective_on, body.urgency), at=request.auth.at)
        return _told(actions.consultation(number))

    return done(request, act)


@router.post("/consultations/{int:number}/withdrawal", openapi_extra=ONCE, summary="Withdraw a draft")
def withdraw_draft(request: CalledRequest, number: int, body: Withdrawn) -> HttpResponse:
    """Withdraw a draft, with a reason."""

    def act() -> object:
        actions.withdraw(request.auth.person, number, body.reason, at=request.auth.at)
        return _told(actions.consultation(number))

    return done(request, act)


def _told(found: actions.Consultation) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(found)
    return told
