"""Naming: segments, stages, strata and actors of a study in words, to be translated where they are shown."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from customhouse_server.desk.words import WORDS
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import today

_LISTS = {"office": "offices", "mode": "transport_modes"}
"""The list of codes that the values of a stratum are from."""
NAMES = {
    "arrived to released": _("arrival to release"),
    "arrived to removed": _("arrival to removal"),
    "available to released": _("the goods at hand to release"),
    "lodged to released": _("lodging to release"),
    "accepted to released": _("acceptance to release"),
    "arrived to unloaded": _("arrival to unloading"),
    "unloaded to available": _("unloading to the goods at hand"),
    "available to lodged": _("the goods at hand to lodging"),
    "lodged to accepted": _("lodging to acceptance"),
    "accepted to assessed": _("acceptance to assessment"),
    "documents_requested to documents_received": _("documents asked for to documents received"),
    "queried to answered": _("question to answer"),
    "examination_ordered to examined": _("order of an examination to its result"),
    "agency_asked to agency_decided": _("another agency asked to its decision"),
    "assessed to settled": _("assessment to payment or security"),
    "settled to released": _("payment or security to release"),
    "released to removed": _("release to removal"),
    "arrived": _("arrival"),
    "unloaded": _("unloading"),
    "available": _("availability of the goods"),
    "removed": _("removal"),
    "carrier": _("carrier"),
    "terminal": _("terminal"),
    "declarant": _("declarant"),
    "customs": _("customs"),
    "payer": _("payer"),
    "office": _("office"),
    "mode": _("mode of transport at the border"),
    "lane": _("lane"),
    "lodging": _("lodging"),
    "control": _("control"),
    "chapter": _("chapter of the nomenclature"),
    "origin": _("country of origin"),
    "none reported": _("none reported"),
    "several": _("several"),
    "partner": _("authorised economic operator"),
    "agency": _("other agency"),
    "before arrival": _("before arrival"),
    "after arrival": _("after arrival"),
    "examined": _("examined"),
    "not examined": _("not examined"),
    "lodged only after the goods were available": _("lodged only after the goods were at hand"),
    "documents asked for": _("documents asked for"),
    "question to the declarant": _("question to the declarant"),
    "examination": _("examination"),
    "payment later than a day after assessment": _("payment later than a day after assessment"),
    "goods left lying a day after release": _("goods left lying a day after release"),
}


def named(text: str) -> str:
    """The words for what a study calls so, or the site anywhere, or the text itself where it is a code of somebody else's."""
    words = NAMES.get(text) or WORDS.get(text)
    return gettext(words) if words else text


def value_named(stratum: str, value: str) -> str:
    """A value of a stratum in words: a code with what the lists of the country call it, any other by its own word."""
    codes = current_country().lists.named(_LISTS.get(stratum, ""))
    entry = codes.entry(value, on=today()) if codes else None
    if entry is None:
        return named(value)
    return f"{value} {entry.extra.get(f'description_{get_language()}') or gettext(entry.description)}"
