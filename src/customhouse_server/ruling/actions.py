"""Rulings: applying, reasoning, issuing, ending, and the register; each act is one transaction, and the core decides whether it may be.

start(person, at=) -> Record                             a draft of the person's own; `discard` throws it away
save(person, id, fields, version=, at=) -> Record        what is typed: the applicant's form, or the officer's decision
apply(person, id, at=) -> View                           IncompleteError names the fields
perform(person, id, Doing(act, reason=, ...), at=) -> View
step(person, id, steps, at=) / step_back(person, id, at=) -> View    the walk of the General Rules, refused by `WrongStepError`
draft(person, id, at=) -> View                           the decision as typed, with the walk; ISSUE follows by another person
view(person, id) -> View; listed(person, Filter, ...) -> Listing
register_of(Filter, ...) -> Listing; published(reference) -> Record         for everybody
conflicts(person, id), conflicts_in_register(person) -> tuple[Conflict, ...]
concerning(declaration) -> Rulings | None                what a declaration is held against

All refuse with `UnknownRulingError` (not there, or not the person's) and the core's `ruling.RefusedError`.
"""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence
from functools import reduce
from uuid import UUID

import msgspec
from django.db import transaction

from customhouse.declaration import Declaration
from customhouse.saying import saying
from customhouse.tariff import classification, interpretation, register, ruling
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.journal import store as journal
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.ruling import form, learning, store
from customhouse_server.ruling.record import (
    Content,
    ForeignApplicantError,
    IncompleteError,
    Record,
    StaleFormError,
    UnknownRulingError,
    UnweighedConflictError,
    WrongActError,
    new_record,
)
from customhouse_server.ruling.view import Doing, Listing, View
from customhouse_server.tariff.country import current_country

_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"
_DRAWN = 8
_TYPING = (ruling.State.DRAFT, ruling.State.RETURNED)
_WORKING = (ruling.State.ACCEPTED, ruling.State.DRAFTED, ruling.State.CONSULTED, ruling.State.ASKED)
_BY_THEMSELVES = (ruling.Act.APPLY, ruling.Act.DRAFT, ruling.Act.PUBLISH, ruling.Act.EXPIRE)


def start(person: Person, *, at: dt.datetime) -> Record:
    """A new draft of an application, with what is known of the person filled in."""
    person.require(TRADE, "applying for a ruling")
    applicant = next(iter(person.parties), "")
    record = new_record(applicant, person.id, typed={"applicant": applicant, "scope": "classification"}, at=at)
    store.new(record)
    return record


def save(person: Person, ruling_id: UUID, fields: dict[str, str], *, version: int, at: dt.datetime) -> Record:
    """Save what was typed over the version that the person had; refuses with `StaleFormError` where it was saved elsewhere."""
    record = seen(person, store.record_of(ruling_id))
    _require_keepable(fields)
    states, column = (_TYPING, "typed") if person.of_trade else (_WORKING, "drafting")
    if record.case.state not in states:
        raise WrongActError("nothing can be typed here now")
    if not store.save_form(ruling_id, column, fields, over=version, at=at):
        raise StaleFormError("it was saved elsewhere meanwhile: open it again to go on from there")
    return store.record_of(ruling_id)


def discard(person: Person, ruling_id: UUID) -> None:
    """Throw away a draft of one's own that was never handed in."""
    with transaction.atomic():
        record = seen(person, store.record_of(ruling_id, locked=True))
        if record.case.state is not ruling.State.DRAFT:
            raise WrongActError("an application that was handed in is not thrown away: withdraw it")
        store.discard(ruling_id)


def apply(person: Person, ruling_id: UUID, *, at: dt.datetime) -> View:
    """Hand the application in as it is typed; refuses with `IncompleteError` or `ForeignApplicantError`."""
    with transaction.atomic():
        record = seen(person, store.record_of(ruling_id, locked=True))
        application = form.application_of(record.typed)
        shortfalls = application.shortfalls(current_country().rulings)
        if application.office and not current_country().lists.allows("offices", application.office, on=_today(at=at)):
            shortfalls += ("office",)
        if shortfalls:
            raise IncompleteError(shortfalls)
        if application.applicant not in person.parties:
            raise ForeignApplicantError(
                "you may not apply for {applicant}: it is not among the parties you act for", applicant=application.applicant
            )
        return _done(person, record, [_deed(person, ruling.Act.APPLY, at=at)], content=Content(application=application), at=at)


def perform(person: Person, ruling_id: UUID, doing: Doing, *, at: dt.datetime) -> View:
    """Do one act; the ruling as it stands after it."""
    person.require(TRADE | CUSTOMS, "an act on a ruling")
    if doing.act in _BY_THEMSELVES:
        raise WrongActError("{act} is not done by itself", act=doing.act.value)
    _require_keepable(doing.carried())
    with transaction.atomic():
        record = seen(person, store.record_of(ruling_id, locked=True))
        deed = msgspec.structs.replace(_deed(person, doing.act, at=at), **doing.carried())
        deeds = [deed]
        if doing.act in (ruling.Act.ACCEPT, ruling.Act.OVERTURN):
            terms = current_country().rulings
            deeds = [msgspec.structs.replace(deed, clock=terms.clock(on=deed.on))]
        if doing.act is ruling.Act.MODIFY:
            _require_replacement(record, doing.reference)
        if doing.act is ruling.Act.ISSUE:
            _require_weighed(record)
            number = record.reference or _new_reference(at=at)
            deeds = [msgspec.structs.replace(deed, reference=number), _by_rule(ruling.Act.PUBLISH, at=at)]
        return _done(person, record, deeds, content=None, at=at)


def expire(ruling_id: UUID, *, at: dt.datetime) -> None:
    """Record that a ruling has run its term; nobody's act, but the law's."""
    with transaction.atomic():
        record = store.record_of(ruling_id, locked=True)
        _entered(record, [_by_rule(ruling.Act.EXPIRE, at=at)], None, at=at)


def step(person: Person, ruling_id: UUID, taken: Sequence[interpretation.Step], *, at: dt.datetime) -> View:
    """Take the next steps of the walk, all or none; refuses with `interpretation.WrongStepError`."""
    _require_keepable(taken)
    with transaction.atomic():
        record, content = _worked_on(person, ruling_id)
        edition = current_country().rulings.edition
        so_far = record.walk or interpretation.Walk(goods=content.application.goods_name, edition=edition)
        after = dataclasses.replace(record, walk=reduce(interpretation.walked, taken, so_far), updated_at=at)
        store.keep(after)
        return _view(person, after, content)


def step_back(person: Person, ruling_id: UUID, *, at: dt.datetime) -> View:
    """Take the last step of the walk back."""
    with transaction.atomic():
        record, content = _worked_on(person, ruling_id)
        walk = record.walk and interpretation.walk_of(record.walk.goods, record.walk.edition, steps=record.walk.steps[:-1])
        after = dataclasses.replace(record, walk=walk, updated_at=at)
        store.keep(after)
        return _view(person, after, content)


def draft(person: Person, ruling_id: UUID, *, at: dt.datetime) -> View:
    """Put forward the decision as typed, with the walk, for another person to issue; refuses with `IncompleteError`."""
    with transaction.atomic():
        record, content = _worked_on(person, ruling_id)
        on = _today(at=at)
        try:
            decision = form.decision_of(
                record.drafting, current_country().rulings, on=on, walk=record.walk, version=learning.current_index(on=on).version
            )
        except ValueError as error:
            raise IncompleteError(("start",)) from error
        shortfalls = decision.shortfalls(content.application.scope)
        if shortfalls:
            raise IncompleteError(shortfalls)
        deed = msgspec.structs.replace(_deed(person, ruling.Act.DRAFT, at=at), code=decision.code, start=decision.start, end=decision.end)
        return _done(person, record, [deed], content=msgspec.structs.replace(content, decision=decision), at=at)


def view(person: Person, ruling_id: UUID) -> View:
    """One application that concerns the person; refuses with `UnknownRulingError`."""
    record = seen(person, store.record_of(ruling_id))
    return _view(person, record, store.content_of(record))


def listed(person: Person, asked: store.Filter, *, limit: int = 50, offset: int = 0) -> Listing:
    """The applications that concern the person: trade by party, customs by office and only once they are handed in."""
    person.require(TRADE | CUSTOMS, "the list of applications")
    bounded = (
        dataclasses.replace(asked, applicants=person.parties)
        if person.of_trade
        else dataclasses.replace(
            asked, offices=person.offices, states=asked.states or tuple(state for state in ruling.State if state is not ruling.State.DRAFT)
        )
    )
    return Listing(store.records(bounded, limit=limit, offset=offset), store.count(bounded))


def register_of(asked: store.Filter, *, limit: int = 50, offset: int = 0) -> Listing:
    """The published rulings that the filter asks for, for everybody."""
    bounded = dataclasses.replace(asked, published=True, applicants=None, offices=None, states=())
    return Listing(store.records(bounded, limit=limit, offset=offset), store.count(bounded))


def published(reference: str) -> register.publication.Published:
    """What everybody may read of a ruling; refuses with `UnknownRulingError`."""
    shown = store.record_of_reference(reference).published
    assert shown is not None, "the store looks among the published"
    return shown


def suggestions(person: Person, ruling_id: UUID, *, at: dt.datetime, limit: int = 10) -> classification.Suggestions:
    """What the description of the goods speaks for, by what customs has decided so far."""
    seen_view = view(person, ruling_id)
    person.require(CUSTOMS, "suggestions")
    return learning.current_index(on=_today(at=at)).suggest(seen_view.goods, limit=limit)


def conflicts(person: Person, ruling_id: UUID, *, at: dt.datetime) -> tuple[register.Conflict, ...]:
    """The rulings in force on goods like these with another code than is drafted; without a code, none."""
    person.require(CUSTOMS, "conflicts of rulings")
    record = seen(person, store.record_of(ruling_id))
    subject = _subject(record)
    return _conflicts(record, subject, on=_today(at=at)) if subject else ()


def decided_otherwise(person: Person, ruling_id: UUID, *, at: dt.datetime, limit: int = 10) -> tuple[register.Conflict, ...]:
    """Goods like these that were released under another code than is drafted: to be looked at, not to be weighed one by one."""
    person.require(CUSTOMS, "decisions of other offices")
    subject = _subject(seen(person, store.record_of(ruling_id)))
    among = learning.released_goods(on=_today(at=at))
    return register.conflicts_of(subject, among=among)[:limit] if subject else ()


def conflicts_in_register(person: Person, *, at: dt.datetime) -> tuple[register.Conflict, ...]:
    """The conflicts among all rulings in force, the likest first."""
    person.require(CUSTOMS, "conflicts of rulings")
    return register.conflicts_within(each.precedent for each in learning.rulings_in_force(on=_today(at=at)))


def events(person: Person, ruling_id: UUID) -> tuple[ruling.AnyEvent, ...]:
    """What happened, in order; trade is not told who at customs acted, nor whom customs asked."""
    seen(person, store.record_of(ruling_id))
    told = tuple(_decoder.decode(each.document) for each in journal.events_of(ruling_id))
    if person.of_customs:
        return told
    shown = (each for each in told if type(each).__name__ not in _FOR_CUSTOMS_ALONE)
    return tuple(each if each.role is ruling.Role.APPLICANT else msgspec.structs.replace(each, actor="") for each in shown)


def concerning(declared: Declaration) -> register.Rulings | None:
    """The rulings that a declaration cites or whose holder lodges it; nothing where there are none and none is cited."""
    citing = current_country().rulings.citing_documents
    shipment = declared.goods_shipment
    parties = (declared.declarant, shipment.importer if shipment else None)
    cited = [document.id or "" for item in declared.items for document in item.additional_documents if document.code in citing]
    holders = [party.id for party in parties if party and party.id]
    known = store.rulings_of(holders=holders, references=["".join(each.split()).upper() for each in cited])
    return register.Rulings(citing_documents=citing, known=known) if cited or known else None


def seen(person: Person, record: Record) -> Record:
    """The record, if it concerns the person; customs sees no draft. Refuses with `UnknownRulingError`, as if it were not there."""
    own_draft = record.case.state is ruling.State.DRAFT and not person.of_trade
    if own_draft or not person.may_see(declarant_id=record.applicant_id, office=record.office):
        raise UnknownRulingError("there is no such ruling")
    return record


def _worked_on(person: Person, ruling_id: UUID) -> tuple[Record, Content]:
    """An application on which customs works now, held locked."""
    person.require(CUSTOMS, "working on a ruling")
    record = seen(person, store.record_of(ruling_id, locked=True))
    content = store.content_of(record)
    if record.case.state not in _WORKING or content is None:
        raise WrongActError("the application is not being worked on")
    return record, content


def _require_keepable(value: object) -> None:
    """A null character is no text, and the database keeps none."""
    if rb"\u0000" in msgspec.json.encode(value):
        raise WrongActError("a text holds a null character, which cannot be kept: take it out")


def _require_replacement(record: Record, reference: str) -> None:
    """The ruling that takes the place is another one, issued to the same holder."""
    found = store.rulings_of(holders=(), references=[reference])
    if not found or found[0].holder != record.applicant_id or reference == record.reference:
        raise WrongActError(
            "{reference} is no other ruling of the same holder: issue the new one first", reference=reference or saying("nothing")
        )


def _require_weighed(record: Record) -> None:
    """Before issue, whoever drafted it has weighed each ruling in force that says otherwise."""
    content, subject = store.content_of(record), _subject(record)
    decision = content.decision if content else None
    if decision is None or subject is None:
        return
    found = _conflicts(record, subject, on=decision.start)
    open_ones = [each.other.id for each in found if each.other.id not in decision.acknowledged]
    if open_ones:
        raise UnweighedConflictError(
            "the draft conflicts with {rulings}: weigh each, and say in the reasons why it differs", rulings=open_ones
        )


def _subject(record: Record) -> classification.Precedent | None:
    """The goods with the code that is drafted, or else reached by the walk; nothing while there is none."""
    content = store.content_of(record)
    decision = content.decision if content else None
    code = (decision.code if decision else "") or (record.walk.decided_code if record.walk else "")
    if content is None or not code:
        return None
    return classification.Precedent(record.reference or str(record.id), decision.goods if decision else content.application.goods, code)


def _conflicts(record: Record, subject: classification.Precedent, *, on: dt.date) -> tuple[register.Conflict, ...]:
    others = (each.precedent for each in learning.rulings_in_force(on=on) if each.reference != record.reference)
    return register.conflicts_of(subject, among=others)


def _done(person: Person, record: Record, deeds: list[ruling.Deed], *, content: Content | None, at: dt.datetime) -> View:
    """Do acts to a record that the caller holds locked, and show it as it stands then."""
    return _view(person, *_entered(record, deeds, content, at=at))


def _entered(record: Record, deeds: list[ruling.Deed], content: Content | None, *, at: dt.datetime) -> tuple[Record, Content]:
    """Write what the acts come to: the record as it stands then, the version if there is a new one, the events."""
    case, happened = record.case, []
    for deed in deeds:
        case, event = ruling.advance(case, deed)
        happened.append(event)
    said = content or store.content_of(record)
    assert said is not None, "whatever was handed in has a version"
    after, actor = _standing(record, case, said, at=at), deeds[0].actor
    if content is not None:
        store.add_version(after, content, at=at, actor=actor)
    store.keep(after)
    entries = [
        journal.EventEntry(kind=type(each).__name__, occurred_at=each.occurred_at, document=msgspec.json.encode(each).decode())
        for each in happened
    ]
    execute_as_one([journal.event_clause(entries, declaration_id=record.id, actor=actor)])
    return after, said


def _standing(record: Record, case: ruling.Case, content: Content, *, at: dt.datetime) -> Record:
    """The record brought to where the case stands."""
    decision = content.decision
    on_file = decision is not None and (case.was_issued or case.state is ruling.State.ANNULLED)
    shown = register.published(case, content.application, decision=decision) if decision and on_file and case.published_at else None
    text = " ".join((shown.goods, shown.reference, *shown.keywords)) if shown else ""
    return dataclasses.replace(
        record,
        applicant_id=content.application.applicant,
        office=content.application.office,
        reference=case.reference or None,
        state=case.state.value,
        goods_name=content.application.goods_name[:200],
        code=case.code,
        case=case,
        ruling=register.issued(case, content.application, decision=decision) if decision and on_file else None,
        published=shown,
        search_text=text.casefold(),
        start=case.start,
        end=case.end,
        applied_at=record.applied_at or at,
        updated_at=at,
    )


def _view(person: Person, record: Record, content: Content | None) -> View:
    allowed = record.case.allowed_acts(_role(person))
    on_paper = (
        content if content is None or person.of_customs or record.case.was_issued else msgspec.structs.replace(content, decision=None)
    )
    shown = record if person.of_customs else dataclasses.replace(record, drafting={}, walk=None)
    return View(record=shown, content=on_paper, allowed=tuple(act for act in allowed if act not in _OF_THE_RULE))


def _deed(person: Person, act: ruling.Act, *, at: dt.datetime) -> ruling.Deed:
    return ruling.Deed(act=act, actor=person.username, role=_role(person), at=at, on=_today(at=at))


def _by_rule(act: ruling.Act, *, at: dt.datetime) -> ruling.Deed:
    return ruling.Deed(act=act, actor="rule", role=ruling.Role.SYSTEM, at=at, on=_today(at=at))


def _role(person: Person) -> ruling.Role:
    return ruling.Role.APPLICANT if person.of_trade else ruling.Role(person.role.value)


def _today(*, at: dt.datetime) -> dt.date:
    return current_country().legal_day(at=at)


def _new_reference(*, at: dt.datetime) -> str:
    """A number that nobody can guess and the database keeps unique: country, year, eight signs."""
    return f"{current_country().code}-AR-{at:%y}-{''.join(secrets.choice(_SIGNS) for _ in range(_DRAWN))}"


_OF_THE_RULE = (ruling.Act.PUBLISH, ruling.Act.EXPIRE)
_FOR_CUSTOMS_ALONE = ("ConsultationSought", "AdviceReceived", "RulingDrafted", "DraftSentBack")
_decoder: msgspec.json.Decoder[ruling.AnyEvent] = msgspec.json.Decoder(ruling.AnyEvent)
