"""Interruptions in rows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from customhouse_server.service.models import Interruption as Row
from customhouse_server.service.models import Update as UpdateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What people are told: what does not work, what they do meanwhile, from when, and until when it is expected to last."""

    title: str
    meanwhile: str
    begins_at: dt.datetime
    expected_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """What was said at an instant."""

    said_at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """An interruption as it stands, with what was said of it, the newest first."""

    number: int
    report: Report
    reported_at: dt.datetime
    ended_at: dt.datetime | None
    updates: tuple[Update, ...] = ()

    @property
    def is_planned(self) -> bool:
        """Whether people were told before it began."""
        return self.reported_at < self.report.begins_at

    def is_on(self, *, at: dt.datetime) -> bool:
        """Whether it lasts at the instant."""
        return self.report.begins_at <= at and self.ended_at is None

    @property
    def lasted(self) -> dt.timedelta | None:
        """How long the work was interrupted; nothing while it lasts, and no time for one called off before it began."""
        return None if self.ended_at is None else max(dt.timedelta(), self.ended_at - self.report.begins_at)


def add(report: Report, *, actor: str, at: dt.datetime) -> int:
    """Keep a new interruption; its number."""
    row = Row.objects.create(
        title=report.title,
        meanwhile=report.meanwhile,
        begins_at=report.begins_at,
        expected_until=report.expected_until,
        reported_at=at,
        actor=actor,
    )
    return row.pk


def locked(number: int) -> Interruption | None:
    """The interruption, for nobody else to change until the transaction ends."""
    row = Row.objects.select_for_update().filter(pk=number).first()
    return None if row is None else _told(row, ())


def say(number: int, text: str, *, actor: str, at: dt.datetime, ends: bool) -> None:
    """Keep what is said of an interruption, and that it ended where it did."""
    UpdateRow.objects.create(interruption_id=number, said_at=at, text=text, actor=actor)
    if ends:
        Row.objects.filter(pk=number).update(ended_at=at)


def since(instant: dt.datetime) -> tuple[Interruption, ...]:
    """Those that were on or planned at the instant or later, the newest first."""
    rows = Row.objects.filter(Q(ended_at=None) | Q(ended_at__gt=instant)).order_by("-begins_at", "-id")
    return tuple(_told(row, row.update_set.all()) for row in rows.prefetch_related("update_set"))


def _told(row: Row, updates: Iterable[UpdateRow]) -> Interruption:
    return Interruption(
        number=row.pk,
        report=Report(title=row.title, meanwhile=row.meanwhile, begins_at=row.begins_at, expected_until=row.expected_until),
        reported_at=row.reported_at,
        ended_at=row.ended_at,
        updates=tuple(Update(each.said_at, each.text) for each in updates),
    )
