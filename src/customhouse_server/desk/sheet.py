"""Sheet: a table as a file to keep."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from customhouse import spreadsheet


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as CSV (UTF-8), safe to open in a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(spreadsheet.written(rows), content_type="text/csv; charset=utf-8", headers=headers)
