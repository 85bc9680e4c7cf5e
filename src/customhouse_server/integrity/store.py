"""Members, leads, contracts and registers in rows."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import msgspec
from django.db import connection

from customhouse.development import integrity
from customhouse_server.integrity.models import (
    Act,
    Contract,
    ControlTest,
    Forgotten,
    FormerMember,
    Gift,
    Interest,
    Lead,
    Look,
    Member,
    PlannedAction,
    Remark,
    SelfAnswer,
    YearlyStatement,
)

_REVIEW = msgspec.json.Decoder(integrity.review.Review)
_LEAD = msgspec.json.Decoder(integrity.lead.Lead)
_TERMS = msgspec.json.Decoder(integrity.contract.Terms)


@dataclass(frozen=True, slots=True)
class KeptMember:
    """A member, or one who is named and not confirmed yet."""

    person_id: int
    username: str
    name: str
    named_by: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class KeptLead:
    """A lead with the review that it is under."""

    id: UUID
    lead: integrity.lead.Lead
    review: integrity.review.Review
    opened_at: dt.datetime
    delete_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did to a lead, or that somebody looked at it."""

    what: str
    by: str
    at: dt.datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class KeptAction:
    """What is planned against a risk, and when it was done."""

    id: int
    function: str
    text: str
    owner: str
    due_on: dt.date
    done_on: dt.date | None


@dataclass(frozen=True, slots=True)
class KeptGift:
    """What an officer was offered, what became of it, and what somebody else said of it."""

    id: int
    officer: str
    giver: str
    what: str
    value: Decimal | None
    currency: str
    offered_on: dt.date
    became: str
    reviewed_by: str
    review: str


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """That an officer said on a day that what he declared is whole, and what somebody else said of it."""

    id: int
    officer: str
    said_on: dt.date
    reviewed_by: str
    review: str


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """What one side says of a month of a contract."""

    side: str
    by: str
    at: dt.datetime
    text: str


def member_ids() -> frozenset[int]:
    """Who is a member of the integrity office, is confirmed, and may still sign in, and is no administrator."""
    found = Member.objects.filter(person__is_active=True).exclude(confirmed_by="").exclude(person__role="administrator")
    return frozenset(found.values_list("person_id", flat=True))


def members() -> tuple[KeptMember, ...]:
    """Everybody who was named."""
    return tuple(
        KeptMember(each.person_id, each.person.username, each.person.get_full_name(), each.named_by, each.confirmed_by)
        for each in Member.objects.select_related("person").order_by("person__username")
    )


def name_member(person_id: int, *, by: str, confirmed_by: str, at: dt.datetime) -> None:
    """Name somebody, confirmed at once where `confirmed_by` says by whom."""
    Member.objects.get_or_create(
        person_id=person_id,
        defaults={"named_by": by, "named_at": at, "confirmed_by": confirmed_by, "confirmed_at": at if confirmed_by else None},
    )


def confirm_member(person_id: int, *, by: str, at: dt.datetime) -> int:
    """Confirm somebody who is named; how many there were to confirm."""
    return Member.objects.filter(person_id=person_id, confirmed_by="").update(confirmed_by=by, confirmed_at=at)


def end_member(person_id: int, *, by: str, at: dt.datetime) -> int:
    """Let somebody be a member no longer, and keep that the person was one; how many there were to end."""
    found = Member.objects.filter(person_id=person_id)
    for named in found.values("person_id", "named_by", "named_at", "confirmed_by", "confirmed_at"):
        FormerMember.objects.create(**named, ended_by=by, ended_at=at)
    return found.delete()[0]


def had_members() -> bool:
    """Whether anybody was ever confirmed as a member, whatever became of the person."""
    return any(each.objects.exclude(confirmed_by="").exists() for each in (Member, FormerMember))


def hold_members() -> None:
    """Let nobody else name or end members until the transaction is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('integrity members'))")


def people_of_customs() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """User name, name and offices of everybody who works for customs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT username, trim(first_name || ' ' || last_name), offices FROM accounts_user "
            "WHERE role IN ('officer', 'supervisor') AND is_active ORDER BY username"
        )
        return tuple((row[0], row[1] or row[0], tuple(row[2])) for row in cursor.fetchall())


def add_lead(fingerprint: str, lead: integrity.lead.Lead, review: integrity.review.Review, *, at: dt.datetime) -> UUID | None:
    """Keep a new lead; nothing where the same was kept before."""
    if Forgotten.objects.filter(fingerprint=fingerprint).exists():
        return None
    kept, is_new = Lead.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "rule": lead.rule,
            "officer": lead.actor,
            "state": review.state.value,
            "document": msgspec.to_builtins(lead),
            "review": msgspec.to_builtins(review),
            "opened_at": at,
        },
    )
    return kept.id if is_new else None


def lead_of(lead_id: UUID, *, locked: bool = False) -> KeptLead | None:
    """A lead."""
    found = (Lead.objects.select_for_update() if locked else Lead.objects).filter(id=lead_id).first()
    return _kept(found) if found else None


def leads(*, officer: str = "", reviewer: str = "", but: str = "") -> tuple[KeptLead, ...]:
    """The leads on an officer, or of a reviewer, or all but those on one person; the least likely by chance first."""
    found = Lead.objects.exclude(officer=but) if but else Lead.objects.all()
    if officer:
        found = found.filter(officer=officer)
    if reviewer:
        found = found.filter(reviewer=reviewer)
    return tuple(sorted(map(_kept, found), key=lambda each: (each.review.closed_at is not None, each.lead.corrected, each.lead.rule)))


def save_review(lead_id: UUID, review: integrity.review.Review, done: Done, *, delete_on: dt.date | None) -> None:
    """Keep where a review stands, and what brought it there."""
    Lead.objects.filter(id=lead_id).update(
        review=msgspec.to_builtins(review), state=review.state.value, reviewer=review.reviewer, delete_on=delete_on
    )
    Act.objects.create(lead_id=lead_id, act=done.what, by=done.by, at=done.at, text=done.text)


def add_look(lead_id: UUID, *, by: str, at: dt.datetime) -> None:
    """Keep that somebody looked at a lead."""
    Look.objects.create(lead_id=lead_id, by=by, at=at)


def history(lead_id: UUID) -> tuple[Done, ...]:
    """What was done to a lead, in order."""
    return tuple(Done(each.act, each.by, each.at, each.text) for each in Act.objects.filter(lead_id=lead_id).order_by("id"))


def looks(lead_id: UUID) -> tuple[Done, ...]:
    """Who looked at a lead, in order."""
    return tuple(Done("", each.by, each.at) for each in Look.objects.filter(lead_id=lead_id).order_by("id"))


def forget_due(*, on: dt.date) -> int:
    """Delete the leads whose time has come, with all that hangs on them; how many they were."""
    due = list(Lead.objects.filter(delete_on__lte=on))
    Forgotten.objects.bulk_create([Forgotten(fingerprint=each.fingerprint) for each in due], ignore_conflicts=True)
    Lead.objects.filter(id__in=[each.id for each in due]).delete()
    return len(due)


@dataclass(frozen=True, slots=True)
class KeptContract:
    """A contract with whom it binds."""

    id: int
    office: str
    officer: str
    terms: integrity.contract.Terms
    offered_by: str
    agreed_by: str
    agreed_at: dt.datetime | None


def answers(year: int) -> tuple[integrity.self_assessment.Answer, ...]:
    """The answers of a year, of each question the last."""
    rows = SelfAnswer.objects.filter(year=year).order_by("question", "-id").distinct("question")
    return tuple(msgspec.convert(row.document, integrity.self_assessment.Answer, strict=False) for row in rows)


def save_answer(year: int, answer: integrity.self_assessment.Answer, *, by: str, at: dt.datetime) -> None:
    """Keep an answer; the one before stays too."""
    SelfAnswer.objects.create(year=year, question=answer.question, document=msgspec.to_builtins(answer), by=by, at=at)


def control_tests() -> dict[tuple[str, str], dt.date]:
    """When each control, by function and name, was last found to work."""
    rows = ControlTest.objects.order_by("tested_on").values_list("function", "control", "tested_on")
    return {(function, control): day for function, control, day in rows}


def save_control_test(function: str, control: str, *, on: dt.date, by: str) -> None:
    """Keep that a control was found to work."""
    ControlTest.objects.create(function=function, control=control, tested_on=on, by=by)


def planned_actions() -> tuple[KeptAction, ...]:
    """What is planned for the functions of the risk map, the next first."""
    rows = PlannedAction.objects.order_by("due_on", "id")
    return tuple(KeptAction(each.pk, each.function, each.text, each.owner, each.due_on, each.done_on) for each in rows)


def plan_action(function: str, action: integrity.risk_map.Action) -> int:
    """Plan something; its number."""
    return int(PlannedAction.objects.create(function=function, **msgspec.structs.asdict(action)).pk)


def action_done(action_id: int, *, on: dt.date) -> int:
    """Keep that it is done."""
    return PlannedAction.objects.filter(id=action_id, done_on=None).update(done_on=on)


def offer_contract(scope: integrity.contract.Scope, terms: integrity.contract.Terms, *, by: str, at: dt.datetime) -> int:
    """Keep a contract that is offered."""
    kept = Contract.objects.create(
        office=scope.office, officer=scope.officer, terms=msgspec.to_builtins(terms), offered_by=by, offered_at=at
    )
    return int(kept.pk)


def agree(contract_id: int, *, by: str, at: dt.datetime) -> int:
    """Keep who agreed to a contract, once."""
    return Contract.objects.filter(id=contract_id, agreed_by="").update(agreed_by=by, agreed_at=at)


def contracts() -> tuple[KeptContract, ...]:
    """Every contract, the latest first."""
    return tuple(
        KeptContract(
            each.pk,
            each.office,
            each.officer,
            _TERMS.decode(msgspec.json.encode(each.terms)),
            each.offered_by,
            each.agreed_by,
            each.agreed_at,
        )
        for each in Contract.objects.order_by("-id")
    )


def remarks(contract_id: int, month: dt.date) -> tuple[KeptRemark, ...]:
    """What both sides said of a month."""
    rows = Remark.objects.filter(contract_id=contract_id, month=month).order_by("id")
    return tuple(KeptRemark(each.side, each.by, each.at, each.text) for each in rows)


def add_remark(contract_id: int, month: dt.date, done: Done) -> None:
    """Keep what one side says of a month."""
    Remark.objects.create(contract_id=contract_id, month=month, by=done.by, side=done.what, text=done.text, at=done.at)


def interests(person_id: int) -> tuple[tuple[int, integrity.interest.Interest], ...]:
    """The ties that a person has declared, with their numbers, those that hold first."""
    return tuple(
        (
            each.pk,
            integrity.interest.Interest(
                party=each.party, tie=integrity.interest.Tie(each.tie), note=each.note, since=each.since, until=each.until
            ),
        )
        for each in Interest.objects.filter(person_id=person_id).order_by("-until", "id")
    )


def declare(person_id: int, interest: integrity.interest.Interest, *, at: dt.datetime) -> int:
    """Keep a tie; its number."""
    fields = msgspec.structs.asdict(interest) | {"tie": interest.tie.value}
    kept = Interest.objects.create(person_id=person_id, declared_at=at, **fields)
    return int(kept.pk)


def end_interest(person_id: int, number: int, *, on: dt.date) -> int:
    """Keep that a tie ended."""
    return Interest.objects.filter(id=number, person_id=person_id, until=None).update(until=on)


def say_whole(person_id: int, *, on: dt.date) -> None:
    """Keep that what was declared is whole."""
    YearlyStatement.objects.create(person_id=person_id, said_on=on)


def last_said(person_id: int) -> dt.date | None:
    """When the person last said so."""
    return YearlyStatement.objects.filter(person_id=person_id).order_by("-said_on").values_list("said_on", flat=True).first()


def gifts(person_id: int | None = None) -> tuple[KeptGift, ...]:
    """The gifts of a person, or of everybody, the latest first."""
    rows = Gift.objects.select_related("person").order_by("-offered_on", "-id")
    told = ("giver", "what", "value", "currency", "offered_on", "became", "reviewed_by", "review")
    return tuple(
        KeptGift(each.pk, each.person.username, *(getattr(each, name) for name in told))
        for each in (rows if person_id is None else rows.filter(person_id=person_id))
    )


def add_gift(person_id: int, **fields: object) -> int:
    """Keep a gift; its number."""
    return int(Gift.objects.create(person_id=person_id, **fields).pk)


def review_gift(gift_id: int, *, by: str, but: int, text: str) -> int:
    """Keep what somebody else than the person says of a gift."""
    return Gift.objects.filter(id=gift_id, reviewed_by="").exclude(person_id=but).update(reviewed_by=by, review=text)


def statements() -> tuple[KeptStatement, ...]:
    """The yearly statements, the latest first."""
    rows = YearlyStatement.objects.select_related("person").order_by("-said_on", "-id")
    return tuple(KeptStatement(each.pk, each.person.username, each.said_on, each.reviewed_by, each.review) for each in rows)


def review_statement(number: int, *, by: str, but: int, text: str) -> int:
    """Keep what somebody else than the person says of a statement."""
    return YearlyStatement.objects.filter(id=number, reviewed_by="").exclude(person_id=but).update(reviewed_by=by, review=text)


def _kept(row: Lead) -> KeptLead:
    return KeptLead(
        row.id,
        _LEAD.decode(msgspec.json.encode(row.document)),
        _REVIEW.decode(msgspec.json.encode(row.review)),
        row.opened_at,
        row.delete_on,
    )
