"""Matter: what the registers hold, each kind as the document that it is, and who may state it."""

from datetime import date
from enum import StrEnum

import msgspec

from customhouse.saying import Saying, saying
from customhouse.strategy import commitment, digital


class Acceptance(StrEnum):
    """Whether a party to the Revised Kyoto Convention accepted a chapter or practice."""

    ACCEPTED = "accepted"
    RESERVED = "accepted with reservation"
    NOT_ACCEPTED = "not accepted"


class MemberStatus(StrEnum):
    """What kind of member of the WTO the country is, which sets the length of its clocks."""

    DEVELOPING = "developing"
    LEAST_DEVELOPED = "least_developed"


class Membership(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The country as a party to an agreement, and since when it binds."""

    member: str
    status: MemberStatus
    in_force: date


class Law(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The provision of national law that carries a measure out (de jure)."""

    provision: str
    in_force_on: date
    reference: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Evidence by hand, for what nothing measures."""

    title: str
    reference: str
    valid_until: date | None = None


class Position(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The country's position on a provision of a convention: acceptance, a reservation with its reason, the gap that is left."""

    acceptance: Acceptance
    since: date | None = None
    reason: str = ""
    gap: str = ""

    def faults(self) -> tuple[Saying, ...]:
        """A reservation without a reason is none."""
        is_reasoned = self.acceptance is Acceptance.ACCEPTED or self.reason
        return () if is_reasoned else (saying("a reservation or refusal gives its reason"),)


class CommitteeMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A member of the national committee on trade facilitation."""

    name: str
    agency: str
    duty: str = ""
    until: date | None = None


class Meeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A meeting of the committee: its agenda and, once it was held, who came, its minutes and decisions."""

    title: str
    held_on: date
    place: str = ""
    agenda: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    minutes: str = ""
    decisions: tuple[str, ...] = ()


class Kind(StrEnum):
    """The registers."""

    MEMBERSHIP = "membership"
    PLEDGE = "pledge"
    LAW = "law"
    EVIDENCE = "evidence"
    ACTION = "action"
    EXTENSION = "extension"
    SHIFT = "shift"
    ARRANGEMENT = "arrangement"
    POSITION = "position"
    NOTICE = "notice"
    COMMITTEE_MEMBER = "committee_member"
    MEETING = "meeting"
    LEGAL_BASIS = "legal_basis"
    DIGITAL_INSTRUMENT = "digital_instrument"


DOCUMENTS: dict[Kind, type[msgspec.Struct]] = {
    Kind.MEMBERSHIP: Membership,
    Kind.PLEDGE: commitment.Pledge,
    Kind.LAW: Law,
    Kind.EVIDENCE: Shown,
    Kind.ACTION: commitment.Action,
    Kind.EXTENSION: commitment.Extension,
    Kind.SHIFT: commitment.Shift,
    Kind.ARRANGEMENT: commitment.arrangement.Arrangement,
    Kind.POSITION: Position,
    Kind.NOTICE: commitment.NoticeGiven,
    Kind.COMMITTEE_MEMBER: CommitteeMember,
    Kind.MEETING: Meeting,
    Kind.LEGAL_BASIS: digital.LegalBasis,
    Kind.DIGITAL_INSTRUMENT: digital.DigitalInstrument,
}
ONE_A_SUBJECT = frozenset({Kind.MEMBERSHIP, Kind.PLEDGE, Kind.LAW, Kind.POSITION, Kind.NOTICE, Kind.LEGAL_BASIS, Kind.DIGITAL_INSTRUMENT})
"""The kinds of which a subject has one, that is changed; of the others it has as many as are stated."""

ABOUT = {
    Kind.MEMBERSHIP: "membership",
    Kind.PLEDGE: "tfa",
    Kind.EXTENSION: "tfa",
    Kind.SHIFT: "tfa",
    Kind.POSITION: "kyoto",
    Kind.NOTICE: "notice",
    Kind.COMMITTEE_MEMBER: "committee",
    Kind.MEETING: "committee",
    Kind.LEGAL_BASIS: "decision",
    Kind.DIGITAL_INSTRUMENT: "portfolio",
}
"""What the subject of a kind begins with, where it is not any provision of any agreement."""
