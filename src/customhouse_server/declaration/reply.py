"""Reply: what the interface says about a declaration: where it stands, what was found with its wording, what is owed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

import msgspec

from customhouse import declaration as rules
from customhouse import messages
from customhouse.assessment import CATALOGUE, Assessment
from customhouse.kernel import Finding
from customhouse.risk import Selection
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.record import Record
from customhouse_server.gateway.submission import Answer

CREATED, UNPROCESSABLE = 201, 422


class FindingReply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A finding in words: what is wrong, where, by which rule, and what to do."""

    code: str
    pointer: str
    severity: str
    message: str = ""
    legal_basis: str = ""
    fix: str = ""
    sad_box: str = ""
    params: dict[str, str] = {}


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
    findings: tuple[FindingReply, ...] = ()
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
        findings=tuple(worded(finding) for finding in content.findings),
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


def worded(finding: Finding) -> FindingReply:
    """A finding with the words of its rule, where a catalogue holds it."""
    rule = _CATALOGUE.get(finding.code)
    if rule is None:
        return FindingReply(code=finding.code, pointer=finding.pointer, severity=finding.severity.value, params=finding.params)
    return FindingReply(
        code=finding.code,
        pointer=finding.pointer,
        severity=finding.severity.value,
        message=rule.wording.format_map(_Params(finding.params)),
        legal_basis=rule.legal_basis,
        fix=rule.fix,
        sad_box=getattr(rule, "sad_box", ""),
        params=finding.params,
    )


class _Params(dict[str, str]):
    """The values for a wording; one that is missing is shown by its name."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


_CATALOGUE = {**messages.SYNTAX_RULES, **CATALOGUE, **rules.RULES}
