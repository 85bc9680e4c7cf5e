"""Unfit: the answer to a text or number that no record takes, as one with U+0000 in it; nothing has changed then."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from customhouse_server.gateway.problem import problem

_BAD_REQUEST = 400


def told_of_unfit(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 where the database refuses what was sent: with a page, or a problem for a program."""

    def answered(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DataError):
            return None
        if request.path.startswith("/api/"):
            why = gettext("Something that was sent holds a character or a number that no record takes; nothing was changed.")
            return problem(_BAD_REQUEST, gettext("Not taken"), why)
        return render(request, "400.html", status=_BAD_REQUEST)

    answered.process_exception = refused  # type: ignore[attr-defined] - where the framework looks for it
    return answered
