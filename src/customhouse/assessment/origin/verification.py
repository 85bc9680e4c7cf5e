"""Verification: a proof of origin put to the authority that issued it, as one table of states and acts with the clocks of the agreement.

While the answer is awaited preference is suspended against security; without a reply in time it is denied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct

from customhouse.assessment.origin.agreement import VerificationTerms
from customhouse.kernel import months_after


class State(StrEnum):
    """Where a verification stands."""

    OPENED = "opened"
    ASKED = "asked"
    REMINDED = "reminded"
    REPLIED = "replied"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class Act(StrEnum):
    """What is done in a verification."""

    ASK = "ask"
    REMIND = "remind"
    RECEIVE_REPLY = "receive_reply"
    ASK_AGAIN = "ask_again"
    CONFIRM = "confirm"
    DENY = "deny"
    DENY_WITHOUT_REPLY = "deny_without_reply"


class Reason(StrEnum):
    """Why it was opened."""

    RANDOM = "random"
    DOUBT = "doubt"


class Preference(StrEnum):
    """What becomes of the preference while a verification stands so."""

    SUSPENDED = "suspended_against_security"
    GRANTED = "granted"
    DENIED = "denied"


class Guard(StrEnum):
    """What must hold beside the state."""

    NONE = ""
    REMINDER_DUE = "the reminder is due"
    REPLY_OVERDUE = "the time to reply is over"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from a state, by an act, to a state, and the preference there."""

    source: State
    act: Act
    target: State
    preference: Preference
    guard: Guard = Guard.NONE


_WAITING = (State.ASKED, State.REMINDED)
TRANSITIONS = (
    Transition(State.OPENED, Act.ASK, State.ASKED, Preference.SUSPENDED),
    Transition(State.ASKED, Act.REMIND, State.REMINDED, Preference.SUSPENDED, Guard.REMINDER_DUE),
    *(
        row
        for source in _WAITING
        for row in (
            Transition(source, Act.RECEIVE_REPLY, State.REPLIED, Preference.SUSPENDED),
            Transition(source, Act.DENY_WITHOUT_REPLY, State.DENIED, Preference.DENIED, Guard.REPLY_OVERDUE),
        )
    ),
    Transition(State.REPLIED, Act.ASK_AGAIN, State.ASKED, Preference.SUSPENDED),
    Transition(State.REPLIED, Act.CONFIRM, State.CONFIRMED, Preference.GRANTED),
    Transition(State.REPLIED, Act.DENY, State.DENIED, Preference.DENIED),
)
_ROWS: Mapping[tuple[State, Act], Transition] = {(row.source, row.act): row for row in TRANSITIONS}


class VerificationRefusedError(Exception):
    """The act is not allowed in this state, or not yet."""


class Verification(Struct, frozen=True, kw_only=True):
    """One proof under verification."""

    proof_number: str
    reason: Reason
    terms: VerificationTerms = VerificationTerms()
    state: State = State.OPENED
    preference: Preference = Preference.SUSPENDED
    asked_on: date | None = None

    @property
    def reminder_on(self) -> date | None:
        """The day from which a reminder may go out."""
        return None if self.asked_on is None else months_after(self.asked_on, self.terms.reminder_months)

    @property
    def reply_by(self) -> date | None:
        """The last day of the time to reply; preference may be denied after it."""
        return None if self.asked_on is None else months_after(self.asked_on, self.terms.reply_months)


def acts_open(verification: Verification, *, on: date) -> tuple[Act, ...]:
    """What may be done on the day."""
    return tuple(act for (source, act), row in _ROWS.items() if source is verification.state and _holds(row.guard, verification, on=on))


def advance(verification: Verification, act: Act, *, on: date) -> Verification:
    """The verification after an act; refuses with `VerificationRefusedError`."""
    row = _ROWS.get((verification.state, act))
    if row is None:
        raise VerificationRefusedError(f"{act} is no act while the verification is {verification.state}")
    if not _holds(row.guard, verification, on=on):
        raise VerificationRefusedError(f"{act} is allowed once {row.guard}: from {_due(row.guard, verification)}")
    asked = on if act in {Act.ASK, Act.ASK_AGAIN} else verification.asked_on
    return msgspec.structs.replace(verification, state=row.target, preference=row.preference, asked_on=asked)


def _due(guard: Guard, verification: Verification) -> date | None:
    return verification.reminder_on if guard is Guard.REMINDER_DUE else verification.reply_by


def _holds(guard: Guard, verification: Verification, *, on: date) -> bool:
    due = _due(guard, verification)
    if guard is Guard.NONE:
        return True
    return due is not None and (on > due if guard is Guard.REPLY_OVERDUE else on >= due)
