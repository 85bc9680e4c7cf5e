"""Reply: what the interface says about a declaration: where it stands, what was found with its wording, what is owed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

import msgspec

from customhouse import pipeline
from customhouse.assessment import Assessment
from customhouse.risk import Selection
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.record import Record
from customhouse_server.gateway.submission import Answer

CREATED, UNPROCESSABLE = 201, 422


class DeclarationReply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a declaration stands and what it owes; lane and selection are for customs alone."""

    id: UUID
    lrn: str
    declarant: str
    state: str
    version: int
    office: str
    lodged_at: dt.datetime
    mrn: str | None = None
    accepted_at: dt.datetime | None = None
    released_at: dt.datetime | None = None
    cleared_at: dt.datetime | None = None
    payable: Decimal | None = None
    currency: str = ""
    lane: str = ""
    findings: tuple[dict[str, str], ...] = ()
    assessment: Assessment | None = None
    selection: Selection | None = None
    allowed: tuple[str, ...] = ()
    type: str = ""
    title: str = ""
    status: int = 0


_encoder = msgspec.json.Encoder()


def lodged(record: Record, content: Content) -> Answer:
    """The answer to a lodging: what was accepted, or the problem (RFC 9457) with all its findings."""
    said = about(record, content, for_customs=False)
    if record.state != "rejected":
        return Answer(CREATED, _encoder.encode(said))
    problem = msgspec.structs.replace(said, type="about:blank", title="The declaration was rejected", status=UNPROCESSABLE)
    return Answer(UNPROCESSABLE, _encoder.encode(problem))


def about(record: Record, content: Content, *, for_customs: bool, allowed: Iterable[str] = ()) -> DeclarationReply:
    """A declaration in full."""
    return msgspec.structs.replace(
        in_short(record, for_customs=for_customs),
        findings=tuple(pipeline.told(finding) for finding in content.findings),
        assessment=content.assessment,
        selection=content.selection if for_customs else None,
        allowed=tuple(allowed),
    )


def in_short(record: Record, *, for_customs: bool) -> DeclarationReply:
    """A declaration as a list shows it."""
    return DeclarationReply(
        id=record.id,
        lrn=record.lrn,
        declarant=record.declarant_id,
        state=record.state,
        version=record.version,
        office=record.office,
        lodged_at=record.lodged_at,
        mrn=record.mrn,
        accepted_at=record.accepted_at,
        released_at=record.released_at,
        cleared_at=record.cleared_at,
        payable=record.payable,
        currency=record.currency,
        lane=record.lane if for_customs else "",
    )
