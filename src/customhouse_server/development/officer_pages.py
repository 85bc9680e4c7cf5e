"""Pages of people: an officer's own development, and for supervisors the officers, their certificates, posts and figures."""

import datetime as dt

import msgspec
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse.development import people as competence
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.words import retold
from customhouse_server.development import actions
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.dossier import TYPES, Kind
from customhouse_server.development.form import UnreadableFieldError, fields_of, read
from customhouse_server.development.pages import typed_in
from customhouse_server.people import actions as people
from customhouse_server.people.actions import OwnAssessmentError, UnknownCompetenceError, UnknownPersonError
from customhouse_server.people.framework import people_framework
from customhouse_server.people.store import Attended
from customhouse_server.tariff.day import today

_REFUSALS = (OwnAssessmentError, UnknownCompetenceError, UnreadableFieldError)
_FEWEST = 5


class _Course(msgspec.Struct, frozen=True, kw_only=True):
    """A course as it is typed."""

    course: str
    on: dt.date


@require_safe
@for_roles(CUSTOMS)
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """What one is certified to do and until when, what one's job lacks, and the way there."""
    return render(request, "development/officer.html", _development(person, person.username) | {"is_mine": True})


@require_safe
@for_roles(PROGRAMME)
def officers(request: HttpRequest, person: Person) -> HttpResponse:
    """The posts and the figures of the workforce."""
    posts = actions.listed(person, Kind.POST)
    context = {
        "posts": posts,
        "figures": competence.workforce([each.value for each in posts], on=today(), fewest=_FEWEST),
        "fields": fields_of(TYPES[Kind.POST]),
        "profiles": people_framework().profiles,
    }
    return render(request, "development/people.html", context)


@require_safe
@for_roles(PROGRAMME)
def officer(request: HttpRequest, person: Person, username: str) -> HttpResponse:
    """An officer's development, with the forms to certify him and to record a course."""
    try:
        context = _development(person, username)
    except UnknownPersonError as error:
        raise Http404(str(error)) from error
    return render(request, "development/officer.html", context | {"is_mine": username == person.username})


@require_POST
@for_roles(PROGRAMME)
def certify(request: HttpRequest, person: Person, username: str) -> HttpResponse:
    """Certify an officer, or record a course that he attended."""
    posted, at = request.POST, timezone.now()
    try:
        if posted.get("course"):
            attended = read(_Course, typed_in(request, _Course))
            people.attend(person, username, Attended(attended.course, attended.on, passed="passed" in posted), at=at)
        else:
            given = read(competence.Certificate, typed_in(request, competence.Certificate), {"assessed_by": person.username})
            people.certify(person, username, given, at=at)
        flash.success(request, _("Done."))
    except UnknownPersonError as error:
        raise Http404(str(error)) from error
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    return redirect("development:officer", username)


@require_safe
@for_roles(PROGRAMME)
def workforce_file(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """The figures of the workforce as CSV, small units, years and groups hidden as on the page."""
    figures = competence.workforce([each.value for each in actions.listed(person, Kind.POST)], on=today(), fewest=_FEWEST)
    rows: list[tuple[str, object, int | None]] = [(name, "", getattr(figures, name)) for name in ("posts", "headcount", "vacant")]
    rows += [("unit", unit, count) for unit, count in figures.by_unit.items()]
    rows += [("retirements", year, count) for year, count in figures.retirements.items()]
    rows += [("group", group, count) for group, count in figures.groups.items()]
    told = [(name, of, "hidden" if count is None else count) for name, of, count in rows]
    return csv_response("workforce.csv", [("figure", "of", "count"), *told])


def _development(by: Person, username: str) -> dict[str, object]:
    officer_seen = people.officer(by, username)
    framework, certificates, day = people_framework(), people.certificates(by, username), today()
    post = actions.post_of(username)
    profile = framework.profile(post.value.profile) if post else None
    gaps = competence.gaps(profile, certificates, framework=framework, on=day) if profile else ()
    return {
        "officer": officer_seen,
        "profile": profile,
        "gaps": [(gap, framework.competence(gap.competence)) for gap in gaps],
        "held": [(each, competence.held(each, certificates, on=day)) for each in framework.competences],
        "path": competence.learning_path(gaps, framework),
        "certificates": certificates[::-1],
        "attended": people.attended(by, username),
        "gates": [each for each in framework.permissions if each.is_in_force],
        "framework": framework,
        "levels": list(competence.Level),
        "today": day.isoformat(),
    }
