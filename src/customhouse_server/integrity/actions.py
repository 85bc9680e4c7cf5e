"""Integrity: its members, and the leads with their reviews; each act is one transaction.

require_member(person); member_ids()                     NotPermittedError
name_member(by, username, at=)                           an administrator, who can be none; a member confirms all but the very first
confirm_member(by, person_id, at=); end_member(by, person_id, at=), of which the last is for a member alone
review_events(by, Period, at=) -> int                    runs every lead rule over the event store; how many leads are new
leads(person); lead(person, id, at=) -> Seen             who looks is kept; whom a lead concerns sees it once it is put to him
do(person, id, Doing(act, text, reviewer), at=) -> Review        the core's `review.ReviewRefusedError`
forget_due(at=) -> int                                   deletes what was not founded once its time has come

The journal keeps acts by lead and rule, never whom a lead concerns: the journal cannot forget.
"""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from customhouse.development import integrity
from customhouse.saying import Refusal
from customhouse_server.accounts import store as people
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.gateway.fault import refuse
from customhouse_server.integrity import rulebook, store
from customhouse_server.integrity.store import Done, KeptLead
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.journal.store import EventEntry, event_clause
from customhouse_server.performance.actions import event_store
from customhouse_server.tariff.country import current_country

ReviewAct, ReviewState = integrity.review.ReviewAct, integrity.review.ReviewState
_SHOWN = frozenset({ReviewState.PUT, ReviewState.HEARD, ReviewState.FOUNDED, ReviewState.UNFOUNDED})
"""When a lead is for the eyes of whom it concerns."""


class UnknownLeadError(Refusal, LookupError):
    """There is no such lead, or it is not for the person: the two are not told apart."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What a person does to a lead."""

    act: integrity.review.ReviewAct
    text: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A lead as a person sees it, and what the person may do with it now."""

    kept: KeptLead
    rule: integrity.lead_rule.LeadRule | None
    history: tuple[Done, ...]
    looks: tuple[Done, ...]
    allowed: tuple[integrity.review.ReviewAct, ...]


def is_member(person: Person) -> bool:
    """Whether the person works for the integrity office."""
    return person.of_customs and person.id in store.member_ids()


def require_member(person: Person) -> None:
    """Refuse with `NotPermittedError` whoever does not work for the integrity office."""
    if not is_member(person):
        raise NotPermittedError("this is for members of the integrity office")


def member_ids() -> frozenset[int]:
    """Who works for the integrity office."""
    return store.member_ids()


def members(person: Person) -> tuple[store.KeptMember, ...]:
    """Everybody who was named, for administrators and members."""
    if person.role is not Role.ADMINISTRATOR:
        require_member(person)
    return store.members()


def name_member(by: Person, username: str, *, at: dt.datetime) -> None:
    """Name an officer or supervisor; only an administrator may, and is none himself. The very first needs no one to confirm."""
    by.require(frozenset({Role.ADMINISTRATOR}), "naming members of the integrity office")
    named = people.person_named(username)
    if named is None or not named.of_customs:
        raise NotPermittedError("a member of the integrity office is an officer or a supervisor, and no administrator")
    with transaction.atomic():
        store.hold_members()
        store.name_member(named.id, by=by.username, confirmed_by="" if store.had_members() else by.username, at=at)
        journal("IntegrityMemberNamed", by.username, at=at, person=username)


def confirm_member(by: Person, person_id: int, *, at: dt.datetime) -> None:
    """Confirm who was named: four eyes, so that an administrator alone opens nothing."""
    require_member(by)
    with transaction.atomic():
        if store.confirm_member(person_id, by=by.username, at=at):
            journal("IntegrityMemberConfirmed", by.username, at=at, person=str(person_id))


def end_member(by: Person, person_id: int, *, at: dt.datetime) -> None:
    """Let somebody be a member no longer, as an administrator or as a member; the last one goes by a member's act alone."""
    members(by)
    with transaction.atomic():
        store.hold_members()
        if store.member_ids() == {person_id} and not is_member(by):
            raise NotPermittedError("the last member of the integrity office is ended by a member alone: have another one confirmed first")
        if store.end_member(person_id, by=by.username, at=at):
            journal("IntegrityMemberEnded", by.username, at=at, person=str(person_id))


def review_events(by: Person, *, start: dt.date, end: dt.date, at: dt.datetime) -> int:
    """Look for leads in the events of a period; how many are new."""
    require_member(by)
    refuse({"end": _("the period ends before it begins")} if end <= start else {})
    hours = current_country().office_hours(on=start)
    found = integrity.lead.leads(event_store().connect(for_many=True), rulebook.lead_rules(), start=start, end=end, hours=hours)
    offices = {name: frozenset(of) for name, _, of in store.people_of_customs()}
    with transaction.atomic():
        new = [lead for lead in found if _opened(lead, offices.get(lead.actor, frozenset()), at=at)]
        journal("EventsReviewed", by.username, at=at, start=start.isoformat(), end=end.isoformat(), new=len(new))
    return len(new)


def leads(person: Person) -> tuple[KeptLead, ...]:
    """Every lead but those on the person himself, for a member; else those that the person reviews."""
    person.require(CUSTOMS, "reviewing leads")
    return store.leads(but=person.username) if is_member(person) else store.leads(reviewer=person.username, but=person.username)


def leads_on(person: Person) -> tuple[KeptLead, ...]:
    """The leads on the person that were put to the person."""
    person.require(CUSTOMS, "replying to leads")
    return tuple(each for each in store.leads(officer=person.username) if each.review.put and each.review.state in _SHOWN)


def lead(person: Person, lead_id: UUID, *, at: dt.datetime) -> Seen:
    """A lead; that the person looked at it is kept. Whom it concerns is not told who else did."""
    kept = _seen(person, store.lead_of(lead_id))
    store.add_look(lead_id, by=person.username, at=at)
    own = kept.review.officer == person.username
    return Seen(
        kept=kept,
        rule=rulebook.lead_rules().named(kept.lead.rule),
        history=store.history(lead_id),
        looks=() if own else store.looks(lead_id),
        allowed=integrity.review.open_acts(kept.review, by=person.username, is_integrity=is_member(person)),
    )


def do(person: Person, lead_id: UUID, doing: Doing, *, at: dt.datetime) -> integrity.review.Review:
    """Do one act to a lead; its review after that."""
    rules = rulebook.lead_rules()
    with transaction.atomic():
        kept = _seen(person, store.lead_of(lead_id, locked=True))
        offices = {name: frozenset(of) for name, _, of in store.people_of_customs()}
        step = integrity.review.Step(
            act=doing.act,
            by=person.username,
            at=at,
            is_integrity=is_member(person),
            text=doing.text.strip(),
            reviewer=doing.reviewer if doing.reviewer in offices else "",
            reviewer_offices=offices.get(doing.reviewer, frozenset()),
        )
        review = integrity.review.after(kept.review, step, reply_days=rules.reply_days)
        delete_on = integrity.review.delete_on(review, keep_unfounded_days=rules.keep_unfounded_days)
        text = doing.reviewer if doing.act is ReviewAct.ASSIGN else step.text
        store.save_review(lead_id, review, Done(doing.act.value, person.username, at, text), delete_on=delete_on)
        actor = "officer concerned" if doing.act is ReviewAct.REPLY else person.username
        journal("LeadReviewed", actor, at=at, lead=str(lead_id), rule=kept.lead.rule, act=doing.act.value)
    return review


def reviewers(kept: KeptLead) -> tuple[tuple[str, str], ...]:
    """Who may review a lead: people of customs from outside its offices, by user name and name."""
    concerned = kept.review.officer
    return tuple(
        (username, name) for username, name, of in store.people_of_customs() if username != concerned and not kept.review.offices & set(of)
    )


def forget_due(*, at: dt.datetime) -> int:
    """Delete the leads that were not founded and whose time has come."""
    with transaction.atomic():
        gone = store.forget_due(on=at.date())
        if gone:
            journal("LeadsForgotten", "rule", at=at, leads=gone)
    return gone


def journal(kind: str, actor: str, *, at: dt.datetime, **facts: str | int) -> None:
    """Write an event of integrity to the journal, in the caller's transaction."""
    document = msgspec.json.encode({"event": kind, "occurred_at": at, "actor": actor, **facts}).decode()
    execute_as_one([event_clause([EventEntry(kind, at, document)], declaration_id=None, actor=actor)])


def _opened(lead: integrity.lead.Lead, offices: frozenset[str], *, at: dt.datetime) -> bool:
    """Keep a lead unless it is known, or was forgotten; the offices are the officer's, and those of the events."""
    named = frozenset(word for stratum in lead.strata for word in stratum.split()[:1])
    review = integrity.review.Review(officer=lead.actor, offices=offices | named, evidence=len(lead.evidence))
    text = "/".join((lead.rule, str(lead.rule_version), lead.actor, lead.mark, str(lead.start), str(lead.end)))
    fingerprint = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
    lead_id = store.add_lead(fingerprint, lead, review, at=at)
    if lead_id:
        journal("LeadOpened", "rule", at=at, lead=str(lead_id), rule=lead.rule)
    return bool(lead_id)


def _seen(person: Person, kept: KeptLead | None) -> KeptLead:
    """The lead, if it is for the person's eyes."""
    if kept is None or not person.of_customs:
        raise UnknownLeadError("there is no such lead for you")
    if kept.review.officer == person.username:
        allowed = bool(kept.review.put) and kept.review.state in _SHOWN
    else:
        allowed = is_member(person) or kept.review.reviewer == person.username
    if not allowed:
        raise UnknownLeadError("there is no such lead for you")
    return kept
