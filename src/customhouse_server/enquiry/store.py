"""Questions in rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q

from customhouse_server.enquiry.models import Enquiry as Row
from customhouse_server.enquiry.reply_time import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A question as it stands."""

    reference: str
    asked_at: dt.datetime
    asked_on: dt.date
    due_on: dt.date | None
    language: str
    topic: str
    office: str
    question: str
    address: str = ""
    answer: str = ""
    answered_at: dt.datetime | None = None
    answered_on: dt.date | None = None
    published_at: dt.datetime | None = None
    published_question: str = ""


_FIELDS = tuple(Enquiry.__dataclass_fields__)


def add(enquiry: Enquiry, *, passphrase_digest: str) -> None:
    """Keep a new question."""
    Row.objects.create(passphrase_digest=passphrase_digest, **{name: getattr(enquiry, name) for name in _FIELDS})


def found(reference: str, *, passphrase_digest: str | None = None, locked: bool = False) -> Enquiry | None:
    """The question of that reference, if the digest is given only with it; `locked` holds it until the transaction ends."""
    rows = Row.objects.select_for_update() if locked else Row.objects.all()
    rows = rows.filter(reference=reference)
    if passphrase_digest is not None:
        rows = rows.filter(passphrase_digest=passphrase_digest)
    row = rows.first()
    return _read(row) if row else None


def waiting(offices: tuple[str, ...], *, limit: int) -> tuple[Enquiry, ...]:
    """The questions for these offices, or for any, that wait for an answer, the most urgent first."""
    rows = Row.objects.filter(Q(office="") | Q(office__in=offices), answered_at=None)
    return tuple(map(_read, rows.order_by(F("due_on").asc(nulls_last=True), "asked_at")[:limit]))


def answered(offices: tuple[str, ...], *, limit: int) -> tuple[Enquiry, ...]:
    """The last questions for these offices, or for any, that were answered."""
    rows = Row.objects.filter(Q(office="") | Q(office__in=offices), answered_at__isnull=False)
    return tuple(map(_read, rows.order_by("-answered_at")[:limit]))


def published(*, limit: int) -> tuple[Enquiry, ...]:
    """The answers that everybody may read, the newest first."""
    return tuple(map(_read, Row.objects.filter(published_at__isnull=False).order_by("-published_at")[:limit]))


def change(reference: str, *, answered_by: str = "", **fields: object) -> None:
    """Write fields of a question."""
    by = {"answered_by": answered_by} if answered_by else {}
    Row.objects.filter(reference=reference).update(**fields, **by)


def replies(*, since: dt.date) -> tuple[Reply, ...]:
    """When each question since a day was asked, due and answered."""
    rows = Row.objects.filter(asked_on__gte=since).values_list("asked_on", "due_on", "answered_on")
    return tuple(Reply(*row) for row in rows)


def _read(row: Row) -> Enquiry:
    return Enquiry(**{name: getattr(row, name) for name in _FIELDS})
