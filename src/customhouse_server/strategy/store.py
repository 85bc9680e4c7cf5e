"""Strategic plans in rows: where each stands, its versions and its reports."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from uuid import UUID

import msgspec

from customhouse.saying import Refusal
from customhouse.strategy import StrategicPlan, review
from customhouse_server.strategy.models import PlanRecord, PlanReport, PlanVersion


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
