"""Question: what is asked of the event store, as it was typed: each answer read with its bounds, and every fault told at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.formats import sanitize_separators
from django.utils.translation import gettext as _

from customhouse.kernel import months_after
from customhouse.performance import EventStore
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.period import month_of
from customhouse_server.tariff.day import read_day

_SOME_DAYS = 3
"""So many days without an event a month may begin or end with, and is whole."""
_STRETCH = 31
"""So many days are read at a time in search of an acceptance."""
A_YEAR = 12
"""Over how many months declarations are read where none are named: their events are read one by one, and ten years of them take long."""
_LONGEST = 2 * A_YEAR
"""Over how many months they are read at most, so that whoever asks is answered while they wait."""


class UnfitQuestionError(FaultyError):
    """The question cannot be answered as it is put; `faults` says why, by field."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed by field, and what is wrong with it so far."""

    values: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text without what surrounds it."""
        return self.values.get(name, "").replace("\x00", "").strip()

    def month(self, name: str, default: dt.date) -> dt.date:
        """The first day of a month written as 2026-03, the default where nothing is written."""
        written = self.text(name)
        try:
            return read_day(f"{written}-01") if written else default
        except ValueError:
            self.faults[name] = _("Write a month, as 2026-03.")
            return default

    def number(self, name: str, default: Decimal | None, *, least: Decimal, most: Decimal) -> Decimal | None:
        """A number within its bounds, the default where nothing is written; with a point, or as the reader's language writes decimals."""
        written = self.text(name)
        if not written:
            return default
        try:
            value = Decimal(sanitize_separators(written))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or not least <= value <= most:
            self.faults[name] = _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
            return default
        return value

    def whole_number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A number without decimals within its bounds, the default where nothing is written."""
        value = self.number(name, Decimal(default), least=Decimal(least), most=Decimal(most))
        assert value is not None, "it has a default"
        if value % 1:
            self.faults[name] = _("Write a number without decimals.")
        return int(value)

    def refuse(self) -> None:
        """Refuse with `UnfitQuestionError` where anything is wrong."""
        if self.faults:
            raise UnfitQuestionError(self.faults)


def period(typed: Typed, store: EventStore, *, on: dt.date, most: int | None = None) -> tuple[dt.date, dt.date]:
    """The first day asked for and the day after the last: from a month to a month; where none is named, the whole ones of the store.

    A month that has not begun `on` the day is none that came.

    `most` is how many of them at most, the last ones; where there is such a bound, no more than two years may be named.
    """
    found = whole_months(store, on=on, most=most)
    if found is None:
        typed.faults["end"] = _("The event store holds no month yet.")
        return dt.date.min, dt.date.min
    start, last = typed.month("start", found[0]), typed.month("end", found[1])
    if last < start:
        typed.faults["end"] = _("The last month comes before the first.")
    elif last > on:
        typed.faults["end"] = _("The last month has not come yet.")
    elif most and last >= months_after(start, _LONGEST):
        typed.faults["end"] = _("Ask for at most %(most)s months at once.") % {"most": _LONGEST}
    return start, months_after(last, 1)


def whole_months(store: EventStore, *, on: dt.date, most: int | None = None) -> tuple[dt.date, dt.date] | None:
    """The first and the last month of which the store holds all acceptances, or all it has where none is; nothing where it is empty.

    A month is not whole before it is over `on` the day, though a made-up year holds events of days to come.

    What follows an acceptance, as payment or removal, runs on for months in which nothing was declared any more. Of the months, the last
    ones are taken where there are more than `most`.
    """
    days = _accepted(store)
    if days is None:
        return None
    first, last = days[0].replace(day=1), days[1].replace(day=1)
    start = first if days[0].day <= 1 + _SOME_DAYS else months_after(first, 1)
    is_over = days[1] + dt.timedelta(days=_SOME_DAYS) >= months_after(last, 1) - dt.timedelta(days=1)
    end = min(last if is_over else months_after(last, -1), months_after(on.replace(day=1), -1))
    if start > end:
        return first, max(first, min(last, on.replace(day=1)))
    return (start if most is None else max(start, month_of(end).months(most)[0].start)), end


def _accepted(store: EventStore) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which a declaration was accepted, sought some days at a time from either end of the store."""
    days = store.days()
    stretches = [days[place : place + _STRETCH] for place in range(0, len(days), _STRETCH)]
    first = next(filter(None, (_accepted_on(store, each) for each in stretches)), None)
    last = next(filter(None, (_accepted_on(store, each) for each in reversed(stretches))), None)
    return (first[0], last[1]) if first and last else None


def _accepted_on(store: EventStore, days: Sequence[dt.date]) -> tuple[dt.date, dt.date] | None:
    """The first and the last of some days on which a declaration was accepted."""
    found = store.connect(days).execute("SELECT min(day), max(day) FROM event WHERE kind = 'DeclarationAccepted'").fetchone()
    return found if found and found[0] else None
