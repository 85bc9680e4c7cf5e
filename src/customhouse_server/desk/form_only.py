"""Form only: the page for somebody who opens an address that only takes a form."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_NOT_ALLOWED = 405


def told_of_forms(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with a page that says where to go, in place of an empty one; programs are told by the interface itself."""

    def answered(request: HttpRequest) -> HttpResponse:
        found = answer(request)
        if found.status_code != _NOT_ALLOWED or request.method != "GET" or request.path.startswith("/api/"):
            return found
        page = render(request, "405.html", status=_NOT_ALLOWED)
        page["Allow"] = found["Allow"]
        return page

    return answered
