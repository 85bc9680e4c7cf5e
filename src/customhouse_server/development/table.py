"""Table: what a page shows, as a file that a spreadsheet opens without taking a text for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as CSV (RFC 4180, UTF-8)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return HttpResponse(
        text.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )


def _cell(value: object) -> str:
    """A number as it is; a text that a spreadsheet would run has an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
