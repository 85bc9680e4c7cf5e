"""Procedure: the one table of states and acts of a doubt about a declared value (WTO Valuation Agreement, Decision 6.1).

A row says: in this state, this act by that side leads to that state, if the guard lets it, and starts or stops the clock.
"""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who acts: customs, or the importer with those who act for it."""

    CUSTOMS = "customs"
    IMPORTER = "importer"


class DoubtState(StrEnum):
    """Where a doubt stands."""

    NONE = "none"
    DOUBTED = "doubted"
    EXPLANATION_ASKED = "explanation_asked"
    EXPLAINED = "explained"
    UNANSWERED = "unanswered"
    STILL_IN_DOUBT = "still_in_doubt"
    GROUNDS_REQUESTED = "grounds_requested"
    GROUNDS_COMMUNICATED = "grounds_communicated"
    HEARD = "heard"
    VALUE_ACCEPTED = "value_accepted"
    VALUE_REJECTED = "value_rejected"
    APPEALED = "appealed"


class DoubtAct(StrEnum):
    """What is done about a doubt."""

    DOUBT = "doubt"
    ASK = "ask"
    EXPLAIN = "explain"
    FIND_UNANSWERED = "find_unanswered"
    REMAIN_IN_DOUBT = "remain_in_doubt"
    REQUEST_GROUNDS = "request_grounds"
    COMMUNICATE_GROUNDS = "communicate_grounds"
    RESPOND = "respond"
    ACCEPT_VALUE = "accept_value"
    REJECT_VALUE = "reject_value"
    APPEAL = "appeal"
    REQUEST_EXPLANATION = "request_explanation"
    EXPLAIN_DECISION = "explain_decision"
    PAUSE = "pause"
    RESUME = "resume"


class Guard(StrEnum):
    """What must hold beside the state."""

    NONE = ""
    RUN_OUT = "the days for it have run out"
    IN_TIME = "the days for it have not run out"


class Period(StrEnum):
    """Whose clock an act starts; the number of days is data of the country."""

    NONE = ""
    ANSWER = "answer_days"
    REQUEST = "request_days"
    RESPONSE = "response_days"


CONSEQUENCE = {
    Period.ANSWER: "customs may go on without the explanation",
    Period.REQUEST: "customs may decide without telling its grounds beforehand",
    Period.RESPONSE: "customs may decide on what it has",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `target` is nothing where the state stays. `in_words` asks for a text, `shown` for evidence beside it."""

    source: DoubtState
    act: DoubtAct
    target: DoubtState | None
    side: Side
    guard: Guard = Guard.NONE
    in_words: bool = True
    shown: bool = False
    starts: Period = Period.NONE
    legal_basis: str = "VAL Decision 6.1"


_S, _A = DoubtState, DoubtAct
_BEFORE_DECISION = (_S.EXPLAINED, _S.UNANSWERED, _S.STILL_IN_DOUBT, _S.GROUNDS_REQUESTED, _S.GROUNDS_COMMUNICATED, _S.HEARD)
_WITH_CLOCK = (_S.EXPLANATION_ASKED, _S.STILL_IN_DOUBT, _S.GROUNDS_COMMUNICATED)
_DECIDED = (_S.VALUE_ACCEPTED, _S.VALUE_REJECTED, _S.APPEALED)


def _exchange() -> tuple[Row, ...]:
    customs, importer = Side.CUSTOMS, Side.IMPORTER
    return (
        Row(_S.NONE, _A.DOUBT, _S.DOUBTED, customs),
        Row(_S.DOUBTED, _A.ASK, _S.EXPLANATION_ASKED, customs, starts=Period.ANSWER),
        Row(_S.EXPLANATION_ASKED, _A.EXPLAIN, _S.EXPLAINED, importer),
        Row(_S.EXPLANATION_ASKED, _A.FIND_UNANSWERED, _S.UNANSWERED, customs, Guard.RUN_OUT, in_words=False),
        Row(_S.EXPLAINED, _A.REMAIN_IN_DOUBT, _S.STILL_IN_DOUBT, customs, starts=Period.REQUEST),
        Row(_S.UNANSWERED, _A.REMAIN_IN_DOUBT, _S.STILL_IN_DOUBT, customs, starts=Period.REQUEST),
        Row(_S.STILL_IN_DOUBT, _A.REQUEST_GROUNDS, _S.GROUNDS_REQUESTED, importer, Guard.IN_TIME, in_words=False),
        Row(_S.STILL_IN_DOUBT, _A.COMMUNICATE_GROUNDS, _S.GROUNDS_COMMUNICATED, customs, shown=True, starts=Period.RESPONSE),
        Row(_S.GROUNDS_REQUESTED, _A.COMMUNICATE_GROUNDS, _S.GROUNDS_COMMUNICATED, customs, shown=True, starts=Period.RESPONSE),
        Row(_S.GROUNDS_COMMUNICATED, _A.RESPOND, _S.HEARD, importer),
    )


def _decision() -> tuple[Row, ...]:
    customs, importer = Side.CUSTOMS, Side.IMPORTER
    return (
        Row(_S.DOUBTED, _A.ACCEPT_VALUE, _S.VALUE_ACCEPTED, customs),
        *(Row(state, _A.ACCEPT_VALUE, _S.VALUE_ACCEPTED, customs) for state in _BEFORE_DECISION),
        Row(_S.STILL_IN_DOUBT, _A.REJECT_VALUE, _S.VALUE_REJECTED, customs, Guard.RUN_OUT, shown=True),
        Row(_S.GROUNDS_COMMUNICATED, _A.REJECT_VALUE, _S.VALUE_REJECTED, customs, Guard.RUN_OUT, shown=True),
        Row(_S.HEARD, _A.REJECT_VALUE, _S.VALUE_REJECTED, customs, shown=True),
        Row(_S.VALUE_REJECTED, _A.APPEAL, _S.APPEALED, importer, legal_basis="VAL Art 11"),
        *(Row(state, _A.REQUEST_EXPLANATION, None, importer, in_words=False, legal_basis="VAL Art 16") for state in _DECIDED),
        *(Row(state, _A.EXPLAIN_DECISION, None, customs, legal_basis="VAL Art 16") for state in _DECIDED),
    )


def _clocks() -> tuple[Row, ...]:
    return tuple(
        row for state in _WITH_CLOCK for row in (Row(state, _A.PAUSE, None, Side.CUSTOMS), Row(state, _A.RESUME, None, Side.CUSTOMS))
    )


PROCEDURE: tuple[Row, ...] = (*_exchange(), *_decision(), *_clocks())
TURN = {  # whom the procedure waits for; once the importer's days have run out, for customs
    _S.DOUBTED: Side.CUSTOMS,
    _S.EXPLANATION_ASKED: Side.IMPORTER,
    _S.EXPLAINED: Side.CUSTOMS,
    _S.UNANSWERED: Side.CUSTOMS,
    _S.STILL_IN_DOUBT: Side.IMPORTER,
    _S.GROUNDS_REQUESTED: Side.CUSTOMS,
    _S.GROUNDS_COMMUNICATED: Side.IMPORTER,
    _S.HEARD: Side.CUSTOMS,
}
OPEN = frozenset(DoubtState) - frozenset({DoubtState.NONE, *_DECIDED})
