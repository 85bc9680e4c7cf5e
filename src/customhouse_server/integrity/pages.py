"""Pages of integrity that concern leads: those of the integrity office, of a reviewer, and of the officer who replies; and its members."""

import datetime as dt
from uuid import UUID

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.development import integrity
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.integrity import actions, rulebook
from customhouse_server.integrity.actions import Doing, ReviewAct, UnknownLeadError
from customhouse_server.performance.actions import open_among
from customhouse_server.tariff.day import read_day

_LAST_DAY = dt.date(9999, 12, 30)
_OFFICE = frozenset({*CUSTOMS, Role.ADMINISTRATOR})


@require_safe
@for_roles(CUSTOMS)
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """The leads that the person works on, and for members the ways to everything else."""
    today = timezone.now().date()
    rules = {each.code: each for each in rulebook.lead_rules().rules}
    leads = [{"kept": each, "rule": rules.get(each.lead.rule)} for each in actions.leads(person)]
    context = {
        "leads": leads,
        "is_member": actions.is_member(person),
        "rules": rules.values(),
        "start": today.replace(month=1, day=1),
        "end": today,
    }
    return render(request, "integrity/home.html", context)


@require_POST
@for_roles(CUSTOMS)
def run(request: HttpRequest, person: Person) -> HttpResponse:
    """Look for leads in a period."""
    try:
        start, until = (read_day(request.POST.get(name, "")) for name in ("start", "end"))
        new = actions.review_events(person, start=start, end=min(until, _LAST_DAY) + dt.timedelta(days=1), at=timezone.now())
        flash.success(request, _("%(new)d new leads.") % {"new": new})
    except ValueError as error:
        flash.error(request, retold(error))
    return redirect("integrity:home")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def lead(request: HttpRequest, person: Person, lead_id: UUID) -> HttpResponse:
    """One lead: what the events show, what else may explain it, what was said, and what can be done now."""
    try:
        if request.method == "POST":
            _do(request, person, lead_id)
            return redirect("integrity:lead", lead_id)
        seen = actions.lead(person, lead_id, at=timezone.now())
    except UnknownLeadError as error:
        raise Http404(str(error)) from error
    kept = seen.kept
    context = {
        "seen": seen,
        "kept": kept,
        "lead": kept.lead,
        "open": open_among(person, [(each.transaction, each.id) for each in kept.lead.evidence], start=kept.lead.start, end=kept.lead.end),
        "own": kept.review.officer == person.username,
        "base": None if kept.lead.others_share is None else 100 * kept.lead.others_share,
        "share": 100 * kept.lead.observed / kept.lead.of if kept.lead.of else None,
        "reviewers": actions.reviewers(kept) if ReviewAct.ASSIGN in seen.allowed else (),
        "reply_days": rulebook.lead_rules().reply_days,
    }
    return render(request, "integrity/lead.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(_OFFICE)
def members(request: HttpRequest, person: Person) -> HttpResponse:
    """Who works for the integrity office; an administrator names, a member confirms."""
    if request.method == "POST":
        now = timezone.now()
        if request.POST.get("username"):
            actions.name_member(person, request.POST["username"].strip(), at=now)
        elif is_number(request.POST.get("confirm", "")):
            actions.confirm_member(person, int(request.POST["confirm"]), at=now)
        elif is_number(request.POST.get("end", "")):
            actions.end_member(person, int(request.POST["end"]), at=now)
        return redirect("integrity:members")
    is_administrator = person.role is Role.ADMINISTRATOR
    return render(request, "integrity/members.html", {"members": actions.members(person), "is_administrator": is_administrator})


def _do(request: HttpRequest, person: Person, lead_id: UUID) -> None:
    try:
        act = ReviewAct(request.POST.get("act", ""))
    except ValueError as error:
        raise PermissionDenied from error
    doing = Doing(act, text=request.POST.get("text", ""), reviewer=request.POST.get("reviewer", ""))
    try:
        actions.do(person, lead_id, doing, at=timezone.now())
        flash.success(request, _("Done."))
    except integrity.review.ReviewRefusedError as refusal:
        flash.error(request, retold(refusal))
