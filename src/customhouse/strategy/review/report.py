"""Report: what the Secretary General tells the Policy Commission and the Council, written from what was planned and what happened.

An indicator that the Audit Committee has not approved as it is defined now has no place among the figures; that it waits is told among
the open decisions. A step of the cycle that was skipped is told in every report, and a decision that came in another month than its own.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.kernel import months_after
from customhouse.performance import indicator, kept_back
from customhouse.strategy.beside import Beside
from customhouse.strategy.budget import By, rolled_up
from customhouse.strategy.operation import CostLine, Deliverable, PlannedIndicator, Risk, Target, total_of, year_of
from customhouse.strategy.operation.year import first_day
from customhouse.strategy.plan import Activity, Goal, Status, StrategicPlan
from customhouse.strategy.review.standing import Standing
from customhouse.strategy.wording import reworded


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is on: from `start` until before `end`, as it stood on a day."""

    start: date
    end: date
    stood_on: date


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """What was planned and what was spent, rounded for reading; `undetermined` says why something is not in it."""

    planned: Decimal
    spent: Decimal
    person_months: Decimal
    undetermined: tuple[str, ...] = ()


class IndicatorReport(msgspec.Struct, frozen=True, kw_only=True):
    """An approved indicator: its figure against its baseline and target, and what is said about it.

    `travelled` is the share of the way from the one to the other, `n` the number of events behind the figure. A report written before
    these were told does not have them, and its figures are for those who see everything.
    """

    code: str
    name: str
    unit: str
    value: float | None
    target: float | None
    status: str
    quality: str
    reason: str
    narrative: str
    baseline: float | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    travelled: float | None = None
    alarm: float | None = None
    n: int = 0
    version: int = 0
    direction: str = ""
    frequency: str = ""
    owner: str = ""
    disclosure: indicator.Disclosure = indicator.Disclosure.RESTRICTED


class ActivityReport(msgspec.Struct, frozen=True, kw_only=True):
    """An activity: what was planned against what was done."""

    number: str
    title: str
    priority: str
    deliverables: tuple[Deliverable, ...]
    due: int
    delivered: int
    late: tuple[str, ...]
    indicators: tuple[IndicatorReport, ...]
    targets: tuple[Target, ...]
    cost: Money


class GoalReport(msgspec.Struct, frozen=True, kw_only=True):
    """A goal with its activities and what it takes."""

    number: int
    title: str
    package: str | None
    activities: tuple[ActivityReport, ...]
    cost: Money


class OpenDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What still waits for somebody: an approval, an answer, a step; `what` is a code that the reader's side has words for."""

    what: str
    subject: str
    body: str = ""


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the cycle that was skipped, by which decision and why."""

    step: str
    year: int | None
    decision: str
    decided_on: date
    reason: str


class OutOfMonth(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator that was decided on in another month than the plan names for it, and why."""

    indicator: str
    decision: str
    decided_on: date
    reason: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report; it is a document, frozen once it is written. `is_made_up` says that its figures come from a simulated year."""

    plan: str
    title: str
    version: int
    status: str
    currency: str
    period: Period
    goals: tuple[GoalReport, ...]
    cost: Money
    cost_by_source: dict[str, Money]
    risks: tuple[Risk, ...]
    decisions_open: tuple[OpenDecision, ...]
    skipped: tuple[Skipped, ...]
    out_of_month: tuple[OutOfMonth, ...] = ()
    is_made_up: bool = False
    beside: Beside = Beside()

    def disclosed(self, levels: Collection[indicator.Disclosure]) -> "Report":
        """The report for somebody who sees these levels: of an indicator that is for others, that there is one, and no figure."""
        return self._with(lambda item: item if item.disclosure in levels else _withheld(item), self.beside.disclosed(levels))

    def told_outside(self) -> "Report":
        """The report for somebody outside the administration: without what too few events came to."""
        beside, period = self.beside.told_outside(), self.period
        parts = {
            each.code: [month.n or 0 for month in each.months if period.start <= month.start < period.end] for each in self.beside.series
        }
        return self._with(lambda item: item if kept_back.is_told(item.n, parts.get(item.code, ())) else _kept_back(item), beside)

    def _with(self, read: Callable[[IndicatorReport], IndicatorReport], beside: Beside) -> "Report":
        """The report with each indicator as it is read."""
        goals = tuple(_read(goal, read) for goal in self.goals)
        return msgspec.structs.replace(self, goals=goals, beside=beside)

    def in_language(self, plan: StrategicPlan, language: str) -> "Report":
        """The report as it is read in a language that its plan brings; to be shown, never to be kept."""
        return reworded(self, plan.translations.get(language, {}))


_DEFINED = ("name", "unit", "version", "direction", "frequency", "owner", "disclosure")
"""What a report takes from the definition of an indicator."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The indicators of the administration by their codes, what those came to in the period, and whether its events were simulated."""

    indicators: Mapping[str, indicator.Indicator]
    worked_out: Mapping[str, indicator.Figure]
    is_made_up: bool = False


def report_on(plan: StrategicPlan, standing: Standing, *, period: Period, figures: Figures) -> Report:
    """The report on a period, with the figures that were worked out for it."""
    lines = tuple(_lines(plan, period))
    goals = tuple(_goal(plan, standing, goal, period=period, figures=figures) for goal in plan.goals)
    return Report(
        plan=plan.name,
        title=plan.title,
        version=standing.version or plan.version,
        status=standing.status.value,
        currency=plan.operation.currency,
        period=period,
        is_made_up=figures.is_made_up,
        goals=goals,
        cost=_money(plan, lines),
        cost_by_source={
            name: _money(plan, [line for line in lines if line.source.value == name]) for name in rolled_up(plan, By.SOURCE, lines=lines)
        },
        risks=tuple(sorted(plan.operation.risks, key=lambda risk: -risk.weight)),
        decisions_open=tuple(_open(plan, standing)),
        skipped=tuple(
            Skipped(step=each.step.value, year=each.year, decision=each.decision, decided_on=each.decided_on, reason=each.reason)
            for each in standing.skipped
        ),
        out_of_month=tuple(
            OutOfMonth(indicator=code, decision=each.decision, decided_on=each.decided_on, reason=each.reason)
            for code, each in standing.decided.items()
            if each.reason
        ),
    )


def approved_indicators(plan: StrategicPlan, standing: Standing) -> tuple[PlannedIndicator, ...]:
    """The indicators of a plan that the Audit Committee approved as they are defined now."""
    return tuple(each for each in plan.operation.indicators if standing.approval_of(each))


def measured_by(planned: PlannedIndicator, indicators: Mapping[str, indicator.Indicator]) -> indicator.Indicator | None:
    """The indicator that is meant, with the baseline, target and alarm of the plan where the plan sets them."""
    found = planned.definition or indicators.get(planned.code)
    if found is None:
        return None
    own = {name: getattr(planned, name) for name in ("target", "alarm") if getattr(planned, name) is not None}
    if planned.baseline is not None:
        own |= {name: getattr(planned, name) for name in ("baseline", "baseline_on", "baseline_source")}
    return msgspec.structs.replace(found, **own)


def _goal(plan: StrategicPlan, standing: Standing, goal: Goal, *, period: Period, figures: Figures) -> GoalReport:
    numbers = {activity.number for activity in goal.activities}
    return GoalReport(
        number=goal.number,
        title=goal.title,
        package=goal.package,
        activities=tuple(_activity(plan, standing, each, period=period, figures=figures) for each in goal.activities),
        cost=_money(plan, [line for line in _lines(plan, period) if line.activity in numbers]),
    )


def _activity(plan: StrategicPlan, standing: Standing, activity: Activity, *, period: Period, figures: Figures) -> ActivityReport:
    annex = plan.operation
    planned = [each for each in annex.deliverables if each.activity == activity.number and each.year in _years(plan, period)]
    due = [each for each in planned if each.due < period.end]
    known = period.stood_on + date.resolution
    approved = (each for each in approved_indicators(plan, standing) if each.activity == activity.number)
    return ActivityReport(
        number=activity.number,
        title=activity.title,
        priority=activity.priority.value,
        deliverables=tuple(planned),
        due=len(due),
        delivered=sum(each.delivered_on is not None and each.delivered_on < min(period.end, known) for each in planned),
        late=tuple(each.code for each in due if each.is_late(on=period.stood_on)),
        indicators=tuple(_indicator(plan, each, period=period, figures=figures) for each in approved),
        targets=tuple(each for each in annex.targets if each.activity == activity.number),
        cost=_money(plan, [line for line in _lines(plan, period) if line.activity == activity.number]),
    )


def _indicator(plan: StrategicPlan, planned: PlannedIndicator, *, period: Period, figures: Figures) -> IndicatorReport:
    meant, figure = measured_by(planned, figures.indicators), figures.worked_out.get(planned.code)
    told = [each for each in plan.operation.readings if each.indicator == planned.code and period.start < each.end <= period.end]
    reading = max(told, key=lambda each: each.end, default=None)
    value = figure.value if figure and figure.value is not None else reading.value if reading else None
    about = meant or planned
    return IndicatorReport(
        code=planned.code,
        value=value,
        status=meant.status(value) if meant and value is not None else "",
        quality=figure.quality.value if figure and figure.value is not None else "reported" if value is not None else "no figure",
        reason="" if value is not None else figure.reason if figure else "no formula gives it, and nothing was reported",
        narrative=reading.narrative if reading else "",
        travelled=meant.travelled(value) if meant and value is not None else None,
        n=figure.n if figure else 0,
        **{name: getattr(about, name) for name in ("target", "alarm", "baseline", "baseline_on", "baseline_source")},
        **({name: getattr(meant, name) for name in _DEFINED} if meant else {"name": planned.code, "unit": ""}),
    )


def _read(goal: GoalReport, read: Callable[[IndicatorReport], IndicatorReport]) -> GoalReport:
    activities = (msgspec.structs.replace(each, indicators=tuple(map(read, each.indicators))) for each in goal.activities)
    return msgspec.structs.replace(goal, activities=tuple(activities))


def _withheld(item: IndicatorReport) -> IndicatorReport:
    nothing = {"value": None, "baseline": None, "baseline_on": None, "travelled": None, "n": 0}
    words = {"status": "", "quality": "", "narrative": "", "baseline_source": "", "reason": "its figure is not disclosed to you"}
    return msgspec.structs.replace(item, **nothing, **words)


def _kept_back(item: IndicatorReport) -> IndicatorReport:
    return msgspec.structs.replace(item, value=None, travelled=None, n=0, status="", quality="kept back", reason=kept_back.WHY)


def _open(plan: StrategicPlan, standing: Standing) -> Iterator[OpenDecision]:
    if standing.due:
        yield OpenDecision(what="step", subject=standing.due.step.value, body=standing.due.row.body.value)
    for planned in plan.operation.indicators:
        if standing.approval_of(planned) is None:
            yield OpenDecision(what="indicator", subject=planned.code, body="audit_committee")
    if standing.status is Status.DRAFT and standing.steps:  # a plan whose cycle nobody recorded was not heard on by anybody
        yield from (OpenDecision(what="region", subject=region.value) for region in standing.unheard)
    for comment in standing.unanswered:
        yield OpenDecision(what="comment", subject=f"{comment.made.number}: {comment.made.reason}")


def _years(plan: StrategicPlan, period: Period) -> range:
    begins = plan.operation.year_begins
    return range(year_of(begins, on=period.start), year_of(begins, on=period.end - date.resolution) + 1)


def _lines(plan: StrategicPlan, period: Period) -> Iterator[CostLine]:
    return (line for line in plan.operation.costs if line.year in _years(plan, period))


def _money(plan: StrategicPlan, lines: list[CostLine] | tuple[CostLine, ...]) -> Money:
    total = total_of(lines, plan.operation.attache_rates)
    return Money(
        planned=plan.shown(total.planned),
        spent=plan.shown(total.spent),
        person_months=total.person_months,
        undetermined=total.undetermined,
    )


def reported_period(plan: StrategicPlan, year: int, *, halves: int, on: date) -> Period:
    """The first half of a financial year, or the whole of it, as it stood on a day."""
    start = first_day(plan.operation.year_begins, year)
    end = first_day(plan.operation.year_begins, year + 1)
    return Period(start=start, end=months_after(start, 6) if halves == 1 else end, stood_on=on)
