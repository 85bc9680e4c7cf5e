"""Service level: how long it usually takes, by the indicators that are for everybody (TFA 7.6), as they were worked out last."""

import datetime as dt

from customhouse.performance import indicator
from customhouse.pipeline import publication as rules
from customhouse_server.performance import actions
from customhouse_server.performance.current import current_indicators, event_store
from customhouse_server.performance.kept import UnknownIndicatorError
from customhouse_server.performance.period import Period, year_of

_RELEASE = "TF-02"
_UNPUBLISHED = "No figures had been worked out by this day: a job does so every night."


def times(*, on: dt.date) -> rules.Sheet:
    """The public indicators over the last year that is over on the day, or over its own where none before it has figures."""
    rows = tuple(_row(each.indicator, each.figure) for each in actions.dashboard(None, _year(on=on)) if each.figure)
    return rules.Sheet(
        title="How long it takes",
        about="What customs measures of itself for everybody, over a year of events, each figure with its 95 % interval.",
        source=f"{'a made-up year' if event_store().is_made_up else 'the event store'}, indicators {current_indicators().name!r}",
        basis="TFA Art 7.6",
        columns=("code", "indicator", "figure", "unit", "95 % interval", "events", "from", "until before", "remark"),
        rows=rows,
        unpublished="" if rows else _UNPUBLISHED,
    )


def release_time(*, on: dt.date) -> indicator.Figure | None:
    """How long goods usually take from acceptance to release, in hours; nothing where no release was measured."""
    try:
        figure = actions.reading(None, _RELEASE, _year(on=on)).figure
    except UnknownIndicatorError:
        return None
    return figure if figure and figure.value is not None else None


def _year(*, on: dt.date) -> Period:
    """A year by the calendar: of the days up to any other day, those of a single one could be told apart."""
    over = (each for each in actions.shown_periods(on=on) if each.is_year and each.end <= on)
    return next(over, year_of(on))


def _row(measured: indicator.Indicator, figure: indicator.Figure) -> tuple[str, ...]:
    is_kept_back = figure.quality is indicator.Quality.KEPT_BACK
    value = f"{figure.value:,.4g}" if figure.value is not None else figure.reason if is_kept_back else ""
    between = f"{figure.interval.low:,.4g} to {figure.interval.high:,.4g}" if figure.interval else ""
    period = (figure.start.isoformat(), figure.end.isoformat())
    return (measured.code, measured.name, value, measured.unit, between, str(figure.n), *period, "" if is_kept_back else figure.reason)
