"""Kept: what the area keeps, as values: a year of figures, studies on their way, their action plans, self-assessments."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec

from customhouse.performance import indicator, release_time
from customhouse.saying import Refusal
from customhouse_server.performance.period import Period


class UnfitStatementError(Refusal, ValueError):
    """What is said of an indicator does not hold together; the message says what to give."""


class UnknownStudyError(Refusal, LookupError):
    """There is no such study, or it is not for the person who asks: the two are not told apart."""


class UnknownIndicatorError(Refusal, LookupError):
    """There is no such indicator, or it is not for the person who asks: the two are not told apart."""


class UnknownAssessmentError(Refusal, LookupError):
    """There is no self-assessment of that indicator and year, or it is not for the person who asks."""


class Progress(StrEnum):
    """How far the work on a study is."""

    WAITING = "waiting_for_work"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class PlanStatus(StrEnum):
    """How far an action of a plan is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    DROPPED = "dropped"


class ReviewStatus(StrEnum):
    """How far a self-assessment has come."""

    DRAFT = "in_draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class KeptYear:
    """A year of 365 days as it was worked out last: its figures by code, and how many events of each kind occurred in it."""

    period: Period
    figures: Mapping[str, indicator.Figure]
    events: Mapping[str, int]
    computed_at: dt.datetime

    @property
    def last_day(self) -> dt.date:
        """The day that the figures are of: the last that counts."""
        return self.period.end - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Baseline:
    """From where an indicator begins: a value of a day, and where it comes from."""

    value: float
    on: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the owner of an indicator says of its figure for a period."""

    text: str
    said_by: str
    said_at: dt.datetime


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What people say around the figures of a study; where they say nothing, the report draws it from the figures and the plan."""

    objectives: str = ""
    conclusions: str = ""
    recommendations: str = ""


@dataclass(frozen=True, slots=True)
class KeptStudy:
    """A study: what it asks, who asked, how far it is (per cent), and what came of it."""

    id: UUID
    design: release_time.Design
    words: Words
    earlier_id: UUID | None
    status: Progress
    progress: int
    result: release_time.Study | None
    failure: str
    is_made_up: bool
    made_by: str
    made_at: dt.datetime
    published_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One line of an action plan; `segment` is that by which its effect is told in the next study."""

    id: int
    finding: str
    segment: str
    action: str
    owner: str
    due: dt.date
    status: PlanStatus


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a self-assessment says: a value, or why there is none, with its words, its evidence and what the reviewer said.

    `context` are the circumstances without which the value cannot be read: what else changed in trade, in law or in staff.
    """

    value: float | None = None
    not_measurable: str = ""
    narrative: str = ""
    context: str = ""
    evidence: str = ""
    disclosure: indicator.Disclosure = indicator.Disclosure.RESTRICTED
    review: str = ""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """The statement on one indicator for one year, and where its review stands."""

    year: int
    code: str
    status: ReviewStatus
    statement: Statement
    author_id: int
    author: str
    reviewer: str
    changed_at: dt.datetime
