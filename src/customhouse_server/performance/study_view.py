"""Study view: what a page and a report both show of a study: its headline, its charts, its tables, all in the reader's words."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from customhouse.performance import kept_back, release_time
from customhouse.saying import Saying
from customhouse_server.desk.words import retold
from customhouse_server.performance import drawing, telling
from customhouse_server.performance.naming import NAMES, named
from customhouse_server.performance.telling import percent, took

_HEADLINES = ("arrived to released", "lodged to released", "accepted to released")
_TICKS = (0, 6, 12, 24, 48, 72, 120, 168, 240, 336, 504, 720, 1_440)
_MOST_TICKS = 6
_HOUR = 3_600
_SHOWN_SHARE = 0.98
_PLACES = (10, 25, 75, 90, 95)


def leading(study: release_time.Study) -> str:
    """The segment by which the study is told in one sentence: from arrival to release, or the nearest to it that was measured."""
    measured = [each.segment for each in study.segments]
    return next((each for each in _HEADLINES if each in measured), measured[0])


def headline(study: release_time.Study) -> str:
    """The study in one sentence."""
    found = next(each for each in study.segments if each.segment == leading(study))
    told_of = {"segment": named(found.segment), "median": took(found.elapsed.median), "most": took(found.elapsed.percentiles[90])}
    told = _("half of all goods took at most %(median)s from %(segment)s, nine in ten at most %(most)s") % told_of
    slowest = max(study.actors, key=lambda each: each.share, default=None)
    if slowest is None:
        return f"{told}."
    return _("%(told)s; %(share)s of the time was that of the %(actor)s.") % {
        "told": told,
        "share": percent(slowest.share),
        "actor": named(slowest.actor),
    }


def distribution(study: release_time.Study) -> SafeString:
    """Every segment as a box: where half of the times lie, and 8 in 10."""
    rows = [
        drawing.Box(
            label=named(each.segment),
            told=took(each.elapsed.median),
            least=each.elapsed.percentiles[10],
            lower=each.elapsed.percentiles[25],
            median=each.elapsed.median,
            upper=each.elapsed.percentiles[75],
            most=each.elapsed.percentiles[90],
            interval=(each.elapsed.median_interval.low, each.elapsed.median_interval.high),
        )
        for each in study.segments
        if each.elapsed.n >= kept_back.FEWEST  # fewer stand in the table alone
    ]
    return drawing.boxes(rows, distribution_title(study))


def distribution_title(study: release_time.Study) -> str:
    """What the boxes show."""
    longest = max(study.segments, key=lambda each: each.elapsed.median)
    return _("The longest way is %(segment)s: %(median)s for half of the goods") % {
        "segment": named(longest.segment),
        "median": took(longest.elapsed.median),
    }


def actors(study: release_time.Study) -> SafeString:
    """The whole time as one bar, a part for each actor."""
    found = [each for each in study.actors if each.mean]
    rows = [drawing.Bar(named(each.actor), f"{percent(each.share)}, {took(each.mean)}", each.mean) for each in found]
    return drawing.shares(rows, actors_title(study)) if rows else SafeString()


def actors_title(study: release_time.Study) -> str:
    """What the bar shows."""
    slowest = max(study.actors, key=lambda each: each.share, default=None)
    if slowest is None:
        return _("Nothing has come to an end yet")
    return _("The %(actor)s holds goods longest: %(share)s of the time on the critical path") % {
        "actor": named(slowest.actor),
        "share": percent(slowest.share),
    }


def release(study: release_time.Study) -> SafeString:
    """The share released by the time since acceptance, with its interval."""
    curve = study.release
    steps = zip(curve.times, curve.waiting, curve.intervals, strict=True)
    shown = [(time, waiting, between) for time, waiting, between in steps]
    kept = [each for each in shown if 1 - each[1] <= _SHOWN_SHARE] or shown
    points = [drawing.Point(f"{time / _HOUR:.4f}", 1 - waiting, 1 - between.high, 1 - between.low) for time, waiting, between in kept]
    longest = float(points[-1].label) if points else 0.0
    ticks = [each for each in _TICKS if each <= longest]
    thinned = ticks[:: 1 + len(ticks) // _MOST_TICKS]
    return drawing.curve(points, release_title(study), ticks=[(each, took(each * _HOUR)) for each in thinned]) if points else SafeString()


def release_title(study: release_time.Study) -> str:
    """What the curve shows."""
    release = study.release
    half = release.quantile(0.5) if release.median is None else release.median  # a study kept before has no median
    return _("Half of what was accepted was released within %(time)s; %(censored)s of %(n)s still wait") % {
        "time": took(half),
        "censored": telling.number(release.censored),
        "n": telling.number(release.n),
    }


def reasons(study: release_time.Study) -> SafeString:
    """The reasons of waiting, the costliest first."""
    rows = [
        drawing.Bar(
            named(each.reason),
            _("%(time)s in all, %(n)s declarations, %(share)s so far")
            % {"time": took(each.total), "n": telling.number(each.n), "share": percent(each.cumulative_share)},
            each.total,
        )
        for each in study.reasons
    ]
    return drawing.bars(rows, reasons_title(study)) if rows else SafeString()


def reasons_title(study: release_time.Study) -> str:
    """What the bars show."""
    if not study.reasons:
        return _("Nothing waited longer than it had to")
    first = study.reasons[0]
    return _("The costliest reason is: %(reason)s, %(share)s of all waiting") % {
        "reason": named(first.reason),
        "share": percent(first.cumulative_share),
    }


def segment_rows(segments: Sequence[release_time.SegmentTime]) -> list[dict[str, str]]:
    """The times of each segment as texts."""
    return [
        {
            "segment": named(each.segment),
            "actor": named(each.actor) if each.actor else telling.UNKNOWN,
            "n": telling.number(each.elapsed.n),
            "median": took(each.elapsed.median),
            "between": between(each),
            "mean": took(each.elapsed.mean),
            "p90": took(each.elapsed.percentiles[90]),
            "within": within(each),
            "working": took(each.working.median) if each.working else telling.UNKNOWN,
        }
        for each in segments
    ]


def spread_rows(segments: Sequence[release_time.SegmentTime]) -> list[list[str]]:
    """How the times of each segment are spread, as texts, a cell for each of `spread_heads`."""
    return [
        [
            named(each.segment),
            took(each.elapsed.mode),
            _("%(low)s to %(high)s") % {"low": took(each.elapsed.least), "high": took(each.elapsed.most)},
            took(each.elapsed.standard_deviation),
            *(took(each.elapsed.percentiles[place]) for place in _PLACES),
            telling.number(each.elapsed.outliers),
        ]
        for each in segments
    ]


def spread_heads() -> list[str]:
    """What the cells of `spread_rows` are."""
    places = [f"P{place}" for place in _PLACES]
    return [_("Segment"), _("Most often, from"), _("Range"), _("Standard deviation"), *places, _("Outliers")]


def between(each: release_time.SegmentTime) -> str:
    """The interval of the median."""
    ends = each.elapsed.median_interval
    return _("%(low)s to %(high)s") % {"low": took(ends.low), "high": took(ends.high)}


def within(each: release_time.SegmentTime) -> str:
    """The share within the target, where there is one."""
    return telling.UNKNOWN if each.elapsed.within_target is None else percent(each.elapsed.within_target)


def unmeasured(study: release_time.Study) -> list[str]:
    """What was left out and why, in the reader's language."""
    return [each.told(_worded) if isinstance(each, Saying) else retold(each) for each in study.unmeasured]


def _worded(text: str) -> str:
    return named(text) if text in NAMES else retold(text)


def change_rows(changes: Sequence[release_time.Change]) -> list[dict[str, object]]:
    """What changed since the earlier study."""
    return [
        {
            "segment": named(each.segment),
            "before": took(each.before),
            "after": took(each.after),
            "told": told_change(each),
            "tone": _tone(each),
        }
        for each in changes
    ]


def told_change(change: release_time.Change) -> str:
    """A change in words."""
    if not change.is_sure:
        return _("no more than chance")
    return _("faster") if change.after < change.before else _("slower")


def _tone(change: release_time.Change) -> str:
    if not change.is_sure:
        return ""
    return "good" if change.after < change.before else "bad"
