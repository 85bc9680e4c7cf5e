"""How the figure of an indicator, and the last day of a period, are written on a page."""

import datetime as dt

from django import template

from customhouse_server.strategy.report_paper import figure

register = template.Library()
register.filter("figure", figure)


@register.filter
def day_before(end: dt.date) -> dt.date:
    """The last day that is still in a period which ends before this day."""
    return end - dt.date.resolution
