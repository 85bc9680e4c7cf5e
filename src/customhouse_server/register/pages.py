"""Pages of the registers: lists and entries for everybody as far as they are public, forms for supervisors and administrators."""

from collections.abc import Mapping

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from customhouse.research import review
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.portal.actions import made_public
from customhouse_server.portal.answer import answer
from customhouse_server.portal.pages import day
from customhouse_server.register import actions
from customhouse_server.register.actions import EDITORS, DecidedError, UnknownEntryError
from customhouse_server.register.form import UnreadableEntryError, shown, values_of
from customhouse_server.register.kind import KINDS, Kind

_UNPROCESSABLE = 422


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The registers that the reader may look into."""
    reader = person_for(request, at=timezone.now())
    return render(request, "register/index.html", {"kinds": [each for each in KINDS.values() if actions.may_read(each, reader)]})


@require_GET
def listed(request: HttpRequest, name: str, form: str = "html") -> HttpResponse:
    """One register as a page or as data, with what is worked out of all its entries."""
    reader, kind, on = person_for(request, at=timezone.now()), _kind(name), day(request)
    if not actions.may_read(kind, reader):
        raise Http404(name)
    more: dict[str, object] = {"kind": kind, "may_write": reader is not None and reader.role in EDITORS}
    if name == "scan":
        more |= {"summary": actions.scan_summary(on=on), "editions": actions.scan_editions(), "changes": actions.scan_changes(on=on)}
    if name == "budget":
        more["totals"] = actions.budget_totals()
    if name == "reviewers" and reader and reader.role in EDITORS:
        more["assignment"] = actions.reviews(reader, per_paper=actions.PER_PAPER, most=actions.MOST_PAPERS)
    more["entries"] = actions.listed(kind, reader, on=on)
    return answer(request, made_public(name, actions.sheet(kind, reader, on=on), on=on), form, template="register/list.html", **more)


@require_GET
def entry(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One entry, its versions, and for editors what may be done."""
    return _page(request, _kind(name), number)


@require_http_methods(["GET", "POST"])
@for_roles(EDITORS)
def write(request: HttpRequest, person: Person, name: str, number: int | None = None) -> HttpResponse:
    """Write a new entry, or the next version of one."""
    kind, on = _kind(name), day(request)
    try:
        before = actions.entry(kind, number, person, on=on) if number is not None else None
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    if request.method == "GET":
        return _form(request, kind, values_of(before.document) if before else {})
    typed = {name: text for name, text in request.POST.items() if name in kind.document.__struct_fields__}
    try:
        written = actions.write(person, kind, number, typed, at=timezone.now())
    except (UnreadableEntryError, DecidedError) as refusal:
        flash.error(request, str(refusal))
        return _form(request, kind, typed, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("register:entry", name, written)


@require_POST
@for_roles(EDITORS)
def act(request: HttpRequest, person: Person, name: str, number: int) -> HttpResponse:
    """Withdraw an entry, or take a paper a step on."""
    kind, asked, at = _kind(name), request.POST.get("act", ""), timezone.now()
    try:
        if asked == "withdraw":
            actions.withdraw(person, kind, number, at=at)
            return redirect("register:list", name)
        if name != "papers" or asked not in list(review.Act):
            raise Http404(asked)
        actions.step(person, number, review.Act(asked), at=at)
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    except (DecidedError, review.RefusedStepError) as refusal:
        flash.error(request, str(refusal))
        return _page(request, kind, number, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("register:entry", name, number)


@require_POST
@for_roles(EDITORS)
def freeze(request: HttpRequest, person: Person) -> HttpResponse:
    """Freeze the environmental scan as an edition."""
    try:
        actions.freeze_scan(person, request.POST.get("name", ""), at=timezone.now())
    except UnreadableEntryError as refusal:
        flash.error(request, str(refusal))
    return redirect("register:list", "scan")


def _kind(name: str) -> Kind:
    try:
        return actions.kind_of(name)
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown


def _form(request: HttpRequest, kind: Kind, values: Mapping[str, str], *, status: int = 200) -> HttpResponse:
    return render(request, "register/form.html", {"kind": kind, "fields": shown(kind, values)}, status=status)


def _page(request: HttpRequest, kind: Kind, number: int, *, status: int = 200) -> HttpResponse:
    reader = person_for(request, at=timezone.now())
    try:
        found = actions.entry(kind, number, reader, on=day(request))
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    may_write = reader is not None and reader.role in EDITORS
    context = {
        "kind": kind,
        "entry": found,
        "cells": [(name.replace("_", " "), text) for name, text in found.cells.items()],
        "may_write": may_write,
        "versions": actions.history(reader, kind, number) if reader and may_write else (),
        "acts": list(review.Act) if may_write and kind.name == "papers" else (),
    }
    return render(request, "register/entry.html", context, status=status)
