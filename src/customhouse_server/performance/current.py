"""Current: the set of indicators by which this installation measures, read once in each process, and its event store."""

from functools import cache
from pathlib import Path

from django.conf import settings

import customhouse
from customhouse.performance import EventStore, indicator

_PACKAGE = Path(customhouse.__file__).resolve().parent
_SHIPPED = (_PACKAGE / "indicators", _PACKAGE.parent.parent / "indicators")  # in a wheel, and in a checkout


@cache
def current_indicators() -> indicator.IndicatorSet:
    """The set that CUSTOMHOUSE_INDICATORS names, a shipped one or a file; refuses with `UnreadableIndicatorsError` or `OSError`."""
    files = [*(place / f"{settings.INDICATORS}.toml" for place in _SHIPPED), Path(settings.INDICATORS)]
    file = next((each for each in files if each.is_file()), files[-1])
    return indicator.read_indicators(file.read_text("utf-8-sig"))


def event_store() -> EventStore:
    """The event store of this installation."""
    return EventStore(Path(settings.EVENT_STORE))
