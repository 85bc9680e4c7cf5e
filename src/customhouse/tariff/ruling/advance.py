"""Advance: one act done to a case, by the table or not at all."""

from customhouse.tariff.ruling import guard
from customhouse.tariff.ruling.act import Act, Deed
from customhouse.tariff.ruling.case import Case, applied
from customhouse.tariff.ruling.event import AnyEvent, event_of
from customhouse.tariff.ruling.life_cycle import TRANSITIONS, Transition

_NEW_VERSION = (Act.APPLY, Act.DRAFT)


class RefusedError(Exception):
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
        allowed = ", ".join(case.allowed_acts(deed.role)) or "nothing"
        raise NotAllowedNowError(f"{deed.act} is not possible while the ruling is {case.state}; the {deed.role} can do: {allowed}")
    mine = [row for row in rows if deed.role in row.roles]
    if not mine:
        raise NotYourActError(f"{deed.act} is for {', '.join(rows[0].roles)}, not for the {deed.role}")
    if mine[0].reason_required and not deed.reason.strip():
        raise ReasonRequiredError(f"{deed.act} needs a reason")
    if not guard.holds(mine[0].guard, case, deed=deed):
        raise NotAllowedNowError(f"{deed.act} is not possible now: it needs that {mine[0].guard.value}")
    return mine[0]
