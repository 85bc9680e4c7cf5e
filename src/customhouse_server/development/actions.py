"""Development: opening dossiers, changing them row by row, and the acts that have rules: moving a project, evaluating it, following up.

opened(person, Kind, value, at=) -> Dossier           supervisors and administrators
seen(person, id, Kind) -> Dossier; listed(person, Kind)
changed(person, id, Kind, Change, at=) -> Dossier      its owner or an administrator; `NotOwnerError`, `StaleDossierError`
move(person, id, Move, reason=, at=) -> Dossier        `project.MoveRefusedError`; an ended project gives its pledges back
evaluate(person, id, Evaluation, at=)                  anybody of the programme but its owner and team: `monitoring.NotIndependentError`
close(person, id, at=)                                 a diagnostic without an error: `OpenFindingsError`
engage(person, id, expert, at=)                        an expert whom nothing speaks against: `UnsuitableExpertError`

Every change writes an event in its transaction. What moves money stands in `funding`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from customhouse.development import DevelopmentRecorded, clock, delivery, diagnostic, monitoring, project
from customhouse.kernel import Severity, calendar
from customhouse.saying import Refusal, saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.development import funding, store
from customhouse_server.development.dossier import Dossier, Kind, NotOwnerError
from customhouse_server.development.framework import diagnostic_framework, in_kind_rules
from customhouse_server.development.words import FIELDS
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.journal.store import EventEntry, event_clause
from customhouse_server.tariff.country import current_country

PROGRAMME = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


class OpenFindingsError(Refusal):
    """A diagnostic is not closed while a finding about it is an error."""


class EndedProjectError(Refusal):
    """A project that is closed or dropped is a record."""


class UnsuitableExpertError(Refusal):
    """Something speaks against an expert for a mission."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a dossier: its value made from the one before, under a name, by whom saw which version (nothing: the newest)."""

    act: str
    make: Callable[[Any], msgspec.Struct]
    version: int | None = None
    reason: str = ""


def opened(person: Person, kind: Kind, value: msgspec.Struct, *, at: dt.datetime) -> Dossier:
    """A new dossier of the person's own; a pledge opens its account."""
    person.require(PROGRAMME, "capacity building")
    refuse_beyond(value)
    dossier = Dossier(id=uuid4(), kind=kind, owner=person.username, version=1, saved_at=at, value=value)
    with transaction.atomic():
        store.insert(dossier)
        if kind is Kind.PLEDGE:
            funding.open_pledge(dossier, actor=person.username, at=at)
        record(dossier, "opened", actor=person.username, at=at)
    return dossier


def seen(person: Person, dossier_id: UUID, kind: Kind) -> Dossier:
    """A dossier, for those of the programme."""
    person.require(PROGRAMME, "capacity building")
    return store.dossier_of(dossier_id, kind)


def listed(person: Person, kind: Kind) -> tuple[Dossier, ...]:
    """The dossiers of a kind, for those of the programme."""
    person.require(PROGRAMME, "capacity building")
    return store.dossiers(kind)


def carrying_out(person: Person, commitment: str) -> tuple[Dossier, ...]:
    """The projects that began as actions under a commitment."""
    return tuple(each for each in listed(person, Kind.PROJECT) if each.value.commitment == commitment)


def may_change(person: Person, dossier: Dossier) -> bool:
    """Whether a dossier is the person's to change: its owner's, or any administrator's."""
    return person.role is Role.ADMINISTRATOR or (person.role in PROGRAMME and dossier.owner == person.username)


def changed(person: Person, dossier_id: UUID, kind: Kind, change: Change, *, at: dt.datetime) -> Dossier:
    """The dossier after a change."""
    with transaction.atomic():
        before = store.dossier_of(dossier_id, kind, locked=True)
        require_owner(person, before)
        return written(before, change, actor=person.username, at=at)


def require_owner(person: Person, dossier: Dossier) -> None:
    """Refuse with `NotOwnerError` who may only read."""
    person.require(PROGRAMME, "capacity building")
    if not may_change(person, dossier):
        raise NotOwnerError("this is for {owner} or an administrator to change", owner=dossier.owner)


def require_open(value: Any) -> None:  # noqa: ANN401 - the value of any dossier
    """Refuse with `EndedProjectError` to go on with a project from where no move leads any more."""
    if is_ended(value):
        raise EndedProjectError("the project is {state}: it stays as it is", state=value.state)


def is_ended(value: msgspec.Struct) -> bool:
    """Whether this is a project from where no move leads any more: it is closed or dropped."""
    return isinstance(value, project.Project) and not project.possible(value)


def written(before: Dossier, change: Change, *, actor: str, at: dt.datetime) -> Dossier:
    """Write a change to a locked dossier, with its event."""
    version = before.version if change.version is None else change.version
    after = replace(before, value=change.make(before.value), version=version + 1, saved_at=at)
    refuse_beyond(after.value, before.value)
    store.update(after)
    record(after, change.act, actor=actor, at=at, reason=change.reason)
    return after


def refuse_beyond(value: msgspec.Struct, before: msgspec.Struct | None = None) -> None:
    """Refuse with `FaultyError` days that lie in no year of the calendar, but for those that were kept before."""
    kept = {(_field(place), day) for place, day in calendar.days_beyond(before)}
    found = {_field(place): day for place, day in calendar.days_beyond(value) if (_field(place), day) not in kept}
    if found:
        raise FaultyError(
            {name: saying("{field}: {why}", field=saying(FIELDS[name]), why=calendar.beyond(day)) for name, day in found.items()}
        )


def _field(place: str) -> str:
    """The field of a form, of a dossier or of one of its rows, that writes what stands at a place."""
    return place.rpartition(".")[2]


def move(person: Person, project_id: UUID, act: project.Move, *, reason: str, at: dt.datetime) -> Dossier:
    """Take a project to its next state."""
    day = current_country().legal_day(at=at)

    def made(before: project.Project) -> project.Project:
        return project.moved(before, act, rules=in_kind_rules(), reason=reason, on=day)

    with transaction.atomic():
        after = changed(person, project_id, Kind.PROJECT, Change(act.value, made, reason=reason), at=at)
        if is_ended(after.value):
            funding.give_back(after, actor=person.username, at=at)
    return after


def evaluate(person: Person, project_id: UUID, evaluation: Any, *, at: dt.datetime) -> Dossier:  # noqa: ANN401 - a row of a project
    """Add what an evaluator found; he is whoever signs it."""
    person.require(PROGRAMME, "capacity building")
    signed = msgspec.structs.replace(evaluation, evaluator=person.username)
    with transaction.atomic():
        before = store.dossier_of(project_id, Kind.PROJECT, locked=True)
        change = Change("evaluated", lambda value: monitoring.evaluated(value, signed))
        return written(before, change, actor=person.username, at=at)


def close(person: Person, diagnostic_id: UUID, *, at: dt.datetime) -> Dossier:
    """Close a diagnostic, which is a record from then on."""
    day = current_country().legal_day(at=at)

    def made(before: diagnostic.Diagnostic) -> diagnostic.Diagnostic:
        errors = [each for each in diagnostic.checked(before, diagnostic_framework()) if each.severity is Severity.ERROR]
        if before.closed_on:
            raise OpenFindingsError("it is closed already")
        if errors:
            raise OpenFindingsError("{errors} findings are errors: correct them first", errors=len(errors))
        return msgspec.structs.replace(before, closed_on=day)

    return changed(person, diagnostic_id, Kind.DIAGNOSTIC, Change("closed", made), at=at)


def engage(person: Person, mission_id: UUID, expert_id: UUID, *, at: dt.datetime) -> Dossier:
    """Engage an expert for a mission."""
    name = str(expert_id)

    def made(before: delivery.Mission) -> delivery.Mission:
        fit = next((each for each in candidates(mission_id, before) if each.expert == name), None)
        if fit is None:
            raise UnsuitableExpertError("there is no such expert in the pool")
        if not fit.suits:
            against = [saying(each.wording, **each.params) for each in fit.against]
            raise UnsuitableExpertError("{against}", between="; ", against=against)
        return msgspec.structs.replace(before, experts=tuple(dict.fromkeys((*before.experts, name))))

    return changed(person, mission_id, Kind.MISSION, Change("engaged", made), at=at)


def candidates(mission_id: UUID, mission: delivery.Mission) -> tuple[delivery.Fit, ...]:
    """The pool, as it suits a mission beside all others."""
    pool = [(str(each.id), each.value) for each in store.dossiers(Kind.EXPERT)]
    others = [each.value for each in store.dossiers(Kind.MISSION) if each.id != mission_id]
    return delivery.fits(mission, pool, engaged=others)


def pool() -> tuple[Dossier, ...]:
    """The experts of the pool."""
    return store.dossiers(Kind.EXPERT)


def names() -> dict[str, str]:
    """What pledges and requests are called, by the identity under which other dossiers point to them."""
    pledges = {str(each.id): f"{each.value.donor}, {each.title}" for each in store.dossiers(Kind.PLEDGE)}
    return pledges | {str(each.id): each.title for each in store.dossiers(Kind.REQUEST)}


def due(person: Person, *, on: dt.date) -> list[dict[str, object]]:
    """Reports and follow-ups that are still owed, with their clocks, the first due before the others."""
    reports = [
        {"kind": "report", "of": each, "what": f"{row.code} {row.title}", "to": row.to, "clock": clock(row.due_on, on=on)}
        for each in listed(person, Kind.PROJECT)
        for row in each.value.reports
        if row.delivered_on is None
    ]
    follow_ups = [
        {"kind": "follow_up", "of": each, "what": row.recommendation, "months": row.months, "to": each.value.host, "clock": row.clock}
        for each in listed(person, Kind.MISSION)
        for row in delivery.reviews(each.value.recommendations, each.value.follow_ups, on=on)
        if row.found is None
    ]
    return sorted([*reports, *follow_ups], key=lambda each: each["clock"].due_on)


def post_of(username: str) -> Dossier | None:
    """The post that somebody holds."""
    return next((each for each in store.dossiers(Kind.POST) if each.value.holder == username), None)


def record(dossier: Dossier, act: str, *, actor: str, at: dt.datetime, reason: str = "") -> None:
    """Write what happened to a dossier into the journal."""
    happened = DevelopmentRecorded(
        occurred_at=at, dossier=str(dossier.id), kind=dossier.kind.value, act=act, actor=actor, state=dossier.state, reason=reason
    )
    entry = EventEntry(kind="DevelopmentRecorded", occurred_at=at, document=msgspec.json.encode(happened).decode())
    execute_as_one([event_clause([entry], declaration_id=None, actor=actor)])
