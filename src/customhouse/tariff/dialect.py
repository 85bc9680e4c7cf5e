"""Dialect: how a file of measures writes its rates: as the schedule of one administration prints them, or in the one form of our own."""

from collections.abc import Callable, Mapping

from customhouse.tariff.hts.rate_text import read_rate as read_printed_in_schedule
from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import Season, read_rate, read_seasonal_rate

SeasonalRates = tuple[tuple[Season | None, Rate], ...]
Dialect = Callable[[str], SeasonalRates]


class UnknownDialectError(LookupError):
    """Rates are said to be written in a way that nobody here reads."""


def _hts(text: str) -> SeasonalRates:
    """As the Harmonized Tariff Schedule prints them; what it would not print, in the form of our own."""
    printed = read_printed_in_schedule(text)
    if not printed.unreadable or printed.refers_to:
        return ((None, printed),)
    ours = read_rate(text)
    return ((None, printed if ours.unreadable else ours),)


_DIALECTS: Mapping[str, Dialect] = {"taric": read_seasonal_rate, "hts": _hts}


def dialect(name: str) -> Dialect:
    """The reader of rates of that name; refuses with `UnknownDialectError` one that there is none of."""
    if name not in _DIALECTS:
        raise UnknownDialectError(f"no rates are written as {name!r}: name one of {', '.join(_DIALECTS)}")
    return _DIALECTS[name]
