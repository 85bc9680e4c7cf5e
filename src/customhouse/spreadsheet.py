"""Spreadsheet: a table as CSV (RFC 4180) that a spreadsheet shows as it is and never carries out."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula; an apostrophe before it has it shown."""


def written(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV: numbers as they are, several texts of a cell parted by `; `, and no text that begins a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_cell(each) for each in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = "; ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return f"'{text}" if text.startswith(COMMANDS) else text
