"""Pages of a diagnostic: its questions saved as one types, its chart, its recommendations, and the way from one to a project."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse.development import diagnostic
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.form import fields
from customhouse_server.desk.number import is_number
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.words import retold
from customhouse_server.development import actions, writing
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.dossier import TYPES, Dossier, Kind, NotOwnerError, StaleDossierError, UnknownDossierError
from customhouse_server.development.drawing import area_bars
from customhouse_server.development.form import cleaned, form_of
from customhouse_server.development.framework import diagnostic_framework, live_figures
from customhouse_server.development.pages import seen
from customhouse_server.development.told import told_findings
from customhouse_server.development.writing import HIDDEN, Seen
from customhouse_server.performance.current import event_store
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import today

_PREFIX = "f."
_LEVELS = range(5)
_TEXTS = ("evidence", "recommendation")
_UNANSWERED = "DIA-01"  # the table beside the chart tells how many questions are answered


@require_POST
@for_roles(PROGRAMME)
def start(request: HttpRequest, person: Person) -> HttpResponse:
    """Open a diagnostic of an administration."""
    at = timezone.now()
    name = cleaned(request.POST.get("administration", ""))[:200] or current_country().code
    return redirect("development:diagnostic", writing.opened_from(person, Kind.DIAGNOSTIC, {"administration": name}, at=at).id)


@require_safe
@for_roles(PROGRAMME)
def page(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    """A diagnostic: scores by area against what is wanted and the one before, findings, recommendations, and the questions."""
    found = seen(person, dossier_id, Kind.DIAGNOSTIC)
    framework, before = diagnostic_framework(), _before(person, found)
    scores = diagnostic.scores(found.value, framework, before=before.value if before else None)
    bars = area_bars(framework, scores)
    live = live_figures((each.indicator for each in framework.questions), on=today())
    context = {
        "dossier": found,
        "person": person,
        "bars": bars,
        "height": len(bars) * 46 + 16,
        "before": before,
        "findings": told_findings(each for each in diagnostic.checked(found.value, framework) if each.code != _UNANSWERED),
        "recommendations": diagnostic.recommendations(found.value, framework),
        "areas": [(area, _questions(found.value, area.code, live)) for area in framework.areas],
        "levels": framework.levels,
        "is_made_up": bool(live) and event_store().is_made_up,
        "may_change": actions.may_change(person, found) and not found.value.closed_on,
        "project_fields": fields(form_of(TYPES[Kind.PROJECT], without=HIDDEN), {"administration": found.value.administration}),
    }
    return render(request, "development/diagnostic.html", context)


@require_POST
@for_roles(PROGRAMME)
def save(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    """Save the answers as typed; a page that types is told when it was saved, a form without script goes back to the page."""
    text = request.POST.get("version", "")
    found = Seen(Kind.DIAGNOSTIC, dossier_id, int(text[:9]) if is_number(text) else None)
    try:
        saved = writing.answer(person, found, _answers(request.POST), at=timezone.now())
    except UnknownDossierError as error:
        raise Http404(str(error)) from error
    except (StaleDossierError, NotOwnerError, actions.OpenFindingsError) as refusal:
        return JsonResponse({"told": retold(refusal)}, status=409)
    if "close" in request.POST:
        return _closed(request, person, dossier_id)
    if "show" in request.POST:
        return redirect("development:diagnostic", dossier_id)
    at = timezone.localtime(saved.saved_at, current_country().time_zone)
    return JsonResponse({"version": saved.version, "told": _("Saved at %(time)s") % {"time": f"{at:%H:%M:%S}"}})


@require_safe
@for_roles(PROGRAMME)
def exported(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """The answers of a diagnostic as CSV."""
    found = seen(person, dossier_id, Kind.DIAGNOSTIC)
    answers = [(each, found.value.answer(each.code)) for each in diagnostic_framework().questions]
    rows = [(each.area, each.code, each.text["en"], a.maturity, a.wanted, a.gap, a.evidence, a.recommendation) for each, a in answers]
    head = ("area", "question", "text", "maturity", "wanted", "gap", "evidence", "recommendation")
    return csv_response("diagnostic.csv", [head, *rows])


def _closed(request: HttpRequest, person: Person, dossier_id: UUID) -> HttpResponse:
    try:
        actions.close(person, dossier_id, at=timezone.now())
        flash.success(request, _("The diagnostic is closed."))
    except actions.OpenFindingsError as refusal:
        flash.error(request, retold(refusal))
    return redirect("development:diagnostic", dossier_id)


def _before(person: Person, found: Dossier) -> Dossier | None:
    """The last closed diagnostic of the same administration that was opened earlier."""
    earlier = [
        each
        for each in actions.listed(person, Kind.DIAGNOSTIC)
        if each.id != found.id and each.value.administration == found.value.administration and each.value.closed_on
    ]
    earlier = [each for each in earlier if each.value.opened_on <= found.value.opened_on]
    return max(earlier, key=lambda each: each.value.closed_on, default=None)


def _questions(value: diagnostic.Diagnostic, area: str, live: Mapping[str, object]) -> list[dict[str, object]]:
    return [
        {"question": each, "answer": value.answer(each.code), "live": live.get(each.indicator)}
        for each in diagnostic_framework().of_area(area)
    ]


def _answers(posted: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """The answers that were typed, by question; a level that is none is as if it were not given."""
    answers: dict[str, dict[str, object]] = {}
    for question in diagnostic_framework().questions:
        typed = {name: posted.get(f"{_PREFIX}{question.code}.{name}") for name in ("maturity", "wanted", *_TEXTS)}
        given = {name: cleaned(text) if name in _TEXTS else _level(text) for name, text in typed.items() if text is not None}
        if given:
            answers[question.code] = given
    return answers


def _level(text: str) -> int | None:
    return int(text) if is_number(text) and len(text) == 1 and int(text) in _LEVELS else None
