"""Rulings in rows, and the released declarations from which classification learns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import F, Q, QuerySet

from customhouse.clearance import Case as DeclarationCase
from customhouse.declaration import Declaration
from customhouse.tariff import interpretation, register, ruling
from customhouse_server.ruling.models import RulingRecord, RulingVersion
from customhouse_server.ruling.record import Content, Record, UnknownRulingError

_DOCUMENTS: dict[str, object] = {
    "case": ruling.Case,
    "walk": interpretation.Walk | None,
    "ruling": register.Ruling | None,
    "published": register.publication.Published | None,
}
_COLUMNS = tuple(field.name for field in fields(Record))
_NULL = "\x00"  # which PostgreSQL takes in no text
_RELEASED = ("released", "exited")
_ruling_decoder = msgspec.json.Decoder(register.Ruling)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rulings to list; what is None or empty does not bound. `text` are words or the start of a reference, `on` a day in force."""

    applicants: tuple[str, ...] | None = None
    offices: tuple[str, ...] | None = None
    states: tuple[str, ...] = ()
    text: str = ""
    code: str = ""
    on: dt.date | None = None
    published: bool = False


def new(record: Record) -> None:
    """Keep a new record."""
    RulingRecord.objects.create(**_row(record))


def keep(record: Record) -> None:
    """Bring a record that the caller holds locked to what it is now."""
    RulingRecord.objects.filter(id=record.id).update(**_row(record))


def save_form(ruling_id: UUID, column: str, values: dict[str, str], *, over: int, at: dt.datetime) -> bool:
    """Save what was typed over the version named; false, and nothing done, if that is no longer the one kept."""
    changed = {column: values, "saved_version": F("saved_version") + 1, "updated_at": at}
    return bool(RulingRecord.objects.filter(id=ruling_id, saved_version=over).update(**changed))


def record_of(ruling_id: UUID, *, locked: bool = False) -> Record:
    """The record; `locked` holds it until the transaction ends. Refuses with `UnknownRulingError`."""
    rows = RulingRecord.objects.select_for_update() if locked else RulingRecord.objects
    row = rows.filter(id=ruling_id).first()
    if row is None:
        raise UnknownRulingError("there is no such ruling")
    return _record(row)


def record_of_reference(reference: str) -> Record:
    """The record of the ruling with this reference, once published; refuses with `UnknownRulingError`."""
    row = RulingRecord.objects.filter(reference=reference.replace(_NULL, ""), published__isnull=False).first()
    if row is None:
        raise UnknownRulingError("there is no such ruling")
    return _record(row)


def discard(ruling_id: UUID) -> None:
    """Throw away a record that never became an application."""
    RulingRecord.objects.filter(id=ruling_id).delete()


def records(asked: Filter, *, limit: int, offset: int = 0) -> tuple[Record, ...]:
    """The records that the filter asks for: last changed first, in the register last begun first."""
    order = ("-start", "reference") if asked.published else ("-updated_at", "id")
    return tuple(_record(row) for row in _asked(asked).order_by(*order)[offset : offset + limit])


def count(asked: Filter) -> int:
    """How many records the filter asks for."""
    return _asked(asked).count()


def add_version(record: Record, content: Content, *, at: dt.datetime, actor: str) -> None:
    """Keep a version."""
    document = msgspec.to_builtins(content)
    RulingVersion.objects.create(record_id=record.id, number=record.case.version, content=document, at=at, actor=actor)


def content_of(record: Record) -> Content | None:
    """What was said in the version at which the record stands; nothing before the first."""
    row = RulingVersion.objects.filter(record_id=record.id, number=record.case.version).first()
    return None if row is None else msgspec.convert(row.content, Content)


def rulings_of(*, holders: Iterable[str], references: Iterable[str]) -> tuple[register.Ruling, ...]:
    """The rulings that these parties hold or that these references name; asked for each declaration, so in one plain statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ruling::text FROM ruling_rulingrecord WHERE ruling IS NOT NULL AND (applicant_id = ANY(%s) OR reference = ANY(%s)) "
            "ORDER BY reference",
            (list(holders), list(references)),
        )
        return tuple(_ruling_decoder.decode(text) for (text,) in cursor.fetchall())


def published_in_force(*, on: dt.date) -> tuple[register.publication.Published, ...]:
    """What everybody may read of the rulings that bind on a day."""
    rows = _asked(Filter(published=True, on=on)).exclude(state="annulled").order_by("reference")
    return tuple(msgspec.convert(each, register.publication.Published) for each in rows.values_list("published", flat=True))


def every_ruling() -> tuple[register.Ruling, ...]:
    """All rulings that were issued, whatever became of them."""
    kept = RulingRecord.objects.filter(ruling__isnull=False).order_by("reference").values_list("ruling", flat=True)
    return tuple(msgspec.convert(each, register.Ruling) for each in kept)


def ruling_mark() -> str:
    """A sign that changes when a ruling is issued, or changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) || '/' || max(updated_at) FROM ruling_rulingrecord WHERE ruling IS NOT NULL")
        return str(cursor.fetchone()[0])


def released_declarations(*, before: dt.datetime, limit: int) -> Iterable[tuple[Declaration, DeclarationCase]]:
    """The declarations of which all goods were released before an instant, the last released first, each with how it stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (v.content->'declaration')::text, r.\"case\"::text FROM declaration_declarationrecord r "
            "JOIN declaration_declarationversion v ON v.declaration_id = r.id AND v.number = r.version "
            "WHERE r.state = ANY(%s) AND r.released_at < %s ORDER BY r.released_at DESC, r.id LIMIT %s",
            (list(_RELEASED), before, limit),
        )
        for declared, case in cursor.fetchall():
            yield msgspec.json.decode(declared, type=Declaration), msgspec.json.decode(case, type=DeclarationCase)


def _asked(asked: Filter) -> QuerySet[RulingRecord]:
    bounds = Q()
    if asked.applicants is not None:
        bounds &= Q(applicant_id__in=asked.applicants)
    if asked.offices is not None:
        bounds &= Q(office__in=asked.offices)
    if asked.states:
        bounds &= Q(state__in=asked.states)
    if asked.published:
        bounds &= Q(published__isnull=False)
    if asked.code:
        bounds &= Q(code__startswith="".join(each for each in asked.code if each.isdigit()))
    if asked.on:
        bounds &= Q(start__lte=asked.on) & (Q(end__isnull=True) | Q(end__gt=asked.on))
    for word in asked.text.replace(_NULL, " ").casefold().split():
        bounds &= Q(search_text__contains=word) if asked.published else Q(goods_name__icontains=word) | Q(reference__istartswith=word)
    return RulingRecord.objects.filter(bounds)


def _row(record: Record) -> dict[str, object]:
    values = {name: getattr(record, name) for name in _COLUMNS}
    return {name: msgspec.to_builtins(value) if name in _DOCUMENTS else value for name, value in values.items()}


def _record(row: RulingRecord) -> Record:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Record(**{name: msgspec.convert(value, _DOCUMENTS[name]) if name in _DOCUMENTS else value for name, value in values.items()})
