"""Project: all that is agreed and known of one, from the recommendation that it answers to the lessons that it leaves."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.development.project.budget import BudgetLine
from customhouse.development.project.business_case import BusinessCase
from customhouse.development.project.life_cycle import State
from customhouse.development.project.log_frame import Measurement, ProjectIndicator, Result


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """What was signed with whom, and when."""

    code: str
    party: str
    title: str
    signed_on: date


class Tranche(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a pledge to be paid once its condition is met; `evidence` says how one knows."""

    code: str
    pledge: str
    amount: Decimal
    condition: str = ""
    due_on: date
    evidence: str = ""
    met_on: date | None = None
    paid_on: date | None = None


class ReportDue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A report that is owed to somebody by a day."""

    code: str
    to: str
    title: str
    due_on: date
    delivered_on: date | None = None


class Risk(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What could go wrong, how likely (1 to 5) and how grave (1 to 5), whose it is, and what is done about it."""

    code: str
    text: str
    likelihood: int
    gravity: int
    owner: str = ""
    response: str = ""
    closed_on: date | None = None

    @property
    def weight(self) -> int:
        """How much it matters: likelihood times gravity."""
        return self.likelihood * self.gravity


class Rating(StrEnum):
    """What an evaluator finds against one criterion."""

    MET = "met"
    PARTLY = "partly_met"
    NOT_MET = "not_met"
    UNKNOWN = "undetermined"


class Evaluation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody independent of the project found, criterion by criterion (relevance, effect, efficiency, impact, sustainability)."""

    code: str
    evaluator: str
    on: date
    criterion: str
    rating: Rating
    reason: str


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """What others should know."""

    code: str
    text: str


class Project(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A project of one administration in one currency; `region`, `country`, `theme` and `instrument` are what donors earmark by.

    It answers a `recommendation` of a diagnostic, or the action under a `commitment`, as `tfa/7.6`.
    `strategic_activity` is the number of the activity that it serves in the strategic plan.
    """

    title: str
    administration: str
    region: str
    country: str
    theme: str
    instrument: str
    currency: str
    owner: str
    state: State = State.IDEA
    diagnostic: str = ""
    recommendation: str = ""
    commitment: str = ""
    strategic_activity: str = ""
    team: tuple[str, ...] = ()
    business_case: BusinessCase = BusinessCase()
    results: tuple[Result, ...] = ()
    indicators: tuple[ProjectIndicator, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    reports: tuple[ReportDue, ...] = ()
    risks: tuple[Risk, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    lessons: tuple[Lesson, ...] = ()
