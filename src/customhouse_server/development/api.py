"""Development over the interface: dossiers opened, changed and moved, money drawn, experts engaged; each a thin shell over its action."""

from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Field, Path, Router, Schema

from customhouse.development import people as competence
from customhouse.development import project
from customhouse_server.development import actions, funding, tranche, writing
from customhouse_server.development.dossier import Dossier, Kind
from customhouse_server.development.framework import in_kind_rules
from customhouse_server.development.told import told_findings
from customhouse_server.development.writing import Place, Seen
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.people import actions as people
from customhouse_server.people.store import Attended
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import Day

router = Router(tags=["development"])


class Fields(Schema):
    """Fields by name; amounts and days are text, lists are lists."""

    fields: dict[str, str | int | list[str] | None]


class Changed(Fields):
    """Fields to change, and the version of the dossier that was read before (none: whichever is the newest)."""

    version: int | None = None


class RowAddress(Schema):
    """Where a row stands: its dossier, the part, and its place in it, counted from 0."""

    kind: Kind
    dossier_id: UUID
    part: str
    row: int


class DiagnosticAnswer(Schema):
    """The level found and the level wanted, from 0 to 4, the evidence, and what is recommended; what is left out stays."""

    maturity: int | None = None
    wanted: int | None = None
    evidence: str = ""
    recommendation: str = ""


class Answered(Schema):
    """Answers by the code of their question, and the version that was read before."""

    answers: dict[str, DiagnosticAnswer]
    version: int | None = None


class Moved(Schema):
    """What to do with a project, and why where that takes a reason."""

    move: project.Move
    reason: str = ""


class Evidence(Schema):
    """By which evidence a condition is met."""

    evidence: str


class Engaged(Schema):
    """An expert of the pool."""

    expert: UUID


class Certified(Schema):
    """A competence as it was assessed; the assessor is who calls."""

    competence: str
    level: competence.Level
    assessed_on: Day
    evidence: str


class Revoked(Schema):
    """A competence of which nothing is certified any more, and why."""

    competence: str
    reason: str


class CourseAttended(Schema):
    """A course that an officer attended."""

    course: str = Field(max_length=40)
    on: Day
    passed: bool = False


@router.get("/development/due", summary="What is owed to donors and hosts")
def development_due(request: CalledRequest) -> HttpResponse:
    """Answer with the reports and follow-ups that are still owed, with their clocks, the first due before the others."""
    found = actions.due(request.auth.person, on=current_country().legal_day(at=request.auth.at))
    return json_response({"due": [each | {"of": _named(each["of"])} for each in found]})


@router.get("/development/{kind}", summary="Dossiers of a kind")
def dossiers(request: CalledRequest, kind: Kind) -> HttpResponse:
    """The dossiers of a kind, the newest first."""
    return json_response([_told(each) for each in actions.listed(request.auth.person, kind)])


@router.post("/development/{kind}", openapi_extra=ONCE, summary="Open a dossier")
def open_dossier(request: CalledRequest, kind: Kind, body: Fields) -> HttpResponse:
    """Open a dossier of the caller's own; a pledge opens its account, a project may name what it comes from."""
    return done(request, lambda: _told(writing.opened_from(request.auth.person, kind, body.fields, at=request.auth.at)), status=201)


@router.get("/development/{kind}/{uuid:dossier_id}", summary="A dossier")
def dossier(request: CalledRequest, kind: Kind, dossier_id: UUID) -> HttpResponse:
    """One dossier whole; a pledge with its statement, a project with its findings and moves, a mission with the experts who fit."""
    found = actions.seen(request.auth.person, dossier_id, kind)
    return json_response(_told(found) | _more(found))


@router.patch("/development/{kind}/{uuid:dossier_id}", openapi_extra=ONCE, summary="Change fields of a dossier")
def change_dossier(request: CalledRequest, kind: Kind, dossier_id: UUID, body: Changed) -> HttpResponse:
    """Change the fields that are named, as its owner or an administrator; a pledge stands as its donor gave it."""
    seen = Seen(kind, dossier_id, body.version)
    return done(request, lambda: _told(writing.change_fields(request.auth.person, seen, body.fields, at=request.auth.at)))


@router.post("/development/{kind}/{uuid:dossier_id}/parts/{part}", openapi_extra=ONCE, summary="Add a row to a part of a dossier")
def add_row(request: CalledRequest, kind: Kind, dossier_id: UUID, part: str, body: Changed) -> HttpResponse:
    """Add a row at the end of a list of the dossier, or of a project's business case."""
    seen = Seen(kind, dossier_id, body.version)
    return done(request, lambda: _told(writing.add_row(request.auth.person, seen, part, body.fields, at=request.auth.at)), status=201)


@router.patch("/development/{kind}/{uuid:dossier_id}/parts/{part}/{int:row}", openapi_extra=ONCE, summary="Change a row")
def change_row(request: CalledRequest, row: Path[RowAddress], body: Changed) -> HttpResponse:
    """Change the fields that are named of a row, counted from 0."""
    seen, place = Seen(row.kind, row.dossier_id, body.version), Place(row.part, row.row)
    return done(request, lambda: _told(writing.change_row(request.auth.person, seen, place, body.fields, at=request.auth.at)))


@router.delete("/development/{kind}/{uuid:dossier_id}/parts/{part}/{int:row}", openapi_extra=ONCE, summary="Remove a row")
def remove_row(request: CalledRequest, row: Path[RowAddress], version: int | None = None) -> HttpResponse:
    """Remove a row, counted from 0; the version is that of the dossier in which it was read."""
    seen, place = Seen(row.kind, row.dossier_id, version), Place(row.part, row.row)
    return done(request, lambda: _told(writing.remove_row(request.auth.person, seen, place, at=request.auth.at)))


@router.patch("/development/project/{uuid:dossier_id}/case", openapi_extra=ONCE, summary="Change the business case of a project")
def change_case(request: CalledRequest, dossier_id: UUID, body: Changed) -> HttpResponse:
    """Change the fields that are named of a business case; its options and flows are parts."""
    seen = Seen(Kind.PROJECT, dossier_id, body.version)
    return done(request, lambda: _told(writing.change_case(request.auth.person, seen, body.fields, at=request.auth.at)))


@router.post("/development/project/{uuid:dossier_id}/move", openapi_extra=ONCE, summary="Move a project")
def move(request: CalledRequest, dossier_id: UUID, body: Moved) -> HttpResponse:
    """Take a project to its next state."""
    return done(request, lambda: _told(actions.move(request.auth.person, dossier_id, body.move, reason=body.reason, at=request.auth.at)))


@router.post("/development/project/{uuid:dossier_id}/evaluations", openapi_extra=ONCE, summary="Evaluate a project")
def evaluate(request: CalledRequest, dossier_id: UUID, body: Fields) -> HttpResponse:
    """Add what the caller found as its evaluator, who is neither its owner nor of its team."""
    person = request.auth.person

    def act() -> object:
        found = writing.row_from(person, "evaluations", body.fields)
        return _told(actions.evaluate(person, dossier_id, found, at=request.auth.at))

    return done(request, act, status=201)


@router.post("/development/project/{uuid:dossier_id}/tranches", openapi_extra=ONCE, summary="Agree a tranche")
def agree_tranche(request: CalledRequest, dossier_id: UUID, body: Fields) -> HttpResponse:
    """Agree a tranche of a pledge: its amount is reserved, and never more than the pledge has left."""

    def act() -> object:
        return _told(
            tranche.commit(
                request.auth.person, dossier_id, writing.row_from(request.auth.person, "tranches", body.fields), at=request.auth.at
            )
        )

    return done(request, act, status=201)


@router.post("/development/project/{uuid:dossier_id}/tranches/{code}/condition", openapi_extra=ONCE, summary="Meet a condition")
def meet_condition(request: CalledRequest, dossier_id: UUID, code: str, body: Evidence) -> HttpResponse:
    """Say that the condition of a tranche is met, and how one knows."""
    return done(request, lambda: _told(tranche.meet(request.auth.person, dossier_id, code, evidence=body.evidence, at=request.auth.at)))


@router.post("/development/project/{uuid:dossier_id}/tranches/{code}/payment", openapi_extra=ONCE, summary="Pay a tranche")
def pay_tranche(request: CalledRequest, dossier_id: UUID, code: str) -> HttpResponse:
    """Pay a tranche whose condition is met, as somebody else than the owner of the project."""
    return done(request, lambda: _told(tranche.pay(request.auth.person, dossier_id, code, at=request.auth.at)))


@router.post("/development/mission/{uuid:dossier_id}/experts", openapi_extra=ONCE, summary="Engage an expert")
def engage(request: CalledRequest, dossier_id: UUID, body: Engaged) -> HttpResponse:
    """Engage an expert of the pool against whom nothing speaks."""
    return done(request, lambda: _told(actions.engage(request.auth.person, dossier_id, body.expert, at=request.auth.at)))


@router.patch("/development/diagnostic/{uuid:dossier_id}/answers", openapi_extra=ONCE, summary="Answer questions of a diagnostic")
def answer_diagnostic(request: CalledRequest, dossier_id: UUID, body: Answered) -> HttpResponse:
    """Answer the questions that are named; the others stay."""
    seen = Seen(Kind.DIAGNOSTIC, dossier_id, body.version)
    answers = {code: each.model_dump(exclude_unset=True) for code, each in body.answers.items()}
    return done(request, lambda: _told(writing.answer(request.auth.person, seen, answers, at=request.auth.at)))


@router.post("/development/diagnostic/{uuid:dossier_id}/closure", openapi_extra=ONCE, summary="Close a diagnostic")
def close_diagnostic(request: CalledRequest, dossier_id: UUID) -> HttpResponse:
    """Close a diagnostic without an error, which is a record from then on."""
    return done(request, lambda: _told(actions.close(request.auth.person, dossier_id, at=request.auth.at)))


@router.get("/people/{username}/certificates", summary="Certificates")
def certificates(request: CalledRequest, username: str) -> HttpResponse:
    """The certificates of an officer: one's own, or those of one's offices for a supervisor."""
    return json_response(people.certificates(request.auth.person, username))


@router.post("/people/{username}/certificates", openapi_extra=ONCE, summary="Certify an officer")
def certify(request: CalledRequest, username: str, body: Certified) -> HttpResponse:
    """Certify an officer, never oneself."""
    given = competence.Certificate(**body.dict(), assessed_by=request.auth.person.username)

    def act() -> object:
        people.certify(request.auth.person, username, given, at=request.auth.at)
        return given

    return done(request, act, status=201)


@router.post("/people/{username}/revocations", openapi_extra=ONCE, summary="Revoke a certificate")
def revoke(request: CalledRequest, username: str, body: Revoked) -> HttpResponse:
    """Revoke what is certified of an officer, from today on, for a reason."""

    def act() -> object:
        people.revoke(request.auth.person, username, body.competence, reason=body.reason, at=request.auth.at)
        return body.model_dump()

    return done(request, act, status=201)


@router.get("/people/{username}/courses", summary="Courses")
def courses(request: CalledRequest, username: str) -> HttpResponse:
    """The courses that an officer attended: one's own, or those of one's offices for a supervisor."""
    return json_response(people.attended(request.auth.person, username))


@router.post("/people/{username}/courses", openapi_extra=ONCE, summary="Record a course")
def attend(request: CalledRequest, username: str, body: CourseAttended) -> HttpResponse:
    """Record that an officer attended a course; once is enough."""

    def act() -> object:
        people.attend(request.auth.person, username, Attended(body.course, body.on, passed=body.passed), at=request.auth.at)
        return body.model_dump()

    return done(request, act, status=201)


def _more(found: Dossier) -> dict[str, object]:
    match found.kind:
        case Kind.PLEDGE:
            return {"statement": funding.statement(found)}
        case Kind.PROJECT:
            return {"findings": told_findings(project.checked(found.value, in_kind_rules())), "moves": project.possible(found.value)}
        case Kind.MISSION:
            fits = actions.candidates(found.id, found.value)
            return {"candidates": [{"expert": each.expert, "suits": each.suits, "against": list(map(str, each.against))} for each in fits]}
    return {}


def _named(found: Dossier) -> dict[str, object]:
    return {"id": found.id, "kind": found.kind, "title": found.title}


def _told(found: Dossier) -> dict[str, object]:
    return _named(found) | {
        "state": found.state,
        "owner": found.owner,
        "version": found.version,
        "saved_at": found.saved_at,
        "document": msgspec.to_builtins(found.value),
    }
