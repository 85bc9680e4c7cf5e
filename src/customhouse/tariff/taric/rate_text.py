"""Rate text: reading a rate of duty as the tariffs of the United Kingdom and the European Union print it.

    rate = sum [MIN sum] [MAX sum]        sum = term {(+ | -) term}
    term = NUMBER [/ PARTS] % [/ Retail Price] | NUMBER CURRENCY [/ [COUNT] unit] | EA | ADSZ | ADFM | EAR | ADSZR | ADFMR | AC | NIHIL

A rate by season lists such rates, each with its days in brackets, and is read as one rate a season.
"""

import re
from decimal import Decimal
from functools import lru_cache

from customhouse.tariff.rate import FLAT, VALUE, Linear, Rate, Term, linear, term_per
from customhouse.tariff.taric.season import Season, read_season
from customhouse.tariff.unit import UnknownUnitError, held_by_product, unit_in_words

_REFERENCES = {
    "EA": "EA",
    "EAR": "EAR",
    "ADSZ": "ADSZ",
    "AD S/Z": "ADSZ",
    "ADSZR": "ADSZR",
    "AD S/ZR": "ADSZR",
    "ADFM": "ADFM",
    "AD F/M": "ADFM",
    "ADFMR": "ADFMR",
    "AD F/MR": "ADFMR",
    "AC": "AC",
}
_TERM = re.compile(
    r"\s*(?P<sign>[+-])?\s*(?:"
    r"(?P<number>\d{1,12}(?:\.\d{1,10})?)\s*(?:/\s*(?P<parts>[1-9]\d{0,2})\s*(?=%))?(?:(?P<percent>%)(?:\s*/(?P<on>[^+\-]*))?|(?P<currency>[A-Z]{3})\b(?:\s*/\s*(?P<count>\d{1,9})?(?P<unit>[^+\-]*))?)?"
    r"|(?P<reference>EAR?|ADSZR?|AD S/ZR?|ADFMR?|AD F/MR?|AC)\b)\s*"
)
_WRITTEN_OUT = re.compile(
    r"(?:/|\bper\b) *(?P<count>\d+ )?[A-Za-z][^/()+]*?(?:\(100%\) [a-z ]+)?\((?P<abbreviation>(?!\d{1,2} ?[-A-Z])[^()]+)\)"
)
_SMALL_PRODUCER, _PRODUCER_RATE = "SPQ", "SPR"
_LONGEST_TEXT = 500
_DASHES = {0x2212: "-", 0x2013: "-"}


class UnreadableRateError(ValueError):
    """A rate was written in a form that has no one meaning."""


@lru_cache(maxsize=65_536)
def read_rate(text: str) -> Rate:
    """The rate that a text prints; one that cannot be computed keeps its text and the reason, and is never zero."""
    try:
        return _read(text)
    except (UnreadableRateError, UnknownUnitError) as refusal:
        return Rate(text, unreadable=str(refusal))


def read_seasonal_rate(text: str) -> tuple[tuple[Season | None, Rate], ...]:
    """The rates that a text prints, each with the season in which it applies; one rate without a season where it names none."""
    if not re.search(r"\(\s*\d{1,2}\s*(?:-|[A-Z]{3})", text):
        return ((None, read_rate(text)),)
    parts = re.findall(r"([^(),][^()]*)(?:\(([^()]*)\))?\s*(?:,|$)", _clean(text))
    named = [(read_season(days) if days else None, read_rate(rate.strip())) for rate, days in parts]
    periods = tuple(period for season, _ in named if season for period in season.periods)
    return tuple((season or Season(periods, outside=True), rate) for season, rate in named)


def _read(text: str) -> Rate:
    cleaned = _abbreviated(_clean(text))
    _refuse_unless_a_rate(cleaned)
    if cleaned.lower().startswith("entry price"):
        return Rate(text, unreadable="the duty depends on the entry price of the goods", refers_to="the table of entry prices")
    if cleaned.upper() in {"NIHIL", "FREE"}:
        return Rate(text)
    base, *limits = re.split(r"\b(MIN|MAX)\b", cleaned)
    bounds = dict(zip(limits[::2], limits[1::2], strict=True))
    if len(bounds) * 2 != len(limits):
        raise UnreadableRateError("more than one floor or cap")
    amount = linear(_terms(base, alone=not limits))
    floor, cap = (_terms(bounds[word], alone=False) if word in bounds else None for word in ("MIN", "MAX"))
    if floor and cap:
        return _clamped(text, amount, floor=floor, cap=cap, cap_first=limits[0] == "MAX")
    return Rate(text, amount, linear(floor) if floor else None, linear(cap) if cap else None)


def _refuse_unless_a_rate(cleaned: str) -> None:
    if not cleaned:
        raise UnreadableRateError("no rate is given")
    if len(cleaned) > _LONGEST_TEXT:
        raise UnreadableRateError("the text is too long for a rate")
    if "(" in cleaned:
        raise UnreadableRateError("the rate changes by season or carries a note; each season is a measure of its own")


def _clamped(text: str, amount: Linear, *, floor: list[Term], cap: list[Term], cap_first: bool) -> Rate:
    """The rate with both limits, refused where they leave no single meaning.

    Written floor first, the cap has the last word and may itself be reduced (`MAX 15 GBP/DTN - 7 GBP/DTN`): below the floor, it
    alone decides. Written cap first, the floor would have the last word, which is the same only where it never exceeds the cap.
    """
    lower, upper = linear(floor), linear(cap)
    printed = linear(term for term in cap if term.coefficient >= 0)
    if lower.is_above(printed) or (cap_first and lower != upper and not upper.is_above(lower)):
        raise UnreadableRateError("the floor is above the cap")
    return Rate(text, amount, lower, upper)


def _clean(text: str) -> str:
    coded = re.sub(r"([€£])\s*(\d[\d.,]*)", r"\2 \1", text).replace("€", " EUR").replace("£", " GBP")
    joined = re.sub(r"[\s\u00a0]+", " ", coded).strip()
    return re.sub(r"(?<=\d),(?=\d{3})", "", joined.translate(_DASHES))


def _abbreviated(text: str) -> str:
    """The rate with units that are written out and abbreviated in brackets as their abbreviations alone, which must hold the count."""

    def short(found: re.Match[str]) -> str:
        count, abbreviation = found["count"], found["abbreviation"]
        holds_the_count = not count or abbreviation.startswith(count) or (count, abbreviation) == ("100 ", "hl")
        return f"/ {abbreviation}" if holds_the_count else found[0]

    return _WRITTEN_OUT.sub(short, text)


def _terms(text: str, *, alone: bool) -> list[Term]:
    terms: list[Term] = []
    place = 0
    while place < len(text.rstrip()) or not terms:
        found = _TERM.match(text, place)
        if found is None or (terms and not found["sign"]):
            raise UnreadableRateError(f"cannot read {text[place:].strip()!r} as part of a rate")
        terms.append(_term(found, alone=alone and not terms and not text[found.end() :].strip()))
        place = found.end()
    return [_relieved(each, terms) if each.quantity == _SMALL_PRODUCER else each for each in terms]


def _relieved(relief: Term, terms: list[Term]) -> Term:
    """What a small producer's duty is reduced by: so much for each point of his rate, on the quantity that the duty is levied on."""
    levied = next((each for each in terms if each.currency and each.quantity != _SMALL_PRODUCER), None)
    if levied is None:
        raise UnreadableRateError("a small producer's relief stands without the duty that it reduces")
    per = held_by_product(levied.quantity)
    return term_per(relief.coefficient, f"{levied.quantity}*{_PRODUCER_RATE}", currency=relief.currency, per=per)


def _term(found: re.Match[str], *, alone: bool) -> Term:
    sign = -1 if found["sign"] == "-" else 1
    if found["reference"]:
        return Term(Decimal(sign), _REFERENCES[found["reference"]])
    number = sign * Decimal(found["number"])
    if found["currency"]:
        return _specific(number, found)
    if not found["percent"] and alone:
        raise UnreadableRateError("a number alone may be a percentage, a share or an amount: say which")
    if not found["on"]:
        # Beside other terms a bare number is a percentage: the column of the Combined Nomenclature is headed "%".
        return term_per(number / 100, VALUE, per=Decimal(found["parts"] or 1))
    quantity, held = unit_in_words(found["on"])
    return term_per(number / 100 / held, quantity, per=Decimal(found["parts"] or 1))


def _specific(number: Decimal, found: re.Match[str]) -> Term:
    count = Decimal(found["count"] or 1)
    if not found["count"] and not found["unit"]:
        return Term(number, FLAT, found["currency"])
    quantity, held = unit_in_words(found["unit"])
    if count == 0:
        raise UnreadableRateError("a rate for each nothing")
    return term_per(number, quantity, currency=found["currency"], per=count * held)
