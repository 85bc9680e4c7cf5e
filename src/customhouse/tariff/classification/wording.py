"""Wording: the descriptions of a nomenclature by code, each at its own level, however far its codes are filled up with zeros."""

import csv
from collections.abc import Iterable, Mapping

_CHAPTER, _HEADING, _SUBHEADING = 2, 4, 6
_CODES = ("code", "hscode", "commodity")


class UnreadableWordingError(ValueError):
    """A file has no column of codes, or none of descriptions."""


def read_wording(lines: Iterable[str]) -> dict[str, str]:
    """The descriptions of a CSV with the columns `code` (or `hscode`, `commodity`) and `description`; else `UnreadableWordingError`."""
    try:
        return _wording(csv.DictReader(lines))
    except csv.Error as error:
        raise UnreadableWordingError(f"the file is not CSV: {error}") from error


def _wording(rows: "csv.DictReader[str]") -> dict[str, str]:
    names = rows.fieldnames or ()
    column = next((name for name in _CODES if name in names), None)
    if column is None or "description" not in names:
        raise UnreadableWordingError(f"the file needs a column description and one of {', '.join(_CODES)}")
    return by_level({(row[column] or "").strip(): row["description"] or "" for row in rows})


def by_level(descriptions: Mapping[str, str]) -> dict[str, str]:
    """The descriptions by codes without the zeros that fill a chapter or a heading up to the length of a national line."""
    codes = {"".join(digit for digit in code if digit.isdigit()): text for code, text in descriptions.items()}
    divided = {code[:_HEADING] for code in codes if code[_HEADING:_SUBHEADING].strip("0")}
    return {_own_digits(code, divided): text for code, text in codes.items() if code}


def _own_digits(code: str, divided: set[str]) -> str:
    if len(code) <= _SUBHEADING:
        return code
    if not code[_CHAPTER:].strip("0"):
        return code[:_CHAPTER]
    if not code[_HEADING:].strip("0") and code[:_HEADING] in divided:
        return code[:_HEADING]
    return code[:_SUBHEADING] if not code[_SUBHEADING:].strip("0") else code
