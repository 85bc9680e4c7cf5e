"""Pages of the portal, open to everybody: the rules by subject, the notices and their feed, how long it takes."""

import datetime as dt

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from customhouse.pipeline import publication as rules
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.performance.current import event_store
from customhouse_server.portal import actions
from customhouse_server.portal.actions import PUBLISHERS, UnworthyNoticeError
from customhouse_server.portal.answer import answer
from customhouse_server.portal.store import Wording
from customhouse_server.tariff.country import current_country

_UNPROCESSABLE = 422


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All that is published, the newest notices, and where one asks and comments."""
    on = day(request)
    context = {"publications": actions.titles(on=on), "notices": actions.notices(limit=5), "day": on, "country": current_country()}
    return render(request, "portal/index.html", context)


@require_GET
def publication(request: HttpRequest, name: str, form: str = "html") -> HttpResponse:
    """One sheet, as a page or as data."""
    try:
        found = actions.publication(name, on=day(request))
    except rules.UnknownPublicationError as unknown:
        raise Http404(str(unknown)) from unknown
    return answer(request, found, form, is_made_up=name == "times" and event_store().is_made_up)


@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """The notices as an Atom feed."""
    here = request.build_absolute_uri(reverse("portal:publication", args=["notices"]))
    atom = Atom1Feed(
        title=f"{current_country().name['en']}: {_('Notices')}",
        link=here,
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for each in actions.notices(limit=50):
        atom.add_item(
            title=each.title,
            link=f"{here}#{each.number}",
            description=each.text,
            pubdate=each.published_at,
            updateddate=each.published_at,
            unique_id=f"{here}#{each.number}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_http_methods(["GET", "POST"])
@for_roles(PUBLISHERS)
def write_notice(request: HttpRequest, person: Person) -> HttpResponse:
    """Write a notice."""
    if request.method == "GET":
        return render(request, "portal/write_notice.html", {"typed": {}})
    posted = request.POST
    effective = posted.get("effective_on", "").strip()
    try:
        wording = Wording(
            posted.get("title", "").strip(),
            posted.get("text", "").strip(),
            posted.get("legal_basis", "").strip()[:200],
            dt.date.fromisoformat(effective) if effective else None,
        )
        actions.publish(person, wording, at=timezone.now())
    except (UnworthyNoticeError, ValueError) as refusal:
        flash.error(request, retold(refusal))
        return render(request, "portal/write_notice.html", {"typed": posted}, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("portal:publication", "notices")


def day(request: HttpRequest) -> dt.date:
    """The day that is asked for, or today's legal day."""
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return current_country().legal_day(at=timezone.now())
