"""Review: what becomes of a lead, from its assignment to its closing; nobody is found at fault unheard, or on nothing.

A table says which act leads from which state to which. Another says what each closing needs. No act is done by the officer's own office,
and none by whoever it concerns except the reply.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from customhouse.saying import Refusal, saying


class ReviewState(StrEnum):
    """Where a lead stands."""

    OPEN = "lead_open"
    ASSIGNED = "lead_assigned"
    PUT = "lead_put"
    HEARD = "lead_heard"
    FOUNDED = "lead_founded"
    UNFOUNDED = "lead_unfounded"


class ReviewAct(StrEnum):
    """What is done to a lead."""

    ASSIGN = "assign_lead"
    PUT = "put_to_officer"
    REPLY = "reply_to_lead"
    RECORD_HEARING = "record_hearing"
    FIND_FOUNDED = "close_founded"
    FIND_UNFOUNDED = "close_unfounded"


class Party(StrEnum):
    """Who does an act."""

    INTEGRITY = "integrity office"
    REVIEWER = "reviewer"
    OFFICER = "officer concerned"


TRANSITIONS: dict[tuple[ReviewState, ReviewAct], tuple[Party, ReviewState]] = {
    (ReviewState.OPEN, ReviewAct.ASSIGN): (Party.INTEGRITY, ReviewState.ASSIGNED),
    (ReviewState.ASSIGNED, ReviewAct.ASSIGN): (Party.INTEGRITY, ReviewState.ASSIGNED),
    (ReviewState.ASSIGNED, ReviewAct.PUT): (Party.REVIEWER, ReviewState.PUT),
    (ReviewState.ASSIGNED, ReviewAct.FIND_UNFOUNDED): (Party.REVIEWER, ReviewState.UNFOUNDED),
    (ReviewState.PUT, ReviewAct.REPLY): (Party.OFFICER, ReviewState.HEARD),
    (ReviewState.PUT, ReviewAct.RECORD_HEARING): (Party.REVIEWER, ReviewState.HEARD),
    (ReviewState.PUT, ReviewAct.FIND_UNFOUNDED): (Party.REVIEWER, ReviewState.UNFOUNDED),
    (ReviewState.HEARD, ReviewAct.REPLY): (Party.OFFICER, ReviewState.HEARD),
    (ReviewState.HEARD, ReviewAct.FIND_FOUNDED): (Party.REVIEWER, ReviewState.FOUNDED),
    (ReviewState.HEARD, ReviewAct.FIND_UNFOUNDED): (Party.REVIEWER, ReviewState.UNFOUNDED),
}
"""Who may do what in which state, and where it leads; what is not here is refused."""

NEEDED: dict[ReviewState, tuple[str, ...]] = {
    ReviewState.FOUNDED: ("evidence", "put", "reply", "conclusion"),
    ReviewState.UNFOUNDED: ("conclusion",),
}
"""What must be on record before a lead is closed so."""


class ReviewRefusedError(Refusal):
    """The act is not allowed to this person, or not now; the message says why."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A lead under review: whom it concerns and at which offices, how many events speak for it, and what was said."""

    officer: str
    offices: frozenset[str]
    evidence: int
    state: ReviewState = ReviewState.OPEN
    reviewer: str = ""
    put: str = ""
    put_at: datetime | None = None
    reply: str = ""
    conclusion: str = ""
    closed_at: datetime | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """An act: by whom, from which offices, in which words; `reviewer` and `reviewer_offices` are of whom it is assigned to."""

    act: ReviewAct
    by: str
    at: datetime
    is_integrity: bool = False
    text: str = ""
    reviewer: str = ""
    reviewer_offices: frozenset[str] = frozenset()


def after(review: Review, step: Step, *, reply_days: int) -> Review:
    """The review after an act; refuses with `ReviewRefusedError`."""
    party, state = TRANSITIONS.get((review.state, step.act), (None, review.state))
    if party is None:
        raise ReviewRefusedError("{act} is not open while the lead is {state}", act=step.act, state=review.state)
    if not _is_party(review, party, step.by, is_integrity=step.is_integrity):
        raise ReviewRefusedError("{act} is for the {party}", act=step.act, party=party)
    _require(review, step, reply_days=reply_days)
    done = msgspec.structs.replace(_recorded(review, step), state=state)
    if lacking := [name for name in NEEDED.get(state, ()) if not getattr(done, name)]:
        raise ReviewRefusedError(
            "a lead is not closed as {state} without its {lacking}", between=" and its ", state=state, lacking=map(saying, lacking)
        )
    return done


def open_acts(review: Review, *, by: str, is_integrity: bool) -> tuple[ReviewAct, ...]:
    """What the person may do now, as far as it depends on the person."""
    rows = TRANSITIONS.items()
    return tuple(
        act for (state, act), (party, _) in rows if state is review.state and _is_party(review, party, by, is_integrity=is_integrity)
    )


def delete_on(review: Review, *, keep_unfounded_days: int) -> date | None:
    """The day on which a lead that was not founded is to be forgotten; none for others."""
    if review.state is not ReviewState.UNFOUNDED or review.closed_at is None:
        return None
    return review.closed_at.date() + timedelta(days=keep_unfounded_days)


def _is_party(review: Review, party: Party, by: str, *, is_integrity: bool) -> bool:
    """Whether the person acts as this party; whom the lead concerns acts as the officer concerned alone."""
    if party is Party.OFFICER or by == review.officer:
        return party is Party.OFFICER and by == review.officer
    return is_integrity if party is Party.INTEGRITY else by == review.reviewer


def _require(review: Review, step: Step, *, reply_days: int) -> None:
    if not step.text.strip() and step.act is not ReviewAct.ASSIGN:
        raise ReviewRefusedError("{act} needs words", act=step.act)
    if step.act is ReviewAct.ASSIGN:
        if not step.reviewer or step.reviewer == review.officer:
            raise ReviewRefusedError("name a reviewer who is not the officer concerned")
        if shared := review.offices & step.reviewer_offices:
            raise ReviewRefusedError("the reviewer works at {offices}: name one from outside the office", offices=sorted(shared))
    if step.act is ReviewAct.RECORD_HEARING:
        assert review.put_at is not None, "what was put to the officer has its instant"
        if step.at < review.put_at + timedelta(days=reply_days):
            raise ReviewRefusedError(
                "the officer has {days} days to reply; a hearing is recorded by the reviewer only after them", days=reply_days
            )


def _recorded(review: Review, step: Step) -> Review:
    match step.act:
        case ReviewAct.ASSIGN:
            return msgspec.structs.replace(review, reviewer=step.reviewer)
        case ReviewAct.PUT:
            return msgspec.structs.replace(review, put=step.text, put_at=step.at)
        case ReviewAct.REPLY | ReviewAct.RECORD_HEARING:
            return msgspec.structs.replace(review, reply=f"{review.reply}\n\n{step.text}".strip())
        case _:
            return msgspec.structs.replace(review, conclusion=step.text, closed_at=step.at)
