"""Service level: how long it usually takes, by the indicators that are for everybody (TFA 7.6)."""

import datetime as dt
from functools import lru_cache

from customhouse.performance import EventStore, indicator
from customhouse.pipeline import publication as rules
from customhouse_server.performance.current import current_indicators, event_store

_PERIOD = dt.timedelta(days=365)


def times(*, on: dt.date) -> rules.Sheet:
    """The public indicators over the year before the day, or before the last day of which there are events."""
    store = event_store()
    days = store.days()
    end = min(on, days[-1] + dt.timedelta(days=1)) if days else on
    rows = _figures(store, end, days[-1]) if days else ()
    return rules.Sheet(
        title="How long it takes",
        about="What customs measures of itself for everybody, over a year of events, each figure with its 95 % interval.",
        source=f"{'a made-up year' if store.is_made_up else 'the event store'}, indicators {current_indicators().name!r}",
        basis="TFA Art 7.6",
        columns=("code", "indicator", "figure", "95 % interval", "events", "from", "until before", "remark"),
        rows=rows,
    )


@lru_cache(maxsize=8)
def _figures(store: EventStore, end: dt.date, last: dt.date) -> tuple[tuple[str, ...], ...]:  # noqa: ARG001 - another last day, other figures
    start = end - _PERIOD
    connection = store.connect()
    rows = []
    for each in current_indicators().indicators:
        if each.disclosure is not indicator.Disclosure.PUBLIC:
            continue
        figure = indicator.evaluated(connection, each, start=start, end=end)
        value = "" if figure.value is None else f"{figure.value:,.4g} {each.unit}"
        between = f"{figure.interval.low:,.4g} to {figure.interval.high:,.4g}" if figure.interval else ""
        rows.append((each.code, each.name, value, between, str(figure.n), start.isoformat(), end.isoformat(), figure.reason or ""))
    return tuple(rows)
