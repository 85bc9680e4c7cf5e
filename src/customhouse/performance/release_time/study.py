"""Study: a time release study over a sample of passages, whole and by stratum, as one document that can be kept and compared.

It follows the four phases of the WCO Guide (version 3) as far as they are arithmetic: the design says which declarations, which strata and
which targets; the result says what was measured, how, and what had to be left out.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from customhouse.kernel import WorkingHours
from customhouse.performance.kept_back import FEWEST, told_places
from customhouse.performance.release_time.passage import Sample, passages
from customhouse.performance.release_time.reason import Reason, reasons
from customhouse.performance.release_time.stage import PARTS, WHOLE, Actor, Segment
from customhouse.performance.release_time.statistics import Seconds, Summary, summary
from customhouse.performance.release_time.stratum import STRATA, UnknownStratumError, labels, texts
from customhouse.performance.release_time.survival import Survival, kaplan_meier
from customhouse.performance.release_time.working_time import open_time
from customhouse.saying import Saying, saying

METHOD = (
    "Every declaration first lodged in the period, followed until its goods were removed or until the end of what was seen. "
    "Declarations invalidated or seized are counted and left out of the times. Quantiles are interpolated (type 7); intervals are at "
    "95 %: of a mean by bootstrap up to 1,000 cases, above by its limit, the normal interval; of a quantile by what its bootstrap tends "
    "to; of a share by Wilson. Times more than three interquartile ranges above the upper "
    "quartile are counted as outliers and left in. Declarations still waiting count in the curve of release (Kaplan and Meier) for as "
    "long as they were seen. The time of each actor is that on the critical path: what is done before the goods are available costs none."
)
_SURVIVAL_POINTS = 200
_REPORTED = {"arrived": "arrival", "unloaded": "unloading", "available": "availability of the goods", "removed": "removal"}
"""The stages that somebody has to report, in words."""


class Design(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is studied: declarations lodged from `start` until before `end`, seen until before `seen_until` (days in UTC).

    `targets` are hours by the name of a segment, as `arrived to released`. `only` narrows the sample to those with these values, by the
    name of a stratum.
    """

    title: str
    start: date
    end: date
    seen_until: date
    strata: tuple[str, ...] = tuple(STRATA)
    targets: dict[str, float] = {}
    only: dict[str, str] = {}


class SegmentTime(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured of one segment, by the clock, and in the opening hours of the offices where they are known."""

    segment: str
    actor: str
    elapsed: Summary
    working: Summary | None = None


class ActorShare(msgspec.Struct, frozen=True, kw_only=True):
    """How long an actor held the goods up on average, in seconds, and its share of the whole time."""

    actor: str
    mean: float
    share: float


class StratumTime(msgspec.Struct, frozen=True, kw_only=True):
    """One stratum of the sample: its whole times and what each actor held up."""

    stratum: str
    value: str
    n: int
    segments: tuple[SegmentTime, ...]
    actors: tuple[ActorShare, ...]


class Study(msgspec.Struct, frozen=True, kw_only=True):
    """A study, done: `outcomes` counts the declarations by what became of them, `unmeasured` says what was left out and why.

    Nothing is told that fewer than `kept_back.FEWEST` declarations make: it would tell of single cases. `n` are those that were released
    or wait. A study that was kept before its sayings could be told in another language has them as texts.
    """

    design: Design
    method: str
    outcomes: dict[str, int]
    segments: tuple[SegmentTime, ...]
    actors: tuple[ActorShare, ...]
    strata: tuple[StratumTime, ...]
    release: Survival
    reasons: tuple[Reason, ...]
    unmeasured: tuple[Saying | str, ...]
    n: int = 0

    def told_outside(self) -> "Study":
        """The study as it is read outside the administration: without each stratum beside which too few are left of the whole.

        One that was kept before `n` was counted tells none.
        """
        told: list[StratumTime] = []
        for _stratum, found in groupby(self.strata if self.n else (), key=lambda each: each.stratum):
            parts = list(found)
            rest = max(0, self.n - sum(each.n for each in parts))
            places = told_places([*(each.n for each in parts), rest])
            told += [each for place, each in enumerate(parts) if place in places]
        return msgspec.structs.replace(self, strata=tuple(told))


def study(connection: duckdb.DuckDBPyConnection, design: Design, *, hours: Mapping[str, WorkingHours]) -> Study:
    """Do the study on an event store; `hours` are the opening hours by office, for times in working hours.

    Refuses with `UnknownStratumError` a sample that is narrowed by what does not divide it.
    """
    table = sampled(connection, design)
    done = table.filter(np.isin(texts(table, "outcome"), ["released", "waiting"]))
    instants = {name: _numbers(done, name) for name in {each for segment in (*WHOLE, *PARTS) for each in (segment.start, segment.end)}}
    working = _Office(hours, texts(done, "office"), instants)
    everything = np.ones(len(done), dtype=bool)
    return Study(
        design=design,
        method=METHOD,
        outcomes={outcome: n for outcome, n in _counted(texts(table, "outcome")).items() if n >= FEWEST},
        segments=tuple(_segments(design, (*WHOLE, *PARTS), instants, everything, working)),
        actors=_actors(done, everything),
        strata=tuple(_strata(design, done, instants, working)),
        release=_release(design, done),
        reasons=reasons(done),
        unmeasured=tuple(_unmeasured(design, instants, hours)),
        n=len(done),
    )


def sampled(connection: duckdb.DuckDBPyConnection, design: Design) -> pa.Table:
    """The passages that the study looks at; refuses with `UnknownStratumError`."""
    table = passages(connection, Sample(design.start, design.end, design.seen_until))
    for stratum, value in design.only.items():
        found = labels(table, stratum)
        if not STRATA[stratum].of:
            raise UnknownStratumError(
                "nothing can be chosen by {stratum}: {missing_source}", stratum=stratum, missing_source=STRATA[stratum].missing_source
            )
        table = table.filter(found == value)
    return table


class _Office:
    """The working time of segments, in the hours of the office that each declaration lies at."""

    def __init__(self, hours: Mapping[str, WorkingHours], offices: NDArray[np.str_], instants: Mapping[str, Seconds]) -> None:
        known = np.concatenate([each[~np.isnan(each)] for each in instants.values()] or [np.zeros(0)])
        self._at = [
            (offices == office, open_time(each, first=known.min(), last=known.max())) for office, each in hours.items() if len(known)
        ]

    def summary(self, starts: Seconds, ends: Seconds, *, measured: NDArray[np.bool_]) -> Summary | None:
        """The open time between the measured instants, as far as the hours of their offices are known."""
        times = [opened.between(starts[here & measured], ends[here & measured]) for here, opened in self._at]
        return summary(np.concatenate(times), target=None) if times else None


def _segments(
    design: Design, segments: tuple[Segment, ...], instants: Mapping[str, Seconds], chosen: NDArray[np.bool_], working: _Office
) -> Iterator[SegmentTime]:
    for segment in segments:
        starts, ends = instants[segment.start], instants[segment.end]
        measured = chosen & (ends >= starts)
        target = design.targets.get(segment.name)
        elapsed = summary((ends - starts)[measured], target=None if target is None else target * 3_600)
        if elapsed is None or elapsed.n < FEWEST:
            continue
        at_work = working.summary(starts, ends, measured=measured) if segment.actor is Actor.CUSTOMS else None
        yield SegmentTime(segment=segment.name, actor=segment.actor or "", elapsed=elapsed, working=at_work)


def _strata(design: Design, done: pa.Table, instants: Mapping[str, Seconds], working: _Office) -> Iterator[StratumTime]:
    for stratum in design.strata:
        values, places = np.unique(labels(done, stratum), return_inverse=True)
        for place, value in enumerate(values):
            chosen = places == place
            if chosen.sum() < FEWEST:
                continue
            yield StratumTime(
                stratum=stratum,
                value=str(value),
                n=int(chosen.sum()),
                segments=tuple(_segments(design, WHOLE, instants, chosen, working)),
                actors=_actors(done, chosen),
            )


def _actors(done: pa.Table, chosen: NDArray[np.bool_]) -> tuple[ActorShare, ...]:
    """The shares of the actors over the declarations that came to an end."""
    ended = chosen & ~np.isnan(_numbers(done, "ended"))
    if ended.sum() < FEWEST:
        return ()
    means = {actor: float(_numbers(done, f"held_by_{actor}")[ended].mean()) for actor in Actor}
    whole = sum(means.values())
    return tuple(ActorShare(actor=actor, mean=mean, share=mean / whole if whole else 0.0) for actor, mean in means.items())


def _release(design: Design, done: pa.Table) -> Survival:
    """From acceptance to release, with those that still wait at the end of what was seen; at most so many points are kept."""
    accepted, released = _numbers(done, "accepted"), _numbers(done, "released")
    seen_until = float(np.datetime64(design.seen_until, "s").astype(np.int64))
    known = ~np.isnan(accepted)
    known &= known.sum() >= FEWEST
    observed = ~np.isnan(released[known])
    times = np.where(observed, released[known], seen_until) - accepted[known]
    curve = kaplan_meier(np.maximum(times, 0.0), observed=observed)
    kept = sorted(set(np.linspace(0, len(curve.times) - 1, _SURVIVAL_POINTS).astype(int).tolist())) if curve.times else []
    return msgspec.structs.replace(
        curve,
        median=curve.quantile(0.5),
        times=tuple(curve.times[place] for place in kept),
        waiting=tuple(curve.waiting[place] for place in kept),
        intervals=tuple(curve.intervals[place] for place in kept),
    )


def _unmeasured(design: Design, instants: Mapping[str, Seconds], hours: Mapping[str, WorkingHours]) -> Iterator[Saying]:
    for stage, word in _REPORTED.items():
        missing = np.isnan(instants[stage])
        if missing.any():
            wording = "{stage}: nobody reported it for {n} declarations, which stay out of the times that begin or end there"
            yield saying(wording, stage=saying(word), n=_many(missing))
    for segment in (*WHOLE, *PARTS):
        backwards = instants[segment.end] < instants[segment.start]
        if backwards.any():
            wording = "{segment}: for {n} declarations the end came before the beginning, and they stay out of this time"
            yield saying(wording, segment=saying(segment.name), n=_many(backwards))
    if not hours:
        yield saying("working hours: the country package says nothing of the hours of its offices")
    for stratum in design.strata:
        source = STRATA[stratum].missing_source
        if source:
            yield saying(f"{stratum}: {source}")


def _many(chosen: NDArray[np.bool_]) -> str | Saying:
    """How many of all are chosen, in words where the number would tell of a few."""
    n = int(chosen.sum())
    if n < FEWEST:
        return saying("a few")
    return saying("nearly all") if 0 < len(chosen) - n < FEWEST else str(n)


def _counted(values: NDArray[np.str_]) -> dict[str, int]:
    return {str(value): int((values == value).sum()) for value in np.unique(values)}


def _numbers(table: pa.Table, name: str) -> Seconds:
    numbers: Seconds = table[name].cast(pa.float64()).to_numpy()
    return numbers
