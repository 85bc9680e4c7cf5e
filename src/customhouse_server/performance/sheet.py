"""Sheet: a table as CSV that a spreadsheet shows as it is and never carries out."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_COMMANDS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as a file to keep; a text that a spreadsheet would take for a formula is quoted, a number never is."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_safe(cell) for cell in row] for row in rows)
    return HttpResponse(
        text.getvalue().encode(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_COMMANDS) else cell
