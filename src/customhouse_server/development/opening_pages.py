"""Page of opening: a dossier is opened from a form that stands on the page of its like; refused, that page shows it as it was typed."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.form import typed
from customhouse_server.desk.tried import Tried
from customhouse_server.development import diagnostic_pages, officer_pages, pages, writing
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.development.dossier import Kind

_PAGES = {
    "development:donors": pages.donors_page,
    "development:delivery": pages.delivery_page,
    "development:people": officer_pages.people_page,
}


@require_POST
@for_roles(PROGRAMME)
def open_dossier(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    """Open a dossier from what was typed."""
    of, at = pages.kind_of(kind), timezone.now()
    try:
        found = writing.opened_from(person, of, typed(writing.form_to_open(of), request.POST), at=at)
    except pages.REFUSALS as refusal:
        return _refused(request, person, of, refusal)
    return redirect(*pages.page_of(of, found.id))


def _refused(request: HttpRequest, person: Person, of: Kind, refusal: Exception) -> HttpResponse:
    """The page on which the form stands: that of a diagnostic for one of its recommendations, or that of the like of the dossier."""
    back, posted = request.POST.get("back", ""), request.POST
    try:
        asked = UUID(posted.get("diagnostic", ""))
        tried = Tried(posted.get("recommendation", "").partition(":")[0], posted, refusal)
        return diagnostic_pages.diagnostic_page(request, person, asked, tried)
    except (ValueError, Http404):
        at = of.value if back == "development:delivery" else "new"
        return _PAGES.get(back, pages.home_page)(request, person, Tried(at, posted, refusal))
