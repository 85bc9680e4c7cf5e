"""Pages of the portal, open to everybody: the rules by subject, each procedure, the forms, the notices and their feeds."""

import json

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customhouse.pipeline import fee
from customhouse.pipeline import publication as rules
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.performance.current import event_store
from customhouse_server.portal import actions
from customhouse_server.portal.actions import PUBLISHERS, UnworthyNoticeError
from customhouse_server.portal.answer import answer
from customhouse_server.portal.form import CONTENT_TYPES, FORMS, UnknownFormError, file_of
from customhouse_server.portal.service_level import release_time
from customhouse_server.portal.store import Wording, WrittenNotice
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import day_asked, read_day

_UNPROCESSABLE = 422
_TEMPLATES = {name: f"portal/{name}.html" for name in ("forms", "notices", "procedures")}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where somebody begins, all that is published and what is not, the newest notices, and where one asks and comments."""
    on, country = day_asked(request), current_country()
    person = person_for(request, at=timezone.now())
    coverage = rules.coverage(country, on=on)
    context = {
        "publications": actions.titles(on=on),
        "procedures": rules.procedures_of(country, on=on),
        "coverage": coverage,
        "published": sum(each.is_published for each in coverage),
        "fees": fee.share_published(country.fees, on=on),
        "fees_to_review": actions.fees_to_review(person, on=on),
        "notices": actions.notices(limit=5),
        "day": on,
        "country": country,
    }
    return render(request, "portal/index.html", context)


@require_safe
def publication(request: HttpRequest, name: str, form: str = "html") -> HttpResponse:
    """One sheet, as a page or as data."""
    on = day_asked(request)
    try:
        found = actions.publication(name, on=on)
    except rules.UnknownPublicationError as unknown:
        raise Http404(str(unknown)) from unknown
    more: dict[str, object] = {
        "times": {"is_made_up": event_store().is_made_up},
        "forms": {"forms": FORMS},
        "procedures": {"procedures": rules.procedures_of(current_country(), on=on)},
        "notices": {"subjects": tuple(rules.PUBLICATIONS)},
    }.get(name, {})
    return answer(request, found, form, template=_TEMPLATES.get(name, "portal/publication.html"), **more)


@require_safe
def to_procedure(request: HttpRequest) -> HttpResponse:
    """To the page of the procedure that was chosen."""
    code = request.GET.get("code", "")
    if code not in dict(rules.procedures_of(current_country(), on=day_asked(request))):
        raise Http404(code)
    return redirect("portal:procedure", code)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: what to do, in order, what it costs, how long it takes, by which law, and where one complains."""
    on, country = day_asked(request), current_country()
    try:
        found = rules.procedure_of(country, code, on=on)
    except rules.UnknownProcedureError as unknown:
        raise Http404(str(unknown)) from unknown
    context = {
        "procedure": found,
        "publication": actions.publication("procedures", on=on),
        "fees": [each for each in country.fees if each.is_in_force(on=on)],
        "transparency": country.transparency,
        "currency": country.currency,
        "release": release_time(on=on),
        "is_made_up": event_store().is_made_up,
    }
    return render(request, "portal/procedure.html", context)


@require_safe
def form(request: HttpRequest, name: str, file: str) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """A blank or a sample of a form."""
    try:
        made = file_of(name, file, at=timezone.now())
    except UnknownFormError as unknown:
        raise Http404(str(unknown)) from unknown
    given = HttpResponse(made, content_type=CONTENT_TYPES[file])
    given["Content-Disposition"] = f'inline; filename="{name}.{file}"'
    return given


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The notices as an Atom feed, those on the `subject` where one is named."""
    here, told = _followed(request)
    atom = Atom1Feed(
        title=f"{current_country().name['en']}: {_('Notices')}",
        link=here,
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for each in told:
        atom.add_item(
            title=each.title,
            link=f"{here}#{each.number}",
            description=each.text,
            pubdate=each.published_at,
            updateddate=each.published_at,
            unique_id=f"{here}#{each.number}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """The notices as a JSON Feed (version 1.1), those on the `subject` where one is named."""
    here, told = _followed(request)
    items = [
        {
            "id": f"{here}#{each.number}",
            "url": f"{here}#{each.number}",
            "title": each.title,
            "content_text": each.text,
            "date_published": each.published_at.isoformat(),
            **({"tags": [each.subject]} if each.subject else {}),
        }
        for each in told
    ]
    told_feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{current_country().name['en']}: {_('Notices')}",
        "home_page_url": here,
        "feed_url": request.build_absolute_uri(),
        "items": items,
    }
    return HttpResponse(json.dumps(told_feed), content_type="application/feed+json")


def _followed(request: HttpRequest) -> tuple[str, tuple[WrittenNotice, ...]]:
    """The address of the notices, and those that a feed tells."""
    subject = request.GET.get("subject", "")
    if subject and subject not in rules.PUBLICATIONS:
        raise Http404(subject)
    return request.build_absolute_uri(reverse("portal:publication", args=["notices"])), actions.notices(subject=subject, limit=50)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(PUBLISHERS)
def write_notice(request: HttpRequest, person: Person) -> HttpResponse:
    """Write a notice."""
    if request.method != "POST":
        return render(request, "portal/write_notice.html", {"typed": {}, "subjects": tuple(rules.PUBLICATIONS)})
    posted = request.POST
    effective = posted.get("effective_on", "").strip()
    try:
        wording = Wording(
            posted.get("title", "").strip(),
            posted.get("text", "").strip(),
            posted.get("legal_basis", "").strip()[:200],
            read_day(effective) if effective else None,
            posted.get("subject", ""),
        )
        actions.publish(person, wording, at=timezone.now())
    except (UnworthyNoticeError, ValueError) as refusal:
        flash.error(request, retold(refusal))
        return render(request, "portal/write_notice.html", {"typed": posted, "subjects": tuple(rules.PUBLICATIONS)}, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("portal:publication", "notices")
