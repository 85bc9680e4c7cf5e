"""Indicator: what is measured, how, by whom, how often, and for whose eyes (WCO Performance Measurement Mechanism).

An indicator says which events it is made of, as one SQL query over the event store, and what is done with them: counted, added up, a
share, a median. So its figure and the events behind it can never tell two stories. The query gives one row for each event, with
`transaction`, `id` and `declaration_id`, and beside them `counted` (a truth value) for a share, or `value` (a number) for a total or a
median. `$start` and `$end` are the days of the period, the end not included.
"""

import tomllib
from datetime import date
from enum import StrEnum
from math import isfinite

import msgspec

from customhouse.saying import Saying, saying


class UnreadableIndicatorsError(ValueError):
    """A file of indicators does not hold together; the message names every fault."""


class Dimension(StrEnum):
    """The four dimensions of the WCO's performance measurement."""

    FACILITATION = "trade facilitation and economic competitiveness"
    REVENUE = "revenue collection"
    PROTECTION = "enforcement, security and protection of society"
    ORGANIZATION = "organizational development"


class Measure(StrEnum):
    """What is made of the events."""

    COUNT = "count"
    SHARE = "share"
    TOTAL = "total"
    MEDIAN = "median"


class Direction(StrEnum):
    """Which way is better; a level is neither, and only to be known."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


class Disclosure(StrEnum):
    """Who may see the figure."""

    PUBLIC = "public"
    WCO = "wco"
    RESTRICTED = "restricted"


class Frequency(StrEnum):
    """How often a figure is read and reported: what seldom happens tells little each month."""

    MONTH = "every month"
    QUARTER = "every quarter"
    YEAR = "every year"


class Indicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator in one version of its formula; `missing_source` names what it waits for, and then it has no events yet.

    `baseline`, `target` and `alarm` are in its unit; beyond the alarm it is red, short of the target amber. A baseline is of a day, and
    has a source: `baseline_on`, `baseline_source`. `paired_with` is the indicator to be read beside it, so that neither is improved at
    the other's cost.
    """

    code: str
    version: int = 1
    name: str
    dimension: Dimension
    measure: Measure
    unit: str
    direction: Direction
    events: str = ""
    missing_source: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: float | None = None
    alarm: float | None = None
    frequency: Frequency = Frequency.MONTH
    owner: str
    disclosure: Disclosure = Disclosure.PUBLIC
    paired_with: str = ""
    narrative: str

    def status(self, value: float) -> str:
        """Green at the target or better, red beyond the alarm, amber between; nothing where no target is set."""
        if self.target is None or self.direction is Direction.LEVEL:
            return ""
        sign = 1 if self.direction is Direction.UP else -1
        if sign * value >= sign * self.target:
            return "green"
        return "red" if self.alarm is not None and sign * value < sign * self.alarm else "amber"

    def travelled(self, value: float) -> float | None:
        """The share of the way from the baseline to the target that a value has come: below nothing where it went back.

        Nothing where the way has no beginning, no end, or no length.
        """
        if self.baseline is None or self.target is None or self.baseline == self.target:
            return None
        return (value - self.baseline) / (self.target - self.baseline)

    @staticmethod
    def baseline_faults(value: float | None, source: str, *, on: date | None) -> list[Saying]:
        """What keeps a baseline from being one: it is a number of a day, from a source, and without the number there is neither."""
        if value is None:
            return [saying("a day or a source of a baseline stands there, and no baseline")] if on or source.strip() else []
        return [
            told
            for told, is_there in (
                (saying("the baseline is no number"), isfinite(value)),
                (saying("the baseline has no day: say of which day it is"), on is not None),
                (saying("the baseline has no source: say where it comes from"), bool(source.strip())),
            )
            if not is_there
        ]


class IndicatorSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The indicators of an administration, by their codes in order."""

    name: str
    source: str = ""
    indicators: tuple[Indicator, ...]

    def named(self, code: str) -> Indicator | None:
        """The indicator of that code."""
        return next((each for each in self.indicators if each.code == code), None)


def read_indicators(text: str) -> IndicatorSet:
    """The indicators that a TOML text states; refuses with `UnreadableIndicatorsError`, which names every fault."""
    try:
        found = msgspec.convert(tomllib.loads(text), IndicatorSet)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableIndicatorsError(f"the indicators cannot be read: {refusal}") from refusal
    codes = [each.code for each in found.indicators]
    faults = [f"{code}: the code stands twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [fault for each in found.indicators for fault in _faults(each, codes)]
    if faults:
        raise UnreadableIndicatorsError("\n".join(faults))
    return found


def _faults(indicator: Indicator, codes: list[str]) -> list[str]:
    faults = []
    if bool(indicator.events) == bool(indicator.missing_source):
        faults.append(f"{indicator.code}: give either the events or the source that is missing")
    if indicator.paired_with and indicator.paired_with not in codes:
        faults.append(f"{indicator.code}: it is paired with {indicator.paired_with}, which there is not")
    faults += [
        f"{indicator.code}: {fault}"
        for fault in indicator.baseline_faults(indicator.baseline, indicator.baseline_source, on=indicator.baseline_on)
    ]
    target, alarm = indicator.target, indicator.alarm
    if target is not None and alarm is not None and indicator.direction is not Direction.LEVEL:
        is_ordered = alarm <= target if indicator.direction is Direction.UP else alarm >= target
        if not is_ordered:
            faults.append(f"{indicator.code}: the alarm is on the better side of the target")
    return faults
