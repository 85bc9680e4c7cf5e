"""Consultation: a draft is opened, commented, each comment answered, and the draft adopted or withdrawn.

open_draft(person, draft, at=) -> int                    its number; `TimetableError` where the law gives the public more days
comment(number, author, text, at=) -> int                by anybody while it is open; `ClosedError`
dispose(person, number, comment, Disposing, at=)         what became of a comment, in words
adopt(person, number, adopting, at=)                     once closed and each comment answered; publishes a notice
withdraw(person, number, reason, at=)
consultation(number) -> Consultation; comments(number); calendar(on=) -> rules.Sheet          for everybody
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from customhouse.pipeline import dialogue
from customhouse.pipeline import publication as rules
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.consultation import store
from customhouse_server.consultation.store import Comment, Consultation, Draft
from customhouse_server.journal import store as journal
from customhouse_server.portal import actions as portal
from customhouse_server.portal.actions import PUBLISHERS
from customhouse_server.portal.store import Wording
from customhouse_server.tariff.country import current_country

DISPOSITIONS = dialogue.DISPOSITIONS
LONGEST = 20_000
_LONGEST_NAME = 150
_MOST = 500


class UnknownConsultationError(Refusal, LookupError):
    """There is no such draft or comment."""


class UnreadableDraftError(Refusal, ValueError):
    """A draft, a comment or an answer lacks its words."""


class ClosedError(Refusal, RuntimeError):
    """The draft is not open to comments, or is decided."""


class TimetableError(Refusal, ValueError):
    """The law gives the public more days than these."""


class UnansweredCommentError(Refusal, RuntimeError):
    """A draft is adopted once it has closed and each comment has its answer."""


@dataclass(frozen=True, slots=True)
class Disposing:
    """What became of a comment, and why."""

    disposition: str
    response: str


@dataclass(frozen=True, slots=True)
class Adopting:
    """From which day the rule binds; a day sooner than the law gives needs the reason why it is urgent."""

    effective_on: dt.date
    urgency: str = ""


def open_draft(person: Person, draft: Draft, *, at: dt.datetime) -> int:
    """Put a draft to the public from today on."""
    person.require(PUBLISHERS, "opening a consultation")
    if not draft.title.strip() or not draft.text.strip():
        raise UnreadableDraftError(_("A draft has a title and a text."))
    on = current_country().legal_day(at=at)
    least = current_country().transparency.comments_until(on=on) or on
    if draft.closes_on < least:
        raise TimetableError(_("The public has until %(day)s at least.") % {"day": least.isoformat()})
    with transaction.atomic():
        number = store.add(draft, actor=person.username, on=on)
        journal.record(dialogue.DraftOpened(occurred_at=at, number=number, closes_on=draft.closes_on), actor=person.username)
    return number


@transaction.atomic
def comment(number: int, author: str, text: str, *, at: dt.datetime) -> int:
    """Take in a comment; with whose name it is published is for its author to say."""
    if not text.strip() or len(text) > LONGEST or len(author) > _LONGEST_NAME:
        raise UnreadableDraftError(_("Write a comment of at most %(most)s characters.") % {"most": LONGEST})
    if not _locked(number).is_open(on=current_country().legal_day(at=at)):
        raise ClosedError(_("The draft is not open to comments."))
    made = store.comment(number, author.strip(), text.strip(), at=at)
    journal.record(dialogue.CommentMade(occurred_at=at, number=number, comment=made), actor="public")
    return made


@transaction.atomic
def dispose(person: Person, number: int, comment_number: int, disposing: Disposing, *, at: dt.datetime) -> None:
    """Say what became of a comment."""
    person.require(PUBLISHERS, "answering comments")
    _undecided(number)
    if disposing.disposition not in DISPOSITIONS or not disposing.response.strip():
        raise UnreadableDraftError(_("Say what became of the comment, and why."))
    if not store.dispose(number, comment_number, disposing.disposition, disposing.response.strip()):
        raise UnknownConsultationError("there is no comment {comment} on draft {number}", comment=comment_number, number=number)
    event = dialogue.CommentDisposed(occurred_at=at, number=number, comment=comment_number, disposition=disposing.disposition)
    journal.record(event, actor=person.username)


@transaction.atomic
def adopt(person: Person, number: int, adopting: Adopting, *, at: dt.datetime) -> None:
    """Adopt a draft: a notice tells from which day it binds."""
    person.require(PUBLISHERS, "adopting a draft")
    found = _undecided(number)
    on = current_country().legal_day(at=at)
    if on <= found.draft.closes_on or any(not each.disposition for each in store.comments(number)):
        raise UnansweredCommentError(_("A draft is adopted once it has closed and each comment is answered."))
    least = current_country().transparency.binding_from(on=on) or on
    if adopting.effective_on < least and not adopting.urgency.strip():
        raise TimetableError(_("A rule published today binds from %(day)s; a sooner day needs its reason.") % {"day": least.isoformat()})
    wording = Wording(found.draft.title, found.draft.text, found.draft.legal_basis, adopting.effective_on)
    notice = portal.publish(person, wording, at=at)
    _decide(
        person, number, "adopted", at=at, effective_on=adopting.effective_on, reason=adopting.urgency.strip(), notice_number=notice.number
    )


@transaction.atomic
def withdraw(person: Person, number: int, reason: str, *, at: dt.datetime) -> None:
    """Withdraw a draft, with a reason."""
    person.require(PUBLISHERS, "withdrawing a draft")
    _undecided(number)
    if not reason.strip():
        raise UnreadableDraftError(_("Say why the draft is withdrawn."))
    _decide(person, number, "withdrawn", at=at, reason=reason.strip())


def consultation(number: int) -> Consultation:
    """A draft as it stands."""
    found = store.found(number)
    if found is None:
        raise UnknownConsultationError("there is no draft {number}", number=number)
    return found


def comments(number: int) -> tuple[Comment, ...]:
    """The comments on a draft, in order."""
    return store.comments(number)


def listed() -> tuple[Consultation, ...]:
    """The drafts, those that close last first."""
    return store.newest(limit=_MOST)


def calendar(*, on: dt.date) -> rules.Sheet:
    """The drafts with their days: what is open, what was decided, and from when it binds."""
    rows = [
        (
            str(each.number),
            each.draft.title,
            each.decision or ("open to comments" if each.is_open(on=on) else "closed"),
            each.opened_on.isoformat(),
            each.draft.closes_on.isoformat(),
            str(each.effective_on or each.draft.planned_on or ""),
            each.draft.legal_basis,
        )
        for each in listed()
    ]
    return rules.Sheet(
        title="Drafts and comments",
        about="Rules that customs means to make: until when anybody may comment, and from when they are to bind.",
        source="the consultations of this site",
        basis="TFA Art 2",
        columns=("number", "title", "state", "opened on", "comments until", "binding from", "legal basis"),
        rows=tuple(rows),
    )


def _decide(person: Person, number: int, decision: str, *, at: dt.datetime, **fields: object) -> None:
    store.decide(number, decision=decision, decided_on=current_country().legal_day(at=at), **fields)
    effective = fields.get("effective_on")
    event = dialogue.DraftDecided(
        occurred_at=at,
        number=number,
        decision=decision,
        effective_on=effective if isinstance(effective, dt.date) else None,
        reason=str(fields.get("reason", "")),
    )
    journal.record(event, actor=person.username)


def _locked(number: int) -> Consultation:
    found = store.found(number, locked=True)
    if found is None:
        raise UnknownConsultationError("there is no draft {number}", number=number)
    return found


def _undecided(number: int) -> Consultation:
    found = _locked(number)
    if found.decision:
        raise ClosedError(_("The draft is decided."))
    return found
