"""Notices in rows."""

import datetime as dt
from dataclasses import dataclass

from customhouse_server.portal.models import Notice


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """A notice as everybody may read it."""

    number: int
    title: str
    text: str
    legal_basis: str
    effective_on: dt.date | None
    published_at: dt.datetime
    subject: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a notice says."""

    title: str
    text: str
    legal_basis: str = ""
    effective_on: dt.date | None = None
    subject: str = ""


def write(wording: Wording, *, actor: str, at: dt.datetime) -> WrittenNotice:
    """Write a notice under the next number."""
    row = Notice.objects.create(
        published_at=at,
        title=wording.title,
        text=wording.text,
        legal_basis=wording.legal_basis,
        effective_on=wording.effective_on,
        subject=wording.subject,
        actor=actor,
    )
    return _written(row)


def newest(*, subject: str, limit: int) -> tuple[WrittenNotice, ...]:
    """The notices, the newest first; those on the subject, where it is named."""
    rows = Notice.objects.filter(subject=subject) if subject else Notice.objects.all()
    return tuple(_written(row) for row in rows.order_by("-published_at", "-id")[:limit])


def _written(row: Notice) -> WrittenNotice:
    return WrittenNotice(row.pk, row.title, row.text, row.legal_basis, row.effective_on, row.published_at, row.subject)
