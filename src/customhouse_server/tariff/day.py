"""Day: a day that is typed, sent or asked for in an address, within the calendar by which everything here can be reckoned."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from pydantic import Field

from customhouse.kernel import calendar
from customhouse_server.tariff.country import current_country

_FIRST, _END = (dt.date(year, 1, 1) for year in (calendar.YEARS.start, calendar.YEARS.stop))

Day = Annotated[dt.date, Field(ge=_FIRST, lt=_END)]
"""A day from 1900 to 2199, as the interface takes it."""


def read_day(text: str) -> dt.date:
    """The day that a text names, as 2026-03-31; refuses with `ValueError` any other text, and a day before 1900 or after 2199."""
    day = dt.date.fromisoformat(text)
    if day.year not in calendar.YEARS:
        raise ValueError("a day before 1900 or after 2199")
    return day


def today() -> dt.date:
    """The legal day on which it is now."""
    return current_country().legal_day(at=timezone.now())


def day_asked(request: HttpRequest) -> dt.date:
    """The day for which an address asks (`on`), or today's legal day where it names none."""
    try:
        return read_day(request.GET.get("on", ""))
    except ValueError:
        return today()
