"""Advance: one act done to a case, by the table or not at all."""

from customhouse.saying import Refusal, saying
from customhouse.tariff.ruling import guard
from customhouse.tariff.ruling.act import Act, Deed
from customhouse.tariff.ruling.case import Case, applied
from customhouse.tariff.ruling.event import AnyEvent, event_of
from customhouse.tariff.ruling.life_cycle import TRANSITIONS, Transition

_NEW_VERSION = (Act.APPLY, Act.DRAFT)


class RefusedError(Refusal):
    """An act is refused, and nothing has changed; the message says why."""


class NotAllowedNowError(RefusedError):
    """The act does not follow from where the ruling stands; the message says what is allowed instead, or what is missing."""


class NotYourActError(RefusedError):
    """The act is for another role."""


class ReasonRequiredError(RefusedError):
    """The act must be reasoned."""


def advance(case: Case, deed: Deed) -> tuple[Case, AnyEvent]:
    """The case after an act, and the event it leaves.

    Refuses with `NotAllowedNowError`, `NotYourActError` or `ReasonRequiredError`, and then nothing has changed.
    """
    row = _row(case, deed)
    version = case.version + (deed.act in _NEW_VERSION)
    happened = event_of(deed, ruling_id=case.ruling_id, version=version, state=row.target or case.state)
    return applied(case, happened), happened


def _row(case: Case, deed: Deed) -> Transition:
    rows = [row for row in TRANSITIONS if row.source is case.state and row.act is deed.act]
    if not rows:
        allowed = [each.value for each in case.allowed_acts(deed.role)] or saying("nothing")
        raise NotAllowedNowError(
            "{act} is not possible while the ruling is {state}; the {role} can do: {allowed}",
            act=deed.act.value,
            state=case.state,
            role=deed.role,
            allowed=allowed,
        )
    mine = [row for row in rows if deed.role in row.roles]
    if not mine:
        raise NotYourActError("{act} is for {roles}, not for the {role}", act=deed.act.value, roles=rows[0].roles, role=deed.role)
    if mine[0].reason_required and not deed.reason.strip():
        raise ReasonRequiredError("{act} needs a reason", act=deed.act.value)
    if not guard.holds(mine[0].guard, case, deed=deed):
        raise NotAllowedNowError("{act} is not possible now: it needs that {guard}", act=deed.act.value, guard=mine[0].guard)
    return mine[0]
