"""Framework: the installation's questions and its rule for time in kind, read once in each process, and live figures beside a question."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache

import msgspec

from customhouse.development import diagnostic, project
from customhouse.performance import indicator
from customhouse_server.people.framework import frameworks_folder
from customhouse_server.performance.actions import last_year
from customhouse_server.performance.current import known_indicators


@cache
def diagnostic_framework() -> diagnostic.Framework:
    """The questions of the installation."""
    return diagnostic.read_framework((frameworks_folder() / "diagnostic.toml").read_text("utf-8"))


@cache
def in_kind_rules() -> tuple[project.InKind, ...]:
    """What a day of somebody's time is worth here."""
    written = tomllib.loads((frameworks_folder() / "in_kind.toml").read_text("utf-8"))
    return msgspec.convert(written["in_kind"], tuple[project.InKind, ...], strict=False)


def live_figures(codes: Iterable[str], *, on: dt.date) -> dict[str, tuple[indicator.Indicator, indicator.Figure | None]]:
    """The figures of the last year that was worked out, by the codes of their indicators; none where that year has none."""
    year = last_year(on=on)
    known = [found for code in sorted(set(codes)) if (found := known_indicators().get(code))]
    return {each.code: (each, year.figures.get(each.code) if year else None) for each in known}
