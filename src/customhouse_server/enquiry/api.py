"""The enquiry point over the interface; each a thin shell over `actions`."""

import msgspec
from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse_server.enquiry import actions
from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import CalledRequest, submission_of
from customhouse_server.gateway.problem import json_response, response
from customhouse_server.gateway.submission import Answer

router = Router(tags=["enquiries"])


class AnswerText(Schema):
    """An answer in words."""

    text: str = Field(min_length=1, max_length=50_000)


@router.get("/enquiries", summary="List questions that wait")
def enquiries(request: CalledRequest) -> HttpResponse:
    """Answer with the questions that wait for one's offices, the most urgent first."""
    return json_response({"enquiries": actions.worklist(request.auth.person)})


@router.post("/enquiries/{reference}/answer", summary="Answer a question")
def answer_enquiry(request: CalledRequest, reference: str, body: AnswerText) -> HttpResponse:
    """Answer a question; it is answered once."""

    def answered() -> Answer:
        actions.answer(request.auth.person, reference, body.text, at=request.auth.at)
        return Answer(200, msgspec.json.encode({"reference": reference}))

    return response(once(submission_of(request, request.body), answered, at=request.auth.at))
