"""Life-cycle of a ruling: the one table of states and acts, from which the code runs, the diagram is drawn and the tests are made.

A row says: in this state, this act by one of these roles leads to that state, if the guard lets it. The clock of the law runs from
acceptance and stands still while the applicant is asked (TFA Article 3.1).
"""

from dataclasses import dataclass
from enum import StrEnum

from customhouse.tariff.ruling.act import Act, Role


class State(StrEnum):
    """Where an application, or the ruling it became, stands."""

    DRAFT = "draft"
    APPLIED = "applied"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ASKED = "asked"
    CONSULTED = "consulted"
    DRAFTED = "drafted"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CEASED = "ceased"
    MODIFIED = "modified"
    REVOKED = "revoked"
    ANNULLED = "annulled"


class Guard(StrEnum):
    """What must hold before an act, beside the state; each is a predicate in `guard.py`."""

    NONE = ""
    GROUND_TO_REFUSE = "the question is pending before, or was decided by, an agency, a tribunal or a court"
    GROUND_TO_ANNUL = "the information given was incomplete, incorrect, false or misleading"
    ANOTHER_PERSON = "somebody else than the author of the draft does it"
    REVIEWED_BY_ANOTHER = "a review is open, and somebody else than who decided before decides it"
    NO_REVIEW_OPEN = "no review is open"
    NOT_PUBLISHED = "it is not published yet"
    TERM_OVER = "its term is over"
    NOTICE_GIVEN = "the day on which it takes effect is named, and is not past"
    REPLACED = "the ruling that takes its place is named, and the day on which it does"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from a state, by an act of one of the roles, to a state; `target` is nothing where the state stays."""

    source: State
    act: Act
    target: State | None
    roles: tuple[Role, ...]
    guard: Guard = Guard.NONE
    reason_required: bool = False
    legal_basis: str = ""


_APPLICANT, _SUPERVISOR, _RULE = (Role.APPLICANT,), (Role.SUPERVISOR,), (Role.SYSTEM,)
_CUSTOMS = (Role.OFFICER, Role.SUPERVISOR)
_ISSUES = "RKC GA 9.9; TFA 3.1"
_OPEN = (State.APPLIED, State.RETURNED, State.ACCEPTED, State.ASKED, State.CONSULTED, State.DRAFTED)


def _application() -> tuple[Transition, ...]:
    return (
        Transition(State.DRAFT, Act.APPLY, State.APPLIED, _APPLICANT, legal_basis="TFA 3.9(a)"),
        Transition(State.RETURNED, Act.APPLY, State.APPLIED, _APPLICANT, legal_basis="TFA 3.6(a)"),
        Transition(State.APPLIED, Act.RETURN, State.RETURNED, _CUSTOMS, reason_required=True, legal_basis="TFA 3.6(a)"),
        Transition(State.APPLIED, Act.ACCEPT, State.ACCEPTED, _CUSTOMS, legal_basis="TFA 3.1"),
        *(
            Transition(state, Act.REFUSE, State.REFUSED, _CUSTOMS, Guard.GROUND_TO_REFUSE, reason_required=True, legal_basis="TFA 3.2")
            for state in (State.APPLIED, State.ACCEPTED)
        ),
        *(Transition(state, Act.WITHDRAW, State.WITHDRAWN, _APPLICANT, legal_basis="TFA 3.1") for state in _OPEN),
    )


def _examination() -> tuple[Transition, ...]:
    return (
        Transition(State.ACCEPTED, Act.ASK, State.ASKED, _CUSTOMS, reason_required=True, legal_basis="RKC GA 9.9"),
        Transition(State.ASKED, Act.ANSWER, State.ACCEPTED, _APPLICANT, reason_required=True, legal_basis="RKC GA 9.9"),
        Transition(State.ACCEPTED, Act.CONSULT, State.CONSULTED, _CUSTOMS, reason_required=True, legal_basis="RKC GA 9.9"),
        Transition(State.CONSULTED, Act.ADVISE, State.ACCEPTED, _CUSTOMS, reason_required=True, legal_basis="RKC GA 9.9"),
        Transition(State.ACCEPTED, Act.DRAFT, State.DRAFTED, _CUSTOMS, legal_basis=_ISSUES),
        Transition(State.DRAFTED, Act.DRAFT, State.DRAFTED, _CUSTOMS, legal_basis=_ISSUES),
        Transition(State.DRAFTED, Act.SEND_BACK, State.ACCEPTED, _CUSTOMS, Guard.ANOTHER_PERSON, reason_required=True, legal_basis=_ISSUES),
        Transition(State.DRAFTED, Act.ISSUE, State.ISSUED, _SUPERVISOR, Guard.ANOTHER_PERSON, legal_basis="TFA 3.1, 3.5"),
    )


def _ruling() -> tuple[Transition, ...]:
    ended = (State.EXPIRED, State.CEASED, State.MODIFIED, State.REVOKED)
    return (
        *(
            Transition(state, Act.PUBLISH, None, (*_CUSTOMS, Role.SYSTEM), Guard.NOT_PUBLISHED, legal_basis="TFA 3.8")
            for state in (State.ISSUED, *ended)
        ),
        Transition(State.ISSUED, Act.EXPIRE, State.EXPIRED, _RULE, Guard.TERM_OVER, legal_basis="TFA 3.3"),
        Transition(
            State.ISSUED,
            Act.CEASE,
            State.CEASED,
            (*_SUPERVISOR, *_RULE),
            Guard.NOTICE_GIVEN,
            reason_required=True,
            legal_basis="TFA 3.3; HS Convention, Art 16",
        ),
        Transition(State.ISSUED, Act.MODIFY, State.MODIFIED, _SUPERVISOR, Guard.REPLACED, reason_required=True, legal_basis="TFA 3.4"),
        Transition(State.ISSUED, Act.REVOKE, State.REVOKED, _SUPERVISOR, Guard.NOTICE_GIVEN, reason_required=True, legal_basis="TFA 3.4"),
        Transition(
            State.ISSUED, Act.ANNUL, State.ANNULLED, _SUPERVISOR, Guard.GROUND_TO_ANNUL, reason_required=True, legal_basis="TFA 3.4"
        ),
    )


def _review() -> tuple[Transition, ...]:
    decided = (State.ISSUED, State.MODIFIED, State.REVOKED, State.ANNULLED, State.REFUSED)
    law = "TFA 3.7; RKC GA 10"
    return (
        *(
            Transition(state, Act.SEEK_REVIEW, None, _APPLICANT, Guard.NO_REVIEW_OPEN, reason_required=True, legal_basis=law)
            for state in decided
        ),
        *(
            Transition(state, Act.UPHOLD, None, _SUPERVISOR, Guard.REVIEWED_BY_ANOTHER, reason_required=True, legal_basis=law)
            for state in decided
        ),
        *(
            Transition(state, Act.OVERTURN, target, _SUPERVISOR, Guard.REVIEWED_BY_ANOTHER, reason_required=True, legal_basis=law)
            for state, target in zip(decided, (State.ACCEPTED, State.ISSUED, State.ISSUED, State.ISSUED, State.ACCEPTED), strict=True)
        ),
    )


TRANSITIONS: tuple[Transition, ...] = (*_application(), *_examination(), *_ruling(), *_review())
