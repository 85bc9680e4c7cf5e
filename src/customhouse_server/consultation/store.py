"""Consultations in rows."""

import datetime as dt
from dataclasses import dataclass

from customhouse_server.consultation.models import Comment as CommentRow
from customhouse_server.consultation.models import Consultation as Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is put to the public, until when, and from when it is planned to bind."""

    title: str
    text: str
    legal_basis: str = ""
    closes_on: dt.date
    planned_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A draft as it stands."""

    number: int
    draft: Draft
    opened_on: dt.date
    decision: str = ""
    decided_on: dt.date | None = None
    effective_on: dt.date | None = None
    reason: str = ""
    notice_number: int | None = None

    def is_open(self, *, on: dt.date) -> bool:
        """Whether comments are taken on the day."""
        return not self.decision and self.opened_on <= on <= self.draft.closes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, and what became of it."""

    number: int
    author: str
    text: str
    made_at: dt.datetime
    disposition: str = ""
    response: str = ""


_OF_DRAFT = ("title", "text", "legal_basis", "closes_on", "planned_on")
_OF_ROW = ("opened_on", "decision", "decided_on", "effective_on", "reason", "notice_number")


def add(draft: Draft, *, actor: str, on: dt.date) -> int:
    """Keep a new draft, opened on the day; its number."""
    return Row.objects.create(opened_on=on, actor=actor, **{name: getattr(draft, name) for name in _OF_DRAFT}).pk


def found(number: int, *, locked: bool = False) -> Consultation | None:
    """The consultation of that number; `locked` holds it until the transaction ends."""
    rows = Row.objects.select_for_update() if locked else Row.objects.all()
    row = rows.filter(pk=number).first()
    return _read(row) if row else None


def newest(*, limit: int) -> tuple[Consultation, ...]:
    """The consultations, those that close last first."""
    return tuple(map(_read, Row.objects.order_by("-closes_on", "-id")[:limit]))


def decide(number: int, **fields: object) -> None:
    """Write the decision on a draft."""
    Row.objects.filter(pk=number).update(**fields)


def comment(number: int, author: str, text: str, *, at: dt.datetime) -> int:
    """Keep a comment; its number."""
    return CommentRow.objects.create(consultation_id=number, author=author, text=text, made_at=at).pk


def comments(number: int) -> tuple[Comment, ...]:
    """The comments on a draft, in order."""
    rows = CommentRow.objects.filter(consultation_id=number).order_by("id")
    return tuple(
        Comment(number=row.pk, author=row.author, text=row.text, made_at=row.made_at, disposition=row.disposition, response=row.response)
        for row in rows
    )


def dispose(number: int, comment_number: int, disposition: str, response: str) -> bool:
    """Write what became of a comment; whether there is such a comment."""
    rows = CommentRow.objects.filter(pk=comment_number, consultation_id=number)
    return bool(rows.update(disposition=disposition, response=response))


def _read(row: Row) -> Consultation:
    draft = Draft(**{name: getattr(row, name) for name in _OF_DRAFT})
    return Consultation(number=row.pk, draft=draft, **{name: getattr(row, name) for name in _OF_ROW})
