"""Progress: how far an indicator has come from its baseline towards its target (phase III, monitoring)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.development.project.log_frame import Measurement, ProjectIndicator
from customhouse.development.project.project import Project
from customhouse.kernel import Rounding, RoundingMode
from customhouse.saying import Saying, saying

_HUNDREDTH = Rounding(RoundingMode.HALF_UP, Decimal("0.01"))


class Course(StrEnum):
    """Whether an indicator is where it should be."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "undetermined"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The last value and the share of the way covered, and of the time; nothing, and why, where it cannot be told."""

    indicator: str
    last: Measurement | None
    share: Decimal | None
    course: Course
    reason: Saying | None = None


def progress(project: Project, *, since: date, on: date) -> tuple[Progress, ...]:
    """Each indicator of a project as known on a day; time is counted from the day the project began."""
    return tuple(_progress(each, project, since=since, on=on) for each in project.indicators)


def _progress(indicator: ProjectIndicator, project: Project, *, since: date, on: date) -> Progress:
    values = sorted((each for each in project.measurements if each.indicator == indicator.code and each.on <= on), key=lambda each: each.on)
    last = values[-1] if values else None
    reason = _unknown(indicator, last)
    if reason or last is None or indicator.baseline is None or indicator.target is None or indicator.due_on is None:
        return Progress(indicator=indicator.code, last=last, share=None, course=Course.UNKNOWN, reason=reason)
    way = indicator.target - indicator.baseline
    share = (last.value - indicator.baseline) / way
    return Progress(
        indicator=indicator.code, last=last, share=_HUNDREDTH.of(share), course=_course(share, since=since, due_on=indicator.due_on, on=on)
    )


def _unknown(indicator: ProjectIndicator, last: Measurement | None) -> Saying | None:
    if indicator.baseline is None or indicator.target is None or indicator.due_on is None:
        return saying("it has no baseline, no target or no due day")
    if indicator.baseline == indicator.target:
        return saying("the target is the baseline")
    return None if last else saying("no value is measured yet")


def _course(share: Decimal, *, since: date, due_on: date, on: date) -> Course:
    """On course is at least the share of the way that the share of the time asks for."""
    if share >= 1:
        return Course.REACHED
    if on > due_on:
        return Course.MISSED
    whole = (due_on - since).days
    behind = whole > 0 and share * whole < (on - since).days
    return Course.BEHIND if behind else Course.ON_COURSE
