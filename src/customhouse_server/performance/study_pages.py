"""Pages of time release studies: their list, the design of one, its result to explore, its plan, and its files."""

import datetime as dt
import io
import zipfile
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import sanitize_separators
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.performance import release_time
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance import bottleneck, release_study, study_report, study_view, telling
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS, HOUSE
from customhouse_server.performance.kept import KeptStudy, PlannedAction, PlanStatus, Progress, UnknownStudyError, Words
from customhouse_server.performance.release_study import Asked, NotDoneYetError, UnfitDesignError
from customhouse_server.performance.strata import listing
from customhouse_server.tariff.day import read_day

PAGE_SIZE = 50
TARGETS = ("arrived to released", "lodged to released", "arrived to removed")
"""Of a number that a row can have, fewer."""
_DAY = "%Y-%m-%d"


@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """All studies that are for the person's eyes."""
    person = person_for(request, at=timezone.now())
    context = {
        "studies": [(each, study_view.headline(each.result) if each.result else "") for each in release_study.listed(person)],
        "may_design": bool(person and person.of_customs),
    }
    return render(request, "performance/studies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Design a study; nothing typed is lost where something is wrong with it."""
    faults: dict[str, str] = {}
    if request.method == "POST":
        asked, faults = _asked(request)
        try:
            if asked and not faults:
                return redirect("performance:study", release_study.design(person, asked, at=timezone.now()))
        except UnfitDesignError as error:
            faults = error.faults
    posted = request.POST
    context = {
        "faults": faults,
        "typed": posted,
        "fields": [(name, _(label), posted.get(name, ""), faults.get(name, "")) for name, label in _DAYS.items()],
        "parts": [(f"only:{each}", each, posted.get(f"only:{each}", "")) for each, stratum in release_time.STRATA.items() if stratum.of],
        "strata": [(each, not posted or each in posted.getlist("strata")) for each in release_time.STRATA],
        "targets": [(f"target:{each}", each, posted.get(f"target:{each}", ""), faults.get(f"target:{each}", "")) for each in TARGETS],
        "earlier": [each for each in release_study.listed(person) if each.result],
        "days": _first_and_last(),
    }
    return render(request, "performance/study_form.html", context, status=422 if faults else 200)


@require_safe
def study(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A study: how far it is, or what came of it, to explore."""
    person = person_for(request, at=timezone.now())
    found = _seen(person, study_id)
    context: dict[str, object] = {"study": found, "is_made_up": found.is_made_up, "is_waiting": _is_waiting(found)}
    if found.result is None:
        may_design = bool(person and person.of_customs)
        return render(request, "performance/study_progress.html", context | {"may_design": may_design})
    done = found.result
    context |= {
        "done": done,
        "headline": study_view.headline(done),
        "charts": study_report.charts(done),
        "segments": study_view.segment_rows(done.segments),
        "spread_heads": study_view.spread_heads(),
        "spread": study_view.spread_rows(done.segments),
        "unmeasured": study_view.unmeasured(done),
        "changes": study_view.change_rows(release_study.changes(person, found)),
        "plan": [
            (each, study_view.told_change(effect) if effect else "", bottleneck.stated_under(found, each))
            for each, effect in release_study.plan_of(found)
        ],
        "segment_names": [each.segment for each in done.segments],
        "statuses": [each.value for each in PlanStatus],
        "outcomes": [(name, telling.number(count)) for name, count in done.outcomes.items()],
        "is_of_house": bool(person and person.role in HOUSE),
        "is_head": bool(person and person.role in HEADS),
        "may_state": bool(person and person.of_customs),
    }
    return render(request, "performance/study.html", context | listing(done, request.GET))


@require_safe
@for_roles(HOUSE)
def members(request: HttpRequest, person: Person, study_id: UUID) -> HttpResponse:
    """The declarations of a stratum, those that wait and the slowest first."""
    stratum, value = request.GET.get("stratum", ""), request.GET.get("value", "")
    found = _seen(person, study_id)
    try:
        rows = release_study.members(person, study_id, stratum=stratum, value=value)
    except release_time.UnknownStratumError as error:
        raise Http404(str(error)) from error
    pages = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "study": found,
        "stratum": stratum,
        "value": value,
        "total": len(rows),
        "rows": [(each, telling.took(each.member.elapsed)) for each in pages],
        "pages": pages,
        "query": urlencode({"stratum": stratum, "value": value}),
        "is_made_up": found.is_made_up,
    }
    return render(request, "performance/members.html", context)


@require_safe
def package(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The study as a data package: JSON and CSV in one zip file."""
    found, done = _done(request, study_id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in release_time.data_package(done).items():
            folder.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return _file(file.getvalue(), f"{_named(found)}.zip", "application/zip")


@require_safe
def report(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The study as a report in the order of the WCO Guide, to hand to a committee."""
    person = person_for(request, at=timezone.now())
    found, _result = _done(request, study_id)
    made = study_report.report(found, release_study.plan_of(found), release_study.changes(person, found), language=get_language() or "en")
    return _file(made, f"{_named(found)}.pdf", "application/pdf")


@require_POST
@for_roles(HEADS)
def act(request: HttpRequest, person: Person, study_id: UUID) -> HttpResponse:
    """Publish a study or take it back, say what it means, plan an action, or say how far one is."""
    posted, now = request.POST, timezone.now()
    try:
        match posted.get("act"):
            case "publish" | "withdraw":
                release_study.publish(person, study_id, is_public=posted["act"] == "publish", at=now)
            case "word":
                words = Words(**{name: posted.get(name, "").strip() for name in Words.__struct_fields__})
                release_study.word(person, study_id, words, at=now)
            case "plan":
                release_study.plan(person, study_id, _planned(request), at=now)
            case "move":
                number, status = _moved(request)
                release_study.move(person, study_id, number, status=status, at=now)
            case unknown:
                raise Http404(f"nothing is done by {unknown}")
        flash.success(request, _("Done."))
    except UnknownStudyError as error:
        raise Http404(str(error)) from error
    except (NotDoneYetError, FaultyError) as error:
        flash.error(request, retold(error))
    return redirect("performance:study", study_id)


_DAYS = {"start": "First day", "end": "First day after the period", "seen_until": "Followed until before"}


def _asked(request: HttpRequest) -> tuple[Asked | None, dict[str, str]]:
    posted, faults = request.POST, {}
    days: dict[str, dt.date] = {}
    for name in _DAYS:
        try:
            days[name] = read_day(posted.get(name, ""))
        except ValueError:
            faults[name] = _("Write a day, as 2026-03-01")
    targets: dict[str, float] = {}
    for each in TARGETS:
        text = posted.get(f"target:{each}", "").strip()
        try:
            if text:
                targets[each] = float(sanitize_separators(text))
        except ValueError:
            faults[f"target:{each}"] = _("Write a number of hours, as 48")
    try:
        earlier = UUID(posted["earlier"]) if posted.get("earlier") else None
    except ValueError:
        faults["earlier"] = _("Choose one of the studies")
    if faults:
        return None, faults
    only = {each: posted[f"only:{each}"].strip() for each in release_time.STRATA if posted.get(f"only:{each}", "").strip()}
    strata = tuple(posted.getlist("strata"))
    design = release_time.Design(title=posted.get("title", "").strip(), strata=strata, targets=targets, only=only, **days)
    return Asked(design, objectives=posted.get("objectives", "").strip(), earlier_id=earlier), faults


def _planned(request: HttpRequest) -> PlannedAction:
    posted = request.POST
    finding, action, owner = (posted.get(name, "").strip() for name in ("finding", "action", "owner"))
    try:
        due = read_day(posted.get("due", ""))
    except ValueError:
        raise FaultyError({"due": _("Write a day, as 2026-03-01")}) from None
    return PlannedAction(0, finding, posted.get("segment", "")[:64], action, owner[:150], due, PlanStatus.PLANNED)


def _moved(request: HttpRequest) -> tuple[int, PlanStatus]:
    """The number of an action and how far it is, as the page of the study sends them."""
    number, status = (request.POST.get(name, "") for name in ("action", "status"))
    if not (is_number(number) and status in set(PlanStatus)):
        raise Http404(f"no action of the plan is {number}, {status}")
    return int(number), PlanStatus(status)


def _seen(person: Person | None, study_id: UUID) -> KeptStudy:
    try:
        return release_study.seen(person, study_id)
    except UnknownStudyError as error:
        raise Http404(str(error)) from error


def _done(request: HttpRequest, study_id: UUID) -> tuple[KeptStudy, release_time.Study]:
    found = _seen(person_for(request, at=timezone.now()), study_id)
    if found.result is None:
        raise Http404(_("The study is not done yet."))
    return found, found.result


def _named(study: KeptStudy) -> str:
    """The name of a file; it says too that its figures are made up."""
    return f"{'made-up-' if study.is_made_up else ''}study-{study.id}"


def _is_waiting(study: KeptStudy) -> bool:
    return study.status in (Progress.WAITING, Progress.RUNNING)


def _first_and_last() -> tuple[dt.date, dt.date] | None:
    today = timezone.now().date()
    days = [day for day in event_store().days() if day <= today]
    return (days[0], days[-1]) if days else None


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
