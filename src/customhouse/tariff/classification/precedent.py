"""Precedent: goods that customs itself classified, in a released declaration or an issued ruling; a trader's claim is none."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


class UnreadablePrecedentError(ValueError):
    """A line is no precedent: it lacks a text or a code of at least six digits."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A description of goods and the commodity code that customs gave them: at which office, and to whom, where that is known."""

    id: str
    text: str
    code: str
    office: str = ""
    declarant: str = ""


def read_precedents(lines: Iterable[str]) -> Iterator[Precedent]:
    """The precedents of JSON lines with `id`, `text` and `code`; refuses with `UnreadablePrecedentError`, naming the line."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _precedent(line, number)


def _precedent(line: str, number: int) -> Precedent:
    try:
        row = json.loads(line)
        text, code = str(row["text"]), str(row["code"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UnreadablePrecedentError(f"line {number} is no precedent with a text and a code: {error}") from error
    if not code[:6].isdigit() or len(code) < len("123456"):
        raise UnreadablePrecedentError(f"line {number}: {code!r} is not a commodity code of six digits or more")
    return Precedent(str(row.get("id", number)), text, code, str(row.get("office", "")), str(row.get("declarant", "")))
