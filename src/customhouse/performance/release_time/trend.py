"""Trend: what changed from an earlier study to a later one, and whether it is more than chance would make of it."""

import msgspec

from customhouse.performance.release_time.statistics import Summary
from customhouse.performance.release_time.study import Study


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The median of a segment then and now, in seconds; a change is told as sure where the two intervals do not meet."""

    segment: str
    before: float
    after: float
    is_sure: bool


def trend(earlier: Study, later: Study) -> tuple[Change, ...]:
    """The change of every segment that both studies measured, in the order of the later one."""
    before = {each.segment: each.elapsed for each in earlier.segments}
    return tuple(_change(each.segment, before[each.segment], each.elapsed) for each in later.segments if each.segment in before)


def _change(segment: str, before: Summary, after: Summary) -> Change:
    apart = before.median_interval.high < after.median_interval.low or after.median_interval.high < before.median_interval.low
    return Change(segment=segment, before=before.median, after=after.median, is_sure=apart)
