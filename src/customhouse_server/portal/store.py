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


@dataclass(frozen=True, slots=True)
class Wording:
    """What a notice says."""

    title: str
    text: str
    legal_basis: str = ""
    effective_on: dt.date | None = None


def write(wording: Wording, *, actor: str, at: dt.datetime) -> WrittenNotice:
    """Write a notice under the next number."""
    row = Notice.objects.create(
        published_at=at,
        title=wording.title,
        text=wording.text,
        legal_basis=wording.legal_basis,
        effective_on=wording.effective_on,
        actor=actor,
    )
    return _written(row)


def newest(*, limit: int) -> tuple[WrittenNotice, ...]:
    """The notices, the newest first."""
    return tuple(_written(row) for row in Notice.objects.order_by("-published_at", "-id")[:limit])


def _written(row: Notice) -> WrittenNotice:
    return WrittenNotice(row.pk, row.title, row.text, row.legal_basis, row.effective_on, row.published_at)
