"""Pages of the trackers: agreements, provisions, calendar, committee, registers, and the one form with which entries are stated."""

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.strategy import commitment, digital, implementation
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.chart import Bar, bars
from customhouse_server.desk.form import fields, read, texts, typed
from customhouse_server.desk.number import is_number
from customhouse_server.desk.paper import paper_answer
from customhouse_server.desk.words import retold
from customhouse_server.development import actions as projects
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.period import month_of
from customhouse_server.performance.store import figures_of
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import today
from customhouse_server.tracker import actions, current, exported, paper
from customhouse_server.tracker.actions import FourEyesError, NotYoursError, Stated, UnreadableEntryError
from customhouse_server.tracker.form import form_of
from customhouse_server.tracker.matter import Kind
from customhouse_server.tracker.store import StaleEntryError, UnknownEntryError
from customhouse_server.tracker.tracked import Tracked

_MONTHS = 12
_REFUSALS = (FaultyError, FourEyesError, NotYoursError, UnreadableEntryError, StaleEntryError)
_OF_A_PROVISION = {
    "tfa": (Kind.PLEDGE, Kind.LAW, Kind.EVIDENCE, Kind.ACTION, Kind.EXTENSION, Kind.SHIFT, Kind.ARRANGEMENT),
    "kyoto": (Kind.POSITION, Kind.LAW, Kind.EVIDENCE, Kind.ACTION),
    "safe": (Kind.EVIDENCE, Kind.ACTION, Kind.ARRANGEMENT),
    "digital": (Kind.EVIDENCE, Kind.ACTION),
}


class Tile(NamedTuple):
    """A provision in the matrix: how it stands, its category, and whether a verified provision of law in force carries it out."""

    provision: implementation.instrument.Provision
    stands: implementation.Standing
    category: str | None
    is_law: bool


def _known(person: Person) -> Tracked:
    return actions.tracked(person, on=today())


@require_safe
@for_roles(actions.HOUSE)
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    """Every agreement with how much of it is carried out, what runs out next, and what has no legal basis."""
    known = _known(person)
    progress = [
        {"instrument": each, "done": sum(one.is_carried_out for one in known.standings[name].values()), "all": len(each.provisions)}
        for name, each in current.instruments().items()
    ]
    context = {
        "known": known,
        "progress": progress,
        "next": [(each, each.days_left(on=known.on)) for each in known.deadlines[:8]],
        "overdue": [each for each in known.steps() if each.progress is commitment.action.Progress.OVERDUE],
        "bare": [each for each in known.decisions if each.lacks],
        "is_made_up": current.is_made_up(),
    }
    return render(request, "tracker/overview.html", context)


@require_safe
@for_roles(actions.HOUSE)
def agreement(request: HttpRequest, person: Person, name: str) -> HttpResponse:
    """One agreement as a matrix of its provisions by state, filtered by state and category, and as CSV, JSON or PDF."""
    instrument, known = _instrument(name), _known(person)
    if request.GET.get("format") == "pdf":
        return paper_answer(f"{name}-{known.on}", paper.of_agreement(instrument, known), at=timezone.now())
    if request.GET.get("format") in ("csv", "json"):
        return _file(instrument, known, request.GET["format"])
    state, category = request.GET.get("state", ""), request.GET.get("category", "")
    standings = known.standings[name]
    groups = [(group, [_tile(known, name, each) for each in instrument.under(group)]) for group in instrument.groups]
    chosen = [
        (group, [row for row in rows if state in ("", row.stands.state.value) and category in ("", row.category or "")])
        for group, rows in groups
    ]
    counted = {each: sum(one.state is each for one in standings.values()) for each in type(next(iter(standings.values())).state)}
    context = {
        "instrument": instrument,
        "known": known,
        "groups": [(group, rows) for group, rows in chosen if rows],
        "counted": [(each.value, number) for each, number in counted.items() if number],
        "state": state,
        "category": category,
        "done": sum(each.is_carried_out for each in standings.values()),
        "maturity": known.maturity if name == "digital" else None,
        "level": digital.LEVELS[known.maturity.level],
        "citations": _by_number(instrument),
        "is_made_up": current.is_made_up(),
    }
    return render(request, "tracker/agreement.html", context)


@require_safe
@for_roles(actions.HOUSE)
def provision(request: HttpRequest, person: Person, name: str, number: str) -> HttpResponse:
    """One provision: how it stands and why, its figures by month, what was promised, the law, evidence, actions, and its history."""
    instrument, known = _instrument(name), _known(person)
    found = instrument.numbered(number)
    if found is None:
        raise Http404(number)
    subject = f"{name}/{number}"
    codes = [each.indicator for each in found.proofs if each.indicator and not current.indicators()[each.indicator].missing_source]
    context = {
        "known": known,
        "instrument": instrument,
        "provision": found,
        "subject": subject,
        "stands": known.standings[name][number],
        "category": known.category(subject),
        "series": [_series(code, known) for code in codes],
        "clocks": [(each, each.days_left(on=known.on)) for each in known.deadlines if each.number == number] if name == "tfa" else [],
        "steps": known.steps(subject),
        "effort": known.effort(subject),
        "registers": [(kind, known.of(kind, subject)) for kind in _OF_A_PROVISION[name] if kind is not Kind.ACTION],
        "citations": [each for each in current.citations_of(name) if each.is_of(number)],
        "history": actions.history(person, subject),
        "projects": projects.carrying_out(person, subject) if person.role in projects.PROGRAMME else (),
        "person": person,
        "keeps": person.role in CUSTOMS,
        "is_made_up": current.is_made_up(),
    }
    return render(request, "tracker/provision.html", context)


@require_safe
@for_roles(actions.HOUSE)
def calendar(request: HttpRequest, person: Person) -> HttpResponse:
    """The early-warning calendar: every clock and every notice, with the days that are left."""
    known = _known(person)
    clocks = [(each, each.days_left(on=known.on)) for each in known.deadlines]
    due = [each for each in known.notices if each.due_on <= known.on]
    context = {
        "known": known,
        "due": len(due),
        "in_time": sum(each.timeliness is commitment.notice.Timeliness.IN_TIME for each in due),
        "clocks": clocks,
        "notices": known.notices,
        "keeps": person.role in CUSTOMS,
    }
    return render(request, "tracker/calendar.html", context)


@require_safe
@for_roles(actions.HOUSE)
def notice(_request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """A notice to the WTO as a document to download, written from the registers."""
    known = _known(person)
    due = next((each.due for each in known.notices if each.due.code == code), None)
    if due is None:
        raise Http404(code)
    given = known.one(Kind.NOTICE, f"notice/{code}")
    answers = dict(line.split(":", 1) for line in given.document.said.splitlines() if ":" in line) if given else {}
    subjects = [each.subject for each in known.of(Kind.PLEDGE)]
    measures = {subject.removeprefix("tfa/"): found for subject in subjects if (found := known.measure(subject))}
    told = {name.strip(): text.strip() for name, text in answers.items()}
    told["Member"] = known.membership.member or gettext(current_country().name["en"])
    text = commitment.notice_text(_instrument("tfa"), due, measures=measures, answers=told, translated=gettext)
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="notice-{code}.md"'
    return answer


@require_safe
@for_roles(actions.HOUSE)
def committee(request: HttpRequest, person: Person) -> HttpResponse:
    """The national committee: its members, its meetings, and every action with its owner and clock."""
    known = _known(person)
    context = {
        "known": known,
        "stands": known.standings["tfa"]["23.2"],
        "members": known.of(Kind.COMMITTEE_MEMBER),
        "meetings": sorted(known.of(Kind.MEETING), key=lambda each: each.document.held_on, reverse=True),
        "steps": known.steps(),
        "closed": sum(each.action.is_done for each in known.steps()),
        "person": person,
        "keeps": person.role in CUSTOMS,
    }
    return render(request, "tracker/committee.html", context)


@require_safe
@for_roles(actions.HOUSE)
def meeting(request: HttpRequest, person: Person, matter: UUID) -> HttpResponse:
    """One meeting: agenda, minutes, decisions, and the actions decided there; as a page, or as a PDF for the committee."""
    known = _known(person)
    found = next((each for each in known.of(Kind.MEETING) if each.matter == matter), None)
    if found is None:
        raise Http404(str(matter))
    if request.GET.get("format") == "pdf":
        return paper_answer(f"committee-{found.document.held_on}", paper.of_meeting(found.document, known), at=timezone.now())
    steps = [each for each in known.steps() if each.action.meeting == found.document.title]
    context = {"known": known, "entry": found, "steps": steps, "person": person, "keeps": person.role in CUSTOMS}
    return render(request, "tracker/meeting.html", context)


@require_safe
@for_roles(actions.HOUSE)
def decisions(request: HttpRequest, person: Person) -> HttpResponse:
    """Each decision that the code takes without a person, with its legal basis; those that lack something first, in red."""
    known = _known(person)
    own = {each.subject.removeprefix("decision/"): each for each in known.of(Kind.LEGAL_BASIS)}
    rows = [(each, own.get(each.code)) for each in known.decisions]
    context = {
        "rows": rows,
        "bare": sum(bool(each.lacks) for each in known.decisions),
        "unverified": sum(not (entry and entry.is_verified) for _, entry in rows),
        "person": person,
        "keeps": person.role in CUSTOMS,
    }
    return render(request, "tracker/decisions.html", context)


@require_safe
@for_roles(actions.HOUSE)
def portfolio(request: HttpRequest, person: Person) -> HttpResponse:
    """The digital instruments, each with its purpose, owner, version, stage, adopters, what it rests on and what comes next."""
    known = _known(person)
    context = {"rows": known.portfolio, "faults": digital.faults_of(known.portfolio), "keeps": person.role in CUSTOMS}
    return render(request, "tracker/portfolio.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def state(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    """State an entry or change one; what was typed stays where it is refused."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _kind(kind)
    form = form_of(chosen)
    subject, back = asked.get("subject", ""), _back(request, asked.get("back", ""))
    values, refusal, matter, over = asked.dict(), None, _matter(asked.get("matter", "")), asked.get("over", "0")
    if request.method == "POST":
        try:
            document = msgspec.to_builtins(read(form, typed(form, request.POST)))
            stated = Stated(chosen, subject, document, matter=matter, version=int(over) if is_number(over) else 0)
            actions.record(person, stated, at=timezone.now())
        except UnknownEntryError as error:
            raise Http404(str(error)) from error
        except _REFUSALS as error:
            refusal = error
        else:
            flash.success(request, _("Recorded."))
            return redirect(back)
    elif found := _entry_to_change(person, chosen, subject, matter):
        values, matter, over = texts(found.document), found.matter, str(found.version)
    else:
        values = _proposed(chosen, subject) | values
    context = {
        "kind": chosen,
        "subject": subject,
        "fields": fields(form, values, refusal),
        "fault": retold(refusal) if refusal else "",
        "back": back,
        "matter": matter or "",
        "over": over,
    }
    return render(request, "tracker/entry.html", context, status=422 if refusal else 200)


@require_POST
@for_roles(CUSTOMS)
def verify(request: HttpRequest, person: Person, matter: UUID) -> HttpResponse:
    """Verify an entry that somebody else stated."""
    return _done(request, lambda version: actions.verify(person, matter, version=version, at=timezone.now()), _("Verified."))


@require_POST
@for_roles(CUSTOMS)
def withdraw(request: HttpRequest, person: Person, matter: UUID) -> HttpResponse:
    """Take an entry back."""
    return _done(request, lambda version: actions.withdraw(person, matter, version=version, at=timezone.now()), _("Taken back."))


def _done(request: HttpRequest, act: Callable[[int], object], said: str) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        act(int(version) if is_number(version) else 0)
        flash.success(request, said)
    except UnknownEntryError as error:
        raise Http404(str(error)) from error
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    return redirect(_back(request, request.POST.get("back", "")))


def _tile(known: Tracked, name: str, provision: implementation.instrument.Provision) -> Tile:
    subject = f"{name}/{provision.number}"
    return Tile(provision, known.standings[name][provision.number], known.category(subject), known.law(subject) is not None)


def _by_number(instrument: implementation.Instrument) -> list[tuple[str, bool, list[implementation.citation.Citation]]]:
    """What our rules cite, provision by provision, and whether the provision has a page of its own."""
    cited = sorted(current.citations_of(instrument.name), key=lambda each: _in_order(each.number))
    return [
        (number, instrument.numbered(number) is not None, list(found)) for number, found in groupby(cited, key=lambda each: each.number)
    ]


def _in_order(number: str) -> list[tuple[int, str]]:
    """A key that puts GA 3.6 before GA 3.11."""
    return [(int(part) if is_number(part) else 0, part) for part in number.replace(".", " ").split()]


def _series(code: str, known: Tracked) -> dict[str, object]:
    """The figures of an indicator month by month, drawn and as they were worked out; a month without events has no bar."""
    measured, months = current.indicators()[code], month_of(known.on).months(_MONTHS)
    kept = figures_of([measured], months)
    figures = [kept.get((code, each.start, each.end)) for each in months]
    told = [
        Bar(f"{each.start:%Y-%m}", Decimal(str(each.value)), f"{each.value:.4g}")
        for each in figures
        if each and each.value is not None and each.n
    ]
    drawn = bars(f"{code} {gettext(measured.name)}", told) if told else ""
    return {"indicator": measured, "figures": list(zip(months, figures, strict=True)), "svg": drawn}


def _instrument(name: str) -> implementation.Instrument:
    found = current.instruments().get(name)
    if found is None:
        raise Http404(name)
    return found


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError as error:
        raise Http404(kind) from error


def _matter(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404(text) from error


def _entry_to_change(person: Person, kind: Kind, subject: str, matter: UUID | None) -> actions.Entry | None:
    """The entry that is to be changed: the one named, or of a kind that a subject has once the one there is."""
    if matter is None:
        return actions.only_entry(person, kind, subject)
    try:
        return actions.entry(person, matter)
    except UnknownEntryError as error:
        raise Http404(str(error)) from error


def _proposed(kind: Kind, subject: str) -> dict[str, str]:
    """What the product proposes for an entry that nobody stated yet."""
    code = subject.partition("/")[2]
    shipped = {Kind.LEGAL_BASIS: current.shipped_legal_bases(), Kind.DIGITAL_INSTRUMENT: current.shipped_portfolio()}.get(kind, {})
    return texts(shipped[code]) if code in shipped else {"code": code}


def _back(request: HttpRequest, there: str) -> str:
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    return there if safe and there else reverse("tracker:overview")


def _file(instrument: implementation.Instrument, known: Tracked, kind: str) -> HttpResponse:
    rows = exported.rows(instrument, known)
    content = exported.as_csv(rows) if kind == "csv" else exported.as_json(rows)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else "application/json")
    answer["Content-Disposition"] = f'attachment; filename="{instrument.name}.{kind}"'
    return answer
