"""Behind: the addresses under which a figure of an indicator, shown anywhere on the site, opens its page and its events."""

import datetime as dt

from django.urls import reverse

from customhouse.performance import indicator
from customhouse_server.accounts.person import Person
from customhouse_server.performance.current import known_indicators
from customhouse_server.performance.disclosure import disclosed_to, is_told
from customhouse_server.performance.period import Period


def page_of(person: Person | None, meant: indicator.Indicator | None) -> str:
    """The page of an indicator; nothing where it is another formula than the one known here, or not for the person's eyes."""
    return reverse("performance:indicator", args=[meant.code]) if meant and _opens(person, meant) else ""


def events_of(person: Person | None, meant: indicator.Indicator | None, *, start: dt.date, end: dt.date) -> str:
    """The events of a period that an indicator counts; nothing as for its page, where no event makes it, or of days not told outside."""
    period = Period(start, end)
    if not (meant and meant.events and _opens(person, meant) and is_told(person, period)):
        return ""
    return f"{reverse('performance:events', args=[meant.code])}?period={period.name}"


def _opens(person: Person | None, meant: indicator.Indicator) -> bool:
    known = known_indicators().get(meant.code)
    return known is not None and (known.events, known.measure) == (meant.events, meant.measure) and known.disclosure in disclosed_to(person)
