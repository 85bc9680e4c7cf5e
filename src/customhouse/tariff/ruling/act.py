"""Act: what somebody does with an application or a ruling, in whose role, when and why."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from customhouse.kernel import Clock


class Role(StrEnum):
    """In what capacity somebody acts; `system` is the administration's own rule, without a person."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Act(StrEnum):
    """What can be done with an application and with the ruling that it becomes."""

    APPLY = "apply"
    RETURN = "return"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ANSWER = "answer"
    CONSULT = "consult"
    ADVISE = "advise"
    DRAFT = "draft"
    SEND_BACK = "send_back"
    ISSUE = "issue"
    PUBLISH = "publish"
    EXPIRE = "expire"
    CEASE = "cease"
    MODIFY = "modify"
    REVOKE = "revoke"
    ANNUL = "annul"
    SEEK_REVIEW = "seek_review"
    UPHOLD = "uphold"
    OVERTURN = "overturn"


class Ground(StrEnum):
    """The grounds of the law: the first two alone to refuse (TFA 3.2), the others alone to annul from the start (TFA 3.4)."""

    PENDING_ELSEWHERE = "pending_elsewhere"
    ALREADY_DECIDED = "already_decided"
    INFORMATION_INCOMPLETE = "information_incomplete"
    INFORMATION_INCORRECT = "information_incorrect"
    INFORMATION_FALSE = "information_false"
    INFORMATION_MISLEADING = "information_misleading"


GROUNDS_TO_REFUSE = (Ground.PENDING_ELSEWHERE, Ground.ALREADY_DECIDED)
GROUNDS_TO_ANNUL = tuple(ground for ground in Ground if ground not in GROUNDS_TO_REFUSE)


class Deed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act as it is done: by whom, in which role, at which instant, on which legal day, why, and what it carries.

    `party` is asked or consulted; `reference` is a paper, a number or the ruling that takes this one's place; `notice_until` is the day
    on which an end takes effect, `grace_until` the first day after the extended use under binding contracts; `clock` the time of the law.
    """

    act: Act
    actor: str
    role: Role
    at: datetime
    on: date
    reason: str = ""
    ground: Ground | None = None
    party: str = ""
    reference: str = ""
    code: str = ""
    start: date | None = None
    end: date | None = None
    clock: Clock | None = None
    notice_until: date | None = None
    grace_until: date | None = None
