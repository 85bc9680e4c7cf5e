"""Events of rulings: one past-tense fact for each act, ids and not objects, enough to tell the whole story again."""

from datetime import date
from typing import Any

import msgspec

from customhouse.kernel import Clock, Event
from customhouse.tariff.ruling.act import Act, Deed, Ground, Role
from customhouse.tariff.ruling.life_cycle import State


class RulingEvent(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What every event of a ruling says: which one, in which version, by whom, on which legal day, why, and where it stands since."""

    ruling_id: str
    version: int
    state: State
    actor: str
    role: Role
    on: date
    reason: str = ""


class RulingApplied(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The application was handed in."""


class ApplicationReturned(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The application is not complete, and was given back with what is missing."""


class ApplicationAccepted(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The application is complete: the clock of the law started."""

    clock: Clock | None = None


class RulingRefused(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs refused to rule, on a ground that the law lists."""

    ground: Ground | None = None


class ApplicationWithdrawn(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The applicant took the application back."""


class ApplicantAsked(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs asked the applicant for information: the clock stands still."""

    reference: str = ""


class ApplicantAnswered(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The applicant answered: the clock runs again."""

    reference: str = ""


class ConsultationSought(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Customs asked a laboratory, its headquarters or another office."""

    party: str = ""
    reference: str = ""


class AdviceReceived(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The advice came."""

    party: str = ""
    reference: str = ""


class RulingDrafted(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """An officer drafted the ruling."""

    code: str = ""
    start: date | None = None
    end: date | None = None


class DraftSentBack(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A second officer did not agree with the draft."""


class RulingIssued(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The ruling was issued by another than its author, and binds."""

    reference: str = ""


class RulingPublished(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """What is not confidential of the ruling was published."""


class RulingExpired(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The term of the ruling is over."""


class RulingCeased(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The code of the ruling ends with its edition of the nomenclature."""

    notice_until: date | None = None
    grace_until: date | None = None
    reference: str = ""


class RulingModified(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Another ruling takes the place of this one."""

    notice_until: date | None = None
    grace_until: date | None = None
    reference: str = ""


class RulingRevoked(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The ruling ends before its term, with notice."""

    notice_until: date | None = None
    grace_until: date | None = None


class RulingAnnulled(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The ruling is void from its start, because the information given was wrong."""

    ground: Ground | None = None


class ReviewSought(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The applicant asked for a review."""


class DecisionUpheld(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The review left the decision as it is."""


class DecisionOverturned(RulingEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The review took the decision back: what is examined anew has the time of the law anew."""

    clock: Clock | None = None


AnyEvent = (
    RulingApplied
    | ApplicationReturned
    | ApplicationAccepted
    | RulingRefused
    | ApplicationWithdrawn
    | ApplicantAsked
    | ApplicantAnswered
    | ConsultationSought
    | AdviceReceived
    | RulingDrafted
    | DraftSentBack
    | RulingIssued
    | RulingPublished
    | RulingExpired
    | RulingCeased
    | RulingModified
    | RulingRevoked
    | RulingAnnulled
    | ReviewSought
    | DecisionUpheld
    | DecisionOverturned
)

_EVENT_OF: dict[Act, type[AnyEvent]] = {
    Act.APPLY: RulingApplied,
    Act.RETURN: ApplicationReturned,
    Act.ACCEPT: ApplicationAccepted,
    Act.REFUSE: RulingRefused,
    Act.WITHDRAW: ApplicationWithdrawn,
    Act.ASK: ApplicantAsked,
    Act.ANSWER: ApplicantAnswered,
    Act.CONSULT: ConsultationSought,
    Act.ADVISE: AdviceReceived,
    Act.DRAFT: RulingDrafted,
    Act.SEND_BACK: DraftSentBack,
    Act.ISSUE: RulingIssued,
    Act.PUBLISH: RulingPublished,
    Act.EXPIRE: RulingExpired,
    Act.CEASE: RulingCeased,
    Act.MODIFY: RulingModified,
    Act.REVOKE: RulingRevoked,
    Act.ANNUL: RulingAnnulled,
    Act.SEEK_REVIEW: ReviewSought,
    Act.UPHOLD: DecisionUpheld,
    Act.OVERTURN: DecisionOverturned,
}


def event_of(deed: Deed, *, ruling_id: str, version: int, state: State) -> AnyEvent:
    """The event that an act leaves, with those values of the act that its kind of event has a place for."""
    kind = _EVENT_OF[deed.act]
    offered: dict[str, Any] = msgspec.structs.asdict(deed)
    own = (*RulingEvent.__struct_fields__, *kind.__struct_fields__)
    carried = {name: offered[name] for name in own if name in offered}
    return kind(occurred_at=deed.at, ruling_id=ruling_id, version=version, state=state, **carried)
