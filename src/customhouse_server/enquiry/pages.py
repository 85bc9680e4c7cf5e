"""Pages of the enquiry point: asking and following without an account, answering for customs, answers for everybody."""

from collections.abc import Callable

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.enquiry import actions
from customhouse_server.enquiry.actions import AnsweredError, Asking, UnansweredError, UnknownEnquiryError, UnreadableQuestionError
from customhouse_server.portal.actions import made_public
from customhouse_server.portal.answer import answer as published
from customhouse_server.portal.limit import within_limit
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import day_asked, today

_UNPROCESSABLE, _TOO_MANY = 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question, without an account: the receipt opens the answer later."""
    transparency = current_country().transparency
    context: dict[str, object] = {
        "topics": actions.TOPICS,
        "topic": request.GET.get("topic", ""),
        "transparency": transparency,
        "typed": {},
    }
    if request.method != "POST":
        return render(request, "enquiry/ask.html", context)
    posted = request.POST
    context |= {"typed": posted, "topic": posted.get("topic", "")}
    if not within_limit(request, "enquiry"):
        flash.error(request, _("Many questions came from your address in the last hour. Please try again later."))
        return render(request, "enquiry/ask.html", context, status=_TOO_MANY)
    try:
        address = posted.get("address", "").strip()
        receipt = actions.ask(
            Asking(posted.get("topic", ""), posted.get("question", ""), get_language() or "en", address), at=timezone.now()
        )
    except UnreadableQuestionError as refusal:
        flash.error(request, retold(refusal))
        return render(request, "enquiry/ask.html", context, status=_UNPROCESSABLE)
    return render(request, "enquiry/receipt.html", {"receipt": receipt, "address": address})


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The answer, for whoever has the reference and the passphrase."""
    if request.method != "POST":
        return render(request, "enquiry/follow.html", {})
    try:
        found = actions.follow(request.POST.get("reference", ""), request.POST.get("passphrase", ""))
    except UnknownEnquiryError as unknown:
        flash.error(request, retold(unknown))
        return render(request, "enquiry/follow.html", {"reference": request.POST.get("reference", "")}, status=_UNPROCESSABLE)
    return render(request, "enquiry/followed.html", {"enquiry": found})


@require_safe
def answers(request: HttpRequest, form: str = "html") -> HttpResponse:
    """What was answered and may help others, and how soon customs answers."""
    on = day_asked(request)
    sheet = made_public("answers", actions.answers(), on=on)
    return published(request, sheet, form, template="enquiry/answers.html", figures=actions.figures(on=on))


@require_safe
@for_roles(CUSTOMS)
def worklist(request: HttpRequest, person: Person) -> HttpResponse:
    """The questions that wait for the person's offices, and those answered last."""
    on = today()
    context = {"waiting": actions.worklist(person), "answered": actions.answered(person), "figures": actions.figures(on=on), "today": on}
    return render(request, "enquiry/worklist.html", context)


@require_safe
@for_roles(CUSTOMS)
def enquiry(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """One question, with what may be done about it."""
    return _page(request, person, reference)


@require_POST
@for_roles(CUSTOMS)
def act(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """Answer, give to another office, or publish."""
    text, at = request.POST.get("text", ""), timezone.now()
    acts: dict[str, Callable[[], None]] = {
        "answer": lambda: actions.answer(person, reference, text, at=at),
        "route": lambda: actions.route(person, reference, text, at=at),
        "publish": lambda: actions.publish(person, reference, text, at=at),
    }
    asked = request.POST.get("act", "")
    if asked not in acts:
        raise Http404(asked)
    try:
        acts[asked]()
    except UnknownEnquiryError as unknown:
        raise Http404(str(unknown)) from unknown
    except (AnsweredError, UnansweredError, UnreadableQuestionError) as refusal:
        flash.error(request, retold(refusal))
        return _page(request, person, reference, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("enquiry:worklist" if asked == "route" else "enquiry:enquiry", *([] if asked == "route" else [reference]))


def _page(request: HttpRequest, person: Person, reference: str, *, status: int = 200) -> HttpResponse:
    try:
        found = actions.seen(person, reference)
    except UnknownEnquiryError as unknown:
        raise Http404(str(unknown)) from unknown
    on = today()
    offices = current_country().lists.named("offices")
    context = {"enquiry": found, "typed": request.POST, "offices": offices.entries(on=on) if offices else (), "today": on}
    return render(request, "enquiry/enquiry.html", context, status=status)
