"""Page of the bodies: who sits in each, and for the secretariat the forms to give a seat and to end one."""

import datetime as dt

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customhouse.strategy import review
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.words import retold
from customhouse_server.strategy import seating
from customhouse_server.strategy.actions import SIGNED_IN
from customhouse_server.strategy.pages import posted_text, today
from customhouse_server.strategy.seating import SECRETARIAT, UnknownPersonError
from customhouse_server.strategy.store import UnknownSeatError
from customhouse_server.tariff.day import read_day

_COLUMNS = ("body", "person", "seat", "valid_from", "valid_to")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNED_IN)
def bodies(request: HttpRequest, person: Person) -> HttpResponse:
    """The seats of every body for the secretariat, one's own for everybody else; asked for as CSV, the same rows."""
    if request.method == "POST":
        return _seated(request, person)
    found = seating.seats(person)
    if request.GET.get("form") == "csv":
        rows = [[str(getattr(each, name) or "") for name in _COLUMNS] for each in found.values()]
        return csv_response("bodies.csv", [_COLUMNS, *rows])
    on = today()
    context = {
        "seats": [{"number": number, "seat": each, "holds": each.holds(on=on)} for number, each in found.items()],
        "may_seat": person.role in SECRETARIAT,
        "bodies": [each for each in review.cycle.Body if each is not review.cycle.Body.SECRETARIAT],
        "kinds": list(review.membership.Seat),
        "today": on,
    }
    return render(request, "strategy/bodies.html", context)


def _seated(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        if "number" in request.POST:
            seating.end(person, int(posted_text(request, "number")), on=_day(request, "on"), at=timezone.now())
        else:
            seating.seat(person, _membership(request), at=timezone.now())
        flash.success(request, _("Done."))
    except UnknownSeatError as error:
        raise Http404(str(error)) from error
    except (review.standing.RefusedError, UnknownPersonError, ValueError) as refusal:
        flash.error(request, retold(refusal))
    return redirect("strategy:bodies")


def _membership(request: HttpRequest) -> review.membership.Membership:
    return review.membership.Membership(
        person=posted_text(request, "person"),
        body=review.cycle.Body(posted_text(request, "body")),
        seat=review.membership.Seat(posted_text(request, "seat")),
        valid_from=_day(request, "valid_from"),
        valid_to=_day(request, "valid_to") if posted_text(request, "valid_to") else None,
    )


def _day(request: HttpRequest, name: str) -> dt.date:
    try:
        return read_day(posted_text(request, name))
    except ValueError as error:
        raise ValueError(_("Write the day as 2026-12-31.")) from error
