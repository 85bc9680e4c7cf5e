"""Entry: what one act writes: the record as it stands after it, its events, and the notices that follow from them."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import msgspec

from customhouse import clearance, messages
from customhouse.clearance import AnyEvent, Case
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.record import Record
from customhouse_server.journal import store as journal
from customhouse_server.journal.statement import Clause

_NOTICE_OF = {
    "DeclarationPrelodged": messages.Notice.RECEIVED,
    "DeclarationAccepted": messages.Notice.ACCEPTED,
    "DeclarationRejected": messages.Notice.REJECTED,
    "DocumentsRequested": messages.Notice.DOCUMENTS_REQUESTED,
    "DeclarantQueried": messages.Notice.QUERIED,
    "ExaminationOrdered": messages.Notice.CONTROL,
    "DutyAssessed": messages.Notice.TAX,
    "ValueDoubted": messages.Notice.QUERIED,
    "ValueDetermined": messages.Notice.TAX,
    "GoodsReleased": messages.Notice.RELEASED,
    "GoodsCleared": messages.Notice.CLEARED,
    "DeclarationAmended": messages.Notice.AMENDED,
    "DeclarationInvalidated": messages.Notice.INVALIDATED,
    "QuotaAllotted": messages.Notice.TAX,
}
_OWED_SINCE = (clearance.State.ASSESSED, clearance.State.PAID, clearance.State.SECURED, clearance.State.RELEASED)
_FOR_CUSTOMS_ALONE = ("LaneAssigned", "LaneRerouted")
_OF_CUSTOMS = (clearance.Role.OFFICER, clearance.Role.SUPERVISOR)
_encoder = msgspec.json.Encoder()
_case_decoder = msgspec.json.Decoder(Case)
_event_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def case_text(case: Case) -> str:
    """The case as JSON text."""
    return _encoder.encode(case).decode()


def case_of(record: Record) -> Case:
    """Where the declaration stands, as the life-cycle knows it."""
    return _case_decoder.decode(record.case)


def standing(record: Record, case: Case, content: Content, *, at: dt.datetime) -> Record:
    """The record brought to where the case stands."""
    totals = content.assessment.totals if content.assessment else None
    return dataclasses.replace(
        record,
        mrn=case.mrn or None,
        state=case.state.value,
        lane=case.lane.value if case.lane else "",
        version=case.version,
        item_count=len(content.declaration.items),
        payable=totals.payable if totals and not totals.undetermined_lines else None,
        currency=content.assessment.currency if content.assessment else "",
        case=case_text(case),
        accepted_at=case.accepted_at,
        released_at=case.released_at,
        cleared_at=case.cleared_at,
        updated_at=at,
    )


def journal_clauses(record: Record, content: Content, events: Sequence[AnyEvent], *, at: dt.datetime) -> list[Clause]:
    """The inserts of the events of an act, and of the notices to the declarant."""
    kinds = [type(event).__name__ for event in events]
    written = [
        journal.EventEntry(kind=kind, occurred_at=event.occurred_at, document=_encoder.encode(event).decode())
        for kind, event in zip(kinds, events, strict=True)
    ]
    actor = events[0].actor if events else ""
    notices = [
        journal.NoticeEntry(kind=_NOTICE_OF[kind].name.lower(), document=_notice(record, content, _NOTICE_OF[kind], at=at))
        for kind, event in zip(kinds, events, strict=True)
        if kind in _NOTICE_OF and (kind != "QuotaAllotted" or event.state in _OWED_SINCE)  # before that, the assessment tells
    ]
    return [
        journal.event_clause(written, declaration_id=record.id, actor=actor),
        journal.notice_clause(notices, declaration_id=record.id, declarant_id=record.declarant_id, at=at),
    ]


def stamped(events: Sequence[AnyEvent], record: Record, *, mrn: str, actor: str) -> tuple[AnyEvent, ...]:
    """The events of a journey through the pipeline as those of this declaration: its id, its number, and who lodged it."""
    return tuple(_own(event, record.id, mrn=mrn, actor=actor) for event in events)


def follow_up(events: Sequence[AnyEvent], case: Case, *, at: dt.datetime, whole: bool = False) -> tuple[AnyEvent, ...]:
    """What a journey leads to after its first step, as happening now to a case that has taken that step already; or all of it."""
    return tuple(
        msgspec.structs.replace(event, declaration_id=case.declaration_id, version=case.version, occurred_at=at)
        for event in events[0 if whole else 1 :]
    )


def for_trade(events: Sequence[journal.WrittenEvent]) -> tuple[journal.WrittenEvent, ...]:
    """The events that a declarant is told of: nothing of lanes, and no officer by name."""
    shown = (event for event in events if event.kind not in _FOR_CUSTOMS_ALONE)
    return tuple(
        dataclasses.replace(event, actor=told.actor, document=_encoder.encode(told).decode())
        for event in shown
        for told in (_unnamed(event),)
    )


def without_lane(record: Record) -> Record:
    """The record as trade may see it: why and how closely customs looks at a declaration is not told."""
    return dataclasses.replace(record, lane="", case=case_text(unlaned(case_of(record))))


def unlaned(case: Case) -> Case:
    """The case without lane and draw."""
    return msgspec.structs.replace(case, lane=None, random_control=False)


def _unnamed(event: journal.WrittenEvent) -> AnyEvent:
    told = _event_decoder.decode(event.document)
    return msgspec.structs.replace(told, actor="") if told.role in _OF_CUSTOMS else told


def told(events: Sequence[journal.WrittenEvent]) -> tuple[AnyEvent, ...]:
    """The events of a declaration back from the journal."""
    return tuple(_event_decoder.decode(event.document) for event in events)


def replayed(events: Sequence[AnyEvent], declaration_id: UUID) -> Case:
    """Where the declaration stands after these events, all that happened to it."""
    return clearance.replay(events, declaration_id=str(declaration_id))


def _own(event: AnyEvent, declaration_id: UUID, *, mrn: str, actor: str) -> AnyEvent:
    named = event.actor if event.role is clearance.Role.SYSTEM else actor
    numbered = {"mrn": mrn} if type(event).__name__ == "DeclarationAccepted" else {}
    return msgspec.structs.replace(event, declaration_id=str(declaration_id), actor=named, **numbered)


def _notice(record: Record, content: Content, notice: messages.Notice, *, at: dt.datetime) -> str:
    told = msgspec.structs.replace(content.declaration, lrn=record.lrn, mrn=record.mrn, version_id=str(record.version))
    reference = str(record.id)
    if notice is messages.Notice.REJECTED:
        document = messages.rejection(told, content.findings, reference=reference, at=at)
    elif notice is messages.Notice.TAX:
        document = messages.tax_notification(told, _taxes(content), reference=reference, at=at)
    else:
        document = messages.notification(notice, told, reference=reference, at=at)
    return messages.render_json(document).decode()


def _taxes(content: Content) -> list[messages.TaxNotice]:
    if content.assessment is None:
        return []
    return [
        messages.TaxNotice(
            sequence=item.sequence,
            tax=line.tax,
            assessed=line.amount,
            payable=line.payable,
            currency=content.assessment.currency,
            base=line.base,
            regime=line.preference or None,
        )
        for item in content.assessment.items
        for line in item.lines
        if line.amount is not None and line.payable is not None
    ]
