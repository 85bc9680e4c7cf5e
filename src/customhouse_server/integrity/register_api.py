"""Registers of integrity over the interface: risk map, self-assessment, contracts, interests, gifts; each a thin shell over its action."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

import msgspec
from django.http import HttpResponse
from ninja import Field, Path, Query, Router, Schema

from customhouse.development import integrity
from customhouse.kernel import months_after
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.integrity import exported, register, rulebook
from customhouse_server.integrity.register import Became, GiftTold
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import Day

router = Router(tags=["integrity"])
Year = Annotated[int, Path(ge=1, le=9999)]


class ControlFound(Schema):
    """A control of a function, by its name in the risk map, that was found to work."""

    control: str


class Planned(Schema):
    """What is to be done, by whom and until when."""

    text: str
    owner: str
    due_on: Day


class FactorAnswer(Schema):
    """The level that is claimed for a question, its evidence, the gap that remains, and what is done about it."""

    question: str
    level: int
    evidence: str = ""
    gap: str = ""
    plan: list[Planned] = Field(default_factory=list)


class Bound(Schema):
    """Whom a contract binds: an office, or an officer."""

    office: str = ""
    officer: str = ""


class OfMonth(Schema):
    """A month, as 2026-03; without it the last whole one."""

    month: str = Field(default="", pattern="^((19|20|21)[0-9]{2}-(0[1-9]|1[0-2]))?$")


class Remark(OfMonth):
    """What one side says of a month."""

    text: str


class TieDeclared(Schema):
    """A tie to trade."""

    party: str
    tie: integrity.interest.Tie
    since: Day
    note: str = ""


class GiftOffered(Schema):
    """What one was offered, and what became of it; a value has a currency."""

    giver: str
    what: str
    offered_on: Day
    became: Became
    value: Decimal | None = Field(default=None, max_digits=12, decimal_places=2)
    currency: str = ""


class Reviewed(Schema):
    """What somebody else thinks of it."""

    text: str = Field(min_length=1)


@router.get("/integrity/risks", summary="The risk map of integrity")
def risk_map(request: CalledRequest) -> HttpResponse:
    """Answer with every function, the gravest first, its controls as they were last found to work, and what is planned."""
    rated = register.risks(request.auth.person, on=_day(request))
    return json_response(exported.risk_document(rulebook.risk_map(), rated) | {"planned": register.planned_actions(request.auth.person)})


@router.post("/integrity/risks/{function}/controls", openapi_extra=ONCE, summary="Find a control to work")
def control_works(request: CalledRequest, function: str, body: ControlFound) -> HttpResponse:
    """Keep that a control was found to work today; from then on it counts for a year."""

    def act() -> object:
        register.control_works(request.auth.person, function, body.control, at=request.auth.at)
        return {"function": function, "control": body.control, "tested_on": _day(request)}

    return done(request, act, status=201)


@router.post("/integrity/risks/{function}/actions", openapi_extra=ONCE, summary="Plan something against a risk")
def plan_against_risk(request: CalledRequest, function: str, body: Planned) -> HttpResponse:
    """Plan what is to be done about a function, by whom and until when."""
    action = integrity.risk_map.Action(**body.model_dump())
    return done(request, lambda: {"id": register.plan(request.auth.person, function, action, at=request.auth.at)}, status=201)


@router.post("/integrity/actions/{int:number}/completion", openapi_extra=ONCE, summary="Say that an action is done")
def action_done(request: CalledRequest, number: int) -> HttpResponse:
    """Keep that what was planned against a risk is done."""

    def act() -> object:
        register.action_done(request.auth.person, number, at=request.auth.at)
        return {"id": number, "done_on": _day(request)}

    return done(request, act)


@router.get("/integrity/assessments/{int:year}", summary="The self-assessment of a year")
def self_assessment(request: CalledRequest, year: Year) -> HttpResponse:
    """Answer with the ten factors beside the year before, what is asked of each, and what was answered."""
    given, standings = register.answers(request.auth.person, year), register.standings(request.auth.person, year)
    questions = rulebook.questions()
    document = exported.assessment_document(questions, standings, given, year=year)
    return json_response(document | {"questions": questions.questions})


@router.post("/integrity/assessments/{int:year}/answers", openapi_extra=ONCE, summary="Answer a question of the self-assessment")
def answer_question(request: CalledRequest, year: Year, body: FactorAnswer) -> HttpResponse:
    """Claim a level with its evidence; the last answer of a year counts, and those before stay."""
    given = msgspec.convert(body.model_dump(), integrity.self_assessment.Answer)

    def act() -> object:
        register.answer(request.auth.person, year, given, at=request.auth.at)
        return given

    return done(request, act, status=201)


@router.get("/integrity/contracts", summary="Performance contracts")
def contracts(request: CalledRequest) -> HttpResponse:
    """Answer with the contracts that concern the caller; with every one for a member."""
    return json_response({"contracts": register.contracts(request.auth.person)})


@router.post("/integrity/contracts", openapi_extra=ONCE, summary="Offer a performance contract")
def offer_contract(request: CalledRequest, body: Bound) -> HttpResponse:
    """Offer a contract to an office or an officer, with the terms as they are now."""
    scope = integrity.contract.Scope(**body.model_dump())
    return done(request, lambda: {"id": register.offer(request.auth.person, scope, at=request.auth.at)}, status=201)


@router.get("/integrity/contracts/{int:contract_id}", summary="A month of a performance contract")
def contract(request: CalledRequest, contract_id: int, query: Query[OfMonth]) -> HttpResponse:
    """Answer with what came of each pair in a month beside what is agreed, and with what both sides say of it."""
    return json_response(register.month_of(request.auth.person, contract_id, month=_month(request, query)))


@router.post("/integrity/contracts/{int:contract_id}/agreement", summary="Agree to a performance contract")
def agree_to_contract(request: CalledRequest, contract_id: int) -> HttpResponse:
    """Agree to a contract, as the officer or a supervisor of the office whom it binds."""
    register.agree(request.auth.person, contract_id, at=request.auth.at)
    return contracts(request)


@router.post("/integrity/contracts/{int:contract_id}/remarks", openapi_extra=ONCE, summary="Say something of a month of a contract")
def remark_on_contract(request: CalledRequest, contract_id: int, body: Remark) -> HttpResponse:
    """Say, as the side that one is on, what changed in a month."""
    month = _month(request, body)

    def act() -> object:
        register.remark(request.auth.person, contract_id, month=month, text=body.text, at=request.auth.at)
        return {"month": month, "text": body.text}

    return done(request, act, status=201)


@router.get("/integrity/contracts/{int:contract_id}/events/{code}", summary="Events behind a figure of a contract")
def contract_events(request: CalledRequest, contract_id: int, code: str, query: Query[OfMonth]) -> HttpResponse:
    """Answer with the events that make the figure of one indicator in a month."""
    month = _month(request, query)
    found = register.events_of(request.auth.person, contract_id, code, month=month)
    return json_response({"month": month, "total": len(found), "events": [each.happening for each in found]})


@router.get("/integrity/interests", summary="Your ties and gifts")
def own_interests(request: CalledRequest) -> HttpResponse:
    """Answer with what the caller has declared, and by when the caller says again that it is whole."""
    own = register.own(request.auth.person, on=_day(request))
    ties = [{"number": number} | msgspec.to_builtins(tie) for number, tie in own.interests]
    due = {"last_said": own.last_said, "next_on": own.next_on, "is_due": own.is_due}
    return json_response({"interests": ties, "gifts": own.gifts} | due)


@router.post("/integrity/interests", openapi_extra=ONCE, summary="Declare a tie")
def declare_interest(request: CalledRequest, body: TieDeclared) -> HttpResponse:
    """Declare a tie to trade; the desk warns whoever takes on a declaration of that party."""
    tie = integrity.interest.Interest(**body.model_dump())
    return done(request, lambda: {"number": register.declare(request.auth.person, tie, at=request.auth.at)}, status=201)


@router.post("/integrity/interests/{int:number}/end", openapi_extra=ONCE, summary="Say that a tie ended")
def end_interest(request: CalledRequest, number: int) -> HttpResponse:
    """Say that a tie of one's own ended today; it stays on record."""

    def act() -> object:
        register.end_tie(request.auth.person, number, at=request.auth.at)
        return {"number": number, "until": _day(request)}

    return done(request, act)


@router.post("/integrity/interests/statement", openapi_extra=ONCE, summary="Say that what you declared is whole")
def state_interests_whole(request: CalledRequest) -> HttpResponse:
    """Say so, as every year."""

    def act() -> object:
        register.say_whole(request.auth.person, at=request.auth.at)
        return {"last_said": _day(request)}

    return done(request, act, status=201)


@router.post("/integrity/gifts", openapi_extra=ONCE, summary="Record a gift")
def record_gift(request: CalledRequest, body: GiftOffered) -> HttpResponse:
    """Record what one was offered, whatever became of it."""
    gift = GiftTold(**body.model_dump())
    return done(request, lambda: {"id": register.record_gift(request.auth.person, gift, at=request.auth.at)}, status=201)


@router.get("/integrity/declared", summary="Gifts and yearly statements of everybody")
def declared(request: CalledRequest) -> HttpResponse:
    """Answer with what members review: everybody's gifts and statements."""
    gifts, statements = register.to_review(request.auth.person)
    return json_response({"gifts": gifts, "statements": statements})


@router.post("/integrity/gifts/{int:number}/review", openapi_extra=ONCE, summary="Review a gift")
def review_gift(request: CalledRequest, number: int, body: Reviewed) -> HttpResponse:
    """Say what one thinks of somebody else's gift, once."""

    def act() -> object:
        register.review_gift(request.auth.person, number, text=body.text, at=request.auth.at)
        return {"id": number, "review": body.text}

    return done(request, act)


@router.post("/integrity/statements/{int:number}/review", openapi_extra=ONCE, summary="Review a yearly statement")
def review_statement(request: CalledRequest, number: int, body: Reviewed) -> HttpResponse:
    """Say what one thinks of somebody else's yearly statement, once."""

    def act() -> object:
        register.review_statement(request.auth.person, number, text=body.text, at=request.auth.at)
        return {"id": number, "review": body.text}

    return done(request, act)


def _day(request: CalledRequest) -> dt.date:
    return current_country().legal_day(at=request.auth.at)


def _month(request: CalledRequest, asked: OfMonth) -> dt.date:
    return dt.date.fromisoformat(f"{asked.month}-01") if asked.month else months_after(_day(request).replace(day=1), -1)
