"""Writing: dossiers opened and changed from what was typed on a page or sent by a program, field by field and row by row.

opened_from(person, Kind, typed, at=) -> Dossier
change_fields(person, Seen, typed, at=); change_case(person, Seen, typed, at=)      of a project
add_row(person, Seen, part, typed, at=); change_row(person, Seen, Row, typed, at=); remove_row(person, Seen, Row, at=)
answer(person, Seen, answers, at=)                                                 of a diagnostic, by question
row_from(person, part, typed) -> a row of a project that an act adds

Refuses with `FaultyError`, with `NotByHandError` what has an act of its own, with `actions.EndedProjectError` a project that is
closed or dropped, and as `actions.changed` does.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from customhouse.development import diagnostic
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.desk.form import Form, read
from customhouse_server.development import actions
from customhouse_server.development.actions import Change
from customhouse_server.development.dossier import TYPES, Dossier, Kind, StaleDossierError
from customhouse_server.development.form import form_of
from customhouse_server.development.framework import diagnostic_framework
from customhouse_server.development.rows import BY_AN_ACT, row_types, rows_in, with_rows
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.tariff.country import current_country

Typed = Mapping[str, object]
ORIGIN = frozenset({"diagnostic", "recommendation", "commitment"})
"""What a project comes from: a diagnostic with its recommendation, or an action under a commitment."""
HIDDEN = frozenset({*ORIGIN, "state", "owner", "opened_on", "closed_on", "framework", "experts"})
"""What nobody writes into the fields of a dossier: it is said when it is opened, or follows from an act."""
BY_HAND = frozenset(Kind) - {Kind.DIAGNOSTIC, Kind.PLEDGE}
"""The kinds whose fields are changed; a diagnostic has answers, and a pledge stands as its donor gave it."""
CASE: type[msgspec.Struct] = next(each.type for each in msgspec.structs.fields(TYPES[Kind.PROJECT]) if each.name == "business_case")
"""What the business case of a project is."""
_LATER = {"tranches": frozenset({"evidence", "met_on", "paid_on"}), "evaluations": frozenset({"evaluator"})}
_LEVELS = range(5)


class NotByHandError(Refusal):
    """This part of a dossier is changed by an act of its own, or not at all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Which dossier is meant, and the version that the writer has seen (nothing: the newest)."""

    kind: Kind
    id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a part of a dossier, counted from 0."""

    part: str
    number: int


def opened_from(person: Person, kind: Kind, typed: Typed, *, at: dt.datetime) -> Dossier:
    """A new dossier of the person's own."""
    person.require(actions.PROGRAMME, "capacity building")
    known: dict[str, object] = {"owner": person.username} if hasattr(TYPES[kind], "owner") else {}
    if kind is Kind.DIAGNOSTIC:
        known = {"framework": diagnostic_framework().name, "opened_on": current_country().legal_day(at=at)}
    return actions.opened(person, kind, read(form_to_open(kind), typed, known), at=at)


def form_to_open(kind: Kind) -> Form[Any]:
    """What is said of a dossier when it is opened; of a project also what it comes from."""
    return form_of(TYPES[kind], without=HIDDEN - ORIGIN if kind is Kind.PROJECT else HIDDEN)


def row_form(part: str) -> Form[Any]:
    """What is said of a tranche or an evaluation when it is added."""
    return form_of(row_types(Kind.PROJECT)[part], without=_LATER[part])


def change_fields(person: Person, seen: Seen, typed: Typed, *, at: dt.datetime) -> Dossier:
    """The dossier with these of its fields changed."""
    if seen.kind not in BY_HAND:
        raise NotByHandError("a pledge stands as its donor gave it, and a diagnostic is changed by its answers")

    def made(before: Any) -> msgspec.Struct:  # noqa: ANN401 - the value of any dossier
        return read(form_of(TYPES[seen.kind], without=HIDDEN), typed, msgspec.structs.asdict(before))

    return _changed(person, seen, Change("changed", made, seen.version), at=at)


def change_case(person: Person, seen: Seen, typed: Typed, *, at: dt.datetime) -> Dossier:
    """The project with these fields of its business case changed."""

    def made(before: Any) -> msgspec.Struct:  # noqa: ANN401 - the value of a project
        case = before.business_case
        return msgspec.structs.replace(before, business_case=read(form_of(CASE), typed, msgspec.structs.asdict(case)))

    if seen.kind is not Kind.PROJECT:
        raise NotByHandError("a dossier of the kind {kind} has no business case", kind=seen.kind.value)
    return _changed(person, seen, Change("changed", made, seen.version), at=at)


def add_row(person: Person, seen: Seen, part: str, typed: Typed, *, at: dt.datetime) -> Dossier:
    """The dossier with a row more at the end of a part."""
    of = _rows_of(seen.kind, part)

    def made(before: Any) -> msgspec.Struct:  # noqa: ANN401 - the value of any dossier
        return with_rows(before, part, [*rows_in(before, part), read(form_of(of), typed)])

    return _changed(person, seen, Change(part, made, seen.version), at=at)


def change_row(person: Person, seen: Seen, place: Place, typed: Typed, *, at: dt.datetime) -> Dossier:
    """The dossier with these fields of a row changed."""
    of = _rows_of(seen.kind, place.part)

    def made(before: Any) -> msgspec.Struct:  # noqa: ANN401 - the value of any dossier
        rows = _there(before, place)
        rows[place.number] = read(form_of(of), typed, msgspec.structs.asdict(rows[place.number]))
        return with_rows(before, place.part, rows)

    return _changed(person, seen, Change(place.part, made, seen.version), at=at)


def remove_row(person: Person, seen: Seen, place: Place, *, at: dt.datetime) -> Dossier:
    """The dossier without a row."""
    _rows_of(seen.kind, place.part)

    def made(before: Any) -> msgspec.Struct:  # noqa: ANN401 - the value of any dossier
        rows = _there(before, place)
        del rows[place.number]
        return with_rows(before, place.part, rows)

    return _changed(person, seen, Change(place.part, made, seen.version), at=at)


def answer(person: Person, seen: Seen, answers: Mapping[str, Typed], *, at: dt.datetime) -> Dossier:
    """The diagnostic with these answers, by question; what an answer does not name stays. One that is closed is a record."""
    known = {each.code for each in diagnostic_framework().questions}
    faults = {code: _("There is no such question.") for code in answers.keys() - known}
    for code, given in answers.items():
        wrong = [name for name in ("maturity", "wanted") if given.get(name) is not None and given[name] not in _LEVELS]
        faults |= {f"{code}/{name}": _("Choose a level.") for name in wrong}
    if faults:
        raise FaultyError(faults)

    def made(value: diagnostic.Diagnostic) -> diagnostic.Diagnostic:
        if value.closed_on:
            raise actions.OpenFindingsError(_("It is closed: open a new diagnostic to compare."))
        for code, given in answers.items():
            before = value.answer(code)
            after = msgspec.structs.replace(before, **given)
            value = value if after == before else value.with_answer(after)
        return value

    return _changed(person, seen, Change("answered", made, seen.version), at=at)


def row_from(person: Person, part: str, typed: Typed) -> Any:  # noqa: ANN401 - a row of a project
    """A tranche, or an evaluation signed by the person, without what later acts say of it."""
    person.require(actions.PROGRAMME, "capacity building")
    known = {"evaluator": person.username} if part == "evaluations" else {}
    return read(row_form(part), typed, known)


def _changed(person: Person, seen: Seen, change: Change, *, at: dt.datetime) -> Dossier:
    def made(before: Any) -> msgspec.Struct:  # noqa: ANN401 - the value of any dossier
        actions.require_open(before)
        return change.make(before)

    return actions.changed(person, seen.id, seen.kind, replace(change, make=made), at=at)


def _rows_of(kind: Kind, part: str) -> type[msgspec.Struct]:
    types = row_types(kind)
    if part not in types or part in BY_AN_ACT:
        raise NotByHandError("a dossier of the kind {kind} has no {part} to be changed row by row", kind=kind.value, part=part)
    return types[part]


def _there(value: Any, place: Place) -> list[Any]:  # noqa: ANN401 - the value of any dossier
    rows = list(rows_in(value, place.part))
    if place.number >= len(rows):
        raise StaleDossierError(_("This row is not there any more."))
    return rows
