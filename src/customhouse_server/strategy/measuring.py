"""Measuring: the live figures of the indicators that a report may show, from the event store."""

from functools import cache
from pathlib import Path

import customhouse
from customhouse.performance import indicator
from customhouse.strategy import StrategicPlan, review
from customhouse_server.performance.actions import event_store

_PACKAGE = Path(customhouse.__file__).resolve().parent
_SETS = (_PACKAGE / "indicators", _PACKAGE.parent.parent / "indicators")  # in a wheel, and in a checkout


@cache
def known_indicators() -> dict[str, indicator.Indicator]:
    """The indicators of the administration by their codes."""
    file = next(path for folder in _SETS if (path := folder / "customs.toml").is_file())
    return {each.code: each for each in indicator.read_indicators(file.read_text("utf-8")).indicators}


def figures(plan: StrategicPlan, standing: review.standing.Standing, period: review.report.Period) -> review.Figures:
    """What the approved indicators came to in a period; without an event store none has a figure."""
    store, known = event_store(), known_indicators()
    worked_out: dict[str, indicator.Figure] = {}
    if store.days():
        connection = store.connect()
        for planned in review.approved_indicators(plan, standing):
            meant = review.measured_by(planned, known)
            if meant:
                worked_out[planned.code] = indicator.evaluated(connection, meant, start=period.start, end=period.end)
        connection.close()
    return review.Figures(known, worked_out)
