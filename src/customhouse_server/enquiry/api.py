"""The enquiry point over the interface: asked and followed, and worked by customs; each a thin shell over `actions`."""

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Field, Router, Schema

from customhouse_server.enquiry import actions
from customhouse_server.enquiry.actions import Asking
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest, submission_of
from customhouse_server.gateway.problem import json_response, problem
from customhouse_server.gateway.submission import seed
from customhouse_server.portal.actions import made_public
from customhouse_server.portal.limit import within_limit
from customhouse_server.tariff.country import current_country

router = Router(tags=["enquiries"])
_FOLLOWED = ("reference", "topic", "question", "asked_on", "due_on", "answer", "answered_on")


class Question(Schema):
    """A question on a topic, and where the answer may be sent, if anywhere."""

    topic: str
    question: str
    address: str = ""


class Receipt(Schema):
    """What opens an answer: the reference, and the passphrase that was told with it."""

    reference: str
    passphrase: str


class AnswerText(Schema):
    """An answer in words."""

    text: str = Field(min_length=1, max_length=50_000)


class OfficeNamed(Schema):
    """An office; none for any."""

    office: str


class GeneralQuestion(Schema):
    """The question in general words, without the affairs of who asked."""

    question: str = Field(max_length=5_000)


@router.get("/enquiries", summary="List questions that wait, and those answered last")
def enquiries(request: CalledRequest) -> HttpResponse:
    """Answer with the questions that wait for one's offices, the most urgent first, and with those that they answered last."""
    return json_response({"enquiries": actions.worklist(request.auth.person), "answered": actions.answered(request.auth.person)})


@router.post("/enquiries", openapi_extra=ONCE, summary="Ask a question")
def ask(request: CalledRequest, body: Question) -> HttpResponse:
    """Ask a question in the language of the call; the receipt opens the answer. As many come from one address in an hour as on the page.

    The passphrase is kept nowhere; a call sent again under its key is told the same one.
    """
    if not within_limit(request, "enquiry"):
        return problem(429, "Too many questions", "many questions came from your address in the last hour: try again later")
    asking = Asking(body.topic, body.question, get_language() or "en", body.address)
    passphrase = actions.passphrase_of(seed(submission_of(request, request.body)))

    def act() -> object:
        receipt = actions.ask(asking, at=request.auth.at, passphrase=passphrase)
        return {"reference": receipt.reference, "due_on": receipt.due_on}

    return done(request, act, status=201, besides=lambda kept: {"passphrase": actions.told_again(kept["reference"], passphrase)})


@router.post("/enquiries/follow", summary="Follow a question")
def follow(request: CalledRequest, body: Receipt) -> HttpResponse:  # noqa: ARG001 - for whoever has both words
    """Answer with the question and its answer, for whoever has the reference and the passphrase."""
    found = actions.follow(body.reference, body.passphrase)
    return json_response({name: getattr(found, name) for name in _FOLLOWED})


@router.get("/enquiries/answers", summary="Questions answered")
def published_answers(request: CalledRequest) -> HttpResponse:
    """Answer with what was answered and may help others, and how soon customs answers."""
    on = current_country().legal_day(at=request.auth.at)
    return json_response(made_public("answers", actions.answers(), on=on).told() | {"reply_time": actions.figures(on=on)})


@router.get("/enquiries/{reference}", summary="A question")
def enquiry(request: CalledRequest, reference: str) -> HttpResponse:
    """Answer with one question for the caller's offices, or for any."""
    return json_response(actions.seen(request.auth.person, reference))


@router.post("/enquiries/{reference}/answer", openapi_extra=ONCE, summary="Answer a question")
def answer_enquiry(request: CalledRequest, reference: str, body: AnswerText) -> HttpResponse:
    """Answer a question; it is answered once."""

    def act() -> object:
        actions.answer(request.auth.person, reference, body.text, at=request.auth.at)
        return {"reference": reference}

    return done(request, act)


@router.post("/enquiries/{reference}/office", openapi_extra=ONCE, summary="Give a question to another office")
def route_enquiry(request: CalledRequest, reference: str, body: OfficeNamed) -> HttpResponse:
    """Give a question that waits to another office, or to any, as a supervisor."""

    def act() -> object:
        actions.route(request.auth.person, reference, body.office, at=request.auth.at)
        return {"reference": reference, "office": body.office}

    return done(request, act)


@router.post("/enquiries/{reference}/publication", openapi_extra=ONCE, summary="Publish an answer")
def publish_answer(request: CalledRequest, reference: str, body: GeneralQuestion) -> HttpResponse:
    """Publish an answer that helps others, as a supervisor."""

    def act() -> object:
        actions.publish(request.auth.person, reference, body.question, at=request.auth.at)
        return actions.seen(request.auth.person, reference)

    return done(request, act)
