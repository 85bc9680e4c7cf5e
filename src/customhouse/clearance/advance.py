"""Advance: one act done to a case, by the table or not at all."""

from functools import cache

from customhouse.clearance import guard
from customhouse.clearance.act import Act, Deed, Role
from customhouse.clearance.case import Case, applied
from customhouse.clearance.event import AnyEvent, cleared, event_of
from customhouse.clearance.life_cycle import TRANSITIONS, State, Transition
from customhouse.saying import Refusal, saying

_MAKES_A_VERSION = frozenset({Act.AMEND, Act.ALLOT})


class RefusedError(Refusal):
    """An act is refused, and nothing has changed; the message says why."""


class NotAllowedNowError(RefusedError):
    """The act does not follow from where the declaration stands; the message says what is allowed instead, or what is missing."""


class NotYourActError(RefusedError):
    """The act is for another role."""


class ReasonRequiredError(RefusedError):
    """The act must be reasoned."""


@cache
def _rows(state: State, act: Act) -> tuple[Transition, ...]:
    return tuple(row for row in TRANSITIONS if row.source is state and row.act is act)


def allowed_acts(case: Case, role: Role) -> tuple[Act, ...]:
    """The acts that the table opens to a role where the case stands, in the table's order; guards are met when the act is done."""
    return tuple(dict.fromkeys(row.act for row in TRANSITIONS if row.source is case.state and role in row.roles))


def advance(case: Case, deed: Deed) -> tuple[Case, tuple[AnyEvent, ...]]:
    """The case after an act, and the events it leaves.

    Refuses with `NotAllowedNowError`, `NotYourActError` or `ReasonRequiredError`, and then nothing has changed.
    """
    row = _row(case, deed)
    items = deed.items or case.unreleased_items
    version = case.version + (deed.act in _MAKES_A_VERSION)
    happened = event_of(deed, declaration_id=case.declaration_id, version=version, state=_target(row, case, items), items=items)
    after = applied(case, happened)
    if not _is_cleared(after):
        return after, (happened,)
    last = cleared(happened, at=deed.at, security=after.secured)
    return applied(after, last), (happened, last)


def _row(case: Case, deed: Deed) -> Transition:
    rows = _rows(case.state, deed.act)
    if not rows:
        allowed = allowed_acts(case, deed.role) or saying("nothing")
        raise NotAllowedNowError(
            "{act} is not possible while the declaration is {state}; a {role} can do: {allowed}",
            act=deed.act,
            state=case.state,
            role=deed.role,
            allowed=allowed,
        )
    mine = [row for row in rows if deed.role in row.roles]
    if not mine:
        roles = dict.fromkeys(role for row in rows for role in row.roles)
        raise NotYourActError("{act} is for {roles}, not for a {role}", act=deed.act, roles=roles, role=deed.role)
    if all(row.reason_required for row in mine) and not deed.reason.strip():
        raise ReasonRequiredError("{act} needs a reason", act=deed.act)
    for row in mine:
        if guard.holds(row.guard, case, deed=deed):
            return row
    raise NotAllowedNowError("{act} is not possible now: it needs that {guard}", act=deed.act, guard=mine[0].guard)


def _target(row: Transition, case: Case, items: tuple[int, ...]) -> State:
    """The state the row leads to; a release of some items only leaves the rest where they are."""
    if row.act is Act.RELEASE and set(items) < set(case.unreleased_items):
        return case.state
    return row.target or case.state


def _is_cleared(case: Case) -> bool:
    """Nothing remains to be done: all items released, everything determined and paid (RKC General Annex, chapter 2)."""
    return (
        case.released_at is not None
        and case.cleared_at is None
        and not case.undetermined
        and not case.doubted_items
        and not case.security_due
        and case.outstanding == 0
    )
