"""Data package: a study whole as JSON, and its tables as CSV, one figure a row, times in seconds."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import astuple

from customhouse import spreadsheet
from customhouse.performance.release_time.study import SegmentTime, Study

_PERCENTILES = (10, 25, 75, 90, 95)
_SEGMENTS = ("stratum", "value", "segment", "actor", "n", "mean", "median", "median_low", "median_high")
_SPREAD = ("sd", "mean_low", "mean_high", "mode", "least", "most", "outliers", "within_target", "within_low", "within_high")


def data_package(done: Study) -> dict[str, bytes]:
    """The files of the package by their names."""
    files = {"study.json": msgspec.json.format(msgspec.json.encode(done))}
    return files | {f"{name}.csv": spreadsheet.written(rows).encode() for name, rows in _tables(done)}


def _tables(done: Study) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    measured = [("all", "", each) for each in done.segments]
    measured += [(stratum.stratum, stratum.value, each) for stratum in done.strata for each in stratum.segments]
    head = (*_SEGMENTS, *(f"p{place}" for place in _PERCENTILES), *_SPREAD)
    yield "segments", [head, *((stratum, value, *_figures(each)) for stratum, value, each in measured)]
    yield "actors", [("actor", "mean", "share"), *((each.actor, each.mean, each.share) for each in done.actors)]
    steps = zip(done.release.times, done.release.waiting, done.release.intervals, strict=True)
    yield "release", [("time", "waiting", "low", "high"), *((time, waiting, each.low, each.high) for time, waiting, each in steps)]
    yield "reasons", [("reason", "n", "total", "cumulative_share"), *(astuple(each) for each in done.reasons)]


def _figures(segment: SegmentTime) -> tuple[object, ...]:
    took, within = segment.elapsed, segment.elapsed.within_target_interval
    percentiles = (took.percentiles[place] for place in _PERCENTILES)
    spread = (took.standard_deviation, *astuple(took.mean_interval), took.mode, took.least, took.most, took.outliers)
    target = (took.within_target, *astuple(within)) if within else ("", "", "")
    middle = (took.n, took.mean, took.median, *astuple(took.median_interval))
    return (segment.segment, segment.actor, *middle, *percentiles, *spread, *target)
