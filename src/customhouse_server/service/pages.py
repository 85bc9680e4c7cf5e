"""Pages of the service: how the site stands for everybody; reporting and following an interruption for supervisors and administrators."""

import datetime as dt

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.saying import Saying, saying
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError, refuse
from customhouse_server.portal.actions import PUBLISHERS
from customhouse_server.service import actions
from customhouse_server.service.store import Report
from customhouse_server.tariff.country import current_country

_UNPROCESSABLE, _CONFLICT = 422, 409


@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """What works now, what is interrupted and planned, and what was in the last 90 days."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(PUBLISHERS)
def report(request: HttpRequest, person: Person) -> HttpResponse:
    """Report an interruption; what was typed stays where something is wrong with it."""
    if request.method != "POST":
        return render(request, "service/report.html", {"typed": {}})
    at = timezone.now()
    try:
        actions.report(person, _reported(request, at=at), at=at)
    except FaultyError as refusal:
        context = {"typed": request.POST, "faults": {field: retold(fault) for field, fault in refusal.faults.items()}}
        return render(request, "service/report.html", context, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("service:standing")


@require_POST
@for_roles(PUBLISHERS)
def say(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Say more of an interruption, or that it has ended."""
    text = request.POST.get("text", "")
    try:
        actions.say(person, number, text, at=timezone.now(), ends="ends" in request.POST)
    except actions.UnknownInterruptionError as unknown:
        raise Http404(str(unknown)) from unknown
    except (FaultyError, actions.OverError) as refusal:
        flash.error(request, retold(refusal))
        status = _CONFLICT if isinstance(refusal, actions.OverError) else _UNPROCESSABLE
        return _page(request, status=status, typed={"number": number, "text": text})
    flash.success(request, _("Done."))
    return redirect("service:standing")


def on_now(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - the same on every page
    """What is interrupted now, looked up once a page tells it; given to every template."""
    return {"interruptions": SimpleLazyObject(lambda: actions.on_now(at=timezone.now()))}


def _page(request: HttpRequest, *, status: int = 200, typed: dict[str, object] | None = None) -> HttpResponse:
    at = timezone.now()
    person, found = person_for(request, at=at), actions.standing(at=at)
    context = {
        "standing": found,
        "percent": found.share * 100,
        "at": at,
        "typed": typed or {},
        "may_report": person is not None and person.role in PUBLISHERS,
    }
    return render(request, "service/standing.html", context, status=status)


def _reported(request: HttpRequest, *, at: dt.datetime) -> Report:
    """The report as typed; what was left out of when it begins is now. Refuses with `FaultyError`, all faults at once."""
    unread: dict[str, Saying] = {}
    begins_at, expected_until = (_instant(request, name, unread) for name in ("begins_at", "expected_until"))
    words = {name: request.POST.get(name, "").strip() for name in ("title", "meanwhile")}
    told = Report(**words, begins_at=begins_at or at, expected_until=expected_until)
    refuse(actions.faults_of(told) | unread)
    return told


def _instant(request: HttpRequest, name: str, unread: dict[str, Saying]) -> dt.datetime | None:
    """An instant as it is typed, by the clock of the territory; what cannot be read is told in `unread`."""
    typed = request.POST.get(name, "").strip()
    try:
        read = dt.datetime.fromisoformat(typed) if typed else None
    except ValueError:
        unread[name] = saying("{typed} is not a day and hour, as 2026-11-24T09:30", typed=typed)
        return None
    return read.replace(tzinfo=current_country().time_zone) if read and not read.tzinfo else read
