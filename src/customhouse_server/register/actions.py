"""Registers: entries read by everybody as far as they are public, written by supervisors and administrators, never overwritten.

listed(kind, reader, on=) -> tuple[Shown, ...]           the last version of each that the reader may see
sheet(kind, reader, on=) -> Sheet                        the same as a table
due(reader, on=) -> Sheet                                of all registers, what somebody has to look at, the earliest first
entry(kind, number, reader, on=) -> Shown                `UnknownEntryError` where it is not for the reader
write(person, kind, number, posted, at=, over=) -> int   a new entry, or the next version of one; `FaultyError`, `DecidedError`
withdraw(person, kind, number, at=, over=)               both refuse with `NotPermittedError` who must not read all of the entry

Where `over` names the version that was read before, and another stands by now, both refuse with `StaleEntryError`.

What only one register does stands beside this: `edition` of the scan, `budget`, `audit`, `author` and `reviewing` of papers, `outcome`.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec
from django.db import transaction

from customhouse.pipeline import publication as rules
from customhouse.saying import saying
from customhouse.shipped import shipped
from customhouse.strategy import read_plan, secretariat
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.desk.form import read
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import store, writing
from customhouse_server.register.cell import cell
from customhouse_server.register.kind import KINDS, Kind
from customhouse_server.register.sense import faults_of
from customhouse_server.register.store import UnknownEntryError
from customhouse_server.register.writing import EDITORS
from customhouse_server.strategy import actions as plans
from customhouse_server.tariff.country import current_country

_INSIDE = CUSTOMS | EDITORS
_SOON = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a reader sees it: its cells by field, without what is hidden from the reader, and what is worked out beside."""

    number: int
    version: int
    document: msgspec.Struct
    cells: dict[str, rules.Cell]
    stands: str
    due_on: dt.date | None
    written_at: dt.datetime
    hidden: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """What the entry is called, by the first of its fields that names it."""
        named = (getattr(self.document, name, "") for name in ("title", "name", "area", "statement", "purpose", "code"))
        return next((text for text in named if text), "")

    def told(self) -> dict[str, object]:
        """The entry as it is told to a program: its fields as values, as far as they are for the reader."""
        document = {name: getattr(self.document, name) for name in self.cells}
        return {name: getattr(self, name) for name in ("number", "version", "stands", "written_at")} | {"document": document}


def kind_of(name: str) -> Kind:
    """The register of a name; refuses with `UnknownEntryError`."""
    if name not in KINDS:
        raise UnknownEntryError("there is no register {name}", name=name)
    return KINDS[name]


def may_read(kind: Kind, reader: Person | None) -> bool:
    """Whether the register is for the reader at all."""
    return is_inside(reader) or not kind.is_internal


def fields_for(kind: Kind, reader: Person | None) -> tuple[str, ...]:
    """The fields of a register that the reader sees."""
    return kind.fields(of_customs=is_inside(reader))


def listed(kind: Kind, reader: Person | None, *, on: dt.date) -> tuple[Shown, ...]:
    """The last version of each entry that the reader may see."""
    fields, hidden_from = fields_for(kind, reader), kind.hidden_from(reader.username if reader else "")
    found = [_shown(kind, each, fields, hidden_from, on=on) for each in store.current(kind.name)]
    kept = [each for each in found if is_inside(reader) or (not kind.is_internal and kind.is_public(each.document))]
    if kind.document is secretariat.AuditArea:
        order = secretariat.ranked([each.document for each in kept if isinstance(each.document, secretariat.AuditArea)], on=on)
        return tuple(sorted(kept, key=lambda each: order.index(each.document)))  # type: ignore[arg-type]
    return tuple(kept)


def sheet(kind: Kind, reader: Person | None, *, on: dt.date) -> rules.Sheet:
    """A register as a table."""
    fields = fields_for(kind, reader)
    found = listed(kind, reader, on=on)
    rows = [
        (str(each.number), *(each.cells.get(name, "") for name in fields), each.stands, _day(each.due_on), str(each.version))
        for each in found
    ]
    columns = ("number", *(name.replace("_", " ") for name in fields), "stands", "due on", "version")
    return rules.Sheet(
        title=kind.title,
        about=kind.about,
        source="the registers of this site",
        basis=kind.basis,
        columns=columns,
        rows=tuple(rows),
    )


def entry(kind: Kind, number: int, reader: Person | None, *, on: dt.date) -> Shown:
    """One entry as it stands."""
    found = next((each for each in listed(kind, reader, on=on) if each.number == number), None)
    if found is None:
        raise UnknownEntryError("there is no entry {number} of {kind}", number=number, kind=kind.name)
    return found


def history(person: Person, kind: Kind, number: int) -> tuple[store.Entry, ...]:
    """Every version of an entry, the last first, for those who write it."""
    person.require(EDITORS, "reading earlier versions")
    found = store.versions(kind.name, number)
    if found:
        refuse_near(person, kind, kind.read(found[0].document))
    return found


def refuse_near(person: Person, kind: Kind, document: msgspec.Struct) -> None:
    """Refuse with `NotPermittedError` to change an entry, or to read its versions, who must not read all of it."""
    if kind.hidden_from(person.username)(document):
        raise NotPermittedError(
            "while a paper is under review, neither its author nor its reviewers change its entry: have another supervisor do it"
        )


def due(reader: Person | None, *, on: dt.date) -> rules.Sheet:
    """Of all registers for the reader, what somebody has to look at within ninety days, and what is late, the earliest first."""
    found = [
        (
            each.due_on,
            (kind.title, str(each.number), each.title, each.stands, each.due_on.isoformat(), "late" if each.due_on < on else ""),
        )
        for kind in KINDS.values()
        if may_read(kind, reader)
        for each in listed(kind, reader, on=on)
        if each.due_on and each.due_on <= on + _SOON
    ]
    return rules.Sheet(
        title="What is due",
        about="Agreements to look at or to renew, findings to follow up, items of the scan to review, events without an outcome.",
        source="the registers of this site",
        basis="plan activity 6.5",
        columns=("register", "number", "title", "stands", "due on", "late"),
        rows=tuple(row for _, row in sorted(found)),
    )


@transaction.atomic
def write(  # noqa: PLR0913 - what a version is made of
    person: Person, kind: Kind, number: int | None, posted: Mapping[str, object], *, at: dt.datetime, over: int | None = None
) -> int:
    """Write a new entry, or the next version of one; its number."""
    person.require(EDITORS, "writing to a register")
    before = store.last(kind.name, number, over=over) if number is not None else None
    was = kind.read(before.document) if before else None
    if was is not None:
        refuse_near(person, kind, was)
    document = read(kind.form, posted, {name: getattr(was, name) for name in kind.fixed} if was else {})
    told, known = getattr(document, "activities", ()), activities()
    faults, strange = faults_of(document, on=current_country().legal_day(at=at)), [each for each in told if each not in known]
    if strange:
        faults["activities"] = saying("activities: {activities} is in no strategic plan", activities=strange)
    if faults:
        raise FaultyError(faults)
    kind.refuse(was, document)
    if before:
        return writing.go_on(kind.name, before, document, actor=person.username, at=at)
    return writing.begin(kind.name, document, actor=person.username, at=at)


@transaction.atomic
def withdraw(person: Person, kind: Kind, number: int, *, at: dt.datetime, over: int | None = None) -> None:
    """Withdraw an entry: it stays in the history."""
    person.require(EDITORS, "withdrawing an entry")
    before = store.last(kind.name, number, over=over)
    was = kind.read(before.document)
    refuse_near(person, kind, was)
    kind.refuse(was, None)
    writing.withdraw(kind.name, before, actor=person.username, at=at)


def _shown(
    kind: Kind, found: store.Entry, fields: tuple[str, ...], hidden_from: Callable[[msgspec.Struct], frozenset[str]], *, on: dt.date
) -> Shown:
    document = kind.read(found.document)
    hidden = hidden_from(document)
    cells = {name: cell(getattr(document, name)) for name in fields if name not in hidden}
    due_on = document.due(on=on) if hasattr(document, "due") else None
    return Shown(found.number, found.version, document, cells, _stands(document, on=on), due_on, found.written_at, hidden)


def _stands(document: msgspec.Struct, *, on: dt.date) -> str:
    """In a word, how what the document tells of stands on the day; nothing where nothing follows from it."""
    told = getattr(document, "stands", None)
    return str(told(on=on)) if told else ""


def is_inside(reader: Person | None) -> bool:
    """Whether the reader is of the administration, and reads what is not public."""
    return reader is not None and reader.role in _INSIDE


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def activities() -> dict[str, str]:
    """All activities of the strategic plans that ship, and of those that this administration has adopted: titles by their numbers."""
    own = (plans.public(each.name).plan for each in plans.listed(None))
    return _shipped_activities() | {activity.number: activity.title for plan in own for _goal, activity in plan.activities()}


@cache
def _shipped_activities() -> dict[str, str]:
    found = [read_plan(path.read_text("utf-8")) for path in sorted(shipped("plans").glob("*.toml"))]
    return {activity.number: activity.title for plan in found for _goal, activity in plan.activities()}
