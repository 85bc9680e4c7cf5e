"""Misprint: what the exports of the schedule carry beside the words of the law: markup, broken words, stray signs."""

import re

_OPENING_TAG = re.compile(r"<[a-z][^<>]{0,40}>", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</[a-z][^<>]{0,40}>", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=[a-z])- (?=[a-z])")
_JOINED_THE = re.compile(r"\bthe(?=(?:battery|case|strap|movement|applicable)\b)")
_MOVED_CENT = re.compile(r"(?<=\d)/¢\s*(?=[a-z])")
_SUPERSCRIPT = str.maketrans({"²": "2", "³": "3", "\u00a0": " ", "\u2013": "-", "\u2212": "-"})


def mended(text: str) -> str:
    """The words alone: without markup, words joined again, one space between, no sign left over at the end."""
    plain = _CLOSING_TAG.sub(" ", _OPENING_TAG.sub("", text)).translate(_SUPERSCRIPT)
    joined = _BROKEN_WORD.sub("", re.sub(r"\s+", " ", plain))
    cents = _MOVED_CENT.sub("¢/", _JOINED_THE.sub("the ", joined))
    return re.sub(r"[\s./:;,]+$", "", cents).strip()
