"""Current: the indicators by which this installation measures, read once in each process, and its event store."""

from functools import cache
from pathlib import Path

from django.conf import settings

from customhouse.performance import EventStore, indicator
from customhouse.shipped import shipped, shipped_or_own


@cache
def current_indicators() -> indicator.IndicatorSet:
    """The set that CUSTOMHOUSE_INDICATORS names, a shipped one or a file; refuses with `UnreadableIndicatorsError` or `OSError`."""
    file = shipped_or_own("indicators", settings.INDICATORS) or Path(settings.INDICATORS)
    return indicator.read_indicators(file.read_text("utf-8-sig"))


@cache
def known_indicators() -> dict[str, indicator.Indicator]:
    """Every indicator that is worked out here, by its code: those that ship, since they prove agreements, and before them one's own."""
    proving = [indicator.read_indicators((shipped("indicators") / f"{name}.toml").read_text("utf-8")) for name in ("tfa", "customs")]
    return {each.code: each for found in (*proving, current_indicators()) for each in found.indicators}


def event_store() -> EventStore:
    """The event store of this installation."""
    return EventStore(Path(settings.EVENT_STORE))
