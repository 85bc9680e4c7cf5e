"""Pages of the registers: lists and entries for everybody as far as they are public, forms for supervisors and administrators."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.research import review
from customhouse.strategy import secretariat
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.form import fields, texts, typed
from customhouse_server.desk.number import is_number
from customhouse_server.desk.paper import Paper, paper_answer
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.portal.actions import made_public
from customhouse_server.portal.answer import answer
from customhouse_server.register import actions, audit, audit_paper, budget, budget_paper, edition, outcome, paper, reviewing, scan_paper
from customhouse_server.register.actions import Shown
from customhouse_server.register.budget import DecidedError
from customhouse_server.register.cell import cell, rows_of
from customhouse_server.register.drawing import matrix
from customhouse_server.register.kind import KINDS, Kind
from customhouse_server.register.partner import Event, Stakeholder
from customhouse_server.register.scholarship import Call
from customhouse_server.register.store import StaleEntryError, UnknownEntryError
from customhouse_server.register.writing import EDITORS
from customhouse_server.tariff.day import day_asked

PAPERS: dict[str, Callable[..., Paper]] = {
    "scan": scan_paper.as_it_stands,
    "budget": budget_paper.of_budget,
    "audit-universe": audit_paper.of_audit,
}
"""The registers that a committee receives as a paper."""
_UNPROCESSABLE = 422


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The registers that the reader may look into."""
    reader = person_for(request, at=timezone.now())
    return render(request, "register/index.html", {"kinds": [each for each in KINDS.values() if actions.may_read(each, reader)]})


@require_safe
def listed(request: HttpRequest, name: str, form: str = "html") -> HttpResponse:
    """One register as a page or as data, with what is worked out of all its entries."""
    reader, kind, on = person_for(request, at=timezone.now()), _kind(name), day_asked(request)
    if not actions.may_read(kind, reader):
        raise Http404(name)
    if form == "pdf" and name in PAPERS:
        return paper_answer(f"{name}-{on}", PAPERS[name](reader, on=on), at=timezone.now())
    entries = actions.listed(kind, reader, on=on)
    more = {"has_paper": name in PAPERS, "kind": kind, "entries": entries, "may_write": _may_write(reader)} | _of_all(
        kind, entries, reader, on=on
    )
    return answer(request, made_public(name, actions.sheet(kind, reader, on=on), on=on), form, template="register/list.html", **more)


@require_safe
def frozen(_request: HttpRequest, place: int) -> HttpResponse:
    """A frozen edition of the environmental scan as a paper, by its place among the editions."""
    found = edition.editions()
    if not 1 <= place <= len(found):
        raise Http404(str(place))
    return paper_answer(f"scan-{found[place - 1].published_on}", scan_paper.of_edition(found[place - 1]), at=timezone.now())


@require_safe
def entry(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One entry, its versions, and for editors what may be done."""
    return _page(request, _kind(name), number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(EDITORS)
def write(request: HttpRequest, person: Person, name: str, number: int | None = None) -> HttpResponse:
    """Write a new entry, or the next version of one; what is asked for in the address stands in a new form."""
    kind, on = _kind(name), day_asked(request)
    try:
        before = actions.entry(kind, number, person, on=on) if number is not None else None
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    if before is not None:
        actions.refuse_near(person, kind, before.document)
    if request.method != "POST":
        return _form(request, kind, texts(before.document) | {"version": str(before.version)} if before else request.GET.dict())
    try:
        written = actions.write(person, kind, number, typed(kind.form, request.POST), at=timezone.now(), over=_version(request))
    except (FaultyError, DecidedError, StaleEntryError) as refusal:
        flash.error(request, retold(refusal))
        return _form(request, kind, request.POST.dict(), refusal)
    flash.success(request, _("Done."))
    return redirect("register:entry", name, written)


@require_POST
@for_roles(EDITORS)
def act(request: HttpRequest, person: Person, name: str, number: int) -> HttpResponse:
    """Withdraw an entry, or take a paper a step on."""
    kind, asked, at = _kind(name), request.POST.get("act", ""), timezone.now()
    try:
        if asked == "withdraw":
            actions.withdraw(person, kind, number, at=at, over=_version(request))
            return redirect("register:list", name)
        if name != "papers" or asked not in list(review.Act):
            raise Http404(asked)
        reviewing.step(person, number, review.Act(asked), request.POST.get("reason", ""), at=at)
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    except (DecidedError, StaleEntryError, review.RefusedStepError) as refusal:
        flash.error(request, retold(refusal))
        return _page(request, kind, number, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("register:entry", name, number)


@require_POST
@for_roles(EDITORS)
def freeze(request: HttpRequest, person: Person) -> HttpResponse:
    """Freeze the environmental scan as an edition."""
    try:
        edition.freeze(person, request.POST.get("name", ""), at=timezone.now())
    except FaultyError as refusal:
        flash.error(request, retold(refusal))
    return redirect("register:list", "scan")


def _kind(name: str) -> Kind:
    try:
        return actions.kind_of(name)
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown


def _may_write(reader: Person | None) -> bool:
    return reader is not None and reader.role in EDITORS


def _form(request: HttpRequest, kind: Kind, values: Mapping[str, str], refusal: Exception | None = None) -> HttpResponse:
    context = {"kind": kind, "fields": fields(kind.form, values, refusal), "version": values.get("version", "")}
    return render(request, "register/form.html", context, status=_UNPROCESSABLE if refusal else 200)


def _version(request: HttpRequest) -> int:
    """The version of the entry that the page showed; one that no entry has where the page says none."""
    text = request.POST.get("version", "")
    return int(text) if is_number(text) else 0


def _page(request: HttpRequest, kind: Kind, number: int, *, status: int = 200) -> HttpResponse:
    reader, on = person_for(request, at=timezone.now()), day_asked(request)
    try:
        found = actions.entry(kind, number, reader, on=on)
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    may_write = _may_write(reader) and not found.hidden
    context = {
        "kind": kind,
        "entry": found,
        "cells": [_cell(name, getattr(found.document, name)) for name in found.cells],
        "may_write": may_write,
        "versions": actions.history(reader, kind, number) if reader and may_write else (),
    }
    return render(request, "register/entry.html", context | _of_one(found, reader, on=on), status=status)


def _cell(name: str, value: object) -> dict[str, object]:
    """A field as an entry shows it: its name in words, and its text, or its rows under the names of their parts."""
    rows = rows_of(value)
    heads = [part.replace("_", " ") for part in value[0].__struct_fields__] if rows else []  # type: ignore[index]
    return {"name": name.replace("_", " "), "text": "" if rows else cell(value), "heads": heads, "rows": rows}


def _of_all(kind: Kind, entries: tuple[Shown, ...], reader: Person | None, *, on: dt.date) -> dict[str, object]:
    """What follows from all entries of a register, for whoever may read it."""
    if kind.name == "scan":
        items = edition.standing(on=on).items
        return {
            "grid": scan_paper.grid(items),
            "grid_title": scan_paper.grid_title(items),
            "summary": edition.summary(on=on),
            "editions": edition.editions(),
            "changes": edition.changes(on=on),
        }
    if kind.name == "budget":
        return {"totals": budget.totals()}
    if kind.name == "stakeholders" and entries and actions.is_inside(reader):
        told = [each.document for each in entries if isinstance(each.document, Stakeholder)]
        return dict(zip(("title", "chart", "unrated"), matrix(told), strict=True))
    if kind.name == "reviewers" and reader is not None and _may_write(reader):
        return {"readers": reviewing.readers(reader)}
    return {}


def _of_one(found: Shown, reader: Person | None, *, on: dt.date) -> dict[str, object]:
    """What belongs to an entry beside its own words, as far as it is for the reader."""
    document = found.document
    if isinstance(document, Event):
        return {"chain": outcome.chain(document, reader)}
    if isinstance(document, secretariat.Audit):
        return {"findings": [(number, each, each.stands(on=on), each.due(on=on)) for number, each in audit.findings_of(document)]}
    if isinstance(document, Call):
        answers = paper.answers_of(found.number) if actions.is_inside(reader) else ()
        return {"programme": paper.programme_of(document), "answers": answers}
    if isinstance(document, review.Paper) and reader is not None and reviewing.may_decide(reader, document):
        return {"before_chair": reviewing.before_chair(reader, found.number)}
    return {}
