"""Page of the donors' calendar: month by month, of all donors or of one, and as a file."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.calendar import dated
from customhouse_server.development.table import csv_file
from customhouse_server.tariff.country import current_country


@require_GET
@for_roles(PROGRAMME)
def calendar(request: HttpRequest, person: Person) -> HttpResponse:
    """What falls due, by month; asked for as CSV, the same rows."""
    on = current_country().legal_day(at=timezone.now())
    donor = request.GET.get("donor", "")
    found = dated(person, on=on)
    shown = [each for each in found if not donor or each.donor == donor]
    if request.GET.get("form") == "csv":
        rows = [
            (each.clock.due_on.isoformat(), each.kind, each.what, each.donor, each.of.title, each.clock.standing.value) for each in shown
        ]
        return csv_file("donors_calendar", ("due_on", "kind", "what", "donor", "of", "standing"), rows)
    months = [(month, list(rows)) for month, rows in groupby(shown, key=lambda each: each.clock.due_on.replace(day=1))]
    context = {"months": months, "donor": donor, "donors": sorted({each.donor for each in found if each.donor})}
    return render(request, "development/calendar.html", context)
