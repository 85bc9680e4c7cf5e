"""Life-cycle of a project: one table of states and acts, after the phases of identification, preparation, implementation and evaluation."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a project stands."""

    IDEA = "idea"
    PREPARED = "prepared"
    APPRAISED = "appraised"
    AGREED = "agreed"
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    EVALUATED = "evaluated"
    CLOSED = "closed"
    DROPPED = "dropped"


class Move(StrEnum):
    """What is done with a project."""

    PREPARE = "prepare"
    APPRAISE = "appraise"
    AGREE = "agree"
    START = "start"
    SUSPEND = "suspend"
    RESUME = "resume"
    COMPLETE = "complete"
    EVALUATE = "evaluate"
    CLOSE = "close"
    DROP = "drop"


class Guard(StrEnum):
    """What must hold before a move, beside the state."""

    NONE = ""
    SOUND = "no finding of the log frame or the business case is an error"
    FUNDED = "the budget is covered, and every tranche has its condition"
    EVALUATED = "somebody independent of the project has evaluated it"
    LEARNED = "a lesson is written down, and every report is delivered"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from a state by a move to a state, if the guard lets it."""

    source: State
    move: Move
    target: State
    guard: Guard = Guard.NONE
    reason_required: bool = False


TRANSITIONS = (
    Transition(State.IDEA, Move.PREPARE, State.PREPARED, Guard.SOUND),
    Transition(State.IDEA, Move.DROP, State.DROPPED, reason_required=True),
    Transition(State.PREPARED, Move.APPRAISE, State.APPRAISED, Guard.SOUND),
    Transition(State.PREPARED, Move.DROP, State.DROPPED, reason_required=True),
    Transition(State.APPRAISED, Move.AGREE, State.AGREED, Guard.FUNDED),
    Transition(State.APPRAISED, Move.DROP, State.DROPPED, reason_required=True),
    Transition(State.AGREED, Move.START, State.RUNNING, Guard.FUNDED),
    Transition(State.RUNNING, Move.SUSPEND, State.SUSPENDED, reason_required=True),
    Transition(State.SUSPENDED, Move.RESUME, State.RUNNING, reason_required=True),
    Transition(State.RUNNING, Move.COMPLETE, State.COMPLETED),
    Transition(State.COMPLETED, Move.EVALUATE, State.EVALUATED, Guard.EVALUATED),
    Transition(State.EVALUATED, Move.CLOSE, State.CLOSED, Guard.LEARNED),
)
