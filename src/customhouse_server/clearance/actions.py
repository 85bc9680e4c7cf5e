"""Clearance: what customs and the trader do to a lodged declaration; each act is one transaction, and the core decides whether it may be.

claim(person, id, at=) -> Claim; unclaim(person, id, at=)                   AlreadyClaimedError names who has it
worklist(person, Filter, Page) -> Worklist                                  customs: own offices, with the claims
papers(person, id) -> tuple[Paper, ...]
perform(person, id, Doing(act, reason=, lane=, items=, amount=, result_code=, document=), at=) -> View
    acts of trade: PAY, SECURE (amount), RECEIVE_DOCUMENTS, ANSWER (document), INVALIDATE (reason)
    acts of customs: ASSESS (determined), RELEASE (items), REQUEST_DOCUMENTS, QUERY, ORDER_EXAMINATION, SEIZE, INVALIDATE (reason),
    RECORD_EXAMINATION (result_code, document), CONFIRM_EXIT; a supervisor's REROUTE (lane, reason)
received(person, message, Lodging, at=) -> View                          a WCO message about a declaration: amend, cancel, present

All refuse with `UnknownDeclarationError` (not there, or not the person's), the core's `clearance.RefusedError`,
`NotClaimedError`, `FourEyesError`, `WrongActError` of this module, and `people.NotCertifiedError` where an act takes a certificate.
`declaration.actions.View.allowed` says which acts are open to the person now.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from customhouse import messages, pipeline
from customhouse.assessment import Determination
from customhouse.clearance import Act, Deed, Role
from customhouse.kernel import Event
from customhouse.messages import DocumentKind
from customhouse.risk import Lane
from customhouse.saying import Refusal, saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.clearance import store
from customhouse_server.clearance.store import Claim, Paper
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import store as declaration_store
from customhouse_server.declaration.actions import Listing, Page, View
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.entry import case_of
from customhouse_server.declaration.lodging import Lodging, WrongDocumentError
from customhouse_server.declaration.record import Record
from customhouse_server.journal import store as journal
from customhouse_server.people import actions as people

_EXCHANGED = frozenset(act.value for act in (Act.REQUEST_DOCUMENTS, Act.RECEIVE_DOCUMENTS, Act.QUERY, Act.ANSWER))
_BY_THE_VALUATION = frozenset({Act.DOUBT_VALUE, Act.ADVANCE_DOUBT, Act.DETERMINE_VALUE})
_BY_THE_PIPELINE = frozenset({Act.STORE, Act.LODGE, Act.PRELODGE, Act.PRESENT, Act.ACCEPT, Act.REJECT, Act.ASSIGN_LANE, Act.AMEND})


class DeclarationTakenOn(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody of customs took a declaration on, or a supervisor took it over."""

    declaration: UUID


class DeclarationPutBack(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Whoever had taken a declaration on put it back."""

    declaration: UUID


class AlreadyClaimedError(Refusal):
    """Another officer has taken the declaration on."""


class WrongActError(Refusal, ValueError):
    """The act is not one that is asked for by itself."""


class NotClaimedError(Refusal):
    """An officer decides only on a declaration that he has taken on."""


class FourEyesError(Refusal):
    """Who has taken a declaration on does not choose its lane: another supervisor must."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What a person asks to be done, and what it carries; `document` is kept as a paper beside the event."""

    act: Act
    reason: str = ""
    lane: Lane | None = None
    items: tuple[int, ...] = ()
    amount: Decimal = Decimal(0)
    result_code: str = ""
    document: dict[str, object] = field(default_factory=dict)
    determined: tuple[Determination, ...] = ()


@dataclass(frozen=True, slots=True)
class Worklist:
    """Declarations that await work, with who has taken them on."""

    listing: Listing
    claims: dict[UUID, Claim]


def claim(person: Person, declaration_id: UUID, *, at: dt.datetime) -> Claim:
    """Take a declaration on; a supervisor may take it over, an officer is refused with `AlreadyClaimedError`."""
    person.require(CUSTOMS, "taking a declaration on")
    with transaction.atomic():
        declarations.seen(person, declaration_store.record_of(declaration_id, locked=True))
        if person.role.value == Role.SUPERVISOR.value:
            store.unclaim(declaration_id)
        if store.claim(declaration_id, officer_id=person.id, at=at):
            journal.record(DeclarationTakenOn(occurred_at=at, declaration=declaration_id), actor=person.username)
        held = store.claims_of([declaration_id])[declaration_id]
    if held.officer_id != person.id:
        raise AlreadyClaimedError("{officer} has taken this declaration on", officer=held.officer)
    return held


def claim_on(person: Person, declaration_id: UUID) -> Claim | None:
    """Who has taken a declaration on, if somebody has."""
    declarations.seen(person, declaration_store.record_of(declaration_id))
    return store.claims_of([declaration_id]).get(declaration_id)


def unclaim(person: Person, declaration_id: UUID, *, at: dt.datetime) -> None:
    """Put back a declaration that one has taken on; refuses with `NotClaimedError`."""
    person.require(CUSTOMS, "putting a declaration back")
    with transaction.atomic():
        declarations.seen(person, declaration_store.record_of(declaration_id, locked=True))
        require_claim(person, declaration_id)
        store.unclaim(declaration_id)
        journal.record(DeclarationPutBack(occurred_at=at, declaration=declaration_id), actor=person.username)


def worklist(person: Person, asked: declaration_store.Filter, page: Page) -> Worklist:
    """The declarations at the person's offices that the filter asks for, with the claims on them."""
    person.require(CUSTOMS, "the work list")
    listing = declarations.listed(person, asked, page)
    return Worklist(listing, store.claims_of([record.id for record in listing.records]))


def papers(person: Person, declaration_id: UUID) -> tuple[Paper, ...]:
    """The papers of a declaration that concerns the person; what customs writes for itself is not for trade."""
    declarations.seen(person, declaration_store.record_of(declaration_id))
    return tuple(paper for paper in store.papers_of(declaration_id) if person.of_customs or paper.kind in _EXCHANGED)


def perform(person: Person, declaration_id: UUID, doing: Doing, *, at: dt.datetime) -> View:
    """Do one act; the declaration as it stands after it."""
    with transaction.atomic():
        record = declarations.seen(person, declaration_store.record_of(declaration_id, locked=True))
        _require_standing(person, record, doing)
        if person.of_customs:
            people.require_certified(person, doing.act.value, at=at)
        paper = _paper(person, record, doing, at=at)
        content = _determined(person, record, doing)
        deeds = _deeds(person, record, doing, content, reference=str(paper.id) if paper else "", at=at)
        besides = [store.paper_clause(paper)] if paper else []
        return declarations.advanced(person, record, deeds, at=at, besides=besides, content=content)


def received(person: Person, document: messages.Document, lodging: Lodging, *, at: dt.datetime) -> View:
    """Do what a WCO message asks of a declaration that it names by the number customs gave: amend it, cancel it, or present its goods.

    Refuses as the act does, and with `WrongDocumentError` a message that names no declaration or asks for none of these.
    """
    declaration_id = declarations.meant_by(person, document)
    match document.kind:
        case DocumentKind.AMENDMENT:
            return declarations.amend(person, declaration_id, lodging, reason=document.reason, at=at)
        case DocumentKind.CANCELLATION:
            return perform(person, declaration_id, Doing(Act.INVALIDATE, reason=document.reason), at=at)
        case DocumentKind.PRESENTATION:
            return declarations.present(person, declaration_id, at=at)
        case _:
            raise WrongDocumentError(
                "nothing is done on a message of the kind {kind}: send a declaration or a request about one", kind=document.kind
            )


def _require_standing(person: Person, record: Record, doing: Doing) -> None:
    """Who may do this act to this declaration, beside what the life-cycle says of roles."""
    person.require(TRADE | CUSTOMS, "an act on a declaration")
    if doing.act in _BY_THE_PIPELINE:
        raise WrongActError("{act} is not done by itself: it follows from lodging, presenting or amending", act=doing.act)
    if doing.act in _BY_THE_VALUATION:
        raise WrongActError("{act} is not done by itself: it follows from a step in the doubt about a value", act=doing.act)
    if not person.of_customs:
        return
    if doing.act is Act.REROUTE:
        held = store.claims_of([record.id]).get(record.id)
        if held and held.officer_id == person.id:
            raise FourEyesError("you have taken this declaration on: another supervisor must choose its lane")
        return
    require_claim(person, record.id)


def require_claim(person: Person, declaration_id: UUID) -> None:
    """Refuse with `NotClaimedError` whoever has not taken the declaration on."""
    held = store.claims_of([declaration_id]).get(declaration_id)
    if held is None or held.officer_id != person.id:
        raise NotClaimedError(
            "{officer} has taken this declaration on: take it on before you decide", officer=held.officer if held else saying("nobody")
        )


def _determined(person: Person, record: Record, doing: Doing) -> Content | None:
    """What the declaration comes to with what the officer determined; nothing where nothing is."""
    if not doing.determined:
        return None
    if doing.act is not Act.ASSESS:
        raise WrongActError("amounts are determined by {assess}, not by {act}", assess=Act.ASSESS, act=doing.act)
    content = declarations.view(person, record.id).content
    open_lines = {(item.sequence, line.tax) for item in content.assessment.items for line in item.lines if line.amount is None}
    settled = [
        saying("{tax} of item {item}", tax=each.tax, item=each.item) for each in doing.determined if (each.item, each.tax) not in open_lines
    ]
    if settled:
        raise WrongActError("the law itself gives {settled}: only what is undetermined is for customs to determine", settled=settled)
    every = (*content.determined, *doing.determined)
    return declarations.reassessed(record, msgspec.structs.replace(content, determined=every))


def _deeds(  # noqa: PLR0913 - an act and all that it rests on
    person: Person, record: Record, doing: Doing, content: Content | None, *, reference: str, at: dt.datetime
) -> list[Deed]:
    """The act as the life-cycle takes it, with what follows from it by rule."""
    role = Role(person.role.value)
    if doing.act is Act.ASSESS:
        owed = (content or declarations.view(person, record.id).content).assessment
        settled = () if case_of(record).doubted_items else pipeline.settled_by_rule(owed, at=at)[1:]
        return [pipeline.owing(Deed(act=Act.ASSESS, actor=person.username, role=role, at=at), owed), *settled]
    deed = Deed(
        act=doing.act,
        actor=person.username,
        role=role,
        at=at,
        reason=doing.reason,
        lane=doing.lane,
        items=doing.items,
        amount=doing.amount,
        result_code=doing.result_code,
        reference=reference,
    )
    return [deed]


def _paper(person: Person, record: Record, doing: Doing, *, at: dt.datetime) -> Paper | None:
    if not doing.document:
        return None
    return Paper(id=uuid4(), declaration_id=record.id, kind=doing.act.value, actor=person.username, written_at=at, document=doing.document)
