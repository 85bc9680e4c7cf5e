"""Soundness: what does not hold together in a plan, all of it, each with its place."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from customhouse.kernel import calendar
from customhouse.performance import indicator
from customhouse.saying import Saying, saying
from customhouse.strategy.operation.cost import FINEST, CostLine, Source, is_amount
from customhouse.strategy.operation.operational_plan import PlannedIndicator, Progress
from customhouse.strategy.operation.year import first_day
from customhouse.strategy.plan import EVERY_BLOCK, StrategicPlan
from customhouse.strategy.review.cycle import Step
from customhouse.strategy.wording import texts_in

_MOST_RATE, _MOST_MONTHS, _FINEST_MONTHS = Decimal(10) ** 10, Decimal(10) ** 5, 4
"""Bounds within which products and sums of amounts stay exact in twenty-eight digits."""
_LONGEST = 20
_SCALE = range(1, 6)
_MONTHS = range(1, 13)


def faults_of(plan: StrategicPlan) -> list[Saying]:
    """What does not hold together in a plan, all of it."""
    period = list(_period(plan))
    return [
        *period,
        *_numbering(plan),
        *_links(plan),
        *_translations(plan),
        *([] if period else _operation(plan)),
    ]  # without a period there are no years


def _period(plan: StrategicPlan) -> Iterator[Saying]:
    first, last = plan.valid_from.year, plan.valid_to.year
    if plan.valid_to <= plan.valid_from:
        yield saying("the period ends before it begins")
    if last - first > _LONGEST or not 1900 <= first <= 2200:  # noqa: PLR2004 - outside of which a year is a slip of the pen
        yield saying("a plan begins between 1900 and 2200 and runs for {most} years at most", most=_LONGEST)
    try:
        first_day(plan.operation.year_begins, 2001)  # a day of every year, so not the 29th of February
    except ValueError:
        yield saying("operation.year_begins: “{text}” is no month and day, as 07-01", text=plan.operation.year_begins)


def _numbering(plan: StrategicPlan) -> list[Saying]:
    faults = _twice("the goal {name} stands twice", (goal.number for goal in plan.goals))
    faults += _twice("the activity {name} stands twice", (activity.number for _, activity in plan.activities()))
    faults += _twice("the key {name} stands twice", (key for key in _keys(plan) if key))
    faults += [
        saying("the activity {activity} does not belong under goal {goal}", activity=activity.number, goal=goal.number)
        for goal, activity in plan.activities()
        if not re.fullmatch(rf"{goal.number}\.\d+", activity.number)
    ]
    return faults


def _keys(plan: StrategicPlan) -> Iterator[str]:
    yield from (goal.key for goal in plan.goals)
    yield from (activity.key for _, activity in plan.activities())


def _links(plan: StrategicPlan) -> list[Saying]:
    known = {EVERY_BLOCK, *plan.building_blocks}
    wording = "the activity {activity} names the building block {code}, which the plan does not have"
    return [
        saying(wording, activity=activity.number or activity.title, code=code)
        for activity in (*(activity for _, activity in plan.activities()), *plan.unplaced)
        for code in activity.building_blocks
        if code not in known
    ]


def _translations(plan: StrategicPlan) -> Iterator[Saying]:
    known = set(texts_in(msgspec.structs.replace(plan, translations={})))
    for language, words in plan.translations.items():
        wording = "translations.{language}: the plan has no text “{text}”"
        yield from (saying(wording, language=language, text=text) for text in words if text not in known)


def _operation(plan: StrategicPlan) -> list[Saying]:
    annex = plan.operation
    activities = {activity.number for _, activity in plan.activities()}
    named = {
        "deliverables": [each.activity for each in annex.deliverables],
        "indicators": [each.activity for each in annex.indicators],
        "targets": [each.activity for each in annex.targets],
        "costs": [each.activity for each in annex.costs],
        "risks": [each.activity for each in annex.risks],
    }
    faults = [
        saying("{place}: the plan has no activity {number}", place=f"{name}[{place}]", number=number)
        for name, numbers in named.items()
        for place, number in enumerate(numbers, start=1)
        if number not in activities and (number or name != "risks")  # a risk may be one of the whole plan
    ]
    faults += _twice("the deliverable {name} stands twice", (each.code for each in annex.deliverables))
    faults += _twice("the indicator {name} stands twice", (each.code for each in annex.indicators))
    faults += _twice("the risk {name} stands twice", (each.code for each in annex.risks))
    return [*faults, *_days(plan), *_means(plan), *_measures(plan)]


def _days(plan: StrategicPlan) -> Iterator[Saying]:
    """Days of no year of the calendar, each with its place as a file has it, counted from 1."""
    for place, day in calendar.days_beyond(plan.operation):
        yield saying("{place}: {why}", place=re.sub(r"\.(\d+)", lambda at: f"[{int(at[1]) + 1}]", place), why=calendar.beyond(day))


def _means(plan: StrategicPlan) -> Iterator[Saying]:
    """Costs, deliverables and rates against the years, the directorates and the rule."""
    annex = plan.operation
    dated = [(f"deliverables[{place}]", each.year, each.directorate) for place, each in enumerate(annex.deliverables, start=1)]
    dated += [(f"costs[{place}]", each.year, each.directorate) for place, each in enumerate(annex.costs, start=1)]
    for place, year, directorate in dated:
        if year not in plan.years():
            yield saying("{place}: the financial year {year} is not one of the plan's", place=place, year=year)
        if directorate and directorate not in annex.directorates:
            yield saying("{place}: there is no directorate {directorate}", place=place, directorate=directorate)
    for each in annex.deliverables:
        if (each.progress is Progress.DELIVERED) != (each.delivered_on is not None):
            yield saying("the deliverable {code}: what is delivered has its day, and nothing else has one", code=each.code)
    for number, line in enumerate(annex.costs, start=1):
        yield from (saying("{place}: {why}", place=f"costs[{number}]", why=fault) for fault in _line_faults(line))
    yield from _rule_faults(plan)


def _rule_faults(plan: StrategicPlan) -> Iterator[Saying]:
    """What amounts are counted in, rounded and valued by."""
    annex = plan.operation
    yield from _twice("the attaché rate of {name} stands twice", (each.year for each in annex.attache_rates))
    rates = [each for each in annex.attache_rates if not is_amount(each.monthly, _MOST_RATE)]
    yield from (saying("the attaché rate of {year} is no amount", year=each.year) for each in rates)
    if (annex.costs or annex.attache_rates) and not annex.currency:
        yield saying("operation.currency: amounts need a currency")
    if not is_amount(annex.rounding_step, _MOST_RATE) or not annex.rounding_step:
        yield saying("operation.rounding_step: it must be positive")
    for step, month in annex.due_months.items():
        if step not in list(Step):
            yield saying("operation.due_months.{step}: there is no such step", step=str(step))
        if month not in _MONTHS:
            yield saying("operation.due_months.{step}: {month} is no month", step=str(step), month=month)


def _line_faults(line: CostLine) -> Iterator[Saying]:
    if line.source is Source.ATTACHE and (line.amount is not None or not line.person_months):
        yield saying("a technical attaché is given in person-months alone: the rule makes the amount of them")
    if line.source is not Source.ATTACHE and line.amount is None:
        yield saying("the amount is missing")
    if not all(is_amount(each) for each in (line.amount, line.spent) if each is not None):
        yield saying("an amount is a number from nothing up, with {most} decimals at most", most=FINEST)
    if not is_amount(line.person_months, _MOST_MONTHS, decimals=_FINEST_MONTHS):
        yield saying("person-months are a number from nothing up, with {most} decimals at most", most=_FINEST_MONTHS)


def _measures(plan: StrategicPlan) -> Iterator[Saying]:
    """Indicators, targets, readings and risks against each other."""
    annex = plan.operation
    codes = {each.code for each in annex.indicators}
    for each in annex.indicators:
        yield from (saying("the indicator {code}: {why}", code=each.code, why=fault) for fault in _indicator_faults(each))
    for target in annex.targets:
        if target.indicator and target.indicator not in codes:
            yield saying("a target names the indicator {code}, which the plan does not have", code=target.indicator)
    for reading in annex.readings:
        if reading.indicator not in codes:
            yield saying("a reading names the indicator {code}, which the plan does not have", code=reading.indicator)
    for risk in annex.risks:
        if risk.likelihood not in _SCALE or risk.impact not in _SCALE:
            yield saying("the risk {code}: likelihood and impact are from 1 to 5", code=risk.code)


def _indicator_faults(planned: PlannedIndicator) -> Iterator[Saying]:
    if planned.definition and planned.definition.code != planned.code:
        yield saying("it is defined under another code, {other}", other=planned.definition.code)
    if not all(math.isfinite(figure) for figure in (planned.target, planned.alarm) if figure is not None):
        yield saying("target and alarm are numbers")
    for each in (planned, planned.definition):
        if each:
            yield from indicator.Indicator.baseline_faults(each.baseline, each.baseline_source, on=each.baseline_on)


def _twice(wording: str, names: Iterable[object]) -> list[Saying]:
    return [saying(wording, name=name) for name, count in Counter(names).items() if count > 1]
