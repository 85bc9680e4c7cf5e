"""Service level: how long it usually takes, by the indicators that are for everybody (TFA 7.6)."""

import datetime as dt
from functools import lru_cache

from customhouse.performance import EventStore, indicator
from customhouse.pipeline import publication as rules
from customhouse_server.performance.current import current_indicators, event_store, known_indicators

_RELEASE = "TF-02"
_PERIOD = dt.timedelta(days=365)


def times(*, on: dt.date) -> rules.Sheet:
    """The public indicators over the year before the day, or before the last day of which there are events."""
    store = event_store()
    public = [each for each in current_indicators().indicators if each.disclosure is indicator.Disclosure.PUBLIC]
    return rules.Sheet(
        title="How long it takes",
        about="What customs measures of itself for everybody, over a year of events, each figure with its 95 % interval.",
        source=f"{'a made-up year' if store.is_made_up else 'the event store'}, indicators {current_indicators().name!r}",
        basis="TFA Art 7.6",
        columns=("code", "indicator", "figure", "unit", "95 % interval", "events", "from", "until before", "remark"),
        rows=tuple(_row(each, _figure(each.code, on=on)) for each in public) if store.days() else (),
    )


def release_time(*, on: dt.date) -> indicator.Figure | None:
    """How long goods usually take from acceptance to release, in hours; nothing where no release was measured."""
    if _RELEASE not in known_indicators() or not event_store().days():
        return None
    figure = _figure(_RELEASE, on=on)
    return figure if figure.value is not None else None


def _figure(code: str, *, on: dt.date) -> indicator.Figure:
    last = event_store().days()[-1]
    return _evaluated(event_store(), code, min(on, last + dt.timedelta(days=1)), last)


@lru_cache(maxsize=128)
def _evaluated(store: EventStore, code: str, end: dt.date, last: dt.date) -> indicator.Figure:  # noqa: ARG001 - another last day, another figure
    return indicator.evaluated(store.connect(), known_indicators()[code], start=end - _PERIOD, end=end)


def _row(measured: indicator.Indicator, figure: indicator.Figure) -> tuple[str, ...]:
    value = "" if figure.value is None else f"{figure.value:,.4g}"
    between = f"{figure.interval.low:,.4g} to {figure.interval.high:,.4g}" if figure.interval else ""
    period = (figure.start.isoformat(), figure.end.isoformat())
    return (measured.code, measured.name, value, measured.unit, between, str(figure.n), *period, figure.reason or "")
