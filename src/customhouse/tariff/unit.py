"""Units of a tariff: the words and codes in which a rate is expressed, each as a named quantity and how much of it one unit holds.

Codes are those of UNECE Recommendation 20 and of the TARIC measurement units; a qualifier follows a `#`, as in `KGM#E`, the net
drained mass. A product of quantities is written `ASV*LTR`: per cent of alcohol times litres.
"""

import re
from decimal import Decimal

from customhouse.codes import in_base_unit

# Products of quantities that the TARIC writes as one unit.
_PRODUCTS = {"ASVX": ("ASV*LTR", Decimal(100)), "DTNZ": ("KGM*BRX", Decimal(100))}

_WORDS = {
    "kg": "KGM",
    "g": "GRM",
    "t": "TNE",
    "tonne": "TNE",
    "tonnes": "TNE",
    "l": "LTR",
    "litre": "LTR",
    "hl": "HLT",
    "item": "NAR",
    "items": "NAR",
    "p/st": "NAR",
    "pair": "NPR",
    "pa": "NPR",
    "m": "MTR",
    "m2": "MTK",
    "m3": "MTQ",
    "m²": "MTK",
    "m³": "MTQ",
    "kwh": "KWH",
    "mwh": "MWH",
    "c/k": "CTM",
    "ce/el": "NCL",
    "ct/l": "CCT",
    "gi f/s": "GFI",
    "jewel": "jewel",
    "pack": "pack",
    "l alc. 100%": "LPA",
    "retail price": "RET",
    "% vol/hl": "ASVX",
    "%vol/hl": "ASVX",
}

_QUALIFIERS = {
    "": "",
    "net": "",
    "gross": "G",
    "br": "G",
    "eda": "E",
    "net eda": "E",
    "net drained wt": "E",
    "mas": "M",
    "net mas": "M",
    "net dry": "M",
    "lactic matter": "P",
    "lactic": "P",
    "dry lactic matter": "T",
    "std qual": "R",
    "tot alc": "A",
    "biodiesel": "I",
    "raw sugar": "S",
}

_CODE = re.compile(r"([A-Z]{3})(?:#?([A-Z]))?")
# A quantity by its own name: of a part of the goods, which follows a colon, or a product with what is no unit.
_NAMED = re.compile(r"[A-Z]{3}(?:#[A-Z])?\*[a-z]+|(?:[A-Z]{3}(?:#[A-Z])?|[a-z]+):[A-Za-z][A-Za-z0-9 ,.()/]*")


class UnknownUnitError(ValueError):
    """A unit was written in a way that no tariff known here uses."""


def unit_in_words(text: str) -> tuple[str, Decimal]:
    """The named quantity and how much of it the written unit holds; refuses with `UnknownUnitError` what it cannot read."""
    written = re.sub(r"\s*/\s*", "/", text.strip())
    if re.fullmatch(r"[A-Z]{3}(?:#?[A-Z])?(?:\*[A-Z]{3}(?:#[A-Z])?)*", written):
        return unit_in_base(written)
    words = written.lower().strip("./ ")
    if words in _WORDS:
        return unit_in_base(_WORDS[words])
    first = re.split(r"[ /]", words)[0]
    rest = words.removeprefix(first).strip(" /")
    if _NAMED.fullmatch(written):
        return written, Decimal(1)
    if first not in _WORDS:
        raise UnknownUnitError(f"no tariff unit is written {text.strip()!r}")
    return _qualified(*unit_in_base(_WORDS[first]), rest.replace("% ", "%"))


def unit_in_base(code: str) -> tuple[str, Decimal]:
    """The named quantity and how much of it one unit of this code holds: 100 KGM for a DTN, the code itself where it is its own base."""
    if "*" in code:
        factors = [unit_in_base(each) for each in code.split("*")]
        scale = Decimal(1)
        for _, factor in factors:
            scale *= factor
        return "*".join(name for name, _ in factors), scale
    if code in _PRODUCTS:
        return _PRODUCTS[code]
    found = _CODE.fullmatch(code)
    if found is None:
        return code, Decimal(1)
    name, held = in_base_unit(found[1])
    return (f"{name}#{found[2]}" if found[2] else name), held


def held_by_product(quantity: str) -> Decimal:
    """How much of a product of quantities one unit of the TARIC holds: 100 of `ASV*LTR` for a hectolitre per cent; 1 of any other."""
    return next((held for name, held in _PRODUCTS.values() if name == quantity), Decimal(1))


def _qualified(name: str, held: Decimal, qualifier: str) -> tuple[str, Decimal]:
    if qualifier in {"%sacchar", "net/%sacchar"}:
        return f"{name}*BRX", held
    if qualifier not in _QUALIFIERS:
        raise UnknownUnitError(f"no tariff unit is qualified by {qualifier!r}")
    letter = _QUALIFIERS[qualifier]
    return (f"{name}#{letter}" if letter else name), held
