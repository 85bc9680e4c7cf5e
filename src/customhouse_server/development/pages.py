"""Pages of the programme: the board of projects, a dossier of any kind with its parts, a project with its money, donors and delivery."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from customhouse_server.desk.refused import refused
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.words import retold
from customhouse_server.development import actions, funding, tranche, writing
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.dossier import TYPES, Dossier, Kind, NotOwnerError, StaleDossierError, UnknownDossierError
from customhouse_server.development.drawing import regions
from customhouse_server.development.form import cleaned, facts, form_of
from customhouse_server.development.framework import in_kind_rules, live_figures
from customhouse_server.development.report import report
from customhouse_server.development.rows import parts_of, row_types
from customhouse_server.development.templatetags.development import word
from customhouse_server.development.told import told_findings
from customhouse_server.development.writing import CASE, HIDDEN, ORIGIN, NotByHandError, Place, Seen
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.current import event_store
from customhouse_server.tariff.day import today

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
_CHOSEN_BESIDE = "pledge"
"""What is chosen for a tranche from the pledges that fit."""


@require_safe
@for_roles(PROGRAMME)
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """The pipeline of projects by state and by region, the diagnostics, and what is overdue."""
    projects = actions.listed(person, Kind.PROJECT)
    board = [(state, [each for each in projects if each.value.state is state]) for state in project.State]
    asked = request.GET
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
    return render(request, "development/home.html", context)


@require_POST
@for_roles(PROGRAMME)
def open_dossier(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    """Open a dossier from what was typed."""
    of = _kind(kind)
    try:
        found = writing.opened_from(person, of, typed(writing.form_to_open(of), request.POST), at=timezone.now())
    except REFUSALS as refusal:
        shown = fields(form_of(TYPES[of], without=HIDDEN), request.POST, refusal)
        back = request.POST.get("back") if request.POST.get("back") in _BACK else "development:home"
        return refused(request, shown, refusal, title=word(of), back=reverse(back))
    return redirect(_address(of, found.id))


_BACK = ("development:home", "development:donors", "development:delivery", "development:people")


@require_safe
@for_roles(PROGRAMME)
def dossier(request: HttpRequest, person: Person, kind: str, dossier_id: UUID) -> HttpResponse:
    """A dossier of any kind: its fields, its parts, and what its kind adds."""
    found = seen(person, dossier_id, _kind(kind))
    return render(request, "development/dossier.html", described(person, found) | _more(found))


@require_safe
@for_roles(PROGRAMME)
def project_page(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    """A project: where it stands and what is in the way, its case, log frame, money, progress and evaluation."""
    found = seen(person, dossier_id, Kind.PROJECT)
    value, day = found.value, today()
    offer, live = funding.offered(found, on=day), live_figures((each.live for each in value.indicators), on=day)
    pledges = {str(each.id): each for each in actions.listed(person, Kind.PLEDGE)}
    case = form_of(CASE)
    context = described(person, found) | {
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
        "tranche_fields": [each for each in fields(writing.row_form("tranches")) if each.name != _CHOSEN_BESIDE],
        "evaluation_fields": fields(writing.row_form("evaluations")),
        "is_owner": found.owner == person.username,
        "provision": value.commitment.split("/", 1) if "/" in value.commitment else (),
    }
    return render(request, "development/project.html", context)


@require_POST
@for_roles(PROGRAMME)
def change_fields(request: HttpRequest, person: Person, kind: str, dossier_id: UUID) -> HttpResponse:
    """Change the fields of a dossier, or of a project's business case."""
    meant, at = _seen(request, kind, dossier_id), timezone.now()
    is_case = "case" in request.POST
    change = writing.change_case if is_case else writing.change_fields
    form: Form[Any] = form_of(CASE if is_case else TYPES[meant.kind], without=HIDDEN)
    return _done(request, meant, lambda: change(person, meant, typed(form, request.POST), at=at), form)


@require_POST
@for_roles(PROGRAMME)
def change_rows(request: HttpRequest, person: Person, kind: str, dossier_id: UUID, part: str) -> HttpResponse:
    """Add a row to a part of a dossier, change it, or remove it."""
    meant, at, number = _seen(request, kind, dossier_id), timezone.now(), request.POST.get("place", "")
    form: Form[Any] = form_of(row_types(meant.kind).get(part, msgspec.Struct))
    written = typed(form, request.POST)
    place = Place(part, int(number[:6])) if is_number(number) else None

    def doing() -> Dossier:
        if place is None:
            return writing.add_row(person, meant, part, written, at=at)
        if "remove" in request.POST:
            return writing.remove_row(person, meant, place, at=at)
        return writing.change_row(person, meant, place, written, at=at)

    return _done(request, meant, doing, None if "remove" in request.POST else form)


@require_POST
@for_roles(PROGRAMME)
def act(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    """Do what has rules of its own with a project: move it, evaluate it, agree, meet or pay a tranche."""
    posted, at = request.POST, timezone.now()
    forms = {act: writing.row_form(part) for act, part in (("commit", "tranches"), ("evaluate", "evaluations"))}
    tranche_typed, evaluation_typed = (typed(form, posted) for form in forms.values())
    doing: dict[str, Callable[[], Dossier]] = {
        "move": lambda: actions.move(person, dossier_id, project.Move(posted["move"]), reason=cleaned(posted.get("reason", "")), at=at),
        "evaluate": lambda: actions.evaluate(person, dossier_id, writing.row_from(person, "evaluations", evaluation_typed), at=at),
        "commit": lambda: tranche.commit(person, dossier_id, writing.row_from(person, "tranches", tranche_typed), at=at),
        "meet": lambda: tranche.meet(person, dossier_id, posted.get("tranche", ""), evidence=cleaned(posted.get("evidence", "")), at=at),
        "pay": lambda: tranche.pay(person, dossier_id, posted.get("tranche", ""), at=at),
    }
    what = posted.get("act", "")
    if what not in doing or (what == "move" and posted.get("move") not in set(project.Move)):
        raise Http404(what)
    return _done(request, Seen(Kind.PROJECT, dossier_id), doing[what], forms.get(what))


@require_POST
@for_roles(PROGRAMME)
def engage(request: HttpRequest, person: Person, dossier_id: UUID, expert_id: UUID) -> HttpResponse:
    """Engage an expert for a mission."""
    meant = Seen(Kind.MISSION, dossier_id)
    return _done(request, meant, lambda: actions.engage(person, dossier_id, expert_id, at=timezone.now()))


@require_safe
@for_roles(PROGRAMME)
def donors(request: HttpRequest, person: Person) -> HttpResponse:
    """Every pledge with its statement, and the reports that are owed."""
    context = {
        "statements": [(each, funding.statement(each)) for each in actions.listed(person, Kind.PLEDGE)],
        "fields": fields(form_of(TYPES[Kind.PLEDGE])),
        "due": [each for each in _due(person) if each["kind"] == "report"],
    }
    return render(request, "development/donors.html", context)


@require_safe
@for_roles(PROGRAMME)
def delivered(request: HttpRequest, person: Person) -> HttpResponse:
    """The requests in their order with the year's plan, the missions, the pool of experts, and follow-ups with their clocks."""
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
    return render(request, "development/delivery.html", context)


@require_safe
@for_roles(PROGRAMME)
def exported(request: HttpRequest, person: Person, kind: str) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """The dossiers of a kind as CSV."""
    of = _kind(kind)
    shown = [each.name for each in form_of(TYPES[of]).free()]
    rows = [[getattr(each.value, name) for name in shown] + [each.state, each.owner] for each in actions.listed(person, of)]
    return csv_response(f"{of.value}.csv", [[*shown, "stands", "of"], *rows])


@require_safe
@for_roles(PROGRAMME)
def printed(request: HttpRequest, person: Person, kind: str, dossier_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """A dossier as PDF: a diagnostic's report, a project's sheet, a donor's statement."""
    found = seen(person, dossier_id, Kind.DIAGNOSTIC if kind == Kind.DIAGNOSTIC else _kind(kind))
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
    day = today()
    reviews = delivery.reviews(found.value.recommendations, found.value.follow_ups, on=day)
    return {"fits": fits, "reviews": reviews, "engaged": [names.get(each, each) for each in found.value.experts]}


def _due(person: Person) -> list[dict[str, object]]:
    """Reports and follow-ups that are still owed, the first due before the others."""
    return actions.due(person, on=today())


def _began(value: project.Project, found: Dossier) -> Any:  # noqa: ANN401 - a day
    """The day from which progress is counted: the first signature, or the last change where nothing is signed."""
    return min((each.signed_on for each in value.agreements), default=found.saved_at.date())


def _done(request: HttpRequest, meant: Seen, doing: Callable[[], object], form: Form[Any] | None = None) -> HttpResponse:
    """Do an act, say what came of it, and go back to the page of its dossier; a form that was refused is shown as it was typed."""
    back = _address(meant.kind, meant.id)
    try:
        doing()
        flash.success(request, _("Done."))
    except (UnknownDossierError, NotByHandError) as error:
        raise Http404(str(error)) from error
    except REFUSALS as refusal:
        if form is not None:
            shown = [each for each in fields(form, request.POST, refusal) if each.name != _CHOSEN_BESIDE]
            return refused(request, shown, refusal, title=word(meant.kind), back=back)
        flash.error(request, retold(refusal))
    return redirect(back)


def _seen(request: HttpRequest, kind: str, dossier_id: UUID) -> Seen:
    text = request.POST.get("version", "")
    return Seen(_kind(kind), dossier_id, int(text[:9]) if is_number(text) else None)


def _address(kind: Kind, dossier_id: UUID) -> str:
    parts = (dossier_id,) if kind is Kind.PROJECT else (kind.value, dossier_id)
    return reverse("development:project" if kind is Kind.PROJECT else "development:dossier", args=parts)


def _kind(text: str) -> Kind:
    if text not in set(Kind) - {Kind.DIAGNOSTIC}:
        raise Http404(text)
    return Kind(text)
