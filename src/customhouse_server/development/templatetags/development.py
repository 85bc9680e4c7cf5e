"""How codes, days and clocks of capacity building are written on a page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from customhouse.development import Clock, Standing
from customhouse.saying import Saying
from customhouse_server.development.words import PARTS, TONES, WORDS
from customhouse_server.people.words import in_language

register = template.Library()
UNKNOWN = "\N{EN DASH}"


@register.filter
def word(code: object) -> str:
    """The words for a code of capacity building."""
    return gettext(WORDS[str(code)]) if str(code) in WORDS else str(code)


@register.filter
def part_named(part: str) -> str:
    """What a part of a dossier is called."""
    return gettext(PARTS.get(part, part))


@register.filter
def shade(code: object) -> str:
    """The tone in which a code is shown, beside its word."""
    return next((tone for tone, codes in TONES.items() if str(code) in codes), "")


@register.filter
def said(texts: Mapping[str, str]) -> str:
    """A text of a framework in the reader's language."""
    return in_language(texts)


@register.filter
def told(reason: Saying | None) -> str:
    """A reason in the reader's language."""
    return reason.told(lambda text: gettext(WORDS.get(text, text))) if reason else ""


@register.filter
def told_all(reasons: Iterable[Saying]) -> str:
    """Several reasons in the reader's language."""
    return "; ".join(map(told, reasons))


@register.filter
def plain(value: object) -> str:
    """A value of a row: a day, a number, a list, a code in words, or a text as it was typed; what is absent is a dash."""
    if value is None or value in ("", ()):
        return UNKNOWN
    if isinstance(value, dt.date):
        return date_format(value, "j M Y")
    if isinstance(value, Decimal):
        return number_format(value, decimal_pos=max(0, -int(value.as_tuple().exponent)), force_grouping=True)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return word(value) if isinstance(value, StrEnum) else str(value)


@register.filter
def clock_told(clock: Clock) -> str:
    """A clock in words: days left until its day, or overdue since."""
    day = date_format(clock.due_on, "j M Y")
    if clock.days_left is None:
        return f"{word(clock.standing)}, {day}"
    if clock.standing is Standing.OVERDUE:
        late = -clock.days_left
        return ngettext("%(days)s day overdue, since %(day)s", "%(days)s days overdue, since %(day)s", late) % {"days": late, "day": day}
    left = clock.days_left
    return ngettext("%(days)s day left, until %(day)s", "%(days)s days left, until %(day)s", left) % {"days": left, "day": day}
