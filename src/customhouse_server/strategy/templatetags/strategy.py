"""How the figure of an indicator, and the last day of a period, are written on a page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

from django import template

from customhouse_server.performance import telling
from customhouse_server.strategy.report_paper import figure

T = TypeVar("T")
register = template.Library()
register.filter("figure", figure)
register.filter("travelled", telling.travelled)


@register.filter
def at(held: Sequence[T] | Mapping[object, T], place: int | str) -> T | None:
    """What stands at a place of a list, or under a name; nothing where nothing does."""
    if isinstance(held, Mapping):
        return held.get(place)
    return held[int(place)] if int(place) < len(held) else None


@register.filter
def day_before(end: dt.date) -> dt.date:
    """The last day that is still in a period which ends before this day."""
    return end - dt.date.resolution
