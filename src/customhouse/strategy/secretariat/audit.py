"""Audit: the universe of what can be audited ranked by risk, and what became of what was found."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.kernel import Clock, calendar
from customhouse.saying import Saying

_DAYS_IN_YEAR = 365
_NEVER = 1_000  # years
_SCALE = range(1, 6)


class AuditArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that can be audited: its inherent risk and the weakness of its controls from 1 to 5, when it was audited last.

    `audit_days` is how many days an audit of it takes; none where nobody estimated it.
    """

    name: str
    inherent_risk: int
    control_weakness: int
    last_audited_on: date | None = None
    audit_days: int | None = None

    def __post_init__(self) -> None:
        """Refuse with `ValueError` a rating off the scale."""
        if self.inherent_risk not in _SCALE or self.control_weakness not in _SCALE:
            raise ValueError("inherent risk and weakness of controls run from 1 to 5")
        if self.audit_days is not None and self.audit_days < 1:
            raise ValueError("an audit takes a day at least")

    @property
    def score(self) -> int:
        """Inherent risk times weakness of controls, from 1 to 25."""
        return self.inherent_risk * self.control_weakness

    def stands(self, *, on: date) -> str:  # noqa: ARG002 - as every document of a register is asked
        """The weight of the area."""
        return str(self.score)

    def faults(self, *, on: date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: an audit of a day to come."""
        return calendar.to_come(on=on, last_audited_on=self.last_audited_on)


class Audit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An audit of an area in a year, under its code: who leads it, how many days it takes, and when it began and was reported."""

    code: str
    area: str
    year: int
    audit_days: int
    lead: str = ""
    began_on: date | None = None
    reported_on: date | None = None
    conclusion: str = ""

    def __post_init__(self) -> None:
        """Refuse with `ValueError` a report before the beginning, or one that concludes nothing."""
        if self.reported_on is not None and (self.began_on is None or self.reported_on < self.began_on or not self.conclusion):
            raise ValueError("an audit is reported after it began, and with a conclusion")
        if self.audit_days < 1:
            raise ValueError("an audit takes a day at least")

    def stands(self, *, on: date) -> str:
        """In a word, where it stands; one that did not begin in its year is told."""
        if self.reported_on is not None and self.reported_on <= on:
            return "reported"
        if self.began_on is not None and self.began_on <= on:
            return "under way"
        return "planned" if on.year <= self.year else "overdue"

    def faults(self, *, on: date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: a year that is none, and what was done on a day to come."""
        yield from calendar.to_come(on=on, began_on=self.began_on, reported_on=self.reported_on)
        if self.year not in calendar.YEARS:
            yield "year", calendar.beyond(self.year)


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
    return tuple(sorted(areas, key=lambda area: (-area.score, -_years(area, on=on), area.name)))


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
