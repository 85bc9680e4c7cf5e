"""Events of clearance: one past-tense fact for each act, ids and not objects, enough to tell the whole story again."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from customhouse.clearance.act import Act, Deed, Role
from customhouse.clearance.declared import Declared
from customhouse.clearance.life_cycle import State
from customhouse.kernel import Event
from customhouse.risk import Lane


class CaseEvent(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What every event of a declaration says: which one, in which version, by whom, why, and where it stands since."""

    declaration_id: str
    version: int
    state: State
    actor: str
    role: Role
    reason: str = ""


class DeclarationStored(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A server copy was kept; it binds nobody."""


class DeclarationPrelodged(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The declaration was lodged before the goods arrived."""

    item_count: int = 0
    declared: Declared | None = None


class DeclarationAccepted(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs accepted the declaration: this instant fixes the law, and binds the declarant; `payable` is what it owes as declared."""

    mrn: str = ""
    item_count: int = 0
    payable: Decimal = Decimal(0)
    declared: Declared | None = None


class DeclarationRejected(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs refused the declaration; it has no legal effect."""

    declared: Declared | None = None


class LaneAssigned(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Risk management chose the lane, on the hits of these profiles."""

    lane: Lane
    random_control: bool = False
    profiles: tuple[str, ...] = ()


class LaneRerouted(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A supervisor chose another lane, with a reason."""

    lane: Lane


class DocumentsRequested(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs asked for documents."""

    reference: str = ""


class DocumentsReceived(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The documents came."""

    reference: str = ""


class DeclarantQueried(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs put a question to the declarant."""

    reference: str = ""


class QueryAnswered(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The declarant answered."""

    reference: str = ""


class ExaminationOrdered(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs decided to examine the goods."""

    reference: str = ""


class GoodsExamined(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The goods were examined, with this result."""

    result_code: str = ""
    reference: str = ""


class _Owed(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """What is owed from here on: in all, by tax, and what was forgone by relief; the value where it is known."""

    payable: Decimal = Decimal(0)
    undetermined: bool = False
    security: Decimal = Decimal(0)
    customs_value: Decimal | None = None
    taxes: dict[str, Decimal] = msgspec.field(default_factory=dict)
    forgone: dict[str, Decimal] = msgspec.field(default_factory=dict)


class DutyAssessed(_Owed, frozen=True, kw_only=True, omit_defaults=True):
    """The duties and taxes were worked out and told."""


class PaymentRecorded(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A payment against the assessment came in."""

    amount: Decimal
    reference: str = ""


class SecurityRecorded(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Security for the debt was accepted."""

    amount: Decimal
    reference: str = ""


class GoodsReleased(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Goods were put at the disposal of the person concerned, item by item (RKC General Annex, chapter 2: release)."""

    items: tuple[int, ...] = ()


class GoodsCleared(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """All formalities are done, and the security that was given is discharged (RKC General Annex, chapter 2: clearance; 5.7)."""

    security_returned: Decimal = Decimal(0)


class ExitConfirmed(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The goods left the control of customs."""


class DeclarationAmended(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The declaration has a new version; what the old one led to is taken back."""

    item_count: int = 0
    declared: Declared | None = None


class QuotaAllotted(_Owed, frozen=True, kw_only=True, omit_defaults=True):
    """A tariff quota that the goods claim was answered, and the declaration assessed anew by the answer, which the reason tells."""

    parted_from: tuple[int, ...] = ()


class DeclarationInvalidated(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The declaration is void."""


class GoodsSeized(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs seized the goods."""


class ValueDoubted(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs doubts the declared value of these items, and asks for this security to release them meanwhile (VAL Decision 6.1, Art 13)."""

    items: tuple[int, ...] = ()
    amount: Decimal = Decimal(0)
    reference: str = ""


class DoubtAdvanced(CaseEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A step of the procedure about a doubted value was taken."""

    items: tuple[int, ...] = ()
    step: str = ""
    reference: str = ""


class ValueDetermined(_Owed, frozen=True, kw_only=True, omit_defaults=True):
    """The value of these items is determined: as declared, or by the next method; this is what is payable now."""

    items: tuple[int, ...] = ()
    reference: str = ""


AnyEvent = (
    DeclarationStored
    | DeclarationPrelodged
    | DeclarationAccepted
    | DeclarationRejected
    | LaneAssigned
    | LaneRerouted
    | DocumentsRequested
    | DocumentsReceived
    | DeclarantQueried
    | QueryAnswered
    | ExaminationOrdered
    | GoodsExamined
    | DutyAssessed
    | PaymentRecorded
    | SecurityRecorded
    | GoodsReleased
    | GoodsCleared
    | ExitConfirmed
    | DeclarationAmended
    | QuotaAllotted
    | DeclarationInvalidated
    | GoodsSeized
    | ValueDoubted
    | DoubtAdvanced
    | ValueDetermined
)

_EVENT_OF: dict[Act, type[AnyEvent]] = {
    Act.STORE: DeclarationStored,
    Act.DOUBT_VALUE: ValueDoubted,
    Act.ADVANCE_DOUBT: DoubtAdvanced,
    Act.DETERMINE_VALUE: ValueDetermined,
    Act.PRELODGE: DeclarationPrelodged,
    Act.PRESENT: DeclarationAccepted,
    Act.ACCEPT: DeclarationAccepted,
    Act.REJECT: DeclarationRejected,
    Act.ASSIGN_LANE: LaneAssigned,
    Act.REROUTE: LaneRerouted,
    Act.REQUEST_DOCUMENTS: DocumentsRequested,
    Act.RECEIVE_DOCUMENTS: DocumentsReceived,
    Act.QUERY: DeclarantQueried,
    Act.ANSWER: QueryAnswered,
    Act.ORDER_EXAMINATION: ExaminationOrdered,
    Act.RECORD_EXAMINATION: GoodsExamined,
    Act.ASSESS: DutyAssessed,
    Act.PAY: PaymentRecorded,
    Act.SECURE: SecurityRecorded,
    Act.RELEASE: GoodsReleased,
    Act.CONFIRM_EXIT: ExitConfirmed,
    Act.AMEND: DeclarationAmended,
    Act.ALLOT: QuotaAllotted,
    Act.INVALIDATE: DeclarationInvalidated,
    Act.SEIZE: GoodsSeized,
}


def event_of(deed: Deed, *, declaration_id: str, version: int, state: State, items: tuple[int, ...] = ()) -> AnyEvent:
    """The event that an act leaves, with those values of the act that its kind of event has a place for."""
    kind = _EVENT_OF[deed.act]
    offered: dict[str, Any] = {**msgspec.structs.asdict(deed), "payable": deed.amount, "items": items}
    own = set(kind.__struct_fields__) - set(CaseEvent.__struct_fields__)
    return kind(
        occurred_at=deed.at,
        declaration_id=declaration_id,
        version=version,
        state=state,
        actor=deed.actor,
        role=deed.role,
        reason=deed.reason,
        **{name: offered[name] for name in own},
    )


def cleared(event: AnyEvent, *, at: datetime, security: Decimal) -> GoodsCleared:
    """The event that nothing remains to be done, following the one that did the last thing; what was secured till then is given back."""
    return GoodsCleared(
        occurred_at=at,
        declaration_id=event.declaration_id,
        version=event.version,
        state=event.state,
        actor=event.actor,
        role=event.role,
        security_returned=security,
    )
