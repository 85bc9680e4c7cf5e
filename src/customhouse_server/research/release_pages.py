"""Pages of releases: what was given out for everybody, and for supervisors and administrators a table seen before it is given out."""

import datetime as dt

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from customhouse.research import disclosure
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.sheet import csv_response
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.research import releasing
from customhouse_server.research.question import A_YEAR, UnfitQuestionError, whole_months
from customhouse_server.research.released import Released
from customhouse_server.tariff.day import today

_UNPROCESSABLE = 422


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """What was released so far."""
    person = person_for(request, at=timezone.now())
    may_release = person is not None and person.role in HEADS
    return render(request, "research/releases.html", {"releases": releasing.releases(), "may_release": may_release})


@require_safe
def release(request: HttpRequest, number: int, form: str = "html") -> HttpResponse:
    """One release as a page, CSV or JSON."""
    try:
        found = releasing.released(number)
    except releasing.UnknownReleaseError as unknown:
        raise Http404(str(unknown)) from unknown
    made_up = "made-up-" if found.asked.is_made_up else ""
    if form == "csv":
        return csv_response(f"{made_up}release-{number}.csv", rows(found))
    if form == "json":
        content = msgspec.json.format(msgspec.json.encode(found))
        name = f'attachment; filename="{made_up}release-{number}.json"'
        return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": name})
    last = found.asked.end - dt.timedelta(days=1)
    return render(request, "research/release.html", {"release": found, "last": last, "is_made_up": found.asked.is_made_up})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(HEADS)
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """A table before it is released: what would be told, what is kept back and why; given out for good when asked to."""
    posted = request.POST if request.method == "POST" else request.GET
    typed = {name: str(value) for name, value in posted.items()} | {"dimensions": ",".join(posted.getlist("dimensions"))}
    months = whole_months(event_store(), on=today(), most=A_YEAR)
    days = {"start": f"{months[0]:%Y-%m}", "end": f"{months[1]:%Y-%m}"} if months else {}
    context = {
        "typed": {"fewest": "3", "step": "1"} | days | {name: text for name, text in typed.items() if text},
        "chosen": posted.getlist("dimensions"),
        "dimensions": tuple(disclosure.DIMENSIONS),
        "measures": tuple(disclosure.MEASURES),
        "steps": releasing.STEPS,
        "is_empty": months is None,
        "is_made_up": event_store().is_made_up,
    }
    if not posted:
        return render(request, "research/new_release.html", context)
    try:
        question = releasing.asked(person, typed, at=timezone.now())
        if request.method == "POST":
            return redirect("study:release", releasing.release(person, question, at=timezone.now()))
        found = releasing.previewed(person, question)
    except UnfitQuestionError as refusal:
        return render(request, "research/new_release.html", context | {"faults": refusal.faults}, status=_UNPROCESSABLE)
    kept_back = sum(each.value is None for each in found.cells)
    return render(request, "research/new_release.html", context | {"found": found, "kept_back": kept_back})


def rows(found: Released) -> list[tuple[object, ...]]:
    """The cells of a release as a table."""
    head = (*found.asked.dimensions, found.asked.measure, "kept back because")
    return [head, *((*each.key, "" if each.value is None else each.value, each.reason) for each in found.cells)]
