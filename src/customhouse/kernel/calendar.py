"""Calendar: the years in which a day lies that somebody writes down; any other is a slip of the pen, from which no term can be counted."""

from collections.abc import Iterator
from datetime import date

import msgspec

from customhouse.saying import Saying, saying

YEARS = range(1900, 2200)


def days_beyond(value: object, place: str = "") -> Iterator[tuple[str, date]]:
    """The days in a document that lie in none of the years, each with its place as a form names it: `evidence.0.on`."""
    if isinstance(value, date) and value.year not in YEARS:
        yield place, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from days_beyond(getattr(value, name), f"{place}.{name}" if place else name)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from days_beyond(each, f"{place}.{number}")


def beyond(day: date | int) -> Saying:
    """What is wrong with a day, or a year, that lies in none of the years."""
    return saying("{day} is not between 1900 and 2199", day=day)


def to_come(*, on: date, **days: date | None) -> Iterator[tuple[str, Saying]]:
    """Of the days on which something was done, by the names of their fields, those that have not come by a day."""
    return ((name, saying("{day} is still to come", day=day)) for name, day in days.items() if day is not None and day > on)
