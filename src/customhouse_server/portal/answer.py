"""Answer: one publication as a page, as JSON or as CSV, all three of the same rows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from customhouse.pipeline import publication as rules
from customhouse_server.gateway.problem import json_response

_SHOWN = 500


def answer(
    request: HttpRequest, publication: rules.Publication, form: str, *, template: str = "portal/publication.html", **more: object
) -> HttpResponse:
    """The publication in the form that is asked for: `html`, `json` or `csv`."""
    name = f"{publication.name}-{publication.on.isoformat()}"
    if form == "json":
        return json_response(publication.told())
    if form == "csv":
        text = HttpResponse(rules.as_csv(publication), content_type="text/csv; charset=utf-8")
        text["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return text
    if form != "html":
        raise Http404(form)
    asked = request.GET.get("q", "").strip().casefold()[:100]
    rows = [row for row in publication.sheet.rows if not asked or asked in str(row).casefold()]
    shown = {"publication": publication, "sheet": publication.sheet, "rows": rows[:_SHOWN], "total": len(rows), "q": asked}
    return render(request, template, shown | more)
