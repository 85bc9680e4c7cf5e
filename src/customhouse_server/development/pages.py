"""Pages of the programme: the board of projects, a dossier of any kind with its parts, a project with its money, donors and delivery."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse import ledger
from customhouse.development import delivery, monitoring, project
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.form import Form, fields, texts, typed
from customhouse_server.desk.number import is_number
from customhouse_server.desk.paper import paper_answer
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.tried import Tried
from customhouse_server.desk.words import retold
from customhouse_server.development import actions, funding, tranche, writing
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.dossier import TYPES, Dossier, Kind, NotOwnerError, StaleDossierError, UnknownDossierError
from customhouse_server.development.drawing import regions
from customhouse_server.development.form import cleaned, facts, form_of
from customhouse_server.development.framework import in_kind_rules, live_figures
from customhouse_server.development.report import report
from customhouse_server.development.rows import parts_of, row_types
from customhouse_server.development.told import told_findings
from customhouse_server.development.writing import CASE, HIDDEN, ORIGIN, NotByHandError, Place, Seen
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.current import event_store
from customhouse_server.tariff.country import current_country

REFUSALS = (
    project.MoveRefusedError,
    monitoring.NotIndependentError,
    actions.EndedProjectError,
    actions.OpenFindingsError,
    actions.UnsuitableExpertError,
    funding.EmptyPledgeError,
    tranche.UnfittingPledgeError,
    tranche.NotPayableError,
    ledger.RefusedMovementError,
    NotOwnerError,
    StaleDossierError,
    FaultyError,
)
_REGISTERS = (Kind.REQUEST, Kind.MISSION, Kind.EXPERT)
_YEAR_DAYS = 100
_UNPROCESSABLE = 422


@require_safe
@for_roles(PROGRAMME)
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """The pipeline of projects by state and by region, the diagnostics, and what is overdue."""
    return home_page(request, person)


def home_page(request: HttpRequest, person: Person, tried: Tried | None = None) -> HttpResponse:
    """The page of the programme, with the form of a new project as it was refused."""
    projects = actions.listed(person, Kind.PROJECT)
    board = [(state, [each for each in projects if each.value.state is state]) for state in project.State]
    asked = tried.posted if tried else request.GET
    context = {
        "board": [(state, found) for state, found in board if found],
        "regions": regions(projects),
        "money": funding.money_by_state(projects),
        "projects": projects,
        "total": len(projects),
        "diagnostics": actions.listed(person, Kind.DIAGNOSTIC),
        "due": _due(person),
        "fields": fields(form_of(TYPES[Kind.PROJECT], without=HIDDEN), asked),
        "origin": [(name, asked[name]) for name in sorted(ORIGIN) if name in asked],
    }
    return drawn(request, "development/home.html", context, tried)


@require_safe
@for_roles(PROGRAMME)
def dossier(request: HttpRequest, person: Person, kind: str, dossier_id: UUID) -> HttpResponse:
    """A dossier of any kind: its fields, its parts, and what its kind adds."""
    return _page(request, person, seen(person, dossier_id, kind_of(kind)))


@require_safe
@for_roles(PROGRAMME)
def project_page(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    """A project: where it stands and what is in the way, its case, log frame, money, progress and evaluation."""
    return _page(request, person, seen(person, dossier_id, Kind.PROJECT))


def _page(request: HttpRequest, person: Person, found: Dossier, tried: Tried | None = None) -> HttpResponse:
    """The page of a dossier, with one of its forms as it was refused."""
    is_project = found.kind is Kind.PROJECT
    context = described(person, found) | (_project(person, found) if is_project else _more(found))
    return drawn(request, f"development/{'project' if is_project else 'dossier'}.html", context, tried)


def _project(person: Person, found: Dossier) -> dict[str, object]:
    value, day = found.value, current_country().legal_day(at=timezone.now())
    offer, live = funding.offered(found, on=day), live_figures((each.live for each in value.indicators), on=day)
    pledges = {str(each.id): each for each in actions.listed(person, Kind.PLEDGE)}
    case = form_of(CASE)
    return {
        "findings": told_findings(project.checked(value, in_kind_rules())),
        "moves": project.possible(value),
        "appraisals": project.appraised(value.business_case),
        "costed": [project.costed(each, in_kind_rules(), currency=value.currency) for each in value.budget],
        "total": project.total(value.budget, in_kind_rules(), currency=value.currency),
        "progress": [
            (each, live.get(of.live))
            for each, of in zip(monitoring.progress(value, since=_began(value, found), on=day), value.indicators, strict=True)
        ],
        "is_made_up": bool(live) and event_store().is_made_up,
        "offer": offer,
        "pledges": pledges,
        "case_fields": fields(case, texts(value.business_case)),
        "case_facts": facts(case, value.business_case),
        "tranche_fields": [each for each in fields(writing.row_form("tranches")) if each.name != "pledge"],
        "evaluation_fields": fields(writing.row_form("evaluations")),
        "is_owner": found.owner == person.username,
        "provision": value.commitment.split("/", 1) if "/" in value.commitment else (),
    }


@require_POST
@for_roles(PROGRAMME)
def change_fields(request: HttpRequest, person: Person, kind: str, dossier_id: UUID) -> HttpResponse:
    """Change the fields of a dossier, or of a project's business case."""
    meant = _seen(request, kind, dossier_id)
    if "case" in request.POST:
        case = typed(form_of(CASE), request.POST)
        return _done(request, person, meant, lambda: writing.change_case(person, meant, case, at=timezone.now()), place="case")
    written = typed(form_of(TYPES[meant.kind], without=HIDDEN), request.POST)
    return _done(request, person, meant, lambda: writing.change_fields(person, meant, written, at=timezone.now()), place="head")


@require_POST
@for_roles(PROGRAMME)
def change_rows(request: HttpRequest, person: Person, kind: str, dossier_id: UUID, part: str) -> HttpResponse:
    """Add a row to a part of a dossier, change it, or remove it."""
    meant, at, number = _seen(request, kind, dossier_id), timezone.now(), request.POST.get("place", "")
    of = row_types(meant.kind).get(part)
    written = typed(form_of(of), request.POST) if of else {}
    place = Place(part, int(number[:6])) if is_number(number) else None

    def doing() -> Dossier:
        if place is None:
            return writing.add_row(person, meant, part, written, at=at)
        if "remove" in request.POST:
            return writing.remove_row(person, meant, place, at=at)
        return writing.change_row(person, meant, place, written, at=at)

    return _done(request, person, meant, doing, place=f"{part}-{place.number}" if place else part)


@require_POST
@for_roles(PROGRAMME)
def act(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    """Do what has rules of its own with a project: move it, evaluate it, agree, meet or pay a tranche."""
    posted, at = request.POST, timezone.now()
    tranches, evaluations = (typed(writing.row_form(part), posted) for part in ("tranches", "evaluations"))
    doing: dict[str, Callable[[], Dossier]] = {
        "move": lambda: actions.move(person, dossier_id, project.Move(posted["move"]), reason=cleaned(posted.get("reason", "")), at=at),
        "evaluate": lambda: actions.evaluate(person, dossier_id, writing.row_from(person, "evaluations", evaluations), at=at),
        "commit": lambda: tranche.commit(person, dossier_id, writing.row_from(person, "tranches", tranches), at=at),
        "meet": lambda: tranche.meet(person, dossier_id, posted.get("tranche", ""), evidence=cleaned(posted.get("evidence", "")), at=at),
        "pay": lambda: tranche.pay(person, dossier_id, posted.get("tranche", ""), at=at),
    }
    what = posted.get("act", "")
    if what not in doing or (what == "move" and posted.get("move") not in set(project.Move)):
        raise Http404(what)
    return _done(request, person, Seen(Kind.PROJECT, dossier_id), doing[what], place=what)


@require_POST
@for_roles(PROGRAMME)
def engage(request: HttpRequest, person: Person, dossier_id: UUID, expert_id: UUID) -> HttpResponse:
    """Engage an expert for a mission."""
    meant = Seen(Kind.MISSION, dossier_id)
    return _done(request, person, meant, lambda: actions.engage(person, dossier_id, expert_id, at=timezone.now()), place="engage")


@require_safe
@for_roles(PROGRAMME)
def donors(request: HttpRequest, person: Person) -> HttpResponse:
    """Every pledge with its statement, and the reports that are owed."""
    return donors_page(request, person)


def donors_page(request: HttpRequest, person: Person, tried: Tried | None = None) -> HttpResponse:
    """The page of donors, with the form of a pledge as it was refused."""
    context = {
        "statements": [(each, funding.statement(each)) for each in actions.listed(person, Kind.PLEDGE)],
        "fields": fields(form_of(TYPES[Kind.PLEDGE])),
        "due": [each for each in _due(person) if each["kind"] == "report"],
    }
    return drawn(request, "development/donors.html", context, tried)


@require_safe
@for_roles(PROGRAMME)
def delivered(request: HttpRequest, person: Person) -> HttpResponse:
    """The requests in their order with the year's plan, the missions, the pool of experts, and follow-ups with their clocks."""
    return delivery_page(request, person)


def delivery_page(request: HttpRequest, person: Person, tried: Tried | None = None) -> HttpResponse:
    """The page of delivery, with one of its forms as it was refused."""
    text = request.GET.get("days", "")
    days = int(text) if is_number(text) and len(text) < 6 else _YEAR_DAYS  # noqa: PLR2004 - more days than any pool has
    requests = {str(each.id): each for each in actions.listed(person, Kind.REQUEST)}
    places = delivery.planned([(name, each.value) for name, each in requests.items()], delivery.Weights(), days=days)
    context = {
        "places": [(place, requests[place.request]) for place in places],
        "days": days,
        "missions": actions.listed(person, Kind.MISSION),
        "experts": actions.listed(person, Kind.EXPERT),
        "due": [each for each in _due(person) if each["kind"] == "follow_up"],
        "forms": [(kind.value, fields(form_of(TYPES[kind], without=HIDDEN))) for kind in _REGISTERS],
    }
    return drawn(request, "development/delivery.html", context, tried)


@require_safe
@for_roles(PROGRAMME)
def exported(request: HttpRequest, person: Person, kind: str) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """The dossiers of a kind as CSV."""
    of = kind_of(kind)
    shown = [each.name for each in form_of(TYPES[of]).free()]
    rows = [[getattr(each.value, name) for name in shown] + [each.state, each.owner] for each in actions.listed(person, of)]
    return csv_response(f"{of.value}.csv", [[*shown, "stands", "of"], *rows])


@require_safe
@for_roles(PROGRAMME)
def printed(request: HttpRequest, person: Person, kind: str, dossier_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """A dossier as PDF: a diagnostic's report, a project's sheet, a donor's statement."""
    found = seen(person, dossier_id, Kind.DIAGNOSTIC if kind == Kind.DIAGNOSTIC else kind_of(kind))
    return paper_answer(f"{found.kind}-{found.id}", report(found), at=found.saved_at)


def seen(person: Person, dossier_id: UUID, kind: Kind) -> Dossier:
    """A dossier, or a page that says it is not there."""
    try:
        return actions.seen(person, dossier_id, kind)
    except UnknownDossierError as error:
        raise Http404(str(error)) from error


def described(person: Person, found: Dossier) -> dict[str, object]:
    """What every page of a dossier shows."""
    form: Form[Any] = form_of(TYPES[found.kind], without=HIDDEN)
    return {
        "dossier": found,
        "person": person,
        "may_change": actions.may_change(person, found) and not actions.is_ended(found.value),
        "fields": fields(form, texts(found.value)),
        "facts": facts(form, found.value),
        "parts": parts_of(found.kind, found.value, actions.names()),
        "locked": found.kind is Kind.PLEDGE,
    }


def _more(found: Dossier) -> dict[str, object]:
    if found.kind is Kind.PLEDGE:
        return {"statement": funding.statement(found)}
    if found.kind is not Kind.MISSION:
        return {}
    names = {str(each.id): each.title for each in actions.pool()}
    fits = [(fit, names[fit.expert]) for fit in actions.candidates(found.id, found.value)]
    day = current_country().legal_day(at=timezone.now())
    reviews = delivery.reviews(found.value.recommendations, found.value.follow_ups, on=day)
    return {"fits": fits, "reviews": reviews, "engaged": [names.get(each, each) for each in found.value.experts]}


def _due(person: Person) -> list[dict[str, object]]:
    """Reports and follow-ups that are still owed, the first due before the others."""
    return actions.due(person, on=current_country().legal_day(at=timezone.now()))


def _began(value: project.Project, found: Dossier) -> Any:  # noqa: ANN401 - a day
    """The day from which progress is counted: the first signature, or the last change where nothing is signed."""
    return min((each.signed_on for each in value.agreements), default=found.saved_at.date())


def drawn(request: HttpRequest, template: str, context: dict[str, object], tried: Tried | None) -> HttpResponse:
    """A page, where one of its forms was refused with that form as it was typed and why."""
    if tried:
        flash.error(request, retold(tried.refusal))
    return render(request, template, context | {"tried": tried}, status=_UNPROCESSABLE if tried else 200)


def _done(request: HttpRequest, person: Person, meant: Seen, doing: Callable[[], object], *, place: str) -> HttpResponse:
    """Do an act and go back to the page of its dossier; refused, the form at its place stands there as it was typed."""
    try:
        doing()
    except (UnknownDossierError, NotByHandError) as error:
        raise Http404(str(error)) from error
    except REFUSALS as refusal:
        return _page(request, person, seen(person, meant.id, meant.kind), Tried(place, request.POST, refusal))
    flash.success(request, _("Done."))
    return redirect(*page_of(meant.kind, meant.id))


def _seen(request: HttpRequest, kind: str, dossier_id: UUID) -> Seen:
    text = request.POST.get("version", "")
    return Seen(kind_of(kind), dossier_id, int(text[:9]) if is_number(text) else None)


def page_of(kind: Kind, dossier_id: UUID) -> tuple[str, ...]:
    """The name and the parts of the address of a dossier's page."""
    return ("development:project", str(dossier_id)) if kind is Kind.PROJECT else ("development:dossier", kind.value, str(dossier_id))


def kind_of(text: str) -> Kind:
    """A kind that has pages of its own making; a diagnostic has others."""
    if text not in set(Kind) - {Kind.DIAGNOSTIC}:
        raise Http404(text)
    return Kind(text)
