"""Stated: what the administration says of an indicator beside its figures: from where it begins, and what a figure means.

with_baselines(indicators) -> tuple[Indicator, ...]         a baseline stated here counts before that of the file
known() -> dict[str, Indicator]                             every indicator by its code, so
state_baseline(person, code, baseline, at=)                 supervisors and administrators
narrate(person, code, period, text=, at=)                   the same; an empty text takes back what was said
narrative(code, period) -> Narrative | None

All refuse with `UnknownIndicatorError`, `UnfitStatementError` and `NotPermittedError`.
"""

import datetime as dt
from collections.abc import Iterable

import msgspec
from django.db import transaction

from customhouse.kernel import Event
from customhouse.performance import indicator
from customhouse_server.accounts.person import Person
from customhouse_server.journal import store as journal
from customhouse_server.performance import store as kept
from customhouse_server.performance.current import known_indicators
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.performance.kept import Baseline, Narrative, UnfitStatementError, UnknownIndicatorError
from customhouse_server.performance.period import Period
from customhouse_server.tariff.country import current_country


class BaselineStated(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It was stated from where an indicator begins."""

    code: str
    value: float
    of_day: dt.date
    source: str


class FigureNarrated(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It was said what the figure of an indicator for a period means; an empty text took that back."""

    code: str
    start: dt.date
    end: dt.date
    text: str = ""


def with_baselines(indicators: Iterable[indicator.Indicator]) -> tuple[indicator.Indicator, ...]:
    """The indicators, each with the baseline that was stated last where one was."""
    stated = kept.baselines()
    return tuple(_begun(each, stated[each.code]) if each.code in stated else each for each in indicators)


def known() -> dict[str, indicator.Indicator]:
    """Every indicator that is worked out here, by its code, with the baseline that was stated last."""
    return {each.code: each for each in with_baselines(known_indicators().values())}


def state_baseline(person: Person, code: str, baseline: Baseline, *, at: dt.datetime) -> None:
    """State from where an indicator begins."""
    person.require(HEADS, "stating a baseline")
    _require_known(code)
    faults = indicator.Indicator.baseline_faults(baseline.value, baseline.source, on=baseline.on)
    if faults:
        raise UnfitStatementError("{faults}", between="; ", faults=faults)
    if baseline.on > current_country().legal_day(at=at):
        raise UnfitStatementError("a baseline is of a day that has come")
    with transaction.atomic():
        kept.keep_baseline(code, baseline, stated_by_id=person.id, at=at)
        stated = BaselineStated(occurred_at=at, code=code, value=baseline.value, of_day=baseline.on, source=baseline.source)
        journal.record(stated, actor=person.username)


def narrate(person: Person, code: str, period: Period, *, text: str, at: dt.datetime) -> None:
    """Say what the figure of a period means."""
    person.require(HEADS, "saying what a figure means")
    _require_known(code)
    with transaction.atomic():
        kept.keep_narrative(code, period, text, stated_by_id=person.id, at=at)
        journal.record(FigureNarrated(occurred_at=at, code=code, start=period.start, end=period.end, text=text), actor=person.username)


def narrative(code: str, period: Period) -> Narrative | None:
    """What is said of the figure of a period."""
    said = kept.narrative_of(code, period)
    return said if said and said.text else None


def _begun(each: indicator.Indicator, baseline: Baseline) -> indicator.Indicator:
    return msgspec.structs.replace(each, baseline=baseline.value, baseline_on=baseline.on, baseline_source=baseline.source)


def _require_known(code: str) -> None:
    if code not in known_indicators():
        raise UnknownIndicatorError("there is no indicator {code}", code=code)
