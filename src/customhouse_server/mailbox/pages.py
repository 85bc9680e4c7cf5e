"""Pages of the mailbox: for whoever writes without a name, and for the integrity office that answers.

Nothing is kept in a cookie or an address: a case key travels in the body of a request alone, and no page is to be stored on the way.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.mailbox import actions
from customhouse_server.mailbox.actions import MailboxError

_KEY_LONGEST = 100


def _unkept(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that no cache stores."""

    @wraps(page)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = page(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


@require_safe
@_unkept
def start(request: HttpRequest) -> HttpResponse:
    """What the mailbox is, what it protects from and what not, and the two ways in."""
    return render(request, "mailbox/start.html", {"readers": actions.readers(), "longest": actions.LONGEST})


@require_POST
@_unkept
def write(request: HttpRequest) -> HttpResponse:
    """Begin a case; the key is on the page that answers, and nowhere else."""
    text, left_out = request.POST.get("text", ""), tuple(request.POST.getlist("left_out"))
    try:
        _require_nameless(request)
        case_key = actions.write(text, left_out=left_out, on=timezone.now().date())
    except MailboxError as refusal:
        context = {"readers": actions.readers(), "longest": actions.LONGEST, "refusal": retold(refusal), "text": text, "left_out": left_out}
        return render(request, "mailbox/start.html", context, status=422)
    return render(request, "mailbox/key.html", {"case_key": case_key})


@require_POST
@_unkept
def case(request: HttpRequest) -> HttpResponse:
    """A case for who has its key: its letters, and a place to go on, or to have it deleted."""
    case_key, refusal = request.POST.get("case_key", "")[:_KEY_LONGEST], ""
    text = request.POST.get("text", "")
    try:
        _require_nameless(request)
        if "forget" in request.POST:
            actions.forget(case_key)
            return render(request, "mailbox/forgotten.html", {})
        if text:
            actions.write_again(case_key, text, on=timezone.now().date())
            text = ""
    except MailboxError as refused:
        refusal = retold(refused)
    try:
        letters = actions.read(case_key)
    except MailboxError as refused:
        context = {"readers": actions.readers(), "longest": actions.LONGEST, "unknown": retold(refused)}
        return render(request, "mailbox/start.html", context, status=404)
    return render(request, "mailbox/case.html", {"letters": letters, "case_key": case_key, "refusal": refusal, "text": text})


@require_safe
@for_roles(CUSTOMS)
def office(request: HttpRequest, person: Person) -> HttpResponse:
    """The cases that a member can read, and the member's key."""
    return render(request, "mailbox/office.html", {"cases": actions.cases(person), "key": actions.key_of(person)})


@require_POST
@for_roles(CUSTOMS)
@_unkept
def make_key(request: HttpRequest, person: Person) -> HttpResponse:
    """Make the member's key."""
    passphrase, refusal = request.POST.get("passphrase", ""), ""
    if passphrase != request.POST.get("again"):
        refusal = _("The two passphrases are not the same.")
    else:
        try:
            actions.make_key(person, passphrase, at=timezone.now())
        except MailboxError as refused:
            refusal = retold(refused)
    context = {"cases": actions.cases(person), "key": actions.key_of(person), "refusal": refusal}
    return render(request, "mailbox/office.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
@_unkept
def office_case(request: HttpRequest, person: Person, case_id: UUID) -> HttpResponse:
    """One case: opened with the passphrase, answered without it."""
    context: dict[str, object] = {"case_id": case_id}
    try:
        if request.POST.get("text"):
            actions.answer(person, case_id, request.POST["text"], at=timezone.now())
            context["done"] = True
        if request.POST.get("passphrase"):
            context["letters"] = actions.read_case(person, case_id, request.POST["passphrase"])
    except MailboxError as refusal:
        context["refusal"] = retold(refusal)
    return render(request, "mailbox/office_case.html", context, status=422 if "refusal" in context else 200)


def _require_nameless(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        raise MailboxError(_("You are signed in, so this letter would have your name beside it. Sign out first, or use a private window."))
    if request.FILES:
        raise MailboxError(_("Files are not taken: they carry names and places inside. Write what they show."))
