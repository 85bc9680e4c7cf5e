"""Rate text: reading a rate of duty as the Harmonized Tariff Schedule of the United States prints it (HTS, rates of duty columns 1 and 2).

    rate = Free [, tail] | reference | sum | sliding scale
    sum  = term {(+ | plus) term}        term = NUMBER (% | percent) [part] | (NUMBER ¢ | $ NUMBER) (/ [COUNT] unit | each) [part]
    part = (on | of | over) what the rate is measured on, where that is not the whole

A sliding scale falls with each degree of polarization and never under its floor: a linear form over kilograms and kilogram-degrees.
What points at another line is read as a reference, with what it adds; it gives no amount until that line is known.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from customhouse.tariff.hts.misprint import mended
from customhouse.tariff.hts.unit_word import part_of, quantity_of
from customhouse.tariff.rate import FLAT, VALUE, Linear, Rate, Term, linear, term_per
from customhouse.tariff.unit import UnknownUnitError

_CURRENCY = "USD"
_LONGEST_TEXT = 2_000
_REFERENCE = re.compile(r"(?:the|a) (?:rates?|dut(?:y|ies))\b|see\b|no change|as provided|the applicable", re.IGNORECASE)
_PROSE_LIMIT = re.compile(r",? but (?:if|not|in no case)", re.IGNORECASE)
_ADDED = re.compile(r"(?P<referred>.*?[a-z\d.)])\s*,?\s*(?P<sign>\+|\bplus\b|\bminus\b)\s*(?:a duty of )?(?P<sum>[$\d].*)", re.IGNORECASE)
_FREE = re.compile(r"(?:free|no additional duty)\b(?!\s*[+$\d])", re.IGNORECASE)
_NUMBER = r"\d{1,9}(?:,\d{3})*(?:\.\d{1,12})?|\.\d{1,12}"
_CENT = r"(?:¢|cents?)"
_TERM = re.compile(
    rf"(?:(?P<share>{_NUMBER})(?:\s+(?P<over>\d{{1,3}})/(?P<under>[1-9]\d{{0,2}}))?\s*(?:%|percent\b)"
    rf"|(?:(?P<cents>{_NUMBER})\s*(?:¢|cents?\b)|\$\s*(?P<dollars>{_NUMBER}))\s*(?P<unit>(?:/|each\b|for each\b|per\b)?[^$%]*?))"
    r"(?P<part>(?:,?\s*\b(?:on|upon|of|over|including)\b.*)?)",
    re.IGNORECASE,
)
_SLIDING = re.compile(
    rf"(?P<full>{_NUMBER})\s*{_CENT}\s*/\s*kg less (?P<each>{_NUMBER})\s*{_CENT}\s*/\s*kg "
    rf"for each degree under (?P<degrees>\d{{1,3}}) degrees(?:\s*\([^)]*\))? "
    rf"but not less(?: than)? (?P<least>{_NUMBER})\s*{_CENT}\s*/\s*kg",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\s*(?:\+|\bplus\b)\s*", re.IGNORECASE)


class UnreadableRateError(ValueError):
    """A rate is written in a form that the schedule does not use."""


@lru_cache(maxsize=65_536)
def read_rate(text: str) -> Rate:
    """The rate that one cell of the schedule prints, amounts in US dollars; one that gives no amount says why, and is never zero."""
    try:
        return _read(text, mended(text))
    except (UnreadableRateError, UnknownUnitError) as refusal:
        return Rate(text, unreadable=str(refusal))


def _read(text: str, clean: str) -> Rate:
    if len(text) > _LONGEST_TEXT:
        raise UnreadableRateError("the text is too long for a rate")
    if not clean:
        return Rate(text, unreadable="no rate is printed here; those of the lines under it apply", refers_to="the lines under it")
    if _FREE.match(clean):
        return Rate(text)
    if _REFERENCE.match(clean):
        return _reference(text, clean)
    sliding = _SLIDING.fullmatch(clean)
    if sliding:
        return _sliding(text, sliding)
    limit = _PROSE_LIMIT.search(clean)
    if limit:
        return Rate(
            text, _sum(clean[: limit.start()]), unreadable="a limit in words holds it", refers_to=clean[limit.start() :].lstrip(", ")
        )
    return Rate(text, _sum(clean))


def _reference(text: str, clean: str) -> Rate:
    """A rate that another line holds, with what is to be added to it; a base of nothing adds nothing."""
    added = _ADDED.fullmatch(clean)
    if added is None:
        return Rate(text, unreadable="another line holds the rate", refers_to=clean)
    terms = _terms(added["sum"])
    if added["sign"].lower() == "minus":
        terms = [replace(each, coefficient=-each.coefficient) for each in terms]
    return Rate(text, linear(terms), unreadable="another line holds the rate", refers_to=added["referred"])


def _sliding(text: str, found: re.Match[str]) -> Rate:
    """So much a kilogram at full polarization, less so much for each degree under it, as a form over what the goods have."""
    full, each, least = (Decimal(found[name]) / 100 for name in ("full", "each", "least"))
    at_none = full - each * Decimal(found["degrees"])
    base = linear([Term(at_none, "KGM", _CURRENCY), Term(each, "KGM*degrees", _CURRENCY)])
    return Rate(text, base, floor=linear([Term(least, "KGM", _CURRENCY)]))


def _sum(text: str) -> Linear:
    return linear(_terms(text))


def _terms(text: str) -> list[Term]:
    return [_term(each) for each in _PLUS.split(text.strip())]


def _term(text: str) -> Term:
    found = _TERM.fullmatch(text.strip())
    if found is None:
        raise UnreadableRateError(f"cannot read {text.strip()!r} as part of a rate")
    part = part_of(found["part"] or "")
    if found["part"] and not part:
        raise UnreadableRateError(f"{text.strip()!r} does not say what it is measured on")
    if found["share"]:
        per = Decimal(found["under"] or 1)
        share = _number(found["share"]) * per + Decimal(found["over"] or 0)
        return term_per(share / 100, f"{VALUE}:{part}" if part else VALUE, per=per)
    dollars = _number(found["dollars"]) if found["dollars"] else _number(found["cents"]) / 100
    if not found["unit"]:
        if part:
            raise UnreadableRateError(f"cannot tell what {text.strip()!r} is an amount for each of")
        return Term(dollars, FLAT, _CURRENCY)
    quantity, held = quantity_of(found["unit"])
    return term_per(dollars, f"{quantity}:{part}" if part else quantity, currency=_CURRENCY, per=held)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
