"""Declarations: lodging, amending, presenting, reading, and the drafts from which they grow; each act is one transaction.

lodge(person, Lodging(message, submission=None, draft_id=None), at=) -> Answer        201 accepted, 422 rejected; body JSON (see reply)
amend(person, declaration_id, Lodging(...), reason=, at=) -> View                    the whole declaration as it should be
present(person, declaration_id, at=) -> View                                         the goods of a pre-lodged declaration have come
view(person, declaration_id) -> View                                                 record, content, case, what the person may do
events(person, declaration_id) -> tuple[WrittenEvent, ...]                           the timeline
notices(person, declaration_id) -> tuple[WrittenNotice, ...]
messages_since(person, position, limit=) -> tuple[WrittenNotice, ...]; message(person, position) -> WrittenNotice
listed(person, Filter, Page(limit, offset, oldest_first)) -> Listing                only what concerns the person
versions(person, declaration_id) -> tuple[Version, ...]
start_draft(person, fields, at=) -> Draft
save_draft(person, draft_id, fields, version=, at=) -> Draft                         StaleDraftError has `.current`
drafts(person) -> tuple[Draft, ...]; draft(person, draft_id) -> Draft; delete_draft(person, draft_id)
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

import msgspec
from django.db import IntegrityError, transaction

from customhouse import clearance, messages, pipeline
from customhouse.assessment import assess
from customhouse.clearance import Act, AnyEvent, Case, Deed
from customhouse.declaration import Declaration
from customhouse.saying import saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.declaration import entry, quota_answer, reply, store
from customhouse_server.declaration.content import Content, content_of, for_importer, read, written
from customhouse_server.declaration.draft import Draft, StaleDraftError, UnknownDraftError
from customhouse_server.declaration.entering import entered
from customhouse_server.declaration.lodging import AmendmentRejectedError, Lodging, WrongDocumentError
from customhouse_server.declaration.new_record import new_record
from customhouse_server.declaration.number import new_mrn
from customhouse_server.declaration.record import LrnTakenError, Record, UnknownDeclarationError, Version
from customhouse_server.declaration.view import FIRST_PAGE, Listing, Page, View
from customhouse_server.gateway import store as submissions
from customhouse_server.gateway.submission import Answer
from customhouse_server.journal import store as journal
from customhouse_server.journal.statement import Clause, execute_as_one
from customhouse_server.quota import actions as quotas
from customhouse_server.ruling import actions as rulings
from customhouse_server.tariff.country import country_at, current_country

_SEED_BYTES = 16


def lodge(person: Person, lodging: Lodging, *, at: dt.datetime) -> Answer:
    """Take in a declaration; when this returns it is committed.

    Refuses with `NotPermittedError`, `messages.UnreadableMessageError`, `WrongDocumentError`, `ForeignPartyError`,
    `LrnTakenError`, and `KeyReusedError` for a used key with another body; a used key with this body gets its first answer.
    """
    person.require(TRADE, "lodging a declaration")
    document = messages.read(lodging.message)
    declared = _declared(document)
    blank = new_record(person, declared, at=at)
    seed = _drawn_seed()
    asked, held = quota_answer.known(declared, at=at), rulings.concerning(declared)
    cleared = pipeline.clear(document, country_at(at=at), at=at, seed=seed, quotas=asked, rulings=held)
    content = content_of(cleared)
    happened = entry.stamped(cleared.events, blank, mrn=new_mrn(current_country().code, at=at), actor=person.username)
    record = entry.standing(blank, entry.replayed(happened, blank.id), content, at=at)
    answer = reply.lodged(record, content)
    version = Version(1, written(content), lodging.message, current_country().code, seed, at, person.username, "")
    clauses = [
        store.record_clause(record),
        store.version_clause(record.id, version),
        *quota_answer.request_clauses(record, content.assessment, at=at),
        *entry.journal_clauses(record, content, happened, at=at),
    ]
    if lodging.submission:
        clauses.append(submissions.submission_clause(lodging.submission, answer, at=at))
    if lodging.draft_id:
        clauses.append(store.discard_draft_clause(lodging.draft_id, owner_id=person.id))
    try:
        execute_as_one(clauses)
    except IntegrityError as error:
        return _answer_in_the_way(error, lodging, record)
    return answer


def amend(person: Person, declaration_id: UUID, lodging: Lodging, *, reason: str, at: dt.datetime) -> View:
    """Replace what was declared by a new version, assessed under the law of the acceptance day.

    The message is the whole declaration as it should be, or a WCO amendment, which says what changes; that one brings its own reason.
    Refuses as `lodge` does, with the core's `clearance.RefusedError`, and with `AmendmentRejectedError`, which carries the findings.
    """
    message = messages.read(lodging.message)
    with transaction.atomic():
        record = seen(person, store.record_of(declaration_id, locked=True))
        _require_meant(record, message)
        before = read(store.version_of(declaration_id, record.version).content)
        document = message.applied_to(before.declaration)
        declared = _declared(document)
        _require_same(record, declared)
        reason = reason or message.reason
        first = store.version_of(declaration_id, 1)
        brief, count = pipeline.declared_in_brief(declared), len(declared.items)
        deed = Deed(act=Act.AMEND, actor=person.username, role=_role(person), at=at, reason=reason, item_count=count, declared=brief)
        case, amended = clearance.advance(entry.case_of(record), deed)
        lodged_as_of = record.accepted_at or at
        known = quota_answer.known(declared, at=lodged_as_of)
        again = partial(
            pipeline.clear,
            document,
            country_at(at=lodged_as_of),
            at=lodged_as_of,
            seed=first.seed,
            presented=bool(record.accepted_at),
            rulings=rulings.concerning(declared),
        )
        cleared = again(quotas=known)
        if cleared.errors:
            raise AmendmentRejectedError(cleared.errors)
        cause, on = f"{record.id} amended to version {case.version}", current_country().legal_day(at=at)
        answers = quota_answer.given_back(record, before, cleared.assessment, quotas.Amending(cause, person.username, on, at))
        cleared = again(quotas=msgspec.structs.replace(known, answers=answers)) if answers else cleared
        content = content_of(cleared)
        version = Version(case.version, written(content), lodging.message, first.country, first.seed, at, person.username, reason)
        happened = (*amended, *entry.follow_up(cleared.events, case, at=at))
        return _entered(person, record, content, happened, at=at, besides=[store.version_clause(record.id, version)])


def present(person: Person, declaration_id: UUID, *, at: dt.datetime) -> View:
    """Record that the goods of a pre-lodged declaration have come: it is accepted now, under the law of today, or rejected."""
    with transaction.atomic():
        record = seen(person, store.record_of(declaration_id, locked=True))
        kept = store.version_of(declaration_id, record.version)
        document = _as_kept(kept)
        declared = _declared(document)
        known, held = quota_answer.known(declared, at=at), rulings.concerning(declared)
        cleared = pipeline.clear(document, country_at(at=at), at=at, seed=kept.seed, presented=True, quotas=known, rulings=held)
        content = content_of(cleared)
        deed = Deed(
            act=Act.PRESENT,
            actor=person.username,
            role=_role(person),
            at=at,
            mrn=new_mrn(current_country().code, at=at),
            item_count=record.item_count,
            amount=content.assessment.totals.payable,
            declared=pipeline.declared_in_brief(content.declaration),
        )
        case, accepted = clearance.advance(entry.case_of(record), deed)
        number = record.version + 1
        case = msgspec.structs.replace(case, version=number)
        version = Version(number, written(content), kept.message, kept.country, kept.seed, at, person.username, "presented")
        happened = entry.follow_up(cleared.events, case, at=at, whole=bool(cleared.errors))
        accepted = () if cleared.errors else accepted
        asked = [] if cleared.errors else quota_answer.request_clauses(replace(record, accepted_at=at), content.assessment, at=at)
        return _entered(person, record, content, (*accepted, *happened), at=at, besides=[store.version_clause(record.id, version), *asked])


def advanced(  # noqa: PLR0913 - what is written in one transaction
    person: Person,
    record: Record,
    deeds: Sequence[Deed],
    *,
    at: dt.datetime,
    besides: Sequence[Clause] = (),
    content: Content | None = None,
) -> View:
    """Do acts to a declaration that the caller holds locked, and write what follows from them; refuses as the life-cycle does.

    Another content than that of its version makes a new version, which the acts are then done to.
    """
    kept = store.version_of(record.id, record.version)
    case, clauses = entry.case_of(record), list(besides)
    if content is not None:
        case = msgspec.structs.replace(case, version=record.version + 1)
        newer = replace(kept, number=case.version, content=written(content), at=at, actor=person.username, reason=deeds[0].reason)
        clauses.append(store.version_clause(record.id, newer))
    if any(deed.act is Act.INVALIDATE for deed in deeds):
        quota_answer.withdrawn(record, read(kept.content), actor=person.username, at=at)
    happened: list[AnyEvent] = []
    waiting = list(deeds)
    while waiting:
        case, left = clearance.advance(case, waiting.pop(0))
        happened += left
        waiting = waiting or pipeline.released_by_rule(case, at=at)
    return _entered(person, record, content or read(kept.content), happened, at=at, besides=clauses)


def reassessed(record: Record, content: Content) -> Content:
    """The content assessed anew under the law of its acceptance, with what customs determined and valued itself."""
    assert record.accepted_at is not None, "only an accepted declaration is assessed"
    country = country_at(at=record.accepted_at)
    on = country.legal_day(at=record.accepted_at)
    found = assess(
        content.declaration,
        country.law,
        on=on,
        determined=content.determined,
        valuations=content.valuations,
        quotas=content.quotas,
    )
    kept = tuple(finding for finding in content.findings if finding not in content.assessment.findings)
    return msgspec.structs.replace(content, assessment=found, findings=kept + found.findings)


def view(person: Person, declaration_id: UUID) -> View:
    """One declaration that concerns the person; refuses with `UnknownDeclarationError`."""
    record = seen(person, store.record_of(declaration_id))
    content = read(store.version_of(declaration_id, record.version).content)
    return _view(person, record, content, entry.case_of(record))


def meant_by(person: Person, document: messages.Document) -> UUID:
    """The declaration of which a message speaks; refuses with `WrongDocumentError` where it names none, else as `view` does."""
    number = document.declaration.mrn if document.declaration else None
    if not number:
        raise WrongDocumentError("the message does not name the declaration: give the number (MRN) that customs gave it, as Declaration/ID")
    return seen(person, store.record_of_number(number)).id


def seen(person: Person, record: Record) -> Record:
    """The record, if it concerns the person; refuses with `UnknownDeclarationError`, as if it were not there."""
    if not person.may_see(declarant_id=record.declarant_id, office=record.office):
        raise UnknownDeclarationError("there is no such declaration")
    return record


def listed(person: Person, asked: store.Filter, page: Page = FIRST_PAGE) -> Listing:
    """The declarations that concern the person and that the filter asks for; nobody sees more by asking for more."""
    bounded = _bounded(person, asked)
    found = store.records(bounded, limit=page.limit, offset=page.offset, oldest_first=page.oldest_first)
    return Listing(tuple(entry.without_lane(record) for record in found) if person.of_trade else found, store.count(bounded))


def events(person: Person, declaration_id: UUID) -> tuple[journal.WrittenEvent, ...]:
    """What happened to a declaration, in order; the declarant is not told of lanes, nor of who at customs acted."""
    seen(person, store.record_of(declaration_id))
    happened = journal.events_of(declaration_id)
    return happened if person.of_customs else entry.for_trade(happened)


def notices(person: Person, declaration_id: UUID) -> tuple[journal.WrittenNotice, ...]:
    """Everything that customs told the declarant about a declaration, in order."""
    seen(person, store.record_of(declaration_id))
    return journal.notices_of(declaration_id)


def messages_since(person: Person, position: str, *, limit: int = 200) -> tuple[journal.WrittenNotice, ...]:
    """The notices to the parties of the person after a position (empty: from the first); `MalformedPositionError` where it is none."""
    person.require(TRADE, "reading the messages to declarants")
    return journal.notices_since(position, declarants=person.parties, limit=limit)


def message(person: Person, position: str) -> journal.WrittenNotice:
    """One notice to the parties of the person; refuses with `UnknownDeclarationError`, or `MalformedPositionError` where it is none."""
    person.require(TRADE, "reading the messages to declarants")
    found = journal.notice_at(position, declarants=person.parties)
    if found is None:
        raise UnknownDeclarationError("there is no such message")
    return found


def versions(person: Person, declaration_id: UUID) -> tuple[Version, ...]:
    """All versions of a declaration, first to last; trade is told neither selection nor seed."""
    seen(person, store.record_of(declaration_id))
    kept = store.versions_of(declaration_id)
    return kept if person.of_customs else tuple(_for_trade(version) for version in kept)


def start_draft(person: Person, fields: dict[str, str], *, at: dt.datetime) -> Draft:
    """Keep a new draft of the person's own."""
    person.require(TRADE, "drafting a declaration")
    draft = Draft(id=uuid4(), owner_id=person.id, fields=fields, version=1, saved_at=at)
    store.new_draft(draft)
    return draft


def save_draft(person: Person, draft_id: UUID, fields: dict[str, str], *, version: int, at: dt.datetime) -> Draft:
    """Save what was typed over the version that the person had; refuses with `UnknownDraftError` or `StaleDraftError`."""
    saved = Draft(id=draft_id, owner_id=person.id, fields=fields, version=version + 1, saved_at=at)
    if not store.replace_draft(saved, over=version):
        raise StaleDraftError(draft(person, draft_id))
    return saved


def drafts(person: Person) -> tuple[Draft, ...]:
    """The person's own drafts, last saved first."""
    return store.drafts_of(person.id)


def draft(person: Person, draft_id: UUID) -> Draft:
    """One of the person's own drafts; refuses with `UnknownDraftError`."""
    found = store.drafts_of(person.id, draft_id=draft_id)
    if not found:
        raise UnknownDraftError("there is no such draft among your own")
    return found[0]


def delete_draft(person: Person, draft_id: UUID) -> None:
    """Throw one of the person's own drafts away; refuses with `UnknownDraftError`."""
    if not store.delete_draft(draft_id, owner_id=person.id):
        raise UnknownDraftError("there is no such draft among your own")


def _view(person: Person, record: Record, content: Content, case: Case) -> View:
    allowed = clearance.allowed_acts(case, _role(person))
    if person.of_trade:
        record, content, case = entry.without_lane(record), for_importer(content), entry.unlaned(case)
    return View(record=record, content=content, case=case, allowed=allowed)


def _drawn_seed() -> bytes:
    """The seed of the random arm: nobody can foresee it, and it is kept, so that the draw can be repeated."""
    return secrets.token_bytes(_SEED_BYTES)


def _for_trade(version: Version) -> Version:
    return replace(version, content=written(for_importer(read(version.content))), seed=b"")


def _bounded(person: Person, asked: store.Filter) -> store.Filter:
    if person.of_trade:
        return replace(asked, declarants=_within(asked.declarants, person.parties), lanes=())
    return replace(asked, offices=_within(asked.offices, person.offices if person.of_customs else ()))


def _within(asked: tuple[str, ...] | None, own: tuple[str, ...]) -> tuple[str, ...]:
    return own if asked is None else tuple(each for each in asked if each in own)


def _declared(document: messages.Document) -> Declaration:
    if document.declaration is None or document.kind is not messages.DocumentKind.DECLARATION:
        raise WrongDocumentError("this takes a whole declaration; the document is of the kind {kind}", kind=document.kind)
    return document.declaration


def _as_kept(version: Version) -> messages.Document:
    """The declaration as its version has it, whatever message brought it, with what was wrong in that message's form."""
    content = read(version.content)
    form = tuple(finding for finding in content.findings if finding.code in messages.SYNTAX_RULES)
    return messages.Document(declaration=content.declaration, findings=form)


def _require_meant(record: Record, message: messages.Document) -> None:
    """An amendment by message names the declaration that it changes, if any number at all, by the number customs gave."""
    meant = message.declaration.mrn if message.declaration and message.kind is messages.DocumentKind.AMENDMENT else None
    if meant and meant != record.mrn:
        raise WrongDocumentError(
            "the amendment is for {meant}, the declaration has the number {mrn}", meant=meant, mrn=record.mrn or saying("of none yet")
        )


def _require_same(record: Record, declared: Declaration) -> None:
    if (declared.lrn or record.lrn) != record.lrn:
        raise WrongDocumentError(
            "the amended declaration has the reference {lrn!r}, the declaration has {kept!r}", lrn=declared.lrn, kept=record.lrn
        )
    if declared.declarant and declared.declarant.id not in (None, record.declarant_id):
        raise WrongDocumentError("an amendment does not change the declarant: cancel the declaration and lodge a new one")


def _role(person: Person) -> clearance.Role:
    """The capacity in which the person acts in the life-cycle; refuses with `NotPermittedError` who has none in it."""
    person.require(TRADE | CUSTOMS, "an act on a declaration")
    return clearance.Role(person.role.value)


def _entered(  # noqa: PLR0913 - what is written in one transaction
    person: Person, record: Record, content: Content, happened: Sequence[AnyEvent], *, at: dt.datetime, besides: Sequence[Clause]
) -> View:
    """Write the events of an act and all that follows from them, and give the declaration as it stands then."""
    after, case = entered(record, content, happened, at=at, besides=besides)
    return _view(person, after, content, case)


def _answer_in_the_way(error: IntegrityError, lodging: Lodging, record: Record) -> Answer:
    """What an earlier lodging means for this one: its answer under the same key, else a refusal by the reference."""
    kept = submissions.kept_answer(lodging.submission) if lodging.submission else None
    if kept is not None:
        return kept
    if store.LRN_CONSTRAINT in str(error):
        raise LrnTakenError(
            "{declarant} has already lodged a declaration under the reference {lrn!r}", declarant=record.declarant_id, lrn=record.lrn
        ) from error
    raise error
