"""Reading: a plan from TOML or YAML, refused with every fault at once and the place of each."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_origin

import msgspec

from customhouse.performance import indicator
from customhouse.saying import Refusal, saying
from customhouse.strategy.operation.cost import CostLine, Source
from customhouse.strategy.operation.operational_plan import Progress
from customhouse.strategy.operation.year import first_day
from customhouse.strategy.plan import EVERY_BLOCK, StrategicPlan
from customhouse.strategy.review.cycle import Step
from customhouse.strategy.wording import texts_in

_MOST, _MOST_RATE, _MOST_MONTHS = Decimal(10) ** 15, Decimal(10) ** 10, Decimal(10) ** 5
_FINEST, _FINEST_MONTHS = 6, 4
"""Bounds within which products and sums of amounts stay exact in twenty-eight digits."""
_LONGEST = 20
_SCALE = range(1, 6)
_MONTHS = range(1, 13)


class UnreadablePlanError(Refusal, ValueError):
    """A text is no plan, or does not hold together: `faults` says each, with its place."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Every fault, of which the message is made."""
        self.faults = tuple(faults)
        super().__init__("{faults}", between="; ", faults=map(saying, self.faults))


class Form(StrEnum):
    """How a plan is written down."""

    TOML = "toml"
    YAML = "yaml"


def read_plan(text: str, form: Form = Form.TOML) -> StrategicPlan:
    """The plan that a text states; refuses with `UnreadablePlanError` what is none, or points at what is not there."""
    return plan_of(_mapping(text, form))


def plan_of(raw: object) -> StrategicPlan:
    """The plan that fields and lists make, as a form or a file gives them; refuses with `UnreadablePlanError`."""
    faults = list(_shape_faults(raw, StrategicPlan, "")) if isinstance(raw, dict) else ["the text is no plan: it has no fields"]
    if faults:
        raise UnreadablePlanError(f"the plan cannot be read: {each}" for each in faults)
    plan = msgspec.convert(raw, StrategicPlan, strict=False)
    if faults := plan_faults(plan):
        raise UnreadablePlanError(faults)
    return plan


def plan_faults(plan: StrategicPlan) -> list[str]:
    """What does not hold together in a plan, all of it."""
    period = list(_period(plan))
    return [
        *period,
        *_numbering(plan),
        *_links(plan),
        *_translations(plan),
        *([] if period else _operation(plan)),
    ]  # without a period there are no years


def _period(plan: StrategicPlan) -> Iterator[str]:
    first, last = plan.valid_from.year, plan.valid_to.year
    if plan.valid_to <= plan.valid_from:
        yield "the period ends before it begins"
    if last - first > _LONGEST or not 1900 <= first <= 2200:  # noqa: PLR2004 - outside of which a year is a slip of the pen
        yield f"a plan begins between 1900 and 2200 and runs for {_LONGEST} years at most"
    try:
        first_day(plan.operation.year_begins, 2001)  # a day of every year, so not the 29th of February
    except ValueError:
        yield f"operation.year_begins: {plan.operation.year_begins!r} is no month and day, as 07-01"


def _mapping(text: str, form: Form) -> object:
    try:
        if form is Form.TOML:
            return tomllib.loads(text, parse_float=str)  # so that an amount stays as exact as it is written
        return _yaml(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as refusal:
        told = re.sub(r"\s+", " ", str(refusal)) or "it is nested too deep"
        raise UnreadablePlanError([f"the plan cannot be read: {told}"]) from refusal


def _yaml(text: str) -> object:
    import yaml  # noqa: PLC0415 - an extra: who keeps plans in TOML does not need it

    class Plain(yaml.SafeLoader):
        """Numbers with a point stay as written (activity 1.10 is not 1.1), a key stands once, and nothing is repeated by reference."""

        def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - the library keeps its types to itself
            if self.check_event(yaml.AliasEvent):
                raise ValueError("references (*name) are not read: write out what they stand for")
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: ANN401, FBT001, FBT002 - the library's own
            keys = Counter(key.value for key, _ in node.value if isinstance(key.value, str))
            twice = [key for key, count in keys.items() if count > 1]
            if twice:
                raise ValueError(f"line {node.start_mark.line + 1}: {', '.join(twice)} stands twice")
            return super().construct_mapping(node, deep)

    Plain.add_constructor("tag:yaml.org,2002:float", lambda _, node: node.value)
    try:
        return yaml.load(text, Plain)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as refusal:
        raise ValueError(str(refusal)) from refusal


def _shape_faults(raw: object, kind: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - any type that a field may have
    """What keeps a value from being of the type, each with its place: fields that are missing, unknown or of another type."""
    if isinstance(raw, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {each.encode_name: each for each in msgspec.structs.fields(kind)}
        yield from (f"{_at(place, str(key))}: there is no such field" for key in raw if key not in fields)
        for name, field in fields.items():
            if name in raw:
                yield from _shape_faults(raw[name], field.type, _at(place, name))
            elif field.required:
                yield f"{_at(place, name)}: it is missing"
    elif get_origin(kind) is tuple and isinstance(raw, list):
        for number, each in enumerate(raw, start=1):
            yield from _shape_faults(each, get_args(kind)[0], f"{place}[{number}]")
    else:
        try:
            msgspec.convert(raw, kind, strict=False)
        except msgspec.ValidationError as refusal:
            yield f"{place}: {refusal}"


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _numbering(plan: StrategicPlan) -> list[str]:
    faults = _twice("the goal {}", (goal.number for goal in plan.goals))
    faults += _twice("the activity {}", (activity.number for _, activity in plan.activities()))
    faults += _twice("the key {}", (key for key in _keys(plan) if key))
    faults += [
        f"the activity {activity.number} does not belong under goal {goal.number}"
        for goal, activity in plan.activities()
        if not re.fullmatch(rf"{goal.number}\.\d+", activity.number)
    ]
    return faults


def _keys(plan: StrategicPlan) -> Iterator[str]:
    yield from (goal.key for goal in plan.goals)
    yield from (activity.key for _, activity in plan.activities())


def _links(plan: StrategicPlan) -> list[str]:
    known = {EVERY_BLOCK, *plan.building_blocks}
    return [
        f"the activity {activity.number or activity.title} names the building block {code}, which the plan does not have"
        for activity in (*(activity for _, activity in plan.activities()), *plan.unplaced)
        for code in activity.building_blocks
        if code not in known
    ]


def _translations(plan: StrategicPlan) -> Iterator[str]:
    known = set(texts_in(msgspec.structs.replace(plan, translations={})))
    for language, words in plan.translations.items():
        yield from (f"translations.{language}: the plan has no text {text!r}" for text in words if text not in known)


def _operation(plan: StrategicPlan) -> list[str]:
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
        f"{name}[{place}]: the plan has no activity {number}"
        for name, numbers in named.items()
        for place, number in enumerate(numbers, start=1)
        if number not in activities and (number or name != "risks")  # a risk may be one of the whole plan
    ]
    faults += _twice("the deliverable {}", (each.code for each in annex.deliverables))
    faults += _twice("the indicator {}", (each.code for each in annex.indicators))
    faults += _twice("the risk {}", (each.code for each in annex.risks))
    return [*faults, *_means(plan), *_measures(plan)]


def _means(plan: StrategicPlan) -> Iterator[str]:
    """Costs, deliverables and rates against the years, the directorates and the rule."""
    annex = plan.operation
    dated = [(f"deliverables[{place}]", each.year, each.directorate) for place, each in enumerate(annex.deliverables, start=1)]
    dated += [(f"costs[{place}]", each.year, each.directorate) for place, each in enumerate(annex.costs, start=1)]
    for place, year, directorate in dated:
        if year not in plan.years():
            yield f"{place}: the financial year {year} is not one of the plan's"
        if directorate and directorate not in annex.directorates:
            yield f"{place}: there is no directorate {directorate}"
    for each in annex.deliverables:
        if (each.progress is Progress.DELIVERED) != (each.delivered_on is not None):
            yield f"the deliverable {each.code}: what is delivered has its day, and nothing else has one"
    for number, line in enumerate(annex.costs, start=1):
        yield from (f"costs[{number}]: {fault}" for fault in _line_faults(line))
    yield from _rule_faults(plan)


def _rule_faults(plan: StrategicPlan) -> Iterator[str]:
    """What amounts are counted in, rounded and valued by."""
    annex = plan.operation
    yield from _twice("the attaché rate of {}", (each.year for each in annex.attache_rates))
    yield from (f"the attaché rate of {each.year} is no amount" for each in annex.attache_rates if not _is_amount(each.monthly, _MOST_RATE))
    if (annex.costs or annex.attache_rates) and not annex.currency:
        yield "operation.currency: amounts need a currency"
    if not _is_amount(annex.rounding_step, _MOST_RATE) or not annex.rounding_step:
        yield "operation.rounding_step: it must be positive"
    yield from (f"operation.due_months.{step}: there is no such step" for step in annex.due_months if step not in list(Step))
    yield from (f"operation.due_months.{step}: {month} is no month" for step, month in annex.due_months.items() if month not in _MONTHS)


def _line_faults(line: CostLine) -> Iterator[str]:
    if line.source is Source.ATTACHE and (line.amount is not None or not line.person_months):
        yield "a technical attaché is given in person-months alone: the rule makes the amount of them"
    if line.source is not Source.ATTACHE and line.amount is None:
        yield "the amount is missing"
    if not all(_is_amount(each) for each in (line.amount, line.spent) if each is not None):
        yield f"an amount is a number from nothing up, with {_FINEST} decimals at most"
    if not _is_amount(line.person_months, _MOST_MONTHS, decimals=_FINEST_MONTHS):
        yield f"person-months are a number from nothing up, with {_FINEST_MONTHS} decimals at most"


def _measures(plan: StrategicPlan) -> Iterator[str]:
    """Indicators, targets, readings and risks against each other."""
    annex = plan.operation
    codes = {each.code for each in annex.indicators}
    for each in annex.indicators:
        if each.definition and each.definition.code != each.code:
            yield f"the indicator {each.code} is defined under another code, {each.definition.code}"
        figures = (each.target, each.alarm)
        if not all(math.isfinite(figure) for figure in figures if figure is not None):
            yield f"the indicator {each.code}: target and alarm are numbers"
        faults = indicator.Indicator.baseline_faults(each.baseline, each.baseline_source, on=each.baseline_on)
        if own := each.definition:
            faults += indicator.Indicator.baseline_faults(own.baseline, own.baseline_source, on=own.baseline_on)
        yield from (f"the indicator {each.code}: {fault}" for fault in faults)
    named = [("target", each.indicator) for each in annex.targets if each.indicator] + [
        ("reading", each.indicator) for each in annex.readings
    ]
    yield from (f"a {what} names the indicator {code}, which the plan does not have" for what, code in named if code not in codes)
    yield from (
        f"the risk {each.code}: likelihood and impact are from 1 to 5"
        for each in annex.risks
        if each.likelihood not in _SCALE or each.impact not in _SCALE
    )


def _is_amount(amount: Decimal, most: Decimal = _MOST, *, decimals: int = _FINEST) -> bool:
    return amount.is_finite() and 0 <= amount < most and -int(amount.as_tuple().exponent) <= decimals


def _twice(wording: str, names: Iterable[object]) -> list[str]:
    return [f"{wording.format(name)} stands twice" for name, count in Counter(names).items() if count > 1]
