"""Pages of rulings: the public register, the trader's application that saves as one types, and the officer's desk."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.tariff import interpretation, register, ruling
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.ruling import actions, edition
from customhouse_server.ruling.form import APPLICATION, DECISION, PREFIX, Field, closed_name
from customhouse_server.ruling.record import (
    ForeignApplicantError,
    IncompleteError,
    Record,
    StaleFormError,
    UnknownRulingError,
    UnweighedConflictError,
    WrongActError,
)
from customhouse_server.ruling.store import Filter
from customhouse_server.ruling.view import Doing, View, clock_of
from customhouse_server.ruling.walk_form import SOURCES, rule_of, steps_of
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import read_day, today

PAGE_SIZE = 50
_REFUSALS = (
    ruling.RefusedError,
    WrongActError,
    UnweighedConflictError,
    ForeignApplicantError,
    StaleFormError,
    interpretation.WrongStepError,
)
_BACK = "ruling:application"


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """The public register: by words, code and day."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "code", "on")}
    number = _page(request)
    bounds = Filter(text=asked["q"], code=asked["code"], on=_date(asked["on"]))
    found = actions.register_of(bounds, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    rows = [{"shown": each.published, "status": _status(each)} for each in found.records if each.published]
    pages = Paginator(range(found.total), PAGE_SIZE).get_page(number)
    return render(
        request, "ruling/register.html", {"rows": rows, "total": found.total, "asked": asked, "pages": pages, "query": urlencode(asked)}
    )


@require_safe
def published(request: HttpRequest, reference: str) -> HttpResponse:
    """One ruling as everybody may read and print it."""
    try:
        shown = actions.published(reference)
    except UnknownRulingError as error:
        raise Http404(str(error)) from error
    status = register.Ruling(
        reference=shown.reference,
        holder="",
        office=shown.office,
        code=shown.code,
        goods="",
        start=shown.start,
        end=shown.end,
        grace_until=shown.grace_until,
        annulled=shown.annulled,
    ).status(on=today())
    return render(request, "ruling/published.html", {"shown": shown, "status": status.value})


@require_safe
@for_roles(TRADE | CUSTOMS)
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """The applications that concern the person, each with its clock."""
    text, state, number = request.GET.get("q", "").strip(), request.GET.get("state", ""), _page(request)
    asked = Filter(text=text, states=(state,) if state in list(ruling.State) else ())
    found = actions.listed(person, asked, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    rows = [{"record": each, "clock": clock_of(each.case, on=today())} for each in found.records]
    context = {
        "rows": rows,
        "total": found.total,
        "q": text,
        "state": state,
        "states": [each.value for each in ruling.State],
        "pages": Paginator(range(found.total), PAGE_SIZE).get_page(number),
        "query": urlencode({"q": text, "state": state}),
    }
    return render(request, "ruling/list.html", context)


@require_POST
@for_roles(TRADE)
def start(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the person says it all
    """A new draft of an application."""
    return redirect("ruling:form", actions.start(person, at=timezone.now()).id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(TRADE)
def form(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """The form of an application; a button saves it or hands it in."""
    record = _view(person, ruling_id).record
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            record = actions.save(person, ruling_id, _typed(request.POST), version=_version(request.POST), at=timezone.now())
            if "apply" not in request.POST:
                return redirect("ruling:form", ruling_id)
            actions.apply(person, ruling_id, at=timezone.now())
            return redirect(_BACK, ruling_id)
        except IncompleteError as incomplete:
            errors = dict.fromkeys(incomplete.fields, _("This is missing, or not as it should be."))
        except _REFUSALS as refusal:
            flash.error(request, retold(refusal))
    elif ruling.Act.APPLY not in record.case.allowed_acts(ruling.Role.APPLICANT):
        raise Http404(_("This application cannot be changed now."))
    return render(request, "ruling/form.html", {"record": record, "fields": _shown(APPLICATION, record.typed, errors), "errors": errors})


@require_POST
@for_roles(TRADE | CUSTOMS)
def save(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """Save what was typed so far; answers with the new version and when it was saved."""
    try:
        saved = actions.save(person, ruling_id, _typed(request.POST), version=_version(request.POST), at=timezone.now())
    except UnknownRulingError as error:
        raise Http404(str(error)) from error
    except (StaleFormError, WrongActError) as refusal:
        return JsonResponse({"told": retold(refusal)}, status=409)
    at = timezone.localtime(saved.updated_at, current_country().time_zone)
    return JsonResponse({"version": saved.saved_version, "told": _("Saved at %(time)s") % {"time": f"{at:%H:%M:%S}"}})


@require_POST
@for_roles(TRADE)
def discard(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    _view(person, ruling_id)
    try:
        actions.discard(person, ruling_id)
    except WrongActError as refusal:
        flash.error(request, retold(refusal))
    return redirect("ruling:list")


@require_safe
@for_roles(TRADE | CUSTOMS)
def application(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """One application: where it stands, its clock, what was asked and decided; for customs the desk to work on it."""
    seen = _view(person, ruling_id)
    if seen.content is None:
        return redirect("ruling:form", ruling_id)
    return render(request, "ruling/application.html", _described(person, seen))


@require_POST
@for_roles(TRADE | CUSTOMS)
def act(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """Do one act, and go back to the application."""
    _view(person, ruling_id)
    try:
        actions.perform(person, ruling_id, _doing(request.POST), at=timezone.now())
        flash.success(request, _("Done."))
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    except ValueError as error:
        flash.error(request, retold(error))
    return redirect(_BACK, ruling_id)


@require_POST
@for_roles(CUSTOMS)
def walk(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """Take the next step of the walk of the General Rules, or the last one back."""
    _view(person, ruling_id)
    try:
        if "back" in request.POST:
            actions.step_back(person, ruling_id, at=timezone.now())
        else:
            actions.step(person, ruling_id, steps_of(request.POST), at=timezone.now())
    except (*_REFUSALS, ValueError) as refusal:
        flash.error(request, retold(refusal))
        seen = _view(person, ruling_id)
        return render(request, "ruling/application.html", _described(person, seen) | {"typed_step": request.POST}, status=422)
    return redirect(_BACK, ruling_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def decision(request: HttpRequest, person: Person, ruling_id: UUID) -> HttpResponse:
    """The decision as the officer writes it, with the walk, the suggestions and the conflicts beside it."""
    seen = _view(person, ruling_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            actions.save(person, ruling_id, _typed(request.POST), version=_version(request.POST), at=timezone.now())
            if "draft" not in request.POST:
                return redirect("ruling:decision", ruling_id)
            actions.draft(person, ruling_id, at=timezone.now())
            return redirect(_BACK, ruling_id)
        except IncompleteError as incomplete:
            errors = dict.fromkeys(incomplete.fields, _("This is missing, or not as it should be."))
        except _REFUSALS as refusal:
            flash.error(request, retold(refusal))
        seen = _view(person, ruling_id)
    typed = _opening(seen) | seen.record.drafting
    context = _described(person, seen) | {"fields": _shown(DECISION, typed, errors), "errors": errors}
    return render(request, "ruling/decision.html", context)


@require_safe
@for_roles(CUSTOMS)
def conflicts(request: HttpRequest, person: Person) -> HttpResponse:
    """The conflicts among all rulings in force."""
    return render(request, "ruling/conflicts.html", {"conflicts": actions.conflicts_in_register(person, at=timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def new_edition(request: HttpRequest, person: Person) -> HttpResponse:
    """The rulings whose code a new edition of the nomenclature ends, by its correlation; a supervisor ends them and puts them up anew."""
    correlation, on = request.POST.get("correlation", ""), _date(request.POST.get("on", ""))
    context: dict[str, object] = {"correlation": correlation, "on": request.POST.get("on", "")}
    if request.method == "POST" and on:
        try:
            if "put_up" in request.POST:
                done = len(edition.put_up(person, correlation, on=on, at=timezone.now()))
                told = ngettext("%(counter)s ruling is ended and put up anew.", "%(counter)s rulings are ended and put up anew.", done)
                flash.success(request, told % {"counter": done})
                return redirect("ruling:list")
            context["found"] = edition.ending(person, correlation, on=on)
        except (ValueError, *_REFUSALS) as refusal:
            flash.error(request, retold(refusal))
    return render(request, "ruling/edition.html", context)


def _described(person: Person, seen: View) -> dict[str, object]:
    """What an application's page shows of it."""
    record, happened = seen.record, actions.events(person, seen.record.id)
    told = [
        {"kind": type(each).__name__, "occurred_at": each.occurred_at, "role": each.role.value, "reason": each.reason} for each in happened
    ]
    context: dict[str, object] = {
        "record": record,
        "application": seen.content.application if seen.content else None,
        "decision": seen.content.decision if seen.content else None,
        "case": record.case,
        "allowed": {each.value for each in seen.allowed},
        "clock": clock_of(record.case, on=today()),
        "events": told[::-1],
        "asked": next((each.reason for each in reversed(happened) if type(each).__name__ == "ApplicantAsked"), ""),
        "status": record.ruling.status(on=today()).value if record.ruling else "",
    }
    if not person.of_customs:
        return context
    now = timezone.now()
    return context | {
        "suggestions": actions.suggestions(person, record.id, at=now) if seen.content else None,
        "conflicts": actions.conflicts(person, record.id, at=now),
        "otherwise": actions.decided_otherwise(person, record.id, at=now),
        "walk": record.walk,
        "aloud": interpretation.read_aloud(record.walk) if record.walk else (),
        "rule": rule_of(record.walk),
        "sources": SOURCES,
        "grounds_to_refuse": [ground.value for ground in ruling.act.GROUNDS_TO_REFUSE],
        "grounds_to_annul": [ground.value for ground in ruling.act.GROUNDS_TO_ANNUL],
        "working": bool({"draft", "send_back"} & {each.value for each in seen.allowed}),
    }


def _opening(seen: View) -> dict[str, str]:
    """What the form of the decision begins with: the code of the walk, the goods as applied for, the rules that decided."""
    if seen.content is None:
        return {}
    walked = seen.record.walk
    applied = [step for step in walked.steps if step.applies] if walked else []
    reasons = "\n".join(_("General Rule %(rule)s") % {"rule": step.rule.value} + f": {step.answer}" for step in applied)
    code = walked.decided_code if walked else ""
    return {"code": code, "goods": seen.content.application.goods, "reasons": reasons, "start": today().isoformat()}


def _shown(fields: tuple[Field, ...], typed: Mapping[str, str], errors: Mapping[str, str]) -> list[dict[str, object]]:
    offices = current_country().lists.named("offices")
    options = {
        "office": [(each.code, each.description) for each in offices.entries(on=today())] if offices else [],
        "scope": [(scope.value, "") for scope in current_country().rulings.scopes],
    }
    return [
        {
            "id": f"id-{field.name}",
            "name": f"{PREFIX}{field.name}",
            "label": field.label,
            "hint": field.hint,
            "lines": field.lines,
            "value": typed.get(field.name, ""),
            "error": errors.get(field.name, ""),
            "options": options.get(field.name, ()),
            "closed": f"{PREFIX}{closed_name(field)}" if field.may_be_closed else "",
            "is_closed": bool(typed.get(closed_name(field))),
        }
        for field in fields
    ]


def _doing(posted: Mapping[str, str]) -> Doing:
    return Doing(
        act=ruling.Act(posted.get("act", "")),
        reason=posted.get("reason", "").strip(),
        ground=ruling.act.Ground(posted["ground"]) if posted.get("ground") else None,
        party=posted.get("party", "").strip(),
        reference=posted.get("reference", "").strip(),
        notice_until=_date(posted.get("notice_until", "")),
        grace_until=_date(posted.get("grace_until", "")),
    )


def _typed(posted: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(PREFIX): text for name, text in posted.items() if name.startswith(PREFIX) and text}


def _version(posted: Mapping[str, str]) -> int:
    text = posted.get("version", "0")
    return int(text) if is_number(text) else 0


def _view(person: Person, ruling_id: UUID) -> View:
    try:
        return actions.view(person, ruling_id)
    except UnknownRulingError as error:
        raise Http404(str(error)) from error


def _status(record: Record) -> str:
    return record.ruling.status(on=today()).value if record.ruling else ""


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if is_number(text) else 1


def _date(text: str) -> dt.date | None:
    try:
        return read_day(text)
    except ValueError:
        return None
