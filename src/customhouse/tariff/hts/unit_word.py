"""Unit words: what the schedule counts a rate by, as a named quantity and how much of it one such unit holds.

Quantities carry the codes of UNECE Recommendation 20 where it has one; a part of the goods follows a colon, as in `KGM:lead content`
or `value:battery`, and is asked for by that name.
"""

import re
from decimal import Decimal

from customhouse.tariff.unit import UnknownUnitError

_ONE = Decimal(1)
_WORDS = {
    "kg": ("KGM", _ONE),
    "g": ("KGM", Decimal("0.001")),
    "t": ("KGM", Decimal(1000)),
    "ton": ("KGM", Decimal(1000)),
    "tonne": ("KGM", Decimal(1000)),
    "clean kg": ("KGM:clean", _ONE),
    "liter": ("LTR", _ONE),
    "pf.liter": ("PFL", _ONE),
    "bbl": ("BLL", _ONE),
    "m": ("MTR", _ONE),
    "lin.m": ("MTR", _ONE),
    "m2": ("MTK", _ONE),
    "m3": ("MTQ", _ONE),
    "each": ("NAR", _ONE),
    "no": ("NAR", _ONE),
    "head": ("NAR", _ONE),
    "article": ("NAR", _ONE),
    "piece": ("NAR", _ONE),
    "pins": ("NAR", _ONE),
    "": ("NAR", _ONE),
    "doz": ("NAR", Decimal(12)),
    "dozen": ("NAR", Decimal(12)),
    "gross": ("NAR", Decimal(144)),
    "thousand": ("NAR", Decimal(1000)),
    "pr": ("NPR", _ONE),
    "pair": ("NPR", _ONE),
    "pack": ("pack", _ONE),
    "jewel": ("jewel", _ONE),
    "other piece or part": ("other piece or part", _ONE),
    "line/gross": ("NAR*line", Decimal(144)),
}
_COUNTED = re.compile(r"(?:/|\bfor each\b|\bper\b|\beach\b)?\s*(?P<count>[\d,]{1,9})?\s*(?P<word>.*)", re.IGNORECASE)
_PART = re.compile(r",?\s*\b(?:on|upon|of|over|including)\b\s*", re.IGNORECASE)
_THE_WHOLE = re.compile(r"^(?:the )?(?:value of )?(?:the )?|, if any$")


def quantity_of(text: str) -> tuple[str, Decimal]:
    """The named quantity and how much of it the unit holds; refuses with `UnknownUnitError` one that the schedule does not use."""
    found = _COUNTED.fullmatch(text.strip())
    word = re.sub(r"(?<=[./])\s+|\s+(?=/)", "", found["word"].lower().strip(" .")) if found else ""
    if found is None or word not in _WORDS or not text.strip():
        raise UnknownUnitError(f"the schedule has no unit that is written {text.strip()!r}")
    count = Decimal((found["count"] or "1").replace(",", ""))
    if not count:
        raise UnknownUnitError("a rate for each nothing")
    quantity, held = _WORDS[word]
    return quantity, held * count


def part_of(text: str) -> str:
    """The part of the goods that a rate is measured on: `battery` for `on the battery`, nothing for the whole."""
    over = "over " if re.match(r"\s*over\b", text, re.IGNORECASE) else ""
    if re.match(r",?\s*including\b", text, re.IGNORECASE):
        return "contents and container"
    named = _PART.sub("", text.strip(), count=1)
    return over + _THE_WHOLE.sub("", _THE_WHOLE.sub("", named)).strip()
