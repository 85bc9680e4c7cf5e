"""Enquiry point: asked by anybody, answered by customs.

ask(asking, at=) -> Receipt                          what opens the answer later, told once; `UnreadableQuestionError`
follow(reference, passphrase) -> Enquiry             `UnknownEnquiryError` where the two do not belong together
worklist(person, limit=) -> tuple[Enquiry, ...]      what waits for the person's offices, the most urgent first
seen(person, reference) -> Enquiry                   for customs; `UnknownEnquiryError` for another office
answer(person, reference, text, at=)                 once; `AnsweredError` after that; where an address was given, a job sends it
send(reference)                                      the job
route(person, reference, office, at=)                to another office, by a supervisor
publish(person, reference, question, at=)            an answer that helps others, the question in words without the asker's affairs
answers() -> rules.Sheet; figures(on=) -> ReplyTime        for everybody
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import EmailValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from customhouse.pipeline import dialogue
from customhouse.pipeline import publication as rules
from customhouse.saying import Refusal, saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.enquiry import store
from customhouse_server.enquiry.reply_time import ReplyTime, reply_time
from customhouse_server.enquiry.store import Enquiry
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.journal import store as journal
from customhouse_server.tariff.country import current_country

OTHER = "other"
TOPICS = (*rules.PUBLICATIONS, OTHER)
LONGEST = 5_000
_LONGEST_ADDRESS = 254
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
_PUBLISHERS = frozenset({Role.SUPERVISOR})
_YEAR = dt.timedelta(days=365)
_MOST = 500


class UnreadableQuestionError(FaultyError):
    """A question without words, or with too many, on no topic, or with an address that is none; or an answer without words."""


class UnknownEnquiryError(Refusal, LookupError):
    """There is no such question, or not for whoever asks for it."""


class AnsweredError(Refusal, RuntimeError):
    """The question was answered, and an answer is given once."""


class UnansweredError(Refusal, RuntimeError):
    """The question was not answered yet."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks, in which language, and where an answer may be sent."""

    topic: str
    question: str
    language: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What opens the answer: the reference, and the passphrase that is told only now."""

    reference: str
    passphrase: str
    due_on: dt.date | None


def ask(asking: Asking, *, at: dt.datetime) -> Receipt:
    """Take a question in: route it by its topic and start its clock."""
    if faults := _faults(asking):
        raise UnreadableQuestionError(faults)
    country = current_country()
    on = country.legal_day(at=at)
    clock = country.transparency.answer_clock(on=on)
    reference, passphrase = f"Q{_drawn(8)}", "-".join(_drawn(5) for _ in range(4))
    enquiry = Enquiry(
        reference=reference,
        asked_at=at,
        asked_on=on,
        due_on=clock.due_on if clock else None,
        language=asking.language,
        topic=asking.topic,
        office=country.transparency.routes.get(asking.topic, ""),
        question=asking.question.strip(),
        address=asking.address,
    )
    with transaction.atomic():
        store.add(enquiry, passphrase_digest=_digest(passphrase))
        journal.record(
            dialogue.QuestionAsked(occurred_at=at, reference=reference, topic=asking.topic, due_on=enquiry.due_on), actor="public"
        )
    return Receipt(reference, passphrase, enquiry.due_on)


def follow(reference: str, passphrase: str) -> Enquiry:
    """The question and its answer, for whoever has both words."""
    enquiry = store.found(reference.strip().upper(), passphrase_digest=_digest(passphrase.strip().upper()))
    if enquiry is None:
        raise UnknownEnquiryError(_("The reference and the passphrase do not belong together."))
    return enquiry


def worklist(person: Person, *, limit: int = 100) -> tuple[Enquiry, ...]:
    """What waits for the offices of the person."""
    person.require(CUSTOMS, "answering questions")
    return store.waiting(person.offices, limit=limit)


def answered(person: Person, *, limit: int = 50) -> tuple[Enquiry, ...]:
    """What the offices of the person answered last."""
    person.require(CUSTOMS, "answering questions")
    return store.answered(person.offices, limit=limit)


def seen(person: Person, reference: str, *, locked: bool = False) -> Enquiry:
    """A question for the offices of the person, or for any."""
    person.require(CUSTOMS, "answering questions")
    enquiry = store.found(reference, locked=locked)
    if enquiry is None or (enquiry.office and enquiry.office not in person.offices):
        raise UnknownEnquiryError("there is no question {reference} for your office", reference=reference)
    return enquiry


@transaction.atomic
def answer(person: Person, reference: str, text: str, *, at: dt.datetime) -> None:
    """Answer a question, and have the answer sent where it was asked to be sent."""
    enquiry = seen(person, reference, locked=True)
    if enquiry.answered_at:
        raise AnsweredError("{reference} was answered", reference=reference)
    if not text.strip():
        raise UnreadableQuestionError({"text": _("Write an answer.")})
    on = current_country().legal_day(at=at)
    store.change(reference, answer=text.strip(), answered_at=at, answered_on=on, answered_by=person.username)
    in_time = on <= enquiry.due_on if enquiry.due_on else None
    journal.record(dialogue.QuestionAnswered(occurred_at=at, reference=reference, in_time=in_time), actor=person.username)
    if enquiry.address:
        app.configure_task("enquiry.send").defer(reference=reference)


def send(reference: str) -> None:
    """Send the answer to the address that the asker gave, in the language of the question."""
    enquiry = store.found(reference)
    if enquiry is None or not (enquiry.address and enquiry.answer):
        raise UnknownEnquiryError("there is no answer to {reference} to be sent", reference=reference)
    with override(enquiry.language):
        subject = _("Your question %(reference)s to customs") % {"reference": reference}
    send_mail(subject, f"{enquiry.answer}\n\n> {enquiry.question}", None, [enquiry.address])


@transaction.atomic
def route(person: Person, reference: str, office: str, *, at: dt.datetime) -> None:
    """Give a question to another office, or to any."""
    person.require(_PUBLISHERS, "giving a question to another office")
    enquiry = seen(person, reference, locked=True)
    if enquiry.answered_at:
        raise AnsweredError("{reference} was answered", reference=reference)
    if office and not current_country().lists.allows("offices", office, on=current_country().legal_day(at=at)):
        raise UnreadableQuestionError({"office": saying("{office} is no office", office=office)})
    store.change(reference, office=office)
    journal.record(dialogue.QuestionRouted(occurred_at=at, reference=reference, office=office), actor=person.username)


@transaction.atomic
def publish(person: Person, reference: str, question: str, *, at: dt.datetime) -> None:
    """Publish an answer, the question in general words."""
    person.require(_PUBLISHERS, "publishing an answer")
    enquiry = seen(person, reference, locked=True)
    if not enquiry.answered_at:
        raise UnansweredError("{reference} was not answered yet", reference=reference)
    if not question.strip():
        raise UnreadableQuestionError({"question": _("Write the question in general words.")})
    store.change(reference, published_at=at, published_question=question.strip())
    journal.record(dialogue.AnswerPublished(occurred_at=at, reference=reference), actor=person.username)


def answers() -> rules.Sheet:
    """The published answers, the newest first."""
    rows = [
        (each.topic, each.published_question, each.answer, each.answered_on.isoformat())
        for each in store.published(limit=_MOST)
        if each.answered_on
    ]
    return rules.Sheet(
        title="Questions answered",
        about="Answers of the enquiry point that may help others, the newest first.",
        source="the enquiry point",
        basis="TFA Art 1.3",
        columns=("topic", "question", "answer", "answered on"),
        rows=tuple(rows),
    )


def figures(*, on: dt.date) -> ReplyTime:
    """How soon the questions of the last year were answered."""
    return reply_time(store.replies(since=on - _YEAR), on=on)


def _faults(asking: Asking) -> dict[str, str]:
    """What is wrong with a question, by field."""
    told = _("Write a question of at most %(most)s characters, and choose its topic.") % {"most": LONGEST}
    faults = {} if asking.topic in TOPICS else {"topic": told}
    if not asking.question.strip() or len(asking.question) > LONGEST:
        faults["question"] = told
    try:
        if len(asking.address) > _LONGEST_ADDRESS:
            faults["address"] = _("Write at most %(most)s characters.") % {"most": _LONGEST_ADDRESS}
        elif asking.address:
            EmailValidator()(asking.address)
    except ValidationError as refusal:
        faults["address"] = " ".join(refusal.messages)
    return faults


def _drawn(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def _digest(passphrase: str) -> str:
    """Of a hundred drawn bits, which no list of passwords holds: a plain digest is as good as a slow one."""
    return sha256(passphrase.encode()).hexdigest()
