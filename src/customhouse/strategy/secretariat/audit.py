"""Audit: the universe of what can be audited ranked by risk, and what became of what was found."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.kernel import Clock

_DAYS_IN_YEAR = 365
_NEVER = 1_000  # years
_SCALE = range(1, 6)


class AuditArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that can be audited: its inherent risk and the weakness of its controls from 1 to 5, and when it was audited last."""

    name: str
    inherent_risk: int
    control_weakness: int
    last_audited_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse with `ValueError` a rating off the scale."""
        if self.inherent_risk not in _SCALE or self.control_weakness not in _SCALE:
            raise ValueError("inherent risk and weakness of controls run from 1 to 5")


class AuditFinding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an audit found, what it recommends, and how management answers: agreed measures have their clock."""

    audit: str
    statement: str
    recommendation: str
    response: str = ""
    clock: Clock | None = None
    closed_on: date | None = None


class FollowUp(StrEnum):
    """Where a finding stands."""

    UNANSWERED = "unanswered"
    NOT_AGREED = "not agreed"
    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


def ranked(areas: Iterable[AuditArea], *, on: date) -> tuple[AuditArea, ...]:
    """The universe, the most urgent first: by risk times weakness, then the longest unaudited, what was never audited before all."""
    return tuple(sorted(areas, key=lambda area: (-area.inherent_risk * area.control_weakness, -_years(area, on=on), area.name)))


def follow_up(finding: AuditFinding, *, on: date) -> FollowUp:
    """Where a finding stands on the day: unanswered, not agreed (answered without a measure), open, overdue or closed."""
    if finding.closed_on is not None and finding.closed_on <= on:
        return FollowUp.CLOSED
    if not finding.response:
        return FollowUp.UNANSWERED
    if finding.clock is None:
        return FollowUp.NOT_AGREED
    return FollowUp.OVERDUE if finding.clock.has_run_out(on=on) else FollowUp.OPEN


def _years(area: AuditArea, *, on: date) -> int:
    return _NEVER if area.last_audited_on is None else (on - area.last_audited_on).days // _DAYS_IN_YEAR
