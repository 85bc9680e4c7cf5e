"""Consultations over the interface: the drafts and their comments read, and a comment made; each a thin shell over `actions`."""

import msgspec
from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse_server.consultation import actions
from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import CalledRequest, submission_of
from customhouse_server.gateway.problem import json_response, problem, response
from customhouse_server.gateway.submission import Answer
from customhouse_server.portal.limit import within_limit
from customhouse_server.tariff.country import current_country

router = Router(tags=["consultations"])


class CommentText(Schema):
    """A comment, and the name under which it is published (none: without a name)."""

    text: str = Field(min_length=1, max_length=actions.LONGEST)
    author: str = Field(default="", max_length=150)


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


@router.post("/consultations/{int:number}/comments", summary="Comment on a draft")
def comment_on_draft(request: CalledRequest, number: int, body: CommentText) -> HttpResponse:
    """Comment on a draft while it is open; as many comments come from one address in an hour as on the page."""
    if not within_limit(request, "comment"):
        return problem(429, "Too many comments", "much came from your address in the last hour: try again later")

    def answered() -> Answer:
        made = actions.comment(number, body.author, body.text, at=request.auth.at)
        return Answer(201, msgspec.json.encode({"number": number, "comment": made}))

    return response(once(submission_of(request, request.body), answered, at=request.auth.at))


def _told(found: actions.Consultation) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(found)
    return told
