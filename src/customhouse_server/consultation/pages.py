"""Pages of consultations: the calendar and each draft for everybody, opening and deciding for supervisors and administrators."""

from collections.abc import Callable

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.consultation import actions
from customhouse_server.consultation.actions import (
    Adopting,
    ClosedError,
    Disposing,
    TimetableError,
    UnansweredCommentError,
    UnknownConsultationError,
    UnreadableDraftError,
)
from customhouse_server.consultation.store import Draft
from customhouse_server.desk.words import retold
from customhouse_server.portal.actions import PUBLISHERS, made_public
from customhouse_server.portal.answer import answer
from customhouse_server.portal.limit import within_limit
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import day_asked, read_day, today

_UNPROCESSABLE, _TOO_MANY = 422, 429
_REFUSALS = (ClosedError, TimetableError, UnansweredCommentError, UnreadableDraftError, ValueError)


@require_safe
def calendar(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Every draft with its days."""
    on = day_asked(request)
    sheet = made_public("consultations", actions.calendar(on=on), on=on)
    drafts = [(each, each.is_open(on=on)) for each in actions.listed()]
    return answer(request, sheet, form, template="consultation/calendar.html", drafts=drafts)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """One draft with its comments; while it is open, anybody may comment."""
    if request.method != "POST":
        return _page(request, number)
    posted = request.POST
    if not within_limit(request, "comment"):
        flash.error(request, _("Much came from your address in the last hour. Please try again later."))
        return _page(request, number, status=_TOO_MANY)
    return _done(request, number, lambda: actions.comment(number, posted.get("author", ""), posted.get("text", ""), at=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(PUBLISHERS)
def open_draft(request: HttpRequest, person: Person) -> HttpResponse:
    """Open a draft to comments."""
    on = today()
    context = {"least": current_country().transparency.comments_until(on=on) or on, "typed": request.POST}
    if request.method != "POST":
        return render(request, "consultation/open.html", context)
    posted = request.POST
    planned = posted.get("planned_on", "").strip()
    try:
        written = Draft(
            title=posted.get("title", "").strip()[:200],
            text=posted.get("text", "").strip(),
            legal_basis=posted.get("legal_basis", "").strip()[:200],
            closes_on=read_day(posted.get("closes_on", "")),
            planned_on=read_day(planned) if planned else None,
        )
        number = actions.open_draft(person, written, at=timezone.now())
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
        return render(request, "consultation/open.html", context, status=_UNPROCESSABLE)
    return redirect("consultation:draft", number)


@require_POST
@for_roles(PUBLISHERS)
def act(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Answer a comment, adopt or withdraw the draft."""
    posted, at = request.POST, timezone.now()

    def disposed() -> None:
        disposing = Disposing(posted.get("disposition", ""), posted.get("text", ""))
        actions.dispose(person, number, int(posted.get("comment", "")), disposing, at=at)

    def adopted() -> None:
        adopting = Adopting(read_day(posted.get("effective_on", "")), posted.get("text", ""))
        actions.adopt(person, number, adopting, at=at)

    acts: dict[str, Callable[[], object]] = {
        "dispose": disposed,
        "adopt": adopted,
        "withdraw": lambda: actions.withdraw(person, number, posted.get("text", ""), at=at),
    }
    asked = posted.get("act", "")
    if asked not in acts:
        raise Http404(asked)
    return _done(request, number, acts[asked])


def _done(request: HttpRequest, number: int, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except UnknownConsultationError as unknown:
        raise Http404(str(unknown)) from unknown
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
        return _page(request, number, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("consultation:draft", number)


def _page(request: HttpRequest, number: int, *, status: int = 200) -> HttpResponse:
    try:
        found = actions.consultation(number)
    except UnknownConsultationError as unknown:
        raise Http404(str(unknown)) from unknown
    on = today()
    context = {
        "consultation": found,
        "comments": actions.comments(number),
        "is_open": found.is_open(on=on),
        "dispositions": actions.DISPOSITIONS,
        "least": current_country().transparency.binding_from(on=on) or on,
        "typed": request.POST,
        "may_decide": request.user.is_authenticated and getattr(request.user, "role", "") in PUBLISHERS and not found.decision,
    }
    return render(request, "consultation/draft.html", context, status=status)
