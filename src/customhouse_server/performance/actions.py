"""Performance: the journal's events brought to the event store, and figures worked out from there, kept, and traced back.

export(store, limit=) -> int                      the next stretch of the journal, and how many events it had; 0 once all is exported
compact(store, at=) -> int                        one file for each day that has several, and how many days those were
compute(store, periods, at=) -> int               work out and keep the figures of these periods; how many are other than before
compute_months(store, at=)                        work out and keep what was assessed in each month of the store
last_year(on=) -> KeptYear | None                 the year that ended with a day or before it, as it was worked out last
dashboard(person, period) -> tuple[Reading, ...]  what the person may see of a period, each with its last twelve months and its pair
reading(person, code, period) -> Reading          one of them
tracing(person, code, period) -> Tracing          the events behind a figure, as far as the person may see each
told(person, declaration_id) -> tuple[Happening, ...]   what happened to a declaration, as the event store has it
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import duckdb
import pyarrow as pa
from django.db import transaction

from customhouse.performance import EventStore, Happening, Recorded, compact_day, event_table, happenings, history, indicator, kept_back
from customhouse.research import forecast
from customhouse.strategy import implementation
from customhouse_server.accounts.person import Person
from customhouse_server.declaration.record import UnknownDeclarationError
from customhouse_server.journal import store as journal
from customhouse_server.performance import store as kept
from customhouse_server.performance.current import current_indicators, event_store, known_indicators
from customhouse_server.performance.disclosure import disclosed_to, figures_for, is_of_house, require_told
from customhouse_server.performance.kept import KeptYear, UnknownIndicatorError
from customhouse_server.performance.period import Period, month_of, periods_of, year_up_to
from customhouse_server.performance.stated import with_baselines
from customhouse_server.tariff.country import current_country

_READER = "event store"
_MONTHS = 12
_LATE_DAYS = 92
"""For how long after its end a period is worked out anew every night: events from outside come late."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator read for a period: its figure if it was worked out, the months up to there, and the indicator to be read beside it."""

    indicator: indicator.Indicator
    figure: indicator.Figure | None
    months: tuple[tuple[Period, indicator.Figure | None], ...]
    pair: indicator.Indicator | None = None
    pair_figure: indicator.Figure | None = None

    @property
    def travelled(self) -> float | None:
        """The share of the way from the baseline to the target that the figure has come."""
        return None if self.figure is None or self.figure.value is None else self.indicator.travelled(self.figure.value)


@dataclass(frozen=True, slots=True)
class Traced:
    """An event behind a figure, and whether its declaration is for the person's eyes."""

    happening: Happening
    counts: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class DayTraced:
    """For those who may not see single events: how many there were on a day, and what they came to, where that tells of nobody.

    What is counted is not told either by how many they were.
    """

    day: dt.date
    n: int | None
    counts: float | None


@dataclass(frozen=True, slots=True)
class Tracing:
    """A stretch of the events behind a figure: single ones for the administration, days for everybody else."""

    total: int
    events: tuple[Traced, ...] = ()
    days: tuple[DayTraced, ...] = ()


def export(store: EventStore, *, limit: int = 50_000) -> int:
    """Write the next events of the journal to the store; if anything fails on the way, the same stretch comes again and replaces itself."""
    with transaction.atomic():
        events = journal.read_on(_READER, limit=limit)
        store.write(event_table(_recorded(each) for each in events))
    return len(events)


def compact(store: EventStore, *, at: dt.datetime) -> int:
    """Make one file of each day's many; a day is a transaction, so that neither the export nor other readers wait long."""
    return sum(_compact_day(store, day, at=at) for day in store.days())


def _compact_day(store: EventStore, day: dt.date, *, at: dt.datetime) -> bool:
    with transaction.atomic():
        return compact_day(store, day, through=journal.mark_of(_READER), at=at)


def due_periods(store: EventStore, *, on: dt.date) -> tuple[Period, ...]:
    """Every month and year with events up to a day, and those in between."""
    return periods_of(day for day in store.days() if day <= on)


def late_periods(store: EventStore, *, on: dt.date) -> tuple[Period, ...]:
    """Those of them whose events may still come in on a day."""
    return tuple(each for each in due_periods(store, on=on) if (on - each.end).days < _LATE_DAYS)


def year_so_far(*, at: dt.datetime) -> Period:
    """The year that ends with the legal day of an instant, by which agreements are held and times are published."""
    return year_up_to(current_country().legal_day(at=at))


def compute(store: EventStore, periods: Iterable[Period], *, at: dt.datetime) -> int:
    """Work out every indicator for each period and keep it; the same events give the same figures, and then nothing changes."""
    return sum(_compute_of_year(store, of_year, at=at) for _year, of_year in groupby(periods, key=lambda each: each.start.year))


def _compute_of_year(store: EventStore, periods: Iterable[Period], *, at: dt.datetime) -> int:
    """As `compute`, on one connection, which is good for an hour."""
    connection = store.connect(for_many=True)
    changed = 0
    for period in periods:
        found = implementation.facts_from(connection, known_indicators().values(), start=period.start, end=period.end)
        with transaction.atomic():
            changed += kept.keep_figures(tuple(found.figures.values()), at=at)
            kept.keep_period(period, found.events or {}, at=at)
    return changed


def compute_months(store: EventStore, *, at: dt.datetime) -> None:
    """Work out what was assessed in each month, anew from all events, since a declaration may be assessed again after years."""
    kept.keep_months(forecast.months_from(store.connect(), start=dt.date.min, end=dt.date.max), at=at)


def last_year(*, on: dt.date) -> KeptYear | None:
    """The year that ended with a day or before it, as it was worked out last; nothing where none was."""
    return kept.last_year(known_indicators().values(), on=on)


def computed_at(period: Period) -> dt.datetime | None:
    """When a figure of the period last changed; nothing where none was worked out."""
    return kept.computed_at(period)


def shown_periods(*, on: dt.date) -> tuple[Period, ...]:
    """The periods that can be chosen, latest first; before anything was worked out, the month of the day."""
    return kept.periods() or (month_of(on),)


def latest_period(*, on: dt.date) -> Period:
    """The last whole month with figures, else the latest period there is."""
    found = shown_periods(on=on)
    return next((each for each in found if each.is_month and each.end <= on), found[0])


def dashboard(person: Person | None, period: Period) -> tuple[Reading, ...]:
    """The indicators that are for the person's eyes, in their order; refuses with `UnknownPeriodError` what is not told outside."""
    require_told(person, period)
    levels = disclosed_to(person)
    return _readings(person, [each for each in current_indicators().indicators if each.disclosure in levels], period)


def reading(person: Person | None, code: str, period: Period) -> Reading:
    """One indicator; for the administration it is worked out now where no figure of the period is kept.

    Refuses with `UnknownIndicatorError`, and with `UnknownPeriodError` what is not told outside.
    """
    require_told(person, period)
    levels, known = disclosed_to(person), known_indicators()
    asked = known.get(code)
    if asked is None or asked.disclosure not in levels:
        raise UnknownIndicatorError("there is no indicator {code}", code=code)
    pair = known.get(asked.paired_with)
    found = _readings(person, [asked, *([pair] if pair and pair.disclosure in levels else [])], period)[0]
    if found.figure or not is_of_house(person):
        return found
    return replace(found, figure=indicator.evaluated(event_store().connect(), asked, start=period.start, end=period.end))


def tracing(person: Person | None, code: str, period: Period, *, limit: int, offset: int) -> Tracing:
    """The events behind a figure, in the order of the journal; refuses as `reading` does."""
    asked = reading(person, code, period).indicator
    connection = event_store().connect()
    traces = indicator.traced(connection, asked, start=period.start, end=period.end)
    if is_of_house(person):
        found = {(each["transaction"], each["id"]): each["counts"] for each in traces[offset : offset + limit].to_pylist()}
        events = happenings(connection, found, start=period.start, end=period.end)
        return Tracing(
            total=len(traces), events=tuple(Traced(each, found[each.transaction, each.id], is_open(person, each)) for each in events)
        )
    days = tuple(_by_day(connection, traces, asked, period))
    return Tracing(total=len(days), days=days[offset : offset + limit])


def told(person: Person, declaration_id: str) -> tuple[Happening, ...]:
    """What happened to a declaration, as the event store has it; refuses with `UnknownDeclarationError` whom it does not concern."""
    found = history(event_store().connect(), declaration_id)
    if not found or not person.of_customs or not is_open(person, found[0]):
        raise UnknownDeclarationError("there is no such declaration")
    return found


def open_among(person: Person, places: Iterable[tuple[int, int]], *, start: dt.date, end: dt.date) -> frozenset[str]:
    """The declarations whose history the person may open, of the events at these places of the journal, which occurred in a period."""
    found = happenings(event_store().connect(), places, start=start, end=end)
    return frozenset(each.declaration_id for each in found if is_open(person, each))


def is_open(person: Person, event: Happening) -> bool:
    """Whether the declaration of an event is for the person's eyes."""
    return person.of_customs and person.may_see(declarant_id=event.declarant, office=event.office)


def _by_day(connection: duckdb.DuckDBPyConnection, traces: pa.Table, asked: indicator.Indicator, period: Period) -> Iterator[DayTraced]:
    """The events by day, and not by their place in the journal, from which a trader could tell the lane of his own goods."""
    connection.register("traced", traces)
    rows = connection.execute(
        "SELECT day, count(*) AS n, sum(counts) FROM event JOIN traced USING (transaction, id) "
        "WHERE day >= $start AND day < $end GROUP BY day ORDER BY day",
        {"start": period.start, "end": period.end},
    ).fetchall()
    for _month, days in groupby(rows, key=lambda row: month_of(row[0])):
        found = list(days)
        told = kept_back.told_places([n for _day, n, _counts in found])
        for place, (day, n, counts) in enumerate(found):
            is_told = place in told
            yield DayTraced(day, n if is_told or asked.measure != "count" else None, counts if is_told else None)


def _readings(person: Person | None, known: Iterable[indicator.Indicator], period: Period) -> tuple[Reading, ...]:
    indicators, months = with_baselines(known), period.months(_MONTHS)
    figures = figures_for(person, indicators, [period, *months])
    shown = {each.code: each for each in indicators}

    def figure(code: str, of: Period) -> indicator.Figure | None:
        return figures.get((code, of.start, of.end))

    return tuple(
        Reading(
            indicator=each,
            figure=figure(each.code, period),
            months=tuple((month, figure(each.code, month)) for month in months),
            pair=shown.get(each.paired_with),
            pair_figure=figure(each.paired_with, period),
        )
        for each in indicators
    )


def _recorded(event: journal.WrittenEvent) -> Recorded:
    written, _, number = event.position.partition("-")
    return Recorded(int(written), int(number), event.document)
