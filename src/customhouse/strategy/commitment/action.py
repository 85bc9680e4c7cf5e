"""Action: one step towards carrying a measure out: who does it by when, at what cost, with whose money, after which other step."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.saying import Saying, saying

_WHOLE = 100


class Progress(StrEnum):
    """Where an action stands."""

    DONE = "done"
    OVERDUE = "overdue"
    BLOCKED = "waits for another action"
    OPEN = "open"


class Action(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A step; `finding` is the bottleneck behind it, `after` the title of the one it waits for, `evidence` what shows that it is done."""

    title: str
    owner: str
    agency: str
    due_on: date
    finding: str = ""
    meeting: str = ""
    cost: Decimal | None = None
    currency: str = ""
    donor: str = ""
    after: str = ""
    evidence: str = ""
    per_cent: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left."""
        return self.per_cent >= _WHOLE

    def days_left(self, *, on: date) -> int:
        """The days until it is due; negative once it is late."""
        return (self.due_on - on).days

    def progress(self, others: Iterable["Action"], *, on: date) -> Progress:
        """Where it stands among the others."""
        if self.is_done:
            return Progress.DONE
        if self.days_left(on=on) < 0:
            return Progress.OVERDUE
        waits = any(each.title == self.after and not each.is_done for each in others)
        return Progress.BLOCKED if self.after and waits else Progress.OPEN

    def faults(self) -> tuple[Saying, ...]:
        """What is wrong with it as it was written."""
        found = []
        if not 0 <= self.per_cent <= _WHOLE:
            found.append(saying("the part that is done is between 0 and 100 per cent"))
        if self.is_done and not self.evidence:
            found.append(saying("an action that is done says what shows it"))
        if self.cost is not None and not (self.cost.is_finite() and self.cost >= 0 and self.currency):
            found.append(saying("a cost is not negative and has its currency"))
        return tuple(found)


def effort_remaining(actions: Iterable[Action], *, is_carried_out: bool) -> float | None:
    """The share of the work that is left, each action alike; nothing can be said where none is planned for what is not carried out."""
    if is_carried_out:
        return 0.0
    left = [_WHOLE - max(0, min(_WHOLE, each.per_cent)) for each in actions]
    return sum(left) / (_WHOLE * len(left)) if left else None
