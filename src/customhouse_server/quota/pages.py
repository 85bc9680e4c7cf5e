"""Pages of quotas, open to everybody: how each stands on a day, and one with its periods, days and goods."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customhouse_server.quota import actions
from customhouse_server.quota.actions import Standing, UnknownQuotaError
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import day_asked

BAR = 200
"""The length of the bar that stands for a whole volume."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quota as a page shows it: how it stands, and how long its bar of what is drawn is."""

    standing: Standing
    drawn_length: int | None
    percent: int | None


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every quota whose period holds the day, or those in one state, by order number."""
    on = day_asked(request)
    asked = request.GET.get("state", "")
    found = [_shown(each) for each in actions.standings(on=on)]
    kept = [each for each in found if not asked or each.standing.state == asked]
    states = sorted({each.standing.state.value for each in found if each.standing.state})
    return render(request, "quota/list.html", {"quotas": kept, "day": on, "state": asked, "states": states})


@require_safe
def quota(request: HttpRequest, order_number: str) -> HttpResponse:
    """One quota: its periods, the last first, the days on which it was drawn, and the goods that may claim it."""
    on = day_asked(request)
    claimed = [each for each in current_country().law.tariff.measures if each.quota == order_number]
    try:
        found = actions.standing(order_number, on=on)
    except UnknownQuotaError as unknown:
        if not claimed:
            raise Http404(_("There is no quota %(number)s.") % {"number": order_number}) from unknown
        found = ()
    context = {
        "number": order_number,
        "day": on,
        "periods": [(_shown(each), actions.history(each), each.quota.period.includes(on)) for each in found],
        "measures": [each for each in claimed if each.is_in_force(on=on)],
    }
    return render(request, "quota/quota.html", context)


def _shown(standing: Standing) -> Shown:
    if standing.drawn is None:
        return Shown(standing, None, None)
    share = min(standing.drawn / standing.quota.volume, Decimal(1))
    return Shown(standing, int(share * BAR), int(share * 100))
