"""Strategic plans in rows: where each stands, its versions and its reports, and the seats of its bodies."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from uuid import UUID

import msgspec

from customhouse.saying import Refusal
from customhouse.strategy import StrategicPlan, review
from customhouse_server.strategy.models import BodySeat, PlanRecord, PlanReport, PlanVersion


class UnknownSeatError(Refusal, LookupError):
    """There is no such seat."""


class UnknownPlanError(Refusal, LookupError):
    """There is no such plan, version or report."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where a plan stands, as it is listed."""

    id: UUID
    name: str
    title: str
    status: str
    version: int
    due_step: str
    due_year: int | None
    due_on: dt.date | None
    valid_from: dt.date
    valid_to: dt.date
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A version or report without its text: its number, what it is about, who kept it and when."""

    number: int
    reason: str
    actor: str
    at: dt.datetime


_COLUMNS = tuple(field.name for field in fields(Record))


def records(*, status: str = "") -> tuple[Record, ...]:
    """The plans, those of the latest period first; of one status where one is named."""
    found = PlanRecord.objects.filter(status=status) if status else PlanRecord.objects.all()
    return tuple(Record(*row) for row in found.order_by("-valid_from", "name").values_list(*_COLUMNS))


def record_of(plan_id: UUID, *, locked: bool = False) -> Record:
    """A plan; `locked` holds it until the transaction ends. Refuses with `UnknownPlanError`."""
    rows = PlanRecord.objects.select_for_update() if locked else PlanRecord.objects
    found = rows.filter(id=plan_id).values_list(*_COLUMNS).first()
    if found is None:
        raise UnknownPlanError("there is no such plan")
    return Record(*found)


def record_named(name: str) -> Record | None:
    """The plan of that name."""
    found = PlanRecord.objects.filter(name=name).values_list(*_COLUMNS).first()
    return Record(*found) if found else None


def keep(record: Record) -> None:
    """Keep where a plan stands, or begin it."""
    PlanRecord.objects.update_or_create(id=record.id, defaults={name: value for name, value in asdict(record).items() if name != "id"})


def add_version(plan_id: UUID, plan: StrategicPlan, kept: Kept) -> None:
    """Keep a version of the text."""
    document = msgspec.json.encode(plan).decode()
    PlanVersion.objects.create(plan_id=plan_id, number=kept.number, document=document, reason=kept.reason, actor=kept.actor, at=kept.at)


def version_of(plan_id: UUID, number: int) -> StrategicPlan:
    """A version of the text; refuses with `UnknownPlanError`."""
    found = PlanVersion.objects.filter(plan_id=plan_id, number=number).values_list("document", flat=True).first()
    if found is None:
        raise UnknownPlanError("there is no version {number} of this plan", number=number)
    return msgspec.json.decode(found, type=StrategicPlan)


def versions_of(plan_id: UUID) -> tuple[Kept, ...]:
    """The versions, the latest first."""
    found = PlanVersion.objects.filter(plan_id=plan_id).order_by("-number")
    return tuple(Kept(*row) for row in found.values_list("number", "reason", "actor", "at"))


def add_report(plan_id: UUID, report: review.Report, kept: Kept) -> None:
    """Keep a report."""
    document = msgspec.json.encode(report).decode()
    PlanReport.objects.create(plan_id=plan_id, number=kept.number, document=document, actor=kept.actor, at=kept.at)


def report_of(plan_id: UUID, number: int) -> tuple[review.Report, Kept]:
    """A report with who wrote it and when; refuses with `UnknownPlanError`."""
    found = PlanReport.objects.filter(plan_id=plan_id, number=number).values_list("document", "actor", "at").first()
    if found is None:
        raise UnknownPlanError("there is no report {number} on this plan", number=number)
    return msgspec.json.decode(found[0], type=review.Report), Kept(number, "", found[1], found[2])


def seats(*, person_id: int | None = None) -> dict[int, review.membership.Membership]:
    """The seats in the bodies by their numbers, by body and the first day; those of one person where one is named."""
    rows = BodySeat.objects.select_related("person").order_by("body", "valid_from", "id")
    return {row.pk: _membership(row) for row in (rows.filter(person_id=person_id) if person_id is not None else rows)}


def seat_of(number: int) -> review.membership.Membership:
    """A seat, held until the transaction ends; refuses with `UnknownSeatError`."""
    row = BodySeat.objects.select_for_update(of=("self",)).select_related("person").filter(pk=number).first()
    if row is None:
        raise UnknownSeatError("there is no such seat")
    return _membership(row)


def add_seat(membership: review.membership.Membership, *, person_id: int) -> int:
    """Keep a new seat; its number."""
    fields = {name: getattr(membership, name) for name in ("body", "seat", "valid_from", "valid_to")}
    return int(BodySeat.objects.create(person_id=person_id, **fields).pk)


def end_seat(number: int, *, on: dt.date) -> None:
    """Keep before which day a seat ends."""
    BodySeat.objects.filter(pk=number).update(valid_to=on)


def _membership(row: BodySeat) -> review.membership.Membership:
    return review.membership.Membership(
        person=row.person.username,
        body=review.cycle.Body(row.body),
        seat=review.membership.Seat(row.seat),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
