"""Valuation: the doubt about a declared value step by step, and the value that is determined in its place; each is one transaction.

doubts(person, declaration_id) -> tuple[Doubt, ...]                          the importer reads no name, and nothing told in confidence
take(person, declaration_id, Taking(act, ...), at=) -> Doubt                 one step, by the table of Decision 6.1
determine(person, declaration_id, doubt_id, case_text, at=) -> Chain         after a rejection: the chain from Article 2, and what is owed

All refuse with `UnknownDeclarationError`, the core's `DoubtRefusedError` and `clearance.RefusedError`, `NotClaimedError` of clearance,
and `UnknownDoubtError`, `OpenValuationError` of this module.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from customhouse import clearance, pipeline
from customhouse.assessment import doubt, valuation
from customhouse.clearance import Act, Case, Deed, State
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.clearance.actions import require_claim
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import store as declaration_store
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.entry import case_of
from customhouse_server.declaration.record import Record
from customhouse_server.tariff.country import country_at, current_country
from customhouse_server.valuation import store

DoubtRefusedError = doubt.DoubtRefusedError
UnreadableCaseError = valuation.UnreadableCaseError
_IN_CONFIDENCE = "told in confidence (VAL Art 10)"


class UnknownDoubtError(Refusal, LookupError):
    """The declaration has no such doubt about a value."""


class OpenValuationError(Refusal, ValueError):
    """The case does not come to a value; the message says which question is open."""


@dataclass(frozen=True, slots=True)
class Taking:
    """A step that a person asks to take, and what it carries; a new doubt names the item, any other step the doubt."""

    act: doubt.DoubtAct
    doubt_id: UUID | None = None
    item: int = 0
    text: str = ""
    evidence: tuple[valuation.Evidence, ...] = ()
    days: int | None = None
    security: Decimal = Decimal(0)
    confidential: bool = False
    signal: str = ""


def side_of(person: Person) -> doubt.Side:
    """The side on which the person stands."""
    person.require(TRADE | CUSTOMS, "a doubt about a value")
    return doubt.Side.CUSTOMS if person.of_customs else doubt.Side.IMPORTER


def doubts(person: Person, declaration_id: UUID) -> tuple[doubt.Doubt, ...]:
    """The doubts about the values of a declaration that concerns the person."""
    declarations.seen(person, declaration_store.record_of(declaration_id))
    found = store.doubts_of(declaration_id)
    return found if side_of(person) is doubt.Side.CUSTOMS else tuple(each.for_importer() for each in found)


def take(person: Person, declaration_id: UUID, taking: Taking, *, at: dt.datetime) -> doubt.Doubt:
    """Take one step in a doubt, or begin one; the doubt as it stands after it."""
    country = current_country()
    with transaction.atomic():
        record = _held(person, declaration_id)
        before = _begun(record, taking) if taking.act is doubt.DoubtAct.DOUBT else _found(declaration_id, taking.doubt_id)
        step = doubt.DoubtStep(
            act=taking.act,
            side=side_of(person),
            actor=person.username,
            at=at,
            on=country.legal_day(at=at),
            text=taking.text.strip(),
            evidence=taking.evidence,
            days=taking.days,
            security=taking.security,
            confidential=taking.confidential,
            signal=taking.signal.strip(),
        )
        after = before.taken(step, country.law.regime.valuation_rules)
        deeds = _deeds(person, record, after)
        declarations.advanced(person, record, deeds, at=at, besides=[store.step_clause(declaration_id, after)])
    return after if person.of_customs else after.for_importer()


def determine(person: Person, declaration_id: UUID, doubt_id: UUID, case_text: str, *, at: dt.datetime) -> valuation.Chain:
    """Continue the chain of a rejected value from Article 2, and tell what is owed on the value found."""
    person.require(CUSTOMS, "determining a value")
    with transaction.atomic():
        record = _held(person, declaration_id)
        found = _found(declaration_id, doubt_id)
        chain = _chain(record, found, case_text)
        content = declarations.view(person, declaration_id).content
        content = msgspec.structs.replace(content, valuations={**content.valuations, sequence_of(content, found.item): chain})
        content = declarations.reassessed(record, content)
        deed = _deed(person, Act.DETERMINE_VALUE, found, reason=f"{chain.article}, {chain.amount:f} {chain.currency}", at=at)
        owed = pipeline.owing(deed, content.assessment)
        deeds = [owed, *_settled(case_of(record), owed.amount, at=at)]
        declarations.advanced(person, record, deeds, at=at, content=content)
    return chain


def sequence_of(content: Content, item: int) -> int:
    """The number by which the assessment knows the item in that place: the declared one, where there is one."""
    return content.declaration.items[item - 1].sequence_numeric or item


def _chain(record: Record, found: doubt.Doubt, case_text: str) -> valuation.Chain:
    """The chain that the case comes to under the law of the acceptance, with Article 1 left by the decision."""
    assert record.accepted_at is not None, "only an accepted declaration is valued"
    country = country_at(at=record.accepted_at)
    decision = found.decision()
    case = valuation.read_case(case_text, name="case.json" if case_text.lstrip().startswith("{") else "case.toml")
    if len(case.items) != 1:
        raise OpenValuationError("the case is that of item {item} alone, and has {items} items", item=found.item, items=len(case.items))
    case = msgspec.structs.replace(case, items=(case.items[0].rejected(decision),))
    try:
        (chain,) = valuation.values_of(case, country.law, on=country.legal_day(at=record.accepted_at))
    except valuation.UnsharedCostError as error:
        raise OpenValuationError("{why}", why=error) from error
    if chain.amount is None:
        raise OpenValuationError("{why}", why=chain.reason)
    return chain


def _held(person: Person, declaration_id: UUID) -> Record:
    """The declaration, locked; an officer acts only on one that he has taken on."""
    record = declarations.seen(person, declaration_store.record_of(declaration_id, locked=True))
    if side_of(person) is doubt.Side.CUSTOMS:
        require_claim(person, declaration_id)
    return record


def _begun(record: Record, taking: Taking) -> doubt.Doubt:
    if not 1 <= taking.item <= record.item_count:
        raise UnknownDoubtError("the declaration has no item {item}", item=taking.item)
    if taking.item in case_of(record).doubted_items:
        raise DoubtRefusedError("the value of item {item} is in doubt already", item=taking.item)
    return doubt.Doubt(reference=str(uuid4()), item=taking.item)


def _found(declaration_id: UUID, doubt_id: UUID | None) -> doubt.Doubt:
    found = next((each for each in store.doubts_of(declaration_id) if each.reference == str(doubt_id)), None)
    if found is None:
        raise UnknownDoubtError("the declaration has no such doubt about a value")
    return found


def _deeds(person: Person, record: Record, after: doubt.Doubt) -> list[Deed]:
    """What the step does to the declaration: it is held, it is settled as declared, or the step is recorded."""
    step = after.steps[-1]
    reason = _IN_CONFIDENCE if step.confidential else step.text
    if step.act is doubt.DoubtAct.DOUBT:
        return [msgspec.structs.replace(_deed(person, Act.DOUBT_VALUE, after, reason=reason, at=step.at), amount=step.security)]
    recorded = msgspec.structs.replace(_deed(person, Act.ADVANCE_DOUBT, after, reason=reason, at=step.at), step=step.act.value)
    if step.act is not doubt.DoubtAct.ACCEPT_VALUE:
        return [recorded]
    owed = declarations.view(person, record.id).content.assessment
    settled = pipeline.owing(_deed(person, Act.DETERMINE_VALUE, after, reason=reason, at=step.at), owed)
    return [recorded, settled, *_settled(case_of(record), settled.amount, at=step.at)]


def _settled(case: Case, payable: Decimal, *, at: dt.datetime) -> list[Deed]:
    """Where nothing is left to be paid before release, that is so by rule."""
    if case.state is not State.ASSESSED or case.undetermined or case.paid != payable:
        return []
    return [Deed(act=Act.PAY, actor="rule", role=clearance.Role.SYSTEM, at=at)]


def _deed(person: Person, act: Act, about: doubt.Doubt, *, reason: str, at: dt.datetime) -> Deed:
    role = clearance.Role(person.role.value)
    return Deed(act=act, actor=person.username, role=role, at=at, reason=reason, items=(about.item,), reference=about.reference)
