"""Act: what somebody does with a declaration, in whose role, when and why."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.clearance.declared import Declared
from customhouse.risk import Lane


class Role(StrEnum):
    """In what capacity somebody acts; `system` is the administration's own rule, without a person."""

    TRADER = "trader"
    BROKER = "broker"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Act(StrEnum):
    """What can be done with a declaration."""

    STORE = "store"
    LODGE = "lodge"
    PRELODGE = "prelodge"
    PRESENT = "present"
    ACCEPT = "accept"
    REJECT = "reject"
    ASSIGN_LANE = "assign_lane"
    REROUTE = "reroute"
    REQUEST_DOCUMENTS = "request_documents"
    RECEIVE_DOCUMENTS = "receive_documents"
    QUERY = "query"
    ANSWER = "answer"
    ORDER_EXAMINATION = "order_examination"
    RECORD_EXAMINATION = "record_examination"
    ASSESS = "assess"
    PAY = "pay"
    SECURE = "secure"
    RELEASE = "release"
    CONFIRM_EXIT = "confirm_exit"
    AMEND = "amend"
    ALLOT = "allot"
    INVALIDATE = "invalidate"
    SEIZE = "seize"
    DOUBT_VALUE = "doubt_value"
    ADVANCE_DOUBT = "advance_doubt"
    DETERMINE_VALUE = "determine_value"


class Deed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act as it is done: by whom, in which role, at which aware instant, why, and what it carries.

    Amounts are in the currency of the country's accounts; `security` is what the law asks to be secured before release.
    `items` are sequence numbers; none means all that are left.
    `parted_from` are the items from which new last items were split, in the order of these; `step` is the step of another procedure,
    such as that of a doubt about the value.
    """

    act: Act
    actor: str
    role: Role
    at: datetime
    reason: str = ""
    mrn: str = ""
    lane: Lane | None = None
    random_control: bool = False
    profiles: tuple[str, ...] = ()
    item_count: int = 0
    items: tuple[int, ...] = ()
    parted_from: tuple[int, ...] = ()
    amount: Decimal = Decimal(0)
    undetermined: bool = False
    security: Decimal = Decimal(0)
    customs_value: Decimal | None = None
    taxes: dict[str, Decimal] = msgspec.field(default_factory=dict)
    forgone: dict[str, Decimal] = msgspec.field(default_factory=dict)
    declared: Declared | None = None
    result_code: str = ""
    reference: str = ""
    step: str = ""
