"""Telling: figures and times in the reader's words: shares as per cent, times in hours or days, intervals, and what a status means."""

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from customhouse.performance import indicator, kept_back
from customhouse_server.tariff.country import current_country

UNKNOWN = "\N{EN DASH}"
_HOUR, _DAY = 3_600, 86_400
_TWO_DAYS = 2 * _DAY
_WHOLE = 1_000
_MILLION = 1_000_000
ACCOUNTS = "of the currency of the accounts"
TONES = {"green": "good", "amber": "warn", "red": "bad"}


def number(value: float) -> str:
    """A number in the reader's notation, with as many places as it needs."""
    places = 0 if value == int(value) or abs(value) >= _WHOLE else 1 if abs(value) >= 10 else 2  # noqa: PLR2004 - three figures
    return number_format(round(value, places), decimal_pos=places, force_grouping=True)


def percent(share: float) -> str:
    """A share as per cent."""
    return f"{number_format(round(100 * share, 1), decimal_pos=1)}\N{NO-BREAK SPACE}%"


def unit(each: indicator.Indicator) -> str:
    """The unit in words; amounts of money name the currency of the country's accounts."""
    return unit_named(each.unit)


def unit_named(text: str) -> str:
    """The words for the unit that an indicator states, or nothing where it has none."""
    return current_country().currency if text == ACCOUNTS else gettext(text) if text else ""


def amount(each: indicator.Indicator, value: float | None) -> str:
    """A value of an indicator: a share as per cent, anything else as a number."""
    if value is None:
        return UNKNOWN
    return percent(value) if each.measure == "share" else number(value)


def figure(each: indicator.Indicator, found: indicator.Figure | None) -> str:
    """What an indicator came to, or that it is kept back from the reader."""
    if found and found.quality is indicator.Quality.KEPT_BACK:
        return gettext(kept_back.WHY)
    return amount(each, found.value if found else None)


def tick(each: indicator.Indicator, value: float) -> str:
    """A value at the axis of a chart, in few letters."""
    if each.measure == "share":
        return f"{number(round(100 * value, 1))}\N{NO-BREAK SPACE}%"
    return f"{number(value / _MILLION)}\N{NO-BREAK SPACE}M" if abs(value) >= _MILLION else number(value)


def travelled(share: float | None) -> str:
    """How far a figure has come from the baseline to the target; nothing where that is not known."""
    if share is None:
        return ""
    told = gettext("%(share)s of the way from the baseline to the target")
    return told % {"share": percent(share)}


def between(each: indicator.Indicator, figure: indicator.Figure | None) -> str:
    """The interval of a figure, if it has one."""
    if figure is None or figure.interval is None:
        return ""
    ends = {"low": amount(each, figure.interval.low), "high": amount(each, figure.interval.high)}
    return gettext("%(low)s to %(high)s") % ends


def status(figure: indicator.Figure | None) -> str:
    """What the colour of a figure says, as a word."""
    words = {"green": gettext("On target"), "amber": gettext("Short of the target"), "red": gettext("Alarm")}
    return words.get(figure.status, "") if figure else ""


def took(seconds: float | None) -> str:
    """A time in hours, from two days on in days."""
    if seconds is None:
        return UNKNOWN
    if seconds >= _TWO_DAYS:
        return gettext("%(number)s days") % {"number": number(seconds / _DAY)}
    hours = seconds / _HOUR
    return ngettext("%(number)s hour", "%(number)s hours", 1 if hours == 1 else 2) % {"number": number(hours)}
