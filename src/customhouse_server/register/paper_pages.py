"""Pages of papers: an author answers a call and sees how the paper stands, a reviewer reviews it without knowing whose it is."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse.research import review
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.register import actions, author, paper, reviewing
from customhouse_server.register.author import ClosedCallError
from customhouse_server.register.form import UnreadableEntryError, shown, values_of
from customhouse_server.register.kind import KINDS
from customhouse_server.register.scholarship import Abstract
from customhouse_server.register.store import StaleEntryError, UnknownEntryError
from customhouse_server.register.writing import EDITORS
from customhouse_server.tariff.day import day_asked

_ANYBODY = frozenset(Role)
_UNPROCESSABLE = 422
_Found = TypeVar("_Found")


@require_safe
@for_roles(_ANYBODY)
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """One's own papers, what one is asked to review, and the calls that are open."""
    on = day_asked(request)
    calls = [each for each in actions.listed(KINDS["calls"], person, on=on) if each.stands == "in force"]
    context = {"papers": author.mine(person), "to_review": reviewing.to_review(person), "calls": calls}
    return render(request, "register/my_papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(_ANYBODY)
def answer(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Answer an open call with an abstract."""
    try:
        call = actions.entry(KINDS["calls"], number, person, on=day_asked(request))
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    posted = _posted(request) if request.method == "POST" else {"authors": person.name}
    context = {"call": call, "fields": shown(author.ABSTRACT, posted), "data_sets": paper.known_data_sets()}
    if request.method != "POST":
        return render(request, "register/answer.html", context)
    written: list[int] = []
    done = _tried(request, lambda: written.append(author.answer_call(person, number, posted, at=timezone.now())))
    return redirect("register:own", written[0]) if done else render(request, "register/answer.html", context, status=_UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(_ANYBODY)
def own(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """One's own paper: where it stands, what the reviewers tell, and what one can do with it."""
    found, posted = _found(lambda: author.own(person, number)), _posted(request)
    done = False
    if request.method == "POST" and "manuscript" in posted:
        done = _tried(request, lambda: author.submit(person, number, posted["manuscript"], at=timezone.now()))
    elif request.method == "POST":
        done = _tried(request, lambda: author.correct(person, number, posted, at=timezone.now()))
    if done:
        return redirect("register:own", number)
    written = Abstract(**{name: getattr(found.paper, name) for name in Abstract.__struct_fields__})
    context = {"found": found, "paper": found.paper, "fields": shown(author.ABSTRACT, posted or values_of(written)), "typed": posted}
    return render(request, "register/own_paper.html", context, status=_UNPROCESSABLE if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(_ANYBODY)
def give_review(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Review a paper that one is asked to review."""
    found, posted = _found(lambda: reviewing.blind(person, number)), _posted(request)
    if request.method == "POST" and _tried(request, lambda: reviewing.give_review(person, number, posted, at=timezone.now())):
        return redirect("register:my_papers")
    context = {"found": found, "fields": shown(reviewing.REVIEW, posted)}
    return render(request, "register/review.html", context, status=_UNPROCESSABLE if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(EDITORS)
def enter_review(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Enter the review of a reviewer who does not sign in."""
    found, posted = _found(lambda: actions.entry(KINDS["papers"], number, person, on=day_asked(request))), _posted(request)
    actions.refuse_near(person, KINDS["papers"], found.document)
    if request.method == "POST" and _tried(request, lambda: reviewing.give_review(person, number, posted, at=timezone.now())):
        return redirect("register:entry", "papers", number)
    context = {"entry": found, "silent": reviewing.silent(found.document), "fields": shown(reviewing.REVIEW, posted), "typed": posted}
    return render(request, "register/enter_review.html", context, status=_UNPROCESSABLE if request.method == "POST" else 200)


@require_POST
@for_roles(EDITORS)
def assign(request: HttpRequest, person: Person) -> HttpResponse:
    """Give the submitted papers to reviewers, and say which lacks some."""
    for code, count in reviewing.assign(person, at=timezone.now()).items():
        words = ngettext("%(code)s lacks %(counter)s review", "%(code)s lacks %(counter)s reviews", count)
        flash.warning(request, words % {"code": code, "counter": count})
    flash.success(request, _("Done."))
    return redirect("register:list", "reviewers")


def _posted(request: HttpRequest) -> dict[str, str]:
    """What was posted; the values of a field that was ticked several times are parted as a form parts them."""
    return {name: "; ".join(request.POST.getlist(name)) for name in request.POST}


def _found(sought: Callable[[], _Found]) -> _Found:
    try:
        return sought()
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown


def _tried(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal is told on the page, and what is not there is not found."""
    try:
        act()
    except UnknownEntryError as unknown:
        raise Http404(str(unknown)) from unknown
    except (UnreadableEntryError, StaleEntryError, ClosedCallError, review.RefusedStepError) as refusal:
        flash.error(request, retold(refusal))
        return False
    flash.success(request, _("Done."))
    return True
