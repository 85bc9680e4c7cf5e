"""Pages of the registers: one's own interests, gifts and contracts; for members the risk map, the self-assessment and what to review."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import sanitize_separators
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from customhouse.development import integrity
from customhouse.kernel import months_after
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.integrity import actions, drawing, register, rulebook
from customhouse_server.integrity.export_pages import year_of
from customhouse_server.integrity.register import Became, GiftTold, UnknownContractError, UnknownRecordError
from customhouse_server.performance.period import UnknownPeriodError, read_period
from customhouse_server.tariff.day import read_day

_Planned = TypeVar("_Planned", integrity.risk_map.Action, integrity.self_assessment.Measure)
_PAGE_SIZE = 50
TIES = {
    integrity.interest.Tie.OWNERSHIP: gettext_lazy("I own part of it"),
    integrity.interest.Tie.FAMILY: gettext_lazy("family works there or owns it"),
    integrity.interest.Tie.FORMER_EMPLOYER: gettext_lazy("I worked there within five years"),
    integrity.interest.Tie.SECOND_JOB: gettext_lazy("I work there beside customs"),
    integrity.interest.Tie.DEBT: gettext_lazy("I owe it money, or it owes me"),
    integrity.interest.Tie.OTHER: gettext_lazy("something else"),
}
BECAME = {
    Became.DECLINED: gettext_lazy("declined"),
    Became.RETURNED: gettext_lazy("returned"),
    Became.HANDED_OVER: gettext_lazy("handed over to the office"),
    Became.KEPT: gettext_lazy("kept by the officer"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """What concerns the person: leads to reply to, ties and gifts declared, contracts."""
    now = timezone.now()
    today = now.date()
    if request.method == "POST":
        try:
            with _known():
                _declared(request.POST, person, at=now)
            flash.success(request, _("Done."))
        except ValueError as error:
            flash.error(request, retold(error))
        return redirect("integrity:mine")
    own = register.own(person, on=today)
    rules = {each.code: each for each in rulebook.lead_rules().rules}
    context = {
        "own": own,
        "leads": [(each, rules.get(each.lead.rule)) for each in actions.leads_on(person)],
        "contracts": register.contracts(person),
        "ties": TIES.items(),
        "became": BECAME.items(),
        "today": today,
        "is_member": actions.is_member(person),
    }
    return render(request, "integrity/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def risks(request: HttpRequest, person: Person) -> HttpResponse:
    """The risk map, the gravest first; a control counts once somebody has found it to work."""
    now = timezone.now()
    today = now.date()
    if request.method == "POST":
        posted = request.POST
        try:
            if posted.get("control"):
                register.control_works(person, posted.get("function", ""), posted["control"], at=now)
            elif is_number(posted.get("done", "")):
                with _known():
                    register.action_done(person, int(posted["done"]), at=now)
            else:
                register.plan(person, posted.get("function", ""), _planned(posted, "text", integrity.risk_map.Action), at=now)
        except ValueError as error:
            flash.error(request, retold(error))
        return redirect("integrity:risks")
    rated = register.risks(person, on=today)
    context = {
        "rated": rated,
        "planned": register.planned_actions(person),
        "today": today,
        "title": drawing.risks_title(rated),
        "chart": drawing.risks_drawn(rated),
    }
    return render(request, "integrity/risks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def assessment(request: HttpRequest, person: Person) -> HttpResponse:
    """The self-assessment of a year, beside the year before."""
    now = timezone.now()
    year = year_of(request.GET.get("year", ""), now.year)
    if request.method == "POST":
        try:
            register.answer(person, year, _answer(request.POST), at=now)
            flash.success(request, _("Done."))
        except ValueError as error:
            flash.error(request, retold(error))
        return redirect(f"{request.path}?year={year}#{request.POST.get('question', '')}")
    given, questions = register.answers(person, year), rulebook.questions()
    standings = register.standings(person, year)
    factors = [
        {"standing": each, "questions": [{"asked": q, "answer": given.get(q.code)} for q in questions.questions if q.factor == each.factor]}
        for each in standings
    ]
    context = {
        "factors": factors,
        "levels": list(enumerate(questions.levels)),
        "year": year,
        "target": questions.target,
        "today": now.date(),
        "title": drawing.factors_title(standings, target=questions.target),
        "chart": drawing.factors_drawn(standings, year=year, target=questions.target),
    }
    return render(request, "integrity/assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def contracts(request: HttpRequest, person: Person) -> HttpResponse:
    """The contracts that concern the person; a member offers them."""
    if request.method == "POST":
        scope = integrity.contract.Scope(office=request.POST.get("office", "").strip(), officer=request.POST.get("officer", "").strip())
        try:
            return redirect("integrity:contract", register.offer(person, scope, at=timezone.now()))
        except FaultyError as refusal:
            flash.error(request, retold(refusal))
            return redirect("integrity:contracts")
    context = {"contracts": register.contracts(person), "is_member": actions.is_member(person)}
    return render(request, "integrity/contracts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def contract(request: HttpRequest, person: Person, contract_id: int) -> HttpResponse:
    """A month of a contract: what came of each pair, what changed, and what both sides say."""
    now = timezone.now()
    month = _month(request.GET.get("month", ""), now.date())
    try:
        if request.method == "POST":
            if "agree" in request.POST:
                register.agree(person, contract_id, at=now)
            else:
                register.remark(person, contract_id, month=month, text=request.POST.get("text", ""), at=now)
            return redirect(f"{request.path}?month={month:%Y-%m}")
        told = register.month_of(person, contract_id, month=month)
    except UnknownContractError as error:
        raise Http404(str(error)) from error
    except FaultyError as refusal:
        flash.error(request, retold(refusal))
        return redirect(f"{request.path}?month={month:%Y-%m}")
    around = {"before": months_after(month, -1), "after": months_after(month, 1)}
    return render(request, "integrity/contract.html", {"told": told, **around})


@require_safe
@for_roles(CUSTOMS)
def contract_events(request: HttpRequest, person: Person, contract_id: int, code: str) -> HttpResponse:
    """The events behind one figure of a contract."""
    month = _month(request.GET.get("month", ""), timezone.now().date())
    try:
        found = register.events_of(person, contract_id, code, month=month)
    except UnknownContractError as error:
        raise Http404(str(error)) from error
    pages = Paginator(found, _PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "contract_id": contract_id,
        "code": code,
        "month": month,
        "total": len(found),
        "pages": pages,
        "query": f"month={month:%Y-%m}",
    }
    return render(request, "integrity/contract_events.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def reviews(request: HttpRequest, person: Person) -> HttpResponse:
    """Gifts and yearly statements of everybody, to be looked at by somebody else."""
    if request.method == "POST":
        text, now = request.POST.get("text", "").strip() or _("seen"), timezone.now()
        with _known():
            if is_number(request.POST.get("gift", "")):
                register.review_gift(person, int(request.POST["gift"]), text=text, at=now)
            elif is_number(request.POST.get("statement", "")):
                register.review_statement(person, int(request.POST["statement"]), text=text, at=now)
        return redirect("integrity:reviews")
    gifts, statements = register.to_review(person)
    return render(request, "integrity/reviews.html", {"gifts": gifts, "statements": statements, "username": person.username})


@contextmanager
def _known() -> Iterator[None]:
    """Where there is nothing of that number to be dealt with, there is no page."""
    try:
        yield
    except UnknownRecordError as unknown:
        raise Http404(str(unknown)) from unknown


def _declared(posted: QueryDict, person: Person, *, at: dt.datetime) -> None:
    match posted.get("what"):
        case "tie":
            tie = integrity.interest.Tie(posted.get("tie", ""))
            since = _day(posted.get("since", ""))
            interest = integrity.interest.Interest(party=_text(posted, "party"), tie=tie, note=posted.get("note", ""), since=since)
            register.declare(person, interest, at=at)
        case "end" if is_number(posted.get("number", "")):
            register.end_tie(person, int(posted["number"]), at=at)
        case "whole":
            register.say_whole(person, at=at)
        case "gift" if posted.get("became") in set(Became):
            value, offered_on = _amount(posted.get("value", "")), _day(posted.get("offered_on", ""))
            currency, became = _text(posted, "currency").upper(), Became(posted["became"])
            gift = GiftTold(_text(posted, "giver"), _text(posted, "thing"), value, currency, offered_on, became)
            register.record_gift(person, gift, at=at)
        case _:
            raise PermissionDenied


def _answer(posted: QueryDict) -> integrity.self_assessment.Answer:
    level = posted.get("level", "")
    return integrity.self_assessment.Answer(
        question=posted.get("question", ""),
        level=int(level) if level in {"0", "1", "2", "3", "4"} else -1,
        evidence=_text(posted, "evidence"),
        gap=_text(posted, "gap"),
        plan=(_planned(posted, "measure", integrity.self_assessment.Measure),) if _text(posted, "measure") else (),
    )


def _planned(posted: QueryDict, name: str, of: type[_Planned]) -> _Planned:
    """What is to be done, by whom and until when."""
    return of(text=_text(posted, name), owner=_text(posted, "owner"), due_on=_day(posted.get("due_on", "")))


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").strip()


def _day(text: str) -> dt.date:
    try:
        return read_day(text)
    except ValueError as error:
        raise ValueError(_("Write a day, as 2026-11-24.")) from error


def _amount(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(sanitize_separators(text.strip()))
    except InvalidOperation as error:
        raise ValueError(_("Write a number, as 1250.50")) from error
    return value


def _month(text: str, today: dt.date) -> dt.date:
    """The month that an address names, or the last whole one."""
    try:
        named = read_period(text)
    except UnknownPeriodError:
        named = None
    return named.start if named and named.is_month else months_after(today.replace(day=1), -1)
