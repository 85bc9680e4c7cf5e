"""Refused: a form of several on a page, on a page of its own as it was typed, with all that was posted beside it."""

from collections.abc import Sequence

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from customhouse_server.desk.form import Field
from customhouse_server.desk.words import retold

_UNPROCESSABLE = 422


def refused(request: HttpRequest, fields: Sequence[Field], refusal: Exception, *, title: str, back: str) -> HttpResponse:
    """The form to be corrected and sent to the same address again, or left for the page that it came from."""
    shown = {"csrfmiddlewaretoken", *(each.name for each in fields)}
    beside = [(name, text) for name, text in request.POST.items() if name not in shown]
    flash.error(request, retold(refusal))
    context = {"title": title, "back": back, "fields": fields, "beside": beside}
    return render(request, "desk/refused.html", context, status=_UNPROCESSABLE)
