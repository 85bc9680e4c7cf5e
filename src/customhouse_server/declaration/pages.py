"""Pages of declarations: the trader's list, the form that saves as one types, and a declaration's own page."""

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse import messages, pipeline
from customhouse.clearance import Act, RefusedError, next_step
from customhouse.kernel import Finding
from customhouse.messages import Document, UnreadableMessageError
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import TRADE
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.declaration import actions
from customhouse_server.declaration.actions import Page, View
from customhouse_server.declaration.draft import Draft, StaleDraftError, UnknownDraftError
from customhouse_server.declaration.form import HEADER, ITEM, MAX_ITEMS, PREFIX, Field, Typed, declaration_of, field_of
from customhouse_server.declaration.lodging import AmendmentRejectedError, ForeignPartyError, Lodging, WrongDocumentError
from customhouse_server.declaration.record import LrnTakenError, UnknownDeclarationError
from customhouse_server.declaration.store import Filter
from customhouse_server.declaration.typed import fields_of
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import today

PAGE_SIZE = 50
_REFUSALS = (UnreadableMessageError, WrongDocumentError, ForeignPartyError, LrnTakenError, RefusedError)


@require_safe
@for_roles(TRADE)
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """The trader's declarations, what needs the trader first, and the drafts."""
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    number = max(1, int(request.GET.get("page", "1") or 1)) if is_number(request.GET.get("page", "1")) else 1
    listing = actions.listed(
        person, Filter(text=text, states=(state,) if state else ()), Page(limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    )
    pages = Paginator(range(listing.total), PAGE_SIZE).get_page(number)
    context = {
        "records": listing.records,
        "total": listing.total,
        "drafts": actions.drafts(person),
        "q": text,
        "state": state,
        "states": ("prelodged", "rejected", "documents_requested", "examination_ordered", "assessed", "released", "invalidated"),
        "pages": pages,
        "query": urlencode({"q": text, "state": state}),
    }
    return render(request, "declaration/list.html", context)


@require_POST
@for_roles(TRADE)
def start(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the person says it all
    """A new draft, with what is known of the person filled in."""
    country = current_country()
    known = {"declarant": next(iter(person.parties), ""), "destination": country.code, "currency": country.currency, "type_code": "IMA"}
    draft = actions.start_draft(person, known | {"item.1.procedure": "4000", "item.1.preference": "100"}, at=timezone.now())
    return redirect("declaration:draft", draft.id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(TRADE)
def draft(request: HttpRequest, person: Person, draft_id: UUID) -> HttpResponse:
    """The form of a draft; a button adds or removes an item, saves, or lodges."""
    found = _draft(person, draft_id)
    if request.method != "POST":
        return _form(request, found, _found_before(request, person))
    try:
        saved = actions.save_draft(person, draft_id, _changed(request.POST), version=_version(request.POST), at=timezone.now())
    except StaleDraftError as stale:
        flash.warning(request, retold(stale))
        return _form(request, Draft(draft_id, person.id, _changed(request.POST), stale.current.version, stale.current.saved_at))
    if "lodge" in request.POST:
        return _lodged(request, person, saved)
    return redirect("declaration:draft", draft_id)


@require_POST
@for_roles(TRADE)
def save(request: HttpRequest, person: Person, draft_id: UUID) -> HttpResponse:
    """Save what was typed so far; answers with the new version and when it was saved."""
    try:
        saved = actions.save_draft(person, draft_id, _changed(request.POST), version=_version(request.POST), at=timezone.now())
    except UnknownDraftError as error:
        raise Http404(str(error)) from error
    except StaleDraftError as stale:
        return JsonResponse({"told": retold(stale)}, status=409)
    at = timezone.localtime(saved.saved_at, current_country().time_zone)
    return JsonResponse({"version": saved.version, "told": _("Saved at %(time)s") % {"time": f"{at:%H:%M:%S}"}})


@require_POST
@for_roles(TRADE)
def discard(request: HttpRequest, person: Person, draft_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """Throw a draft away."""
    try:
        actions.delete_draft(person, draft_id)
    except UnknownDraftError as error:
        raise Http404(str(error)) from error
    return redirect("declaration:list")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(TRADE)
def upload(request: HttpRequest, person: Person) -> HttpResponse:
    """Lodge a message from a file."""
    if request.method != "POST" or "message" not in request.FILES:
        return render(request, "declaration/upload.html", {"missing": request.method == "POST"})
    try:
        answer = actions.lodge(person, Lodging(message=request.FILES["message"].read()), at=timezone.now())
    except _REFUSALS as refusal:
        return render(request, "declaration/upload.html", {"refusal": retold(refusal)}, status=422)
    return redirect("declaration:record", msgspec.json.decode(answer.body)["id"])


@require_safe
@for_roles(TRADE)
def record(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """One declaration: where it stands, what happens next, what is wrong, what is owed and why, what happened."""
    view = _view(person, declaration_id)
    return render(request, "declaration/record.html", described(person, view))


@require_POST
@for_roles(TRADE)
def correct(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """A new draft from a declaration, to lodge it corrected."""
    view = _view(person, declaration_id)
    fields = fields_of(view.content.declaration)
    if view.record.state != "rejected":
        fields.pop("lrn", None)
    started = actions.start_draft(person, fields, at=timezone.now())
    return redirect(f"{reverse('declaration:draft', args=[started.id])}?{urlencode({'of': declaration_id})}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(TRADE)
def amend(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """The form of a lodged declaration, to say it anew with a reason."""
    view = _view(person, declaration_id)
    if Act.AMEND not in view.allowed:
        raise Http404(_("This declaration cannot be amended now."))
    typed = Typed(_changed(request.POST) if request.method == "POST" else fields_of(view.content.declaration))
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and "amend" in request.POST and not typed.faults():
        lodging = Lodging(message=_message(typed))
        try:
            actions.amend(person, declaration_id, lodging, reason=request.POST.get("reason", ""), at=timezone.now())
            return redirect("declaration:record", declaration_id)
        except AmendmentRejectedError as rejected:
            findings = rejected.findings
        except _REFUSALS as refusal:
            flash.error(request, retold(refusal))
    context = _form_context(typed, findings) | {"record": view.record, "reason": request.POST.get("reason", "")}
    return render(request, "declaration/amend.html", context)


@require_POST
@for_roles(TRADE)
def present(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """Report that the goods of a pre-lodged declaration have come."""
    _view(person, declaration_id)
    try:
        actions.present(person, declaration_id, at=timezone.now())
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    return redirect("declaration:record", declaration_id)


def described(person: Person, view: View) -> dict[str, object]:
    """What a declaration's page shows of it; findings come in words."""
    step = next_step(view.case)
    told = told_findings(view.content.findings)
    return {
        "record": view.record,
        "declaration": view.content.declaration,
        "assessment": view.content.assessment if view.record.state != "rejected" else None,
        "case": view.case,
        "allowed": {act.value for act in view.allowed},
        "next": step,
        "next_is_mine": step is not None and (step.role.value in ("trader", "broker")) == person.of_trade,
        "findings": told,
        "errors": any(finding["severity"] == "error" for finding in told),
        "events": timeline(person, view),
        "outstanding": view.case.outstanding,
        "to_secure": view.case.to_secure if view.case.security_due and view.case.secured < view.case.to_secure else None,
        "was_doubted": any(each.kind == "ValueDoubted" for each in actions.events(person, view.record.id)),
    }


def told_findings(findings: tuple[Finding, ...], *, at_fields: bool = False) -> list[dict[str, str]]:
    """Findings in words, each with the field of the form that it is about where one is shown."""
    return [pipeline.told(each) | translated(each) | {"field": _anchor(field_of(each.pointer)) if at_fields else ""} for each in findings]


def translated(finding: Finding) -> dict[str, str]:
    """The words of a finding in the reader's language."""
    rule = pipeline.ALL_RULES[finding.code]
    return {"message": _(rule.wording).format_map(finding.params), "fix": _(rule.fix)}


def timeline(person: Person, view: View) -> list[dict[str, object]]:
    """What happened, last first; the lane and its reasons are not for the declarant."""
    hidden = {"LaneAssigned", "LaneRerouted"} if person.of_trade else set()
    events = [
        {"kind": each.kind, "occurred_at": each.occurred_at, **_said(each.document)}
        for each in actions.events(person, view.record.id)
        if each.kind not in hidden
    ]
    return events[::-1]


def _said(text: str) -> dict[str, object]:
    told = msgspec.json.decode(text)
    reason = told.get("reason", "") if told.get("role") != "system" else ""
    amounts = {name: Decimal(told[name]) if name in told else None for name in ("amount", "security_returned")}
    return {"role": told.get("role", ""), "reason": reason, "step": told.get("step", ""), **amounts}


def _anchor(name: str) -> str:
    return f"id-{name}" if name else ""


def _view(person: Person, declaration_id: UUID) -> View:
    try:
        return actions.view(person, declaration_id)
    except UnknownDeclarationError as error:
        raise Http404(str(error)) from error


def _draft(person: Person, draft_id: UUID) -> Draft:
    try:
        return actions.draft(person, draft_id)
    except UnknownDraftError as error:
        raise Http404(str(error)) from error


def _version(posted: Mapping[str, str]) -> int:
    text = posted.get("version", "0")
    return int(text) if is_number(text) else 0


def _changed(posted: Mapping[str, str]) -> dict[str, str]:
    """The fields as posted, after the button that adds or removes an item did so."""
    fields = {name.removeprefix(PREFIX): text for name, text in posted.items() if name.startswith(PREFIX) and text}
    count = Typed(fields).item_count
    if "add" in posted and count < MAX_ITEMS:
        fields[f"item.{count + 1}.procedure"] = fields.get(f"item.{count}.procedure", "4000")
    if is_number(posted.get("remove", "")):
        fields = _without_item(fields, int(posted["remove"]))
    return fields


def _without_item(fields: Mapping[str, str], gone: int) -> dict[str, str]:
    kept = {}
    for name, text in fields.items():
        head, *rest = name.split(".", 2)
        if head == "item" and int(rest[0]) >= gone:
            if int(rest[0]) > gone:
                kept[f"item.{int(rest[0]) - 1}.{rest[1]}"] = text
            continue
        kept[name] = text
    return kept


def _message(typed: Typed) -> bytes:
    return messages.render_json(Document(declaration=declaration_of(typed)))


def _lodged(request: HttpRequest, person: Person, saved: Draft) -> HttpResponse:
    typed = Typed(saved.fields)
    if typed.faults():
        return _form(request, saved)
    try:
        answer = actions.lodge(person, Lodging(message=_message(typed), draft_id=saved.id), at=timezone.now())
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
        return _form(request, saved)
    return redirect("declaration:record", msgspec.json.decode(answer.body)["id"])


def _form(request: HttpRequest, draft_shown: Draft, findings: tuple[Finding, ...] = ()) -> HttpResponse:
    return render(request, "declaration/form.html", _form_context(Typed(draft_shown.fields), findings) | {"draft": draft_shown})


def _found_before(request: HttpRequest, person: Person) -> tuple[Finding, ...]:
    """What was wrong with the declaration that a draft corrects, to be shown at its fields."""
    try:
        before = UUID(request.GET.get("of", ""))
    except ValueError:
        return ()
    return _view(person, before).content.findings


def _form_context(typed: Typed, findings: tuple[Finding, ...]) -> dict[str, object]:
    errors = {name: _("Write a number, as 1250.50") for name in typed.faults()}
    told = told_findings(findings, at_fields=True)
    errors |= {finding["field"].removeprefix("id-"): finding["message"] for finding in told if finding["field"]}
    items = [
        {"place": place, "fields": [_shown(field, typed, errors, start=f"item.{place}.") for field in ITEM]}
        for place in range(1, typed.item_count + 1)
    ]
    return {
        "header": [_shown(field, typed, errors) for field in HEADER],
        "items": items,
        "findings": told,
        "errors": bool(errors),
    }


def _shown(field: Field, typed: Typed, errors: Mapping[str, str], *, start: str = "") -> dict[str, object]:
    name = f"{start}{field.name}"
    listed_codes = current_country().lists.named(field.codes) if field.codes else None
    day = today()
    return {
        "id": _anchor(name),
        "name": f"{PREFIX}{name}",
        "label": field.label,
        "hint": field.hint,
        "value": typed.fields.get(name, ""),
        "error": errors.get(name, ""),
        "number": field.number,
        "options": listed_codes.entries(on=day) if listed_codes else (),
    }
