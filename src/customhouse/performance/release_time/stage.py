"""Stage: the points that goods pass between arrival and removal, the segments between them, and whose turn each one is.

Stages and their order follow the WCO Guide to measure the time required for the release of goods (version 3); which event marks a
stage is ours. A segment belongs to the actor who can end it.
"""

from dataclasses import dataclass
from enum import StrEnum

from customhouse.clearance import State


class Actor(StrEnum):
    """Who can take the goods one step further."""

    CARRIER = "carrier"
    TERMINAL = "terminal"
    DECLARANT = "declarant"
    CUSTOMS = "customs"
    AGENCY = "agency"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class Stage:
    """A point in time of one declaration: the kind of event that marks it, the first of them or the last.

    With `or_reported`, somebody else's report marks it where customs saw nothing of its own; with `of_amount`, an event over
    nothing, as where nothing was owed, does not mark it.
    """

    name: str
    kind: str
    reported: str = ""
    is_last: bool = False
    or_reported: bool = False
    of_amount: bool = False


STAGES = (
    Stage("arrived", "StageReached", "arrived"),
    Stage("unloaded", "StageReached", "unloaded"),
    Stage("available", "StageReached", "available"),
    Stage("agency_asked", "StageReached", "agency_asked"),
    Stage("agency_decided", "StageReached", "agency_decided", is_last=True),
    Stage("prelodged", "DeclarationPrelodged"),
    Stage("accepted", "DeclarationAccepted"),
    Stage("documents_requested", "DocumentsRequested"),
    Stage("documents_received", "DocumentsReceived", is_last=True),
    Stage("queried", "DeclarantQueried"),
    Stage("answered", "QueryAnswered", is_last=True),
    Stage("examination_ordered", "ExaminationOrdered"),
    Stage("examined", "GoodsExamined", is_last=True),
    Stage("assessed", "DutyAssessed", is_last=True),
    Stage("paid", "PaymentRecorded", or_reported=True, of_amount=True),
    Stage("secured", "SecurityRecorded"),
    Stage("released", "GoodsReleased", is_last=True),
    Stage("cleared", "GoodsCleared"),
    Stage("removed", "StageReached", "removed"),
    Stage("invalidated", "DeclarationInvalidated"),
    Stage("seized", "GoodsSeized"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """The time from one stage to another, and whose it is; nobody's where several share it. `lodged` and `settled` are as in a passage."""

    start: str
    end: str
    actor: Actor | None = None

    @property
    def name(self) -> str:
        """As in `arrived to released`."""
        return f"{self.start} to {self.end}"


WHOLE = (
    Segment("arrived", "released"),
    Segment("arrived", "removed"),
    Segment("available", "released"),
    Segment("lodged", "released"),
    Segment("accepted", "released"),
)
PARTS = (
    Segment("arrived", "unloaded", Actor.CARRIER),
    Segment("unloaded", "available", Actor.TERMINAL),
    Segment("available", "lodged", Actor.DECLARANT),
    Segment("lodged", "accepted"),
    Segment("accepted", "assessed", Actor.CUSTOMS),
    Segment("documents_requested", "documents_received", Actor.DECLARANT),
    Segment("queried", "answered", Actor.DECLARANT),
    Segment("examination_ordered", "examined", Actor.CUSTOMS),
    Segment("agency_asked", "agency_decided", Actor.AGENCY),
    Segment("assessed", "settled", Actor.PAYER),
    Segment("settled", "released", Actor.CUSTOMS),
    Segment("released", "removed", Actor.DECLARANT),
)

TURN: dict[State, Actor] = {
    State.PRELODGED: Actor.DECLARANT,
    State.ACCEPTED: Actor.CUSTOMS,
    State.DOCUMENTS_REQUESTED: Actor.DECLARANT,
    State.QUERIED: Actor.DECLARANT,
    State.EXAMINATION_ORDERED: Actor.CUSTOMS,
    State.EXAMINED: Actor.CUSTOMS,
    State.ASSESSED: Actor.PAYER,
    State.PAID: Actor.CUSTOMS,
    State.SECURED: Actor.CUSTOMS,
    State.RELEASED: Actor.DECLARANT,
}
"""Whose turn it is while a declaration stands in a state; in every other, the story is over.

The turn of customs is that of another agency from when the first was asked until the last has decided:
customs cannot release before.
"""
