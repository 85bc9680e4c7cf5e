"""Pages of the desk: the list of all pages, the page of components, and the switch between light and dark."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

_YEAR = 365 * 24 * 3600


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """Every page that one can begin at, by what it is for."""
    return render(request, "desk/contents.html", {})


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component once."""
    states = ("released", "assessed", "examination_ordered", "accepted")
    return render(request, "desk/design.html", {"states": states})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light, dark, or as the device does."""
    there = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    answer = redirect(there if safe else "/")
    if request.POST.get("theme") in ("light", "dark"):
        answer.set_cookie("theme", request.POST["theme"], max_age=_YEAR, samesite="Lax")
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer
