"""Research papers over the interface: calls answered, papers submitted, reviewed and decided on; each a thin shell over its action."""

from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse.research import review
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.register import actions, author, reviewing
from customhouse_server.register.author import Mine
from customhouse_server.register.kind import KINDS
from customhouse_server.tariff.country import current_country

router = Router(tags=["registers"])
_OWN = ("code", "call", "stage", "round", "title", "abstract", "authors", "institutions", "data_sets", "manuscript", "reason")
"""What an author learns of a paper of their own: not who reviews it."""


class AbstractWritten(Schema):
    """What a paper is about, who writes it, and which data sets it asks for by their titles."""

    title: str
    abstract: str
    authors: list[str]
    institutions: list[str] = Field(default_factory=list)
    data_sets: list[str] = Field(default_factory=list)


class ManuscriptNamed(Schema):
    """The address of the text of a paper, which does not name its authors."""

    manuscript: str


class PaperReviewed(Schema):
    """What a reviewer finds: four criteria from 1 to 5, words and a verdict; an editor names the reviewer who does not sign in."""

    relevance: int
    method: int
    evidence: int
    clarity: int
    verdict: review.Verdict
    to_author: str
    to_chair: str = ""
    reviewer: str = ""


class Step(Schema):
    """What is done to a paper, and why where its reviews speak for something else."""

    act: review.Act
    reason: str = ""


@router.get("/registers/papers/mine", summary="Your papers, and those you are asked to review")
def own_papers(request: CalledRequest) -> HttpResponse:
    """Answer with the papers that the caller handed in, and with those that the caller is asked to review, without their authors."""
    person = request.auth.person
    return json_response({"papers": [_own(each) for each in author.mine(person)], "to_review": reviewing.to_review(person)})


@router.get("/registers/papers/mine/{int:number}", summary="A paper of your own")
def own_paper(request: CalledRequest, number: int) -> HttpResponse:
    """Answer with where a paper of the caller's stands, and with what its reviewers tell once it is decided."""
    return json_response(_own(author.own(request.auth.person, number)))


@router.post("/registers/calls/{int:number}/answers", openapi_extra=ONCE, summary="Answer a call for papers")
def answer_call(request: CalledRequest, number: int, body: AbstractWritten) -> HttpResponse:
    """Answer an open call with an abstract, which is a proposed paper."""
    person, posted = request.auth.person, body.model_dump()
    return done(request, lambda: _own(author.own(person, author.answer_call(person, number, posted, at=request.auth.at))), status=201)


@router.put("/registers/papers/mine/{int:number}", openapi_extra=ONCE, summary="Correct your abstract")
def correct_abstract(request: CalledRequest, number: int, body: AbstractWritten) -> HttpResponse:
    """Correct an abstract of one's own, whole, while its call is open and nobody has decided on it."""

    def act() -> object:
        author.correct(request.auth.person, number, body.model_dump(), at=request.auth.at)
        return _own(author.own(request.auth.person, number))

    return done(request, act)


@router.post("/registers/papers/mine/{int:number}/submission", openapi_extra=ONCE, summary="Submit your paper")
def submit_paper(request: CalledRequest, number: int, body: ManuscriptNamed) -> HttpResponse:
    """Submit a paper of one's own by the address of its text."""

    def act() -> object:
        author.submit(request.auth.person, number, body.manuscript, at=request.auth.at)
        return _own(author.own(request.auth.person, number))

    return done(request, act)


@router.get("/registers/papers/to-review/{int:number}", summary="A paper that you are asked to review")
def paper_to_review(request: CalledRequest, number: int) -> HttpResponse:
    """Answer with a paper as its reviewer sees it: nothing of its authors."""
    return json_response(reviewing.blind(request.auth.person, number))


@router.get("/registers/papers/{int:number}/reviews", summary="Reviews of a paper")
def paper_reviews(request: CalledRequest, number: int) -> HttpResponse:
    """Answer with every review, what those of the last round speak for, what can be done, and who does not sign in, as who decides."""
    return json_response(reviewing.before_chair(request.auth.person, number))


@router.post("/registers/papers/{int:number}/reviews", openapi_extra=ONCE, summary="Review a paper")
def review_paper(request: CalledRequest, number: int, body: PaperReviewed) -> HttpResponse:
    """Review a paper that one is asked to review, once a round; or enter the review of somebody who does not sign in, as an editor."""

    def act() -> object:
        reviewing.give_review(request.auth.person, number, body.model_dump(), at=request.auth.at)
        return {"number": number, "verdict": body.verdict}

    return done(request, act, status=201)


@router.post("/registers/papers/{int:number}/steps", openapi_extra=ONCE, summary="Take a paper a step on")
def step_paper(request: CalledRequest, number: int, body: Step) -> HttpResponse:
    """Grant access to data, submit, return, accept, decline or publish a paper, as its table of steps allows."""
    person = request.auth.person

    def act() -> object:
        reviewing.step(person, number, body.act, body.reason, at=request.auth.at)
        return actions.entry(KINDS["papers"], number, person, on=current_country().legal_day(at=request.auth.at)).told()

    return done(request, act)


@router.get("/registers/reviewers/assignment", summary="Who reads which paper")
def review_assignment(request: CalledRequest) -> HttpResponse:
    """Answer with every reviewer and the codes of the submitted papers that they are asked to review."""
    return json_response({"papers_of": reviewing.readers(request.auth.person)})


@router.post("/registers/reviewers/assignment", openapi_extra=ONCE, summary="Give submitted papers to reviewers")
def assign_reviews(request: CalledRequest) -> HttpResponse:
    """Give every submitted paper without reviewers to those who may read it, and answer how many each lacks."""
    return done(request, lambda: {"lacking": reviewing.assign(request.auth.person, at=request.auth.at)})


def _own(found: Mine) -> dict[str, object]:
    return {"number": found.number} | {name: getattr(found.paper, name) for name in _OWN} | {"reviews": found.reviews}
