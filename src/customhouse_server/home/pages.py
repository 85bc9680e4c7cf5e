"""Pages of home: what needs the person now, from every area that has work for the role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from customhouse.risk import Lane
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.clearance import actions as clearance
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration.actions import Page
from customhouse_server.declaration.store import Filter
from customhouse_server.ruling import actions as rulings
from customhouse_server.ruling.store import Filter as RulingFilter

_MINE = ("rejected", "documents_requested", "queried", "assessed", "prelodged")
_AWAITING = ("examination_ordered", "documents_requested", "queried", "examined", "accepted", "paid", "secured")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the person now: the trader's own declarations, the officer's work by lane, or the public's ways in."""
    person = person_for(request, at=timezone.now())
    if person is None or not (person.of_trade or person.of_customs):
        return render(request, "home/home.html", {})
    return render(request, "home/home.html", _trader(person) if person.of_trade else _officer(person))


def _trader(person: Person) -> dict[str, object]:
    needing = declarations.listed(person, Filter(states=_MINE), Page(limit=10, oldest_first=True))
    asked = rulings.listed(person, RulingFilter(states=("asked", "returned")), limit=10)
    return {
        "needing": needing.records,
        "needing_total": needing.total,
        "drafts": declarations.drafts(person),
        "rulings": asked.records,
    }


def _officer(person: Person) -> dict[str, object]:
    lanes = []
    for lane in reversed(Lane):
        work = clearance.worklist(person, Filter(states=_AWAITING, lanes=(lane.value,)), Page(limit=1, oldest_first=True))
        oldest = work.listing.records[0].lodged_at if work.listing.records else None
        lanes.append({"lane": lane.value, "total": work.listing.total, "oldest": oldest})
    most = max([1, *(int(str(each["total"])) for each in lanes)])
    bars = [each | {"width": 300 * int(str(each["total"])) // most, "y": 30 * place} for place, each in enumerate(lanes)]
    awaiting = rulings.listed(person, RulingFilter(states=("applied", "accepted", "consulted", "drafted")), limit=1)
    return {"lanes": bars, "rulings_total": awaiting.total}
