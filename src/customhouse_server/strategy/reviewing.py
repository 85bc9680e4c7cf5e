"""Pages of a plan's review: its cycle with comments and decisions, the approval of indicators, and the reports."""

import datetime as dt
from uuid import UUID

import msgspec
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.strategy import review
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.icalendar import DueDay, ics_response
from customhouse_server.desk.number import is_number
from customhouse_server.desk.paper import paper_answer
from customhouse_server.desk.templatetags.customs import named
from customhouse_server.desk.words import retold
from customhouse_server.performance import stated
from customhouse_server.performance.current import known_indicators
from customhouse_server.performance.disclosure import disclosed_to
from customhouse_server.strategy import actions
from customhouse_server.strategy.actions import COMMENTERS, EDITORS, SIGNED_IN, StepDone, View
from customhouse_server.strategy.pages import described, in_words, posted_text, seen_plan
from customhouse_server.strategy.report_paper import content, month_charts
from customhouse_server.strategy.store import Kept, UnknownPlanError
from customhouse_server.tariff.day import read_day, today

_REFUSALS = (review.standing.RefusedError, ValueError)


@require_safe
@for_roles(SIGNED_IN)
def cycle(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """What is due and who must act, everything that was done, the steps that follow, and the comments."""
    seen = seen_plan(person, plan_id)
    due = seen.standing.due
    done = {(each.step, each.year): each for each in seen.standing.steps if each.act is not review.Act.SEND_BACK}
    rows = [
        {"due": each, "on": on, "done": done.get((each.step, each.year)), "now": each == due}
        for each, on in review.cycle.calendar(seen.plan)
    ]
    proposed = seen.standing.proposed
    context = {
        "rows": rows,
        "due": due,
        "sent_back": [each for each in seen.standing.steps if each.act is review.Act.SEND_BACK],
        "dispositions": list(review.comment.Disposition),
        "speaks_for": actions.speaks_for(person, seen),
        "ways": list(review.comment.Way) if person.role in EDITORS else [],
        "regions": _regions(seen),
        "acts": _acts(due),
        "may_record": person.role in (COMMENTERS if due and due.step is review.cycle.Step.ADOPTION else EDITORS),
        "is_put_up": bool(proposed and proposed.version == seen.standing.version),
        "put_up_by_me": bool(proposed and proposed.actor == person.username),
    }
    return render(request, "strategy/cycle.html", described(person, seen) | context)


@require_safe
@for_roles(SIGNED_IN)
def cycle_ics(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """The steps of a plan as a file for calendar programs."""
    return _calendar_file(seen_plan(person, plan_id), request.build_absolute_uri(reverse("strategy:cycle", args=[plan_id])))


@require_safe
def public_ics(request: HttpRequest, name: str) -> HttpResponse:
    """The same of an adopted plan, for everybody."""
    try:
        seen = actions.public(name)
    except UnknownPlanError as error:
        raise Http404(str(error)) from error
    return _calendar_file(seen, request.build_absolute_uri(reverse("strategy:public", args=[name])))


def _calendar_file(seen: View, address: str) -> HttpResponse:
    plan = in_words(seen).plan
    days = [
        DueDay(
            uid=f"{seen.record.id}-{due.step}-{due.year or seen.plan.valid_from.year}",
            on=on,
            summary=f"{named(due.step)}{f' {due.year}' if due.year else ''}: {named(due.row.body)}",
            description=f"{plan.title}\n{named(due.row.document)}",
            address=address,
        )
        for due, on in review.cycle.calendar(seen.plan)
    ]
    return ics_response(plan.name, plan.title, days, at=timezone.now())


@require_POST
@for_roles(COMMENTERS)
def step(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """Put the plan up for adoption, or record what a body did with the step that is due."""
    seen_plan(person, plan_id)
    try:
        if "put_up" in request.POST:
            actions.put_up(person, plan_id, at=timezone.now())
        else:
            actions.take_step(person, plan_id, _done(request), at=timezone.now())
        flash.success(request, _("Done."))
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    return redirect("strategy:cycle", plan_id)


@require_POST
@for_roles(SIGNED_IN)
def comment(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """Comment on what is due, or say what becomes of a comment."""
    seen_plan(person, plan_id)
    text = posted_text(request, "text")
    try:
        if "number" in request.POST:
            disposition = review.comment.Disposition(posted_text(request, "disposition"))
            number = int(posted_text(request, "number"))
            actions.answer(person, plan_id, number, disposition=disposition, text=text, at=timezone.now())
        else:
            actions.comment(person, plan_id, said=_said(request, text), at=timezone.now())
        flash.success(request, _("Done."))
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    return redirect("strategy:cycle", plan_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNED_IN)
def indicators(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """The indicators of a plan with their approval; one person puts forward, another records what the Audit Committee decided."""
    seen = seen_plan(person, plan_id)
    if request.method == "POST":
        code = posted_text(request, "code")
        try:
            if "forward" in request.POST:
                actions.put_forward(person, plan_id, code, at=timezone.now())
            else:
                actions.decide_indicator(
                    person, plan_id, code, told=_decision(request, person), approved="approve" in request.POST, at=timezone.now()
                )
            flash.success(request, _("Done."))
        except _REFUSALS as refusal:
            flash.error(request, retold(refusal))
        return redirect("strategy:indicators", plan_id)
    waiting, known, levels = seen.standing.put_forward, stated.known(), disclosed_to(person)
    rows = [
        {
            "planned": each,
            "meant": (meant := review.measured_by(each, known)),
            "is_disclosed": meant is not None and meant.disclosure in levels,
            "approval": seen.standing.approval_of(each),
            "forward": waiting[each.code] if each.code in waiting and waiting[each.code].indicator == each else None,
            "last": seen.standing.decided.get(each.code),
        }
        for each in seen.plan.operation.indicators
    ]
    months = sorted(review.cycle.months_of(seen.plan, review.cycle.Body.AUDIT_COMMITTEE))
    worded = get_text_list([MONTHS[month] for month in months], _("or"))
    return render(request, "strategy/indicators.html", described(person, seen) | {"rows": rows, "me": person.username, "months": worded})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNED_IN)
def reports(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """The reports on a plan; an administrator writes the next one."""
    seen = seen_plan(person, plan_id)
    if request.method == "POST":
        try:
            year, halves = int(posted_text(request, "year")), int(posted_text(request, "halves"))
            return redirect("strategy:report", plan_id, actions.write_report(person, plan_id, year, halves=halves, at=timezone.now()))
        except _REFUSALS as refusal:
            flash.error(request, retold(refusal))
    begun = [year for year in seen.plan.years() if review.reported_period(seen.plan, year, halves=1, on=today()).start <= today()]
    return render(request, "strategy/reports.html", described(person, seen) | {"written": seen.standing.reports[::-1], "begun": begun})


@require_safe
@for_roles(SIGNED_IN)
def report(request: HttpRequest, person: Person, plan_id: UUID, number: int) -> HttpResponse:
    """A report as a page."""
    written, kept = _read(person, plan_id, number)
    seen = seen_plan(person, plan_id)
    meant = {each.code: review.measured_by(each, known_indicators()) for each in seen.plan.operation.indicators}
    context = {"report": written, "kept": kept, "meant": meant, "month_charts": month_charts(written)}
    return render(request, "strategy/report.html", described(person, seen) | context)


@require_safe
@for_roles(SIGNED_IN)
def report_json(request: HttpRequest, person: Person, plan_id: UUID, number: int) -> HttpResponse:  # noqa: ARG001 - the person says it all
    """A report for programs."""
    written, _kept = _report(person, plan_id, number)
    return HttpResponse(msgspec.json.encode(written), content_type="application/json")


@require_safe
@for_roles(SIGNED_IN)
def report_paper(request: HttpRequest, person: Person, plan_id: UUID, number: int) -> HttpResponse:  # noqa: ARG001 - the same
    """A report on paper."""
    written, kept = _read(person, plan_id, number)
    return paper_answer(f"{written.plan}-{number}", content(written), at=kept.at)


def _read(person: Person, plan_id: UUID, number: int) -> tuple[review.Report, Kept]:
    """A report as the reader reads it, in the words that its version of the plan brings."""
    written, kept = _report(person, plan_id, number)
    return written.in_language(actions.text(person, plan_id, written.version), get_language() or "en"), kept


def _report(person: Person, plan_id: UUID, number: int) -> tuple[review.Report, Kept]:
    try:
        return actions.report(person, plan_id, number)
    except UnknownPlanError as error:
        raise Http404(str(error)) from error


def _regions(seen: View) -> list[dict[str, object]]:
    """Each region with what was heard from it."""
    return [
        {"region": region, "heard": [each.made for each in seen.standing.comments if each.made.body is region]}
        for region in review.cycle.REGIONS
    ]


def _acts(due: review.cycle.Due | None) -> list[str]:
    if due is None:
        return []
    skip = [review.Act.SKIP.value] if due.row.may_be_skipped else []
    back = [review.Act.SEND_BACK.value] if due.row.back else []
    return [review.Act.CONCLUDE.value, *skip, *back]


def _decision(request: HttpRequest, person: Person) -> review.standing.Decision:
    return review.standing.Decision(
        text=posted_text(request, "decision"),
        on=_day(posted_text(request, "decided_on")),
        actor=person.username,
        reason=posted_text(request, "reason"),
        meeting=posted_text(request, "meeting"),
    )


def _said(request: HttpRequest, text: str) -> review.comment.Said:
    body, way = posted_text(request, "body"), posted_text(request, "way")
    return review.comment.Said(
        text,
        origin=posted_text(request, "origin"),
        body=review.cycle.Body(body) if body else None,
        way=review.comment.Way(way) if way else review.comment.Way.REMARK,
    )


def _done(request: HttpRequest) -> StepDone:
    year = posted_text(request, "year")
    return StepDone(
        step=posted_text(request, "step"),
        year=int(year) if is_number(year) else None,
        act=review.Act(posted_text(request, "act")),
        decision=posted_text(request, "decision"),
        decided_on=_day(posted_text(request, "decided_on")),
        reason=posted_text(request, "reason"),
        document=posted_text(request, "document"),
        meeting=posted_text(request, "meeting"),
    )


def _day(text: str) -> dt.date:
    try:
        return read_day(text)
    except ValueError as error:
        raise ValueError(_("Write the day of the decision.")) from error
