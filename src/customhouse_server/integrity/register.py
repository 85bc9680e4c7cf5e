"""Register: what the administration says of itself, and its people of themselves: self-assessment, risk map, contracts, interests, gifts.

standings(person, year); answer(person, year, Answer, at=)
risks(person, on=); control_works(...); plan(...); action_done(...)
offer(person, Scope, at=); agree(person, id, at=); month_of(person, id, month=); remark(person, id, month=, text=, at=)
own(person, on=) -> Own; declare, end_tie, say_whole, record_gift; to_review(person); review_gift, review_statement
conflicts(person, parties, on=)                          what the desk warns of when an officer takes a declaration on

Each act has its event in the same transaction; the journal keeps who did what to which number, never what was declared.
Refuses with `NotPermittedError`, `UnknownContractError`, `UnknownRecordError`, and with `FaultyError` what is not filled in as it must be.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from customhouse.development import integrity
from customhouse.kernel import months_after
from customhouse.performance import happenings, indicator
from customhouse.saying import Refusal
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.gateway.fault import refuse
from customhouse_server.integrity import rulebook, store
from customhouse_server.integrity.actions import is_member, journal, require_member
from customhouse_server.integrity.store import Done, KeptAction, KeptContract, KeptGift, KeptRemark, KeptStatement
from customhouse_server.performance.actions import Traced, event_store, is_open
from customhouse_server.performance.current import current_indicators
from customhouse_server.tariff.country import current_country

_LONGEST, _DEAREST = 150, Decimal(10) ** 10
_SHORT = frozenset({"party", "giver", "owner"})
_CURRENCY = re.compile("[A-Z]{3}")


class UnknownContractError(Refusal, LookupError):
    """There is no such contract for the person."""


class UnknownRecordError(Refusal, LookupError):
    """There is no such tie, gift, statement or planned action with which the person has something to do."""


class Became(StrEnum):
    """What became of a gift."""

    DECLINED = "declined"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class GiftTold:
    """What a person was offered."""

    giver: str
    what: str
    value: Decimal | None
    currency: str
    offered_on: dt.date
    became: Became


@dataclass(frozen=True, slots=True)
class Own:
    """What a person has declared, and by when the person says again that it is whole."""

    interests: tuple[tuple[int, integrity.interest.Interest], ...]
    gifts: tuple[KeptGift, ...]
    last_said: dt.date | None
    next_on: dt.date
    is_due: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a contract: what came of each pair, and what both sides say."""

    contract: KeptContract
    month: dt.date
    pairs: tuple[integrity.contract.PairTold, ...]
    remarks: tuple[KeptRemark, ...]
    may_agree: bool


def standings(person: Person, year: int) -> tuple[integrity.self_assessment.Standing, ...]:
    """Where the ten factors stand in a year, beside the year before."""
    require_member(person)
    return integrity.self_assessment.standings(rulebook.questions(), store.answers(year), before=store.answers(year - 1))


def answers(person: Person, year: int) -> dict[str, integrity.self_assessment.Answer]:
    """The answers of a year, by question."""
    require_member(person)
    return {each.question: each for each in store.answers(year)}


@transaction.atomic
def answer(person: Person, year: int, given: integrity.self_assessment.Answer, *, at: dt.datetime) -> None:
    """Answer a question of the self-assessment; refuses with `FaultyError`."""
    require_member(person)
    questions, faults = rulebook.questions(), {}
    if given.question not in {each.code for each in questions.questions}:
        faults["question"] = _("There is no such question.")
    if not 0 <= given.level < len(questions.levels):
        faults["level"] = _("Choose a level.")
    for measure in given.plan:
        faults |= _unwritten(measure=measure.text, owner=measure.owner)
    refuse(faults)
    store.save_answer(year, given, by=person.username, at=at)
    journal("SelfAssessmentAnswered", person.username, at=at, year=year, question=given.question)


def risks(person: Person, *, on: dt.date) -> tuple[integrity.risk_map.Rated, ...]:
    """The risk map with the controls as they were last tested, the gravest first."""
    require_member(person)
    tests, shipped = store.control_tests(), rulebook.risk_map()
    functions = tuple(
        msgspec.structs.replace(
            each,
            controls=tuple(
                msgspec.structs.replace(control, tested_on=tests.get((each.code, control.name), control.tested_on))
                for control in each.controls
            ),
        )
        for each in shipped.functions
    )
    return integrity.risk_map.rated(msgspec.structs.replace(shipped, functions=functions), on=on)


@transaction.atomic
def control_works(person: Person, function: str, control: str, *, at: dt.datetime) -> None:
    """Keep that a control was found to work; refuses with `FaultyError` one that the risk map does not have."""
    require_member(person)
    known = {(each.code, one.name) for each in rulebook.risk_map().functions for one in each.controls}
    refuse({} if (function, control) in known else {"control": _("The risk map has no such control.")})
    store.save_control_test(function, control, on=_day(at=at), by=person.username)
    journal("ControlTested", person.username, at=at, function=function, control=control)


def planned_actions(person: Person) -> tuple[KeptAction, ...]:
    """What is planned, the next first."""
    require_member(person)
    return store.planned_actions()


@transaction.atomic
def plan(person: Person, function: str, action: integrity.risk_map.Action, *, at: dt.datetime) -> int:
    """Plan something for a function of the risk map; its number. Refuses with `FaultyError`."""
    require_member(person)
    known = {each.code for each in rulebook.risk_map().functions}
    faults = {} if function in known else {"function": _("The risk map has no such function.")}
    refuse(faults | _unwritten(text=action.text, owner=action.owner))
    number = store.plan_action(function, action)
    journal("RiskActionPlanned", person.username, at=at, function=function, action=number)
    return number


@transaction.atomic
def action_done(person: Person, number: int, *, at: dt.datetime) -> None:
    """Keep that what was planned is done; refuses with `UnknownRecordError` what is done or was never planned."""
    require_member(person)
    if not store.action_done(number, on=_day(at=at)):
        raise UnknownRecordError("there is no such action still to be done")
    journal("RiskActionDone", person.username, at=at, action=number)


@transaction.atomic
def offer(person: Person, scope: integrity.contract.Scope, *, at: dt.datetime) -> int:
    """Offer a contract, with the terms as they are now; refuses with `FaultyError`."""
    require_member(person)
    of_customs = store.people_of_customs()
    faults = {}
    if bool(scope.office) == bool(scope.officer):
        faults["office"] = _("A contract binds either an office or an officer.")
    elif scope.office and not any(scope.office in offices for *_names, offices in of_customs):
        faults["office"] = _("Nobody works at such an office.")
    elif scope.officer and scope.officer not in {username for username, *_rest in of_customs}:
        faults["officer"] = _("Nobody of customs has that user name.")
    refuse(faults)
    number = store.offer_contract(scope, rulebook.terms(), by=person.username, at=at)
    journal("ContractOffered", person.username, at=at, contract=number)
    return number


def contracts(person: Person) -> tuple[KeptContract, ...]:
    """The contracts that concern the person: every one for a member, else one's own and those of one's office."""
    found = store.contracts()
    return found if is_member(person) else tuple(each for each in found if _concerns(person, each))


@transaction.atomic
def agree(person: Person, contract_id: int, *, at: dt.datetime) -> None:
    """Agree to a contract: the officer himself, or a supervisor of the office; what is agreed to stays so."""
    if not _may_agree(person, _contract(person, contract_id)):
        raise NotPermittedError("who is bound by a contract agrees to it: the officer, or a supervisor of the office")
    if store.agree(contract_id, by=person.username, at=at):
        journal("ContractAgreed", person.username, at=at, contract=contract_id)


def month_of(person: Person, contract_id: int, *, month: dt.date) -> Month:
    """What a month says of a contract."""
    kept = _contract(person, contract_id)
    connection = event_store().connect()
    integrity.contract.narrow(connection, integrity.contract.Scope(office=kept.office, officer=kept.officer), month=month)
    pairs = integrity.contract.month_told(connection, kept.terms, indicators=current_indicators(), month=month)
    may_agree = not kept.agreed_by and _may_agree(person, kept)
    return Month(kept, month, pairs, store.remarks(contract_id, month), may_agree)


def events_of(person: Person, contract_id: int, code: str, *, month: dt.date) -> tuple[Traced, ...]:
    """The events that make the figure of one indicator of a contract in a month; refuses with `UnknownContractError`."""
    kept = _contract(person, contract_id)
    agreed = {term.indicator for pair in kept.terms.pairs for term in (pair.facilitation, pair.against_fraud)}
    found = current_indicators().named(code) if code in agreed else None
    if found is None:
        raise UnknownContractError("there is no such indicator in the contract")
    connection = event_store().connect()
    integrity.contract.narrow(connection, integrity.contract.Scope(office=kept.office, officer=kept.officer), month=month)
    end = months_after(month, 1)
    rows = indicator.traced(connection, found, start=month, end=end).to_pylist()
    counts = {(each["transaction"], each["id"]): each["counts"] for each in rows}
    events = happenings(connection, counts, start=month, end=end)
    return tuple(Traced(each, counts[each.transaction, each.id], is_open(person, each)) for each in events)


@transaction.atomic
def remark(person: Person, contract_id: int, *, month: dt.date, text: str, at: dt.datetime) -> None:
    """Say something of a month, as the side that one is on: above all what changed in it."""
    side = "bound" if _concerns(person, _contract(person, contract_id)) else "integrity"
    refuse(_unwritten(text=text))
    store.add_remark(contract_id, month, Done(side, person.username, at, text.strip()))
    journal("ContractRemarked", person.username, at=at, contract=contract_id, month=month.isoformat())


def own(person: Person, *, on: dt.date) -> Own:
    """What the person has declared."""
    person.require(CUSTOMS, "declaring interests")
    said = store.last_said(person.id)
    due = integrity.interest.next_declaration_on(said, registered_on=on)
    return Own(store.interests(person.id), store.gifts(person.id), said, due, due <= on)


@transaction.atomic
def declare(person: Person, interest: integrity.interest.Interest, *, at: dt.datetime) -> int:
    """Declare a tie; its number. Refuses with `FaultyError`."""
    person.require(CUSTOMS, "declaring interests")
    refuse(_unwritten(party=interest.party))
    number = store.declare(person.id, interest, at=at)
    journal("InterestDeclared", person.username, at=at, interest=number)
    return number


@transaction.atomic
def end_tie(person: Person, number: int, *, at: dt.datetime) -> None:
    """Say that a tie of one's own ended; it stays on record. Refuses with `UnknownRecordError`."""
    person.require(CUSTOMS, "declaring interests")
    if not store.end_interest(person.id, number, on=_day(at=at)):
        raise UnknownRecordError("you have declared no such tie that holds")
    journal("InterestEnded", person.username, at=at, interest=number)


@transaction.atomic
def say_whole(person: Person, *, at: dt.datetime) -> None:
    """Say that what one has declared is whole, as every year."""
    person.require(CUSTOMS, "declaring interests")
    store.say_whole(person.id, on=_day(at=at))
    journal("InterestsStatedWhole", person.username, at=at)


@transaction.atomic
def record_gift(person: Person, gift: GiftTold, *, at: dt.datetime) -> int:
    """Record what one was offered; its number. Refuses with `FaultyError`."""
    person.require(CUSTOMS, "recording gifts")
    faults = _unwritten(giver=gift.giver, what=gift.what)
    if gift.value is not None and not (gift.value.is_finite() and 0 <= gift.value < _DEAREST):
        faults["value"] = _("Write a number, as 1250.50")
    if gift.value is not None and not _CURRENCY.fullmatch(gift.currency):
        faults["currency"] = _("An amount has a currency, as EUR.")
    refuse(faults)
    number = store.add_gift(person.id, **asdict(gift))
    journal("GiftRecorded", person.username, at=at, gift=number)
    return number


def to_review(person: Person) -> tuple[tuple[KeptGift, ...], tuple[KeptStatement, ...]]:
    """The gifts and the yearly statements of everybody, for a member."""
    require_member(person)
    return store.gifts(), store.statements()


@transaction.atomic
def review_gift(person: Person, number: int, *, text: str, at: dt.datetime) -> None:
    """Say what one thinks of somebody else's gift, once; refuses with `UnknownRecordError`."""
    require_member(person)
    if not store.review_gift(number, by=person.username, but=person.id, text=text):
        raise UnknownRecordError("there is no such gift of somebody else that waits for a review")
    journal("GiftReviewed", person.username, at=at, gift=number)


@transaction.atomic
def review_statement(person: Person, number: int, *, text: str, at: dt.datetime) -> None:
    """Say what one thinks of somebody else's yearly statement, once; refuses with `UnknownRecordError`."""
    require_member(person)
    if not store.review_statement(number, by=person.username, but=person.id, text=text):
        raise UnknownRecordError("there is no such statement of somebody else that waits for a review")
    journal("InterestsReviewed", person.username, at=at, statement=number)


def conflicts(person: Person, parties: Iterable[str], *, on: dt.date) -> tuple[integrity.interest.Interest, ...]:
    """The ties that the person has declared to parties of a case."""
    return integrity.interest.conflicts([tie for _, tie in store.interests(person.id)], parties, on=on)


def _contract(person: Person, contract_id: int) -> KeptContract:
    found = next((each for each in contracts(person) if each.id == contract_id), None)
    if found is None:
        raise UnknownContractError("there is no such contract for you")
    return found


def _concerns(person: Person, kept: KeptContract) -> bool:
    return person.of_customs and (kept.officer == person.username or (bool(kept.office) and kept.office in person.offices))


def _may_agree(person: Person, kept: KeptContract) -> bool:
    return kept.officer == person.username or (bool(kept.office) and kept.office in person.offices and person.role is Role.SUPERVISOR)


def _unwritten(**texts: str) -> dict[str, str]:
    """What is wrong with texts, by field: they are blank, or too long for their place."""
    blank = {name: _("Fill in every field.") for name, text in texts.items() if not text.strip()}
    long = [name for name, text in texts.items() if name in _SHORT and len(text) > _LONGEST]
    return blank | {name: _("Write at most %(most)s characters.") % {"most": _LONGEST} for name in long}


def _day(*, at: dt.datetime) -> dt.date:
    return current_country().legal_day(at=at)
