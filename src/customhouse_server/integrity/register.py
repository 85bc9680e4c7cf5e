"""Register: what the administration says of itself, and its people of themselves: self-assessment, risk map, contracts, interests, gifts.

standings(person, year); answer(person, year, Answer, at=)
risks(person, on=); control_works(...); plan(...); action_done(...)
offer(person, Scope, at=); agree(person, id, at=); month_of(person, id, month=); remark(person, id, month=, text=, at=)
own(person, on=) -> Own; declare, end_tie, say_whole, record_gift; to_review(person); review_gift, review_statement
conflicts(person, parties, on=)                          what the desk warns of when an officer takes a declaration on

Refuses with `NotPermittedError` and `UnknownContractError`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from customhouse.development import integrity
from customhouse.performance import happenings, indicator
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.integrity import rulebook, store
from customhouse_server.integrity.actions import is_member, require_member
from customhouse_server.integrity.store import Done, KeptContract
from customhouse_server.performance.actions import Traced, event_store, is_open
from customhouse_server.performance.current import current_indicators


class UnknownContractError(LookupError):
    """There is no such contract for the person."""


@dataclass(frozen=True, slots=True)
class GiftTold:
    """What a person was offered."""

    giver: str
    what: str
    value: Decimal | None
    currency: str
    offered_on: dt.date
    became: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a person has declared, and by when the person says again that it is whole."""

    interests: tuple[tuple[int, integrity.interest.Interest], ...]
    gifts: tuple[object, ...]
    last_said: dt.date | None
    next_on: dt.date
    is_due: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a contract: what came of each pair, and what both sides say."""

    contract: KeptContract
    month: dt.date
    pairs: tuple[integrity.contract.PairTold, ...]
    remarks: tuple[object, ...]
    may_agree: bool


def standings(person: Person, year: int) -> tuple[integrity.self_assessment.Standing, ...]:
    """Where the ten factors stand in a year, beside the year before."""
    require_member(person)
    return integrity.self_assessment.standings(rulebook.questions(), store.answers(year), before=store.answers(year - 1))


def answers(person: Person, year: int) -> dict[str, integrity.self_assessment.Answer]:
    """The answers of a year, by question."""
    require_member(person)
    return {each.question: each for each in store.answers(year)}


def answer(person: Person, year: int, given: integrity.self_assessment.Answer, *, at: dt.datetime) -> None:
    """Answer a question of the self-assessment."""
    require_member(person)
    store.save_answer(year, given, by=person.username, at=at)


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


def control_works(person: Person, function: str, control: str, *, on: dt.date) -> None:
    """Keep that a control was found to work."""
    require_member(person)
    store.save_control_test(function, control, on=on, by=person.username)


def planned_actions(person: Person) -> tuple[object, ...]:
    """What is planned, the next first."""
    require_member(person)
    return store.planned_actions()


def plan(person: Person, function: str, *, text: str, owner: str, due_on: dt.date) -> None:
    """Plan something for a function of the risk map."""
    require_member(person)
    store.plan_action(function, text, owner=owner, due_on=due_on)


def action_done(person: Person, action_id: int, *, on: dt.date) -> None:
    """Keep that what was planned is done."""
    require_member(person)
    store.action_done(action_id, on=on)


def offer(person: Person, scope: integrity.contract.Scope, *, at: dt.datetime) -> int:
    """Offer a contract, with the terms as they are now."""
    require_member(person)
    if bool(scope.office) == bool(scope.officer):
        raise NotPermittedError("a contract binds either an office or an officer")
    return store.offer_contract(scope, rulebook.terms(), by=person.username, at=at)


def contracts(person: Person) -> tuple[KeptContract, ...]:
    """The contracts that concern the person: every one for a member, else one's own and those of one's office."""
    found = store.contracts()
    return found if is_member(person) else tuple(each for each in found if _concerns(person, each))


def agree(person: Person, contract_id: int, *, at: dt.datetime) -> None:
    """Agree to a contract: the officer himself, or a supervisor of the office."""
    if not _may_agree(person, _contract(person, contract_id)):
        raise NotPermittedError("who is bound by a contract agrees to it: the officer, or a supervisor of the office")
    store.agree(contract_id, by=person.username, at=at)


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
    end = integrity.contract.next_month(month)
    rows = indicator.traced(connection, found, start=month, end=end).to_pylist()
    counts = {(each["transaction"], each["id"]): each["counts"] for each in rows}
    events = happenings(connection, counts, start=month, end=end)
    return tuple(Traced(each, counts[each.transaction, each.id], is_open(person, each)) for each in events)


def remark(person: Person, contract_id: int, *, month: dt.date, text: str, at: dt.datetime) -> None:
    """Say something of a month, as the side that one is on: above all what changed in it."""
    side = "bound" if _concerns(person, _contract(person, contract_id)) else "integrity"
    if text.strip():
        store.add_remark(contract_id, month, Done(side, person.username, at, text.strip()))


def own(person: Person, *, on: dt.date) -> Own:
    """What the person has declared."""
    person.require(CUSTOMS, "declaring interests")
    said = store.last_said(person.id)
    due = integrity.interest.next_declaration_on(said, registered_on=on)
    return Own(store.interests(person.id), store.gifts(person.id), said, due, due <= on)


def declare(person: Person, interest: integrity.interest.Interest, *, at: dt.datetime) -> None:
    """Declare a tie."""
    person.require(CUSTOMS, "declaring interests")
    store.declare(person.id, interest, at=at)


def end_tie(person: Person, number: int, *, on: dt.date) -> None:
    """Say that a tie ended; it stays on record."""
    person.require(CUSTOMS, "declaring interests")
    store.end_interest(person.id, number, on=on)


def say_whole(person: Person, *, on: dt.date) -> None:
    """Say that what one has declared is whole, as every year."""
    person.require(CUSTOMS, "declaring interests")
    store.say_whole(person.id, on=on)


def record_gift(person: Person, gift: GiftTold) -> None:
    """Record what one was offered."""
    person.require(CUSTOMS, "recording gifts")
    store.add_gift(
        person.id,
        giver=gift.giver,
        what=gift.what,
        value=gift.value,
        currency=gift.currency,
        offered_on=gift.offered_on,
        became=gift.became,
    )


def to_review(person: Person) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """The gifts and the yearly statements of everybody, for a member."""
    require_member(person)
    return store.gifts(), store.statements()


def review_gift(person: Person, gift_id: int, *, text: str) -> None:
    """Say what one thinks of somebody else's gift."""
    require_member(person)
    store.review_gift(gift_id, by=person.username, but=person.id, text=text)


def review_statement(person: Person, number: int, *, text: str) -> None:
    """Say what one thinks of somebody else's yearly statement."""
    require_member(person)
    store.review_statement(number, by=person.username, but=person.id, text=text)


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
