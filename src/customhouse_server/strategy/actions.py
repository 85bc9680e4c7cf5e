"""Strategic plans: loading, editing, steps, comments, approvals and reports; each act is one transaction, and the core decides.

load(person, text, form, reason=, at=) -> View       a file: a new plan, or the next version of the one of that name
revise(person, id, raw, reason=, over=, at=) -> View     the text with a change, over the version that the person had
take_step(person, id, Step, at=) -> View             conclude, skip or send back; adoption by another than put it up
put_up(person, id, at=) -> View                      this version for adoption
put_forward / decide_indicator(person, id, code, ..., at=) -> View
comment(person, id, Said, at=), speaks_for(person, View); answer(person, id, number, ..., at=) -> View
write_report(person, id, year, halves=, at=) -> number
view(person, id) -> View; versions(person, id); text(person, id, number); report(person, id, number)
listed(person or None); public(name) -> View             what is adopted is for everybody

Administrators edit; supervisors comment, and record what needs a second person; members of a body read what is put to it, and comment for
it. All refuse with `NotPermittedError`, `store.UnknownPlanError`, the core's `review.standing.RefusedError`, `strategy.UnreadablePlanError`
and `StalePlanError`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from customhouse import strategy
from customhouse.performance import indicator
from customhouse.saying import Refusal
from customhouse.strategy import Form, StrategicPlan, review
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.journal import store as journal
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.performance import stated
from customhouse_server.performance.current import event_store, known_indicators
from customhouse_server.performance.disclosure import disclosed_to, is_of_house
from customhouse_server.strategy import seating, store
from customhouse_server.strategy.beside import beside
from customhouse_server.strategy.store import Kept, Record, UnknownPlanError
from customhouse_server.tariff.day import today

EDITORS = frozenset({Role.ADMINISTRATOR})
COMMENTERS = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
READERS = CUSTOMS | EDITORS
SIGNED_IN = frozenset(Role)
"""Who may come to the pages of plans: a member of a body may be of any role, and what he may read is asked of each plan."""
_BY_A_SECOND = ("adoption",)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


class StalePlanError(Refusal):
    """Somebody kept another version meanwhile."""


@dataclass(frozen=True, slots=True)
class View:
    """A plan as it stands: the row, the text, and where it is in its cycle."""

    record: Record
    plan: StrategicPlan
    standing: review.standing.Standing
    events: tuple[review.event.AnyEvent, ...]


@dataclass(frozen=True, slots=True)
class StepDone:
    """What a body did with the step that is due, as a person records it."""

    step: str
    year: int | None
    act: review.Act
    decision: str
    decided_on: dt.date
    reason: str = ""
    document: str = ""
    meeting: str = ""


def load(person: Person, text: str, form: Form, *, reason: str, at: dt.datetime) -> View:
    """Keep the plan that a file states."""
    person.require(EDITORS, "loading a plan")
    plan = strategy.read_plan(text, form)
    if not _NAME.fullmatch(plan.name):
        raise review.standing.RefusedError(
            "{name!r} cannot stand in an address: name a plan in small letters, digits and hyphens", name=plan.name
        )
    with transaction.atomic():
        found = store.record_named(plan.name)
        if found is None:
            return _kept_version(_new_record(plan, at=at), plan, person, reason=reason, at=at)
        return _revised(person, store.record_of(found.id, locked=True), plan, reason=reason, at=at)


def revise(person: Person, plan_id: UUID, raw: object, *, reason: str, over: int, at: dt.datetime) -> View:  # noqa: PLR0913 - a change
    """Keep the text with a change, unless somebody kept another version meanwhile."""
    person.require(EDITORS, "changing a plan")
    with transaction.atomic():
        record = store.record_of(plan_id, locked=True)
        if record.version != over:
            raise StalePlanError(
                "{version} is the version now, and you changed version {over}: open it again to go on from there",
                version=record.version,
                over=over,
            )
        return _revised(person, record, strategy.plan_of(raw), reason=reason, at=at)


def take_step(person: Person, plan_id: UUID, done: StepDone, *, at: dt.datetime) -> View:
    """Record what a body did with the step that is due."""
    person.require(COMMENTERS if done.step in _BY_A_SECOND else EDITORS, "recording a step of the cycle")
    due = review.cycle.Due(review.cycle.Step(done.step), done.year)
    decision = review.standing.Decision(
        text=done.decision,
        on=done.decided_on,
        actor=person.username,
        reason=done.reason,
        document=done.document,
        meeting=done.meeting,
    )
    return _done(plan_id, lambda seen: review.standing.taken(seen.standing, due, act=done.act, decision=decision, at=at), at=at)


def put_up(person: Person, plan_id: UUID, *, at: dt.datetime) -> View:
    """Put the present version up for adoption."""
    person.require(EDITORS, "putting a plan up for adoption")
    return _done(plan_id, lambda seen: review.standing.adoption_proposed(seen.standing, person.username, at=at), at=at)


def put_forward(person: Person, plan_id: UUID, code: str, *, at: dt.datetime) -> View:
    """Put an indicator before the Audit Committee."""
    person.require(EDITORS, "putting an indicator forward")
    return _done(
        plan_id, lambda seen: review.standing.put_forward(seen.standing, _indicator(seen, code), actor=person.username, at=at), at=at
    )


def decide_indicator(  # noqa: PLR0913 - what a decision is made of
    person: Person, plan_id: UUID, code: str, *, told: review.standing.Decision, approved: bool, at: dt.datetime
) -> View:
    """Record the Audit Committee's decision on an indicator; one of another month than the committee's needs its reason."""
    person.require(COMMENTERS, "recording the approval of an indicator")
    decision = replace(told, actor=person.username)
    return _done(
        plan_id,
        lambda seen: review.standing.indicator_decided(
            seen.plan, seen.standing, indicator=_indicator(seen, code), decision=decision, approved=approved, at=at
        ),
        at=at,
    )


def comment(person: Person, plan_id: UUID, *, said: review.comment.Said, at: dt.datetime) -> View:
    """Comment on what is due: supervisors for customs, a member for a body of his, the secretariat for any that was heard."""
    return _done(plan_id, lambda seen: _commented(person, seen, said, at=at), at=at)


def answer(  # noqa: PLR0913 - what an answer is made of
    person: Person, plan_id: UUID, number: int, *, disposition: review.comment.Disposition, text: str, at: dt.datetime
) -> View:
    """Say what becomes of a comment."""
    person.require(EDITORS, "answering a comment")
    return _done(
        plan_id,
        lambda seen: review.standing.disposed(seen.standing, number, disposition=disposition, text=text, actor=person.username, at=at),
        at=at,
    )


def write_report(person: Person, plan_id: UUID, year: int, *, halves: int, at: dt.datetime) -> int:
    """Write the report on half a financial year or the whole of it; its number.

    Refused with `RefusedError` are a year outside the plan and one that has not begun; the bodies receive a report before its period ends.
    """
    person.require(EDITORS, "writing a report")
    numbers: list[int] = []

    def written(seen: View) -> review.event.AnyEvent:
        if year not in seen.plan.years() or halves not in (1, 2):
            raise review.standing.RefusedError("the plan has no such financial year")
        period = review.reported_period(seen.plan, year, halves=halves, on=at.date())
        if at.date() < period.start:
            raise review.standing.RefusedError("the year begins on {day}: there is nothing to report on before it", day=period.start)
        figures = review.figures_of(seen.plan, seen.standing, period=period, known=stated.known(), store=event_store())
        report = review.report_on(seen.plan, seen.standing, period=period, figures=figures)
        report = msgspec.structs.replace(report, beside=beside(person, seen.plan, report, on=at.date()))
        numbers.append(len(seen.standing.reports) + 1)
        store.add_report(plan_id, report, Kept(numbers[0], "", person.username, at))
        step = review.cycle.Step.MID_YEAR_REPORT if halves == 1 else review.cycle.Step.YEARLY_REPORT
        return review.event.PlanReportWritten(
            occurred_at=at, actor=person.username, number=numbers[0], step=step, start=period.start, end=period.end
        )

    _done(plan_id, written, at=at)
    return numbers[0]


def listed(person: Person | None) -> tuple[Record, ...]:
    """The plans: all for customs, those put to one's body for its members, those that are adopted for everybody."""
    if person and person.role in READERS:
        return store.records()
    sits_in = _sits_in(person) if person else frozenset()
    return tuple(
        each
        for each in (store.records() if sits_in else store.records(status="adopted"))
        if each.status == "adopted" or sits_in & review.membership.put_to(_view(each).standing)
    )


def titled(record: Record, language: str) -> str:
    """The title of a plan that is listed, in a language where the plan brings it."""
    return store.version_of(record.id, record.version).in_language(language).title


def view(person: Person, plan_id: UUID) -> View:
    """A plan as customs sees it, and the members of the bodies that it was put to, without figures that are for other eyes."""
    sits_in = frozenset() if person.role in READERS else _sits_in(person)
    if not sits_in:
        person.require(READERS, "this plan")
    seen = _view(store.record_of(plan_id))
    if sits_in and not sits_in & review.membership.put_to(seen.standing):
        person.require(READERS, "this plan")
    return _told(seen, disclosed_to(person))


def speaks_for(person: Person, seen: View) -> tuple[review.cycle.Body, ...]:
    """The bodies for which a person may comment: the secretariat records for all that the plan was put to, a member speaks for his own."""
    heard = review.membership.put_to(seen.standing)
    return tuple(sorted(heard if person.role in EDITORS else heard & _sits_in(person)))


def public(name: str) -> View:
    """A plan that is adopted, as it is disclosed to everybody; refuses with `UnknownPlanError` any other."""
    found = store.record_named(name)
    if found is None or found.status != "adopted":
        raise UnknownPlanError("there is no adopted plan of that name")
    return _told(_view(found), disclosed_to(None), is_public=True)


def report(person: Person, plan_id: UUID, number: int) -> tuple[review.Report, Kept]:
    """A report as it was written, without the figures that are for other eyes."""
    _require_reader(person, plan_id)
    written, kept = store.report_of(plan_id, number)
    shown = written if is_of_house(person) else written.told_outside()
    return shown.disclosed(disclosed_to(person)), kept


def versions(person: Person, plan_id: UUID) -> tuple[Kept, ...]:
    """The versions of a plan, the latest first."""
    _require_reader(person, plan_id)
    return store.versions_of(plan_id)


def text(person: Person, plan_id: UUID, number: int | None = None) -> StrategicPlan:
    """A version of a plan, the present one where none is named, without figures that are for other eyes."""
    _require_reader(person, plan_id)
    return store.version_of(plan_id, number or store.record_of(plan_id).version).disclosed(disclosed_to(person), known_indicators())


def _sits_in(person: Person) -> frozenset[review.cycle.Body]:
    """The bodies in which a person sits now."""
    return seating.bodies_of(person, on=today())


def _require_reader(person: Person, plan_id: UUID) -> None:
    if person.role not in READERS:
        view(person, plan_id)


def _commented(person: Person, seen: View, said: review.comment.Said, *, at: dt.datetime) -> review.event.AnyEvent:
    if said.body is None:
        person.require(COMMENTERS, "commenting on a plan for no body")
    elif said.body not in speaks_for(person, seen):
        raise NotPermittedError("one comments for a body in which one sits, and only on what was put to it")
    if said.way is not review.comment.Way.REMARK:
        person.require(EDITORS, "recording what a consultation or a survey brought")
    return review.standing.commented(seen.standing, person.username, said=said, at=at)


def _view(record: Record) -> View:
    plan = store.version_of(record.id, record.version)
    events = tuple(review.event.DECODER.decode(each.document) for each in journal.events_of(record.id))
    standing = review.standing.standing_of(plan, events)
    return View(record, msgspec.structs.replace(plan, status=standing.status), standing, events)


def _told(seen: View, levels: frozenset[indicator.Disclosure], *, is_public: bool = False) -> View:
    """A plan and where it stands, as they are disclosed to somebody who sees these levels."""
    plan = seen.plan.disclosed(levels, known_indicators(), is_public=is_public)
    return replace(seen, plan=plan, standing=seen.standing.disclosed(seen.plan.operation, plan.operation))


def _done(plan_id: UUID, made: Callable[[View], review.event.AnyEvent], *, at: dt.datetime) -> View:
    """Hold the plan, have the core make the event, and keep where the plan stands after it."""
    with transaction.atomic():
        seen = _view(store.record_of(plan_id, locked=True))
        return _entered(seen, made(seen), at=at)


def _entered(seen: View, happened: review.event.AnyEvent, *, at: dt.datetime) -> View:
    event = msgspec.structs.replace(happened, plan=seen.record.name)
    entry = journal.EventEntry(kind=type(event).__name__, occurred_at=at, document=msgspec.json.encode(event).decode())
    execute_as_one([journal.event_clause([entry], declaration_id=seen.record.id, actor=event.actor)])
    events = (*seen.events, event)
    standing = review.standing.standing_of(seen.plan, events)
    due = standing.due
    record = replace(
        seen.record,
        title=seen.plan.title,
        status=standing.status.value,
        version=standing.version,
        due_step=due.step.value if due else "",
        due_year=due.year if due else None,
        due_on=review.cycle.due_on(seen.plan, due) if due else None,
        valid_from=seen.plan.valid_from,
        valid_to=seen.plan.valid_to,
        updated_at=at,
    )
    store.keep(record)
    return View(record, msgspec.structs.replace(seen.plan, status=standing.status), standing, events)


def _revised(person: Person, record: Record, plan: StrategicPlan, *, reason: str, at: dt.datetime) -> View:
    before = store.version_of(record.id, record.version)
    if plan.name != before.name:
        raise review.standing.RefusedError("a plan keeps its name; begin another plan instead")
    if record.status in ("adopted", "superseded") and _is_another_text(before, plan):
        raise review.standing.RefusedError("what is adopted stays as it is: only the annex may change, for the rest begin the next plan")
    return _kept_version(record, plan, person, reason=reason, at=at)


def _is_another_text(before: StrategicPlan, after: StrategicPlan) -> bool:
    return any(
        getattr(before, name) != getattr(after, name)
        for name in StrategicPlan.__struct_fields__
        if name not in ("operation", "version", "status", "translations")
    )


def _kept_version(record: Record, plan: StrategicPlan, person: Person, *, reason: str, at: dt.datetime) -> View:
    number = record.version + 1
    numbered = msgspec.structs.replace(plan, version=number)
    if number == 1:
        store.keep(record)
    store.add_version(record.id, numbered, Kept(number, reason, person.username, at))
    events = () if number == 1 else _view(record).events
    event = review.event.PlanVersionKept(occurred_at=at, actor=person.username, version=number, reason=reason)
    return _entered(View(record, numbered, review.standing.Standing(), events), event, at=at)


def _new_record(plan: StrategicPlan, *, at: dt.datetime) -> Record:
    due = review.cycle.first_due()
    return Record(
        id=uuid4(),
        name=plan.name,
        title=plan.title,
        status="outline",
        version=0,
        due_step=due.step.value,
        due_year=None,
        due_on=review.cycle.due_on(plan, due),
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        updated_at=at,
    )


def _indicator(seen: View, code: str) -> strategy.operation.PlannedIndicator:
    found = next((each for each in seen.plan.operation.indicators if each.code == code), None)
    if found is None:
        raise review.standing.RefusedError("the plan has no indicator {code}", code=code)
    return found
