"""Page of the donors' calendar: month by month, of all donors or of one, as a table to keep and as a file for calendar programs."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.icalendar import DueDay, ics_response
from customhouse_server.desk.sheet import csv_response
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.calendar import Dated, dated
from customhouse_server.tariff.day import today

_KINDS = {"tranche": gettext_lazy("Tranche"), "report": gettext_lazy("Report"), "pledge_end": gettext_lazy("End of the pledge")}


@require_safe
@for_roles(PROGRAMME)
def calendar(request: HttpRequest, person: Person) -> HttpResponse:
    """What falls due, by month; asked for as CSV or as a calendar file, the same rows."""
    on = today()
    donor = request.GET.get("donor", "")
    found = dated(person, on=on)
    shown = [each for each in found if not donor or each.donor == donor]
    if request.GET.get("form") == "csv":
        rows = [
            (each.clock.due_on.isoformat(), each.kind, each.what, each.donor, each.of.title, each.clock.standing.value) for each in shown
        ]
        return csv_response("donors_calendar.csv", [("due_on", "kind", "what", "donor", "of", "standing"), *rows])
    if request.GET.get("form") == "ics":
        return ics_response("donors_calendar", _("Donors' calendar"), [_due(request, each) for each in shown], at=timezone.now())
    months = [(month, list(rows)) for month, rows in groupby(shown, key=lambda each: each.clock.due_on.replace(day=1))]
    context = {"months": months, "donor": donor, "donors": sorted({each.donor for each in found if each.donor})}
    return render(request, "development/calendar.html", context)


def _due(request: HttpRequest, each: Dated) -> DueDay:
    is_pledge = each.kind == "pledge_end"
    address = (
        reverse("development:dossier", args=["pledge", each.of.id]) if is_pledge else reverse("development:project", args=[each.of.id])
    )
    return DueDay(
        uid=each.uid,
        on=each.clock.due_on,
        summary=f"{_KINDS[each.kind]}: {each.what}",
        description="\n".join(filter(None, (each.donor, each.of.title))),
        address=request.build_absolute_uri(address),
    )
