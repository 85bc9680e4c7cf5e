"""Operational plan: deliverables, indicators, targets, costs and risks, each under the strategic activity that it serves."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.performance import indicator
from customhouse.strategy.operation.cost import AttacheRate, CostLine


class Progress(StrEnum):
    """How far a deliverable has come."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DELIVERED = "delivered"
    DROPPED = "dropped"


class Rating(StrEnum):
    """How a target in words stands; a target in figures is rated by its indicator."""

    NOT_RATED = "not rated"
    ON_COURSE = "on course"
    BEHIND = "behind"
    MET = "met"
    MISSED = "missed"


class Deliverable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tactical activity of a financial year is to bring, by when, and how far it has come."""

    code: str
    activity: str
    year: int
    tactical_activity: str
    title: str
    directorate: str = ""
    due: date
    progress: Progress = Progress.PLANNED
    delivered_on: date | None = None
    narrative: str = ""

    def is_late(self, *, on: date) -> bool:
        """Whether it is neither delivered nor dropped after its day."""
        return self.progress in (Progress.PLANNED, Progress.UNDER_WAY) and self.due < on


_NO_BASELINE = {"baseline": None, "baseline_on": None, "baseline_source": ""}


class PlannedIndicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An indicator that an activity is measured by: one of the administration's set by its code, or one that the plan defines itself.

    What is approved is this whole value; once any of it changes, the approval no longer covers it.
    """

    code: str
    activity: str
    definition: indicator.Indicator | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: float | None = None
    alarm: float | None = None

    def withheld(self) -> "PlannedIndicator":
        """The indicator for whom its figures are not: that there is one, and what it is to reach."""
        definition = self.definition and msgspec.structs.replace(self.definition, **_NO_BASELINE)
        return msgspec.structs.replace(self, definition=definition, **_NO_BASELINE)


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said about an indicator for a period that ends before `end`; the value only where no formula gives it."""

    indicator: str
    end: date
    value: float | None = None
    narrative: str = ""


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an activity is to reach: in figures through an indicator, or in words."""

    activity: str
    text: str
    indicator: str = ""
    year: int | None = None
    rating: Rating = Rating.NOT_RATED
    narrative: str = ""


class Risk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may go wrong for an activity, or for the whole plan; likelihood and impact from 1 to 5."""

    code: str
    title: str
    activity: str = ""
    likelihood: int
    impact: int
    treatment: str = ""
    owner: str = ""

    @property
    def weight(self) -> int:
        """Likelihood times impact, for their order."""
        return self.likelihood * self.impact


class OperationalPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The annex of a strategic plan; `year_begins` is the month and day on which its financial years begin."""

    year_begins: str = "07-01"
    currency: str = ""
    rounding_step: Decimal = Decimal("0.01")
    due_months: dict[str, int] = {}
    directorates: dict[str, str] = {}
    attache_rates: tuple[AttacheRate, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    indicators: tuple[PlannedIndicator, ...] = ()
    readings: tuple[Reading, ...] = ()
    targets: tuple[Target, ...] = ()
    costs: tuple[CostLine, ...] = ()
    risks: tuple[Risk, ...] = ()

    def disclosed(self, codes: Collection[str], *, is_public: bool) -> "OperationalPlan":
        """The annex for whom the figures of these indicators are alone; the public is told of no risks and of no spending."""
        told = msgspec.structs.replace(
            self,
            indicators=tuple(each if each.code in codes else each.withheld() for each in self.indicators),
            readings=tuple(each for each in self.readings if each.indicator in codes),
            targets=tuple(
                each if not each.indicator or each.indicator in codes else msgspec.structs.replace(each, narrative="")
                for each in self.targets
            ),
        )
        if not is_public:
            return told
        return msgspec.structs.replace(told, risks=(), costs=tuple(msgspec.structs.replace(each, spent=None) for each in self.costs))
