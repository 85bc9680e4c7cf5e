"""Pages of people: an officer's own development, and for supervisors the officers, their certificates, posts and figures."""

import datetime as dt
from typing import Any

import msgspec
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse.development import people as competence
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.form import Form, fields, read, typed
from customhouse_server.desk.refused import refused
from customhouse_server.desk.sheet import csv_response
from customhouse_server.development import actions
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.dossier import TYPES, Kind
from customhouse_server.development.form import form_of
from customhouse_server.development.templatetags.development import word
from customhouse_server.development.words import FIELDS
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.people import actions as people
from customhouse_server.people.actions import OwnAssessmentError, UnknownCompetenceError, UnknownPersonError
from customhouse_server.people.framework import people_framework
from customhouse_server.people.store import Attended
from customhouse_server.people.words import in_language
from customhouse_server.tariff.day import today

_REFUSALS = (OwnAssessmentError, UnknownCompetenceError, FaultyError)
_FEWEST = 5


class _Course(msgspec.Struct, frozen=True, kw_only=True):
    """A course as it is typed."""

    course: str
    on: dt.date
    passed: bool = False


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
        "fields": fields(form_of(TYPES[Kind.POST])),
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
    day = today().isoformat()
    forms = {
        "is_mine": username == person.username,
        "certificate": fields(_certificate(), {"assessed_on": day, "level": competence.Level.TRAINED.value}),
        "course": fields(_course(), {"on": day}),
    }
    return render(request, "development/officer.html", context | forms)


@require_POST
@for_roles(PROGRAMME)
def certify(request: HttpRequest, person: Person, username: str) -> HttpResponse:
    """Certify an officer, or record a course that he attended."""
    posted, at = request.POST, timezone.now()
    form: Form[Any] = _course() if "course" in posted else _certificate()
    try:
        if "course" in posted:
            attended = read(form, typed(form, posted))
            people.attend(person, username, Attended(attended.course, attended.on, passed=attended.passed), at=at)
        else:
            given = read(form, typed(form, posted), {"assessed_by": person.username})
            people.certify(person, username, given, at=at)
    except UnknownPersonError as error:
        raise Http404(str(error)) from error
    except _REFUSALS as refusal:
        title, back = _("Record a course") if "course" in posted else _("Certify"), reverse("development:officer", args=(username,))
        return refused(request, fields(form, posted, refusal), refusal, title=title, back=back)
    flash.success(request, _("Done."))
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
    }


def _certificate() -> Form[competence.Certificate]:
    """The form to certify an officer, who certifies being known."""
    titles = {each.code: in_language(each.title) for each in people_framework().competences}
    return Form(
        document=competence.Certificate,
        fixed=frozenset({"assessed_by"}),
        labels=FIELDS,
        options={"competence": tuple(titles)},
        worded=lambda code: titles.get(code) or word(code),
    )


def _course() -> Form[_Course]:
    """The form to record a course."""
    titles = {each.code: in_language(each.title) for each in people_framework().courses}
    return Form(document=_Course, labels=FIELDS, options={"course": tuple(titles)}, worded=lambda code: titles[code])
