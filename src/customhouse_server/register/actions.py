"""Registers: entries read by everybody as far as they are public, written by supervisors and administrators, never overwritten.

listed(kind, reader, on=) -> tuple[Shown, ...]           the last version of each that the reader may see
sheet(kind, reader, on=) -> Sheet                        the same as a table
entry(kind, number, reader, on=) -> Shown                `UnknownEntryError` where it is not for the reader
write(person, kind, number, posted, at=) -> int          a new entry, or the next version of one; `UnreadableEntryError`, `DecidedError`
withdraw(person, kind, number, at=)
step(person, number, act, at=)                           of a paper, by its table of steps
reviews(person, per_paper=, most=) -> Assignment         who reads what
freeze_scan(person, name, at=); scan_changes(on=)        an edition that nobody changes, and what changed since
scan_summary(on=) -> tuple[Saying, ...]                  the executive summary, written from the items
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec
from django.db import transaction

from customhouse.kernel import Event
from customhouse.pipeline import publication as rules
from customhouse.research import review
from customhouse.shipped import shipped, shipped_or_own
from customhouse.strategy import read_plan, scan, secretariat
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.journal import store as journal
from customhouse_server.register import store
from customhouse_server.register.form import UnreadableEntryError, cell, read
from customhouse_server.register.kind import KINDS, Document, Kind
from customhouse_server.register.office import BudgetDecision, Decision, ScanItem, YearLine
from customhouse_server.strategy import actions as plans
from customhouse_server.tariff.country import current_country

EDITORS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
PER_PAPER, MOST_PAPERS = 2, 4
"""So many read a paper, and so many papers one reads, unless it is asked otherwise."""
_COMMAND = "command line"
_EDITIONS = "scan-editions"
_INSIDE = CUSTOMS | EDITORS


class UnknownEntryError(LookupError):
    """There is no such register or entry, or not for whoever asks."""


class DecidedError(RuntimeError):
    """The committee accepted the budget of the year, and its lines stand."""


class ScanThereError(RuntimeError):
    """The register of the scan holds items already."""


class EntryWritten(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A version of an entry was written to a register."""

    register: str
    number: int
    version: int
    withdrawn: bool = False


class ScanFrozen(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An edition of the environmental scan was frozen under its seal."""

    name: str
    seal: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a reader sees it: its cells by field, and what is worked out beside."""

    number: int
    version: int
    document: Document
    cells: dict[str, str]
    stands: str
    written_at: dt.datetime


def kind_of(name: str) -> Kind:
    """The register of a name; refuses with `UnknownEntryError`."""
    if name not in KINDS:
        raise UnknownEntryError(f"there is no register {name}")
    return KINDS[name]


def may_read(kind: Kind, reader: Person | None) -> bool:
    """Whether the register is for the reader at all."""
    return _inside(reader) or not kind.is_internal


def fields_for(kind: Kind, reader: Person | None) -> tuple[str, ...]:
    """The fields of a register that the reader sees."""
    return kind.fields(of_customs=_inside(reader))


def listed(kind: Kind, reader: Person | None, *, on: dt.date) -> tuple[Shown, ...]:
    """The last version of each entry that the reader may see."""
    found = [_shown(kind, each, reader, on=on) for each in store.current(kind.name)]
    kept = [each for each in found if _inside(reader) or (not kind.is_internal and kind.is_public(each.document))]
    if kind.document is secretariat.AuditArea:
        order = secretariat.ranked([each.document for each in kept if isinstance(each.document, secretariat.AuditArea)], on=on)
        return tuple(sorted(kept, key=lambda each: order.index(each.document)))  # type: ignore[arg-type]
    return tuple(kept)


def sheet(kind: Kind, reader: Person | None, *, on: dt.date) -> rules.Sheet:
    """A register as a table; of the budget, with a total by directorate and source."""
    fields = fields_for(kind, reader)
    found = listed(kind, reader, on=on)
    rows = [(str(each.number), *(each.cells[name] for name in fields), each.stands, str(each.version)) for each in found]
    columns = ("number", *(name.replace("_", " ") for name in fields), "stands", "version")
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
        raise UnknownEntryError(f"there is no entry {number} of {kind.name}")
    return found


def history(person: Person, kind: Kind, number: int) -> tuple[store.Entry, ...]:
    """Every version of an entry, the last first, for those who write it."""
    person.require(EDITORS, "reading earlier versions")
    return store.versions(kind.name, number)


@transaction.atomic
def write(person: Person, kind: Kind, number: int | None, posted: Mapping[str, object], *, at: dt.datetime) -> int:
    """Write a new entry, or the next version of one; its number."""
    person.require(EDITORS, "writing to a register")
    before = _last(kind, number) if number is not None else None
    document = read(kind, posted, msgspec.json.decode(before.document, type=kind.document) if before else None)
    strange = [each for each in getattr(document, "activities", ()) if each not in _activities()]
    if strange:
        raise UnreadableEntryError({"activities": f"activities: {', '.join(strange)} is in no strategic plan"})
    _refuse_decided(document)
    if before:
        _refuse_decided(msgspec.json.decode(before.document, type=kind.document))
    text = store.document(document)
    if before:
        version = store.Entry(before.number, before.version + 1, text, False, at, person.username)
    else:
        version = store.Entry(store.next_number(kind.name), 1, text, False, at, person.username)
    _write(kind, version)
    return version.number


@transaction.atomic
def withdraw(person: Person, kind: Kind, number: int, *, at: dt.datetime) -> None:
    """Withdraw an entry: it stays in the history."""
    person.require(EDITORS, "withdrawing an entry")
    before = _last(kind, number)
    _refuse_decided(msgspec.json.decode(before.document, type=kind.document))
    _write(kind, store.Entry(number, before.version + 1, before.document, True, at, person.username))


@transaction.atomic
def step(person: Person, number: int, act: review.Act, *, at: dt.datetime) -> None:
    """Take a paper a step on; refuses with `review.RefusedStepError`."""
    person.require(EDITORS, "deciding on a paper")
    kind = KINDS["papers"]
    before = _last(kind, number)
    paper = review.advance(msgspec.json.decode(before.document, type=review.Paper), act)
    _write(kind, store.Entry(number, before.version + 1, store.document(paper), False, at, person.username))


def reviews(person: Person, *, per_paper: int, most: int) -> review.Assignment:
    """Who reads which of the submitted papers, by their codes."""
    person.require(EDITORS, "assigning reviews")
    papers = [msgspec.json.decode(each.document, type=review.Paper) for each in store.current("papers")]
    reviewers = [msgspec.json.decode(each.document, type=review.Reviewer) for each in store.current("reviewers")]
    return review.assigned([each for each in papers if each.stage is review.Stage.SUBMITTED], reviewers, per_paper=per_paper, most=most)


def scan_summary(*, on: dt.date) -> tuple[scan.saying.Saying, ...]:
    """The executive summary of the scan as it stands."""
    return scan.summary(_scan(name="current", on=on), on=on)


def scan_editions() -> tuple[scan.Edition, ...]:
    """The frozen editions of the scan, in order."""
    return tuple(msgspec.json.decode(each.document, type=scan.Edition) for each in store.current(_EDITIONS))


def scan_changes(*, on: dt.date) -> tuple[scan.saying.Saying, ...]:
    """In words, what changed in the scan since its last frozen edition; nothing where none is frozen."""
    editions = scan_editions()
    return scan.difference(editions[-1], _scan(name="current", on=on)) if editions else ()


@transaction.atomic
def freeze_scan(person: Person, name: str, *, at: dt.datetime) -> scan.Edition:
    """Freeze the scan as it stands as an edition of that name, which nobody can change any more."""
    person.require(EDITORS, "freezing an edition")
    if not name.strip():
        raise UnreadableEntryError({"name": "an edition has a name"})
    edition = _scan(name=name.strip(), on=current_country().legal_day(at=at))
    version = store.Entry(store.next_number(_EDITIONS), 1, store.document(edition), False, at, person.username)
    store.write(_EDITIONS, version)
    journal.record(ScanFrozen(occurred_at=at, name=edition.name, seal=edition.seal), actor=person.username)
    return edition


@transaction.atomic
def load_scan(name_or_file: str, *, at: dt.datetime) -> int:
    """Bring a shipped edition, or one of a file, into an empty register and freeze it; how many items it has."""
    if store.current("scan"):
        raise ScanThereError("the register of the scan holds items already")
    file = shipped_or_own("scans", name_or_file)
    if file is None:
        raise UnknownEntryError(f"there is no edition {name_or_file!r}")
    edition = scan.read_edition(file.read_text("utf-8"))
    for number, item in enumerate(edition.items, start=1):
        _write(KINDS["scan"], store.Entry(number, 1, store.document(ScanItem.of(item)), False, at, _COMMAND))
    store.write(_EDITIONS, store.Entry(store.next_number(_EDITIONS), 1, store.document(edition), False, at, _COMMAND))
    journal.record(ScanFrozen(occurred_at=at, name=edition.name, seal=edition.seal), actor=_COMMAND)
    return len(edition.items)


def budget_totals() -> dict[str, tuple[tuple[str, str], ...]]:
    """By year and currency, the amounts of the directorates and of the sources, and the whole."""
    years: dict[str, list[YearLine]] = {}
    for each in store.current("budget"):
        line = msgspec.json.decode(each.document, type=YearLine)
        years.setdefault(f"{line.year} {line.currency}", []).append(line)
    told = {}
    for year, found in sorted(years.items()):
        lines = [
            secretariat.BudgetLine(directorate=each.directorate, source=each.source, purpose=each.purpose, amount=each.amount)
            for each in found
        ]
        parts = [*_totals(lines, lambda line: line.directorate), *_totals(lines, lambda line: line.source.value)]
        told[year] = (*parts, ("total", f"{sum(each.amount for each in lines):,}"))
    return told


def _scan(*, name: str, on: dt.date) -> scan.Edition:
    items = tuple(msgspec.json.decode(each.document, type=ScanItem).item() for each in store.current("scan"))
    return scan.Edition(name=name, title="Environmental scan", published_on=on, items=items)


def _totals(lines: list[secretariat.BudgetLine], by: Callable[[secretariat.BudgetLine], str]) -> list[tuple[str, str]]:
    return [(name, f"{amount:,}") for name, amount in secretariat.totals(lines, by).items()]


def _shown(kind: Kind, found: store.Entry, reader: Person | None, *, on: dt.date) -> Shown:
    document = msgspec.json.decode(found.document, type=kind.document)
    cells = {name: cell(getattr(document, name)) for name in fields_for(kind, reader)}
    return Shown(found.number, found.version, document, cells, _stands(document, on=on), found.written_at)


def _stands(document: Document, *, on: dt.date) -> str:
    """In a word, how what the document tells of stands on the day; nothing where nothing follows from it."""
    told = getattr(document, "stands", None)
    return str(told(on=on)) if told else ""


def _inside(reader: Person | None) -> bool:
    return reader is not None and reader.role in _INSIDE


def _last(kind: Kind, number: int) -> store.Entry:
    found = store.versions(kind.name, number)
    if not found or found[0].withdrawn:
        raise UnknownEntryError(f"there is no entry {number} of {kind.name}")
    return found[0]


def _write(kind: Kind, version: store.Entry) -> None:
    store.write(kind.name, version)
    event = EntryWritten(
        occurred_at=version.written_at, register=kind.name, number=version.number, version=version.version, withdrawn=version.withdrawn
    )
    journal.record(event, actor=version.actor)


def _refuse_decided(document: Document) -> None:
    if isinstance(document, YearLine):
        decisions = (msgspec.json.decode(each.document, type=BudgetDecision) for each in store.current("budget-decisions"))
        if any(each.year == document.year and each.decision is Decision.ACCEPTED for each in decisions):
            raise DecidedError(f"the budget of {document.year} was accepted")


def _activities() -> frozenset[str]:
    """The numbers of all activities of the strategic plans that ship, and of those that this administration has adopted."""
    own = (plans.public(each.name).plan for each in plans.listed(None))
    return _shipped_activities() | {activity.number for plan in own for goal in plan.goals for activity in goal.activities}


@cache
def _shipped_activities() -> frozenset[str]:
    found = [read_plan(path.read_text("utf-8")) for path in sorted(shipped("plans").glob("*.toml"))]
    return frozenset(activity.number for plan in found for goal in plan.goals for activity in goal.activities)
