"""Life-cycle: the one table of states and acts, from which the code runs, the diagram is drawn and the tests are made.

A row says: in this state, this act by one of these roles leads to that state, if the guard lets it. Release and clearance are
two instants (RKC General Annex, chapter 2): release lets the goods go, clearance means that nothing remains to be done.
"""

from dataclasses import dataclass
from enum import StrEnum

from customhouse.clearance.act import Act, Role


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    STORED = "stored"
    PRELODGED = "prelodged"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    DOCUMENTS_REQUESTED = "documents_requested"
    QUERIED = "queried"
    EXAMINATION_ORDERED = "examination_ordered"
    EXAMINED = "examined"
    ASSESSED = "assessed"
    PAID = "paid"
    SECURED = "secured"
    RELEASED = "released"
    EXITED = "exited"
    INVALIDATED = "invalidated"
    SEIZED = "seized"

    @property
    def transitions(self) -> tuple["Transition", ...]:
        """The rows of the table that start here."""
        return tuple(row for row in TRANSITIONS if row.source is self)


class Guard(StrEnum):
    """What must hold of the case before an act, beside its state; each is a predicate in `guard.py`."""

    NONE = ""
    DETERMINED = "every line is determined, and the security asked for is given"
    COVERED = "what is payable is paid in full"
    SECURITY_COVERS = "the security covers what is payable and unpaid"
    STILL_COVERED = "what was paid or secured covers what is payable by the answer"
    RESULT_GIVEN = "the examination has a result code"
    NOT_UNDER_NOTICE = "no examination or query has been notified"
    GROUNDS_AFTER_RELEASE = "the ground is one of those that the law lists for goods already released"
    MAY_LIGHTEN = "the lane was not drawn at random, or the new lane is not lighter"
    ITEMS_LEFT = "the items named are not released yet"
    SECURED = "the items named are not released yet, and the security that the law or a doubted value asks for is given"
    STILL_PAID = "what is paid covers what is payable now"


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


_DECLARANT = (Role.TRADER, Role.BROKER)
_CUSTOMS = (Role.OFFICER, Role.SUPERVISOR)
_RULE = (Role.SYSTEM,)
_ANY_CUSTOMS = (*_CUSTOMS, Role.SYSTEM)

_BEFORE_CONTROL = (State.ACCEPTED, State.ASSESSED, State.PAID, State.SECURED)
_UNDER_CONTROL = (State.DOCUMENTS_REQUESTED, State.QUERIED, State.EXAMINATION_ORDERED, State.EXAMINED)
_HELD = (*_BEFORE_CONTROL, *_UNDER_CONTROL)
_ANSWERED = (State.ACCEPTED, State.ASSESSED, State.RELEASED)


def _lodging() -> tuple[Transition, ...]:
    return (
        Transition(State.DRAFT, Act.STORE, State.STORED, _DECLARANT),
        Transition(State.STORED, Act.STORE, State.STORED, _DECLARANT),
        Transition(State.REJECTED, Act.STORE, State.STORED, _DECLARANT),
        *(
            row
            for source in (State.DRAFT, State.STORED)
            for row in (
                Transition(source, Act.PRELODGE, State.PRELODGED, _DECLARANT, legal_basis="RKC GA 3.25; TFA 7.1"),
                Transition(source, Act.ACCEPT, State.ACCEPTED, _RULE, legal_basis="RKC GA 3.26"),
                Transition(source, Act.REJECT, State.REJECTED, _RULE, reason_required=True, legal_basis="RKC GA 3.28"),
            )
        ),
        Transition(State.PRELODGED, Act.PRESENT, State.ACCEPTED, (*_DECLARANT, *_ANY_CUSTOMS), legal_basis="RKC GA 3.25"),
        Transition(State.PRELODGED, Act.REJECT, State.REJECTED, _RULE, reason_required=True, legal_basis="RKC GA 3.28"),
        Transition(State.PRELODGED, Act.ASSIGN_LANE, None, _RULE, legal_basis="RKC GA 6.4"),
    )


def _control() -> tuple[Transition, ...]:
    open_to_control = (State.ACCEPTED, State.ASSESSED, State.PAID, State.SECURED, State.EXAMINED)
    return (
        Transition(State.ACCEPTED, Act.ASSIGN_LANE, None, _RULE, legal_basis="RKC GA 6.4; TFA 7.4"),
        *(
            Transition(state, Act.REROUTE, None, (Role.SUPERVISOR,), Guard.MAY_LIGHTEN, reason_required=True, legal_basis="RKC GA 6.4")
            for state in _HELD
        ),
        *(
            row
            for state in open_to_control
            for row in (
                Transition(state, Act.REQUEST_DOCUMENTS, State.DOCUMENTS_REQUESTED, _ANY_CUSTOMS, legal_basis="RKC GA 3.16"),
                Transition(state, Act.QUERY, State.QUERIED, _CUSTOMS, reason_required=True, legal_basis="RKC GA 3.16"),
                Transition(state, Act.ORDER_EXAMINATION, State.EXAMINATION_ORDERED, _ANY_CUSTOMS, legal_basis="RKC GA 3.33"),
            )
        ),
        Transition(State.DOCUMENTS_REQUESTED, Act.RECEIVE_DOCUMENTS, State.ACCEPTED, (*_DECLARANT, *_CUSTOMS), legal_basis="RKC GA 3.17"),
        Transition(State.DOCUMENTS_REQUESTED, Act.ORDER_EXAMINATION, State.EXAMINATION_ORDERED, _CUSTOMS, legal_basis="RKC GA 3.33"),
        Transition(State.QUERIED, Act.ANSWER, State.ACCEPTED, _DECLARANT, legal_basis="RKC GA 3.16"),
        Transition(State.QUERIED, Act.ORDER_EXAMINATION, State.EXAMINATION_ORDERED, _CUSTOMS, legal_basis="RKC GA 3.33"),
        Transition(
            State.EXAMINATION_ORDERED, Act.RECORD_EXAMINATION, State.EXAMINED, _CUSTOMS, Guard.RESULT_GIVEN, legal_basis="RKC GA 3.33-3.38"
        ),
        *(Transition(state, Act.SEIZE, State.SEIZED, _CUSTOMS, reason_required=True, legal_basis="RKC SA H.1") for state in _HELD),
    )


def _release() -> tuple[Transition, ...]:
    assessable = (State.ACCEPTED, State.EXAMINED)
    return (
        *(Transition(state, Act.ASSESS, State.ASSESSED, _ANY_CUSTOMS, legal_basis="RKC GA 4.1") for state in assessable),
        Transition(State.ASSESSED, Act.PAY, State.PAID, (*_DECLARANT, *_ANY_CUSTOMS), Guard.COVERED, legal_basis="RKC GA 4.6"),
        Transition(
            State.ASSESSED,
            Act.SECURE,
            State.SECURED,
            (*_DECLARANT, *_ANY_CUSTOMS),
            Guard.SECURITY_COVERS,
            legal_basis="RKC GA 5.1; TFA 7.3",
        ),
        Transition(State.SECURED, Act.PAY, State.PAID, (*_DECLARANT, *_ANY_CUSTOMS), Guard.COVERED, legal_basis="RKC GA 4.6"),
        Transition(State.RELEASED, Act.PAY, None, (*_DECLARANT, *_ANY_CUSTOMS), Guard.COVERED, legal_basis="RKC GA 4.6"),
        Transition(State.PAID, Act.RELEASE, State.RELEASED, _ANY_CUSTOMS, Guard.DETERMINED, legal_basis="RKC GA 3.40"),
        Transition(State.SECURED, Act.RELEASE, State.RELEASED, _ANY_CUSTOMS, Guard.SECURED, legal_basis="RKC GA 3.41; TFA 7.3; VAL Art 13"),
        Transition(State.RELEASED, Act.CONFIRM_EXIT, State.EXITED, _ANY_CUSTOMS, legal_basis="RKC GA 3.40"),
    )


def _changes() -> tuple[Transition, ...]:
    return (
        Transition(State.PRELODGED, Act.AMEND, State.PRELODGED, _DECLARANT, legal_basis="RKC GA 3.27"),
        *(
            Transition(
                state, Act.AMEND, State.ACCEPTED, _DECLARANT, Guard.NOT_UNDER_NOTICE, reason_required=True, legal_basis="RKC GA 3.27"
            )
            for state in _BEFORE_CONTROL
        ),
        *(Transition(state, Act.AMEND, State.ACCEPTED, _CUSTOMS, reason_required=True, legal_basis="RKC GA 3.27") for state in _HELD),
        *(Transition(state, Act.ALLOT, None, _RULE, legal_basis="GATT 1994, Art XIII") for state in (*_UNDER_CONTROL, *_ANSWERED)),
        *(
            row
            for state in (State.PAID, State.SECURED)
            for row in (
                Transition(state, Act.ALLOT, None, _RULE, Guard.STILL_COVERED, legal_basis="GATT 1994, Art XIII"),
                Transition(state, Act.ALLOT, State.ASSESSED, _RULE, legal_basis="GATT 1994, Art XIII"),
            )
        ),
        Transition(State.PRELODGED, Act.INVALIDATE, State.INVALIDATED, (*_DECLARANT, *_ANY_CUSTOMS), legal_basis="RKC GA 3.29"),
        *(
            Transition(
                state,
                Act.INVALIDATE,
                State.INVALIDATED,
                _DECLARANT,
                Guard.NOT_UNDER_NOTICE,
                reason_required=True,
                legal_basis="RKC GA 3.29",
            )
            for state in _BEFORE_CONTROL
        ),
        *(
            Transition(state, Act.INVALIDATE, State.INVALIDATED, _CUSTOMS, reason_required=True, legal_basis="RKC GA 3.29")
            for state in _HELD
        ),
        Transition(
            State.RELEASED,
            Act.INVALIDATE,
            State.INVALIDATED,
            _CUSTOMS,
            Guard.GROUNDS_AFTER_RELEASE,
            reason_required=True,
            legal_basis="RKC GA 3.29",
        ),
    )


def _valuation() -> tuple[Transition, ...]:
    """A doubt about a value holds the goods until it is secured; the procedure itself is a table of its own."""
    after = (State.RELEASED, State.EXITED)
    decided = tuple(state for state in (*_HELD, *after) if state is not State.PAID)
    secured = (*_DECLARANT, *_ANY_CUSTOMS)
    law, basis = "VAL Decision 6.1", "VAL Art 1 to 8"
    return (
        *(Transition(state, Act.DOUBT_VALUE, None, _CUSTOMS, reason_required=True, legal_basis=law) for state in _HELD),
        *(Transition(state, Act.ADVANCE_DOUBT, None, (*_DECLARANT, *_CUSTOMS), legal_basis=law) for state in (*_HELD, *after)),
        *(Transition(state, Act.DETERMINE_VALUE, None, _CUSTOMS, reason_required=True, legal_basis=basis) for state in decided),
        Transition(State.PAID, Act.DETERMINE_VALUE, None, _CUSTOMS, Guard.STILL_PAID, reason_required=True, legal_basis=basis),
        Transition(State.PAID, Act.DETERMINE_VALUE, State.ASSESSED, _CUSTOMS, reason_required=True, legal_basis=basis),
        Transition(State.PAID, Act.SECURE, State.SECURED, secured, Guard.SECURITY_COVERS, legal_basis="RKC GA 5.1; VAL Art 13"),
        Transition(State.SECURED, Act.SECURE, None, secured, Guard.SECURITY_COVERS, legal_basis="RKC GA 5.1; VAL Art 13"),
    )


TRANSITIONS: tuple[Transition, ...] = (*_lodging(), *_control(), *_release(), *_changes(), *_valuation())
TOLD = frozenset({State.ASSESSED, State.PAID, State.SECURED, State.RELEASED, State.EXITED})  # where what is payable has been told
