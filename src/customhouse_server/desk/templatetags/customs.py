"""How amounts, instants, states and codes are written on a page."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from customhouse.declaration import Amount
from customhouse.kernel import Validity
from customhouse_server.desk.words import WORDS
from customhouse_server.tariff.country import current_country

register = template.Library()
UNKNOWN = "\N{EN DASH}"

_GOOD = {
    "working",
    "released",
    "exited",
    "paid",
    "green",
    "due",
    "open",
    "allotted",
    "satisfied",
    "issued",
    "in_force",
    "adopted",
    "delivered",
    "on course",
    "met",
    "kept",
    "lead_unfounded",
}
_WARN = {
    "behind",
    "documents_requested",
    "queried",
    "prelodged",
    "secured",
    "yellow",
    "suspended",
    "assessed",
    "stored",
    "examined",
    "critical",
    "blocked",
    "outside",
    "asked",
    "returned",
    "paused",
    "in_grace",
    "drafted",
    "amber",
    "lead_put",
    "lead_assigned",
}
_BAD = {
    "stopped",
    "not_satisfied",
    "rejected",
    "examination_ordered",
    "invalidated",
    "seized",
    "red",
    "undetermined",
    "exhausted",
    "refused",
    "revoked",
    "annulled",
    "overdue",
    "missed",
    "dropped",
    "lead_founded",
    "one at the cost of the other",
}


@register.filter
def amount(value: object, currency: str = "") -> str:
    """An amount with its currency in the reader's notation; what is unknown or absent is a dash."""
    if isinstance(value, Amount):
        value, currency = value.value, value.currency or ""
    if not isinstance(value, Decimal):
        return UNKNOWN
    return f"{number_format(value, decimal_pos=max(0, -int(value.as_tuple().exponent)), force_grouping=True)}\u00a0{currency}".strip()


@register.filter
def measured(value: object, unit: str = "") -> str:
    """A quantity of goods in its unit, without the zeros that say nothing; what is unknown is a dash."""
    if not isinstance(value, Decimal):
        return UNKNOWN
    return amount(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), unit)


@register.filter
def last_day(period: Validity) -> dt.date | None:
    """The last day of a period; nothing where it has no end."""
    return period.end - dt.timedelta(days=1) if period.end else None


@register.filter
def percent(share: Decimal) -> str:
    """A share of one as a percentage."""
    return f"{amount((share * 100).normalize().quantize(Decimal(1)))}\u00a0%"


@register.filter
def instant(value: dt.datetime | None) -> str:
    """An instant in the territory's time zone."""
    return date_format(timezone.localtime(value, current_country().time_zone), "j M Y, H:i") if value else UNKNOWN


@register.filter
def named(code: object) -> str:
    """The words for a code of ours: a state, an act, a lane, an event."""
    text = getattr(code, "value", code)
    return gettext(WORDS.get(str(text), str(text))) if text else ""


@register.filter
def said(text: object) -> str:
    """A text that comes as data, as the name of an indicator, in the reader's language if that has it."""
    written = str(getattr(text, "value", text))
    return gettext(written) if written else ""


@register.filter
def tone(code: object) -> str:
    """The tone in which a state or lane is shown, beside its word."""
    text = str(getattr(code, "value", code))
    return "good" if text in _GOOD else "warn" if text in _WARN else "bad" if text in _BAD else ""
