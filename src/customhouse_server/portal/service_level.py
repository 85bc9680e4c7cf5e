"""Service level: how long it usually takes, by the indicators that are for everybody (TFA 7.6), as they were worked out last."""

import datetime as dt

from customhouse.performance import indicator
from customhouse.pipeline import publication as rules
from customhouse_server.performance import actions as performance
from customhouse_server.performance.current import current_indicators, event_store

_RELEASE = "TF-02"
_UNPUBLISHED = "No figures had been worked out by this day: a job does so every night."


def times(*, on: dt.date) -> rules.Sheet:
    """The public indicators over the last year that was worked out by the day."""
    year = performance.last_year(on=on)
    figures = year.figures if year else {}
    public = [each for each in current_indicators().indicators if each.disclosure is indicator.Disclosure.PUBLIC]
    return rules.Sheet(
        title="How long it takes",
        about="What customs measures of itself for everybody, over a year of events, each figure with its 95 % interval.",
        source=f"{'a made-up year' if event_store().is_made_up else 'the event store'}, indicators {current_indicators().name!r}",
        basis="TFA Art 7.6",
        columns=("code", "indicator", "figure", "unit", "95 % interval", "events", "from", "until before", "remark"),
        rows=tuple(_row(each, figures[each.code]) for each in public if each.code in figures),
        unpublished="" if year else _UNPUBLISHED,
    )


def release_time(*, on: dt.date) -> indicator.Figure | None:
    """How long goods usually take from acceptance to release, in hours; nothing where no release was measured."""
    year = performance.last_year(on=on)
    figure = year.figures.get(_RELEASE) if year else None
    return figure if figure and figure.value is not None else None


def _row(measured: indicator.Indicator, figure: indicator.Figure) -> tuple[str, ...]:
    value = "" if figure.value is None else f"{figure.value:,.4g}"
    between = f"{figure.interval.low:,.4g} to {figure.interval.high:,.4g}" if figure.interval else ""
    period = (figure.start.isoformat(), figure.end.isoformat())
    return (measured.code, measured.name, value, measured.unit, between, str(figure.n), *period, figure.reason or "")
