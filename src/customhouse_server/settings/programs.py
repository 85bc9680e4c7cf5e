"""Programs: the page for those who write one, with every address of the interface by its area, from the interface's own description."""

from functools import cache

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customhouse_server.settings.api import api


class Call(msgspec.Struct, frozen=True):
    """One address with a method, what it does, and what is to be known of it."""

    method: str
    address: str
    does: str
    more: str


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Every address, by area."""
    return render(request, "desk/programs.html", {"areas": _areas()})


@cache
def _areas() -> dict[str, list[Call]]:
    """The calls by area; nothing in them changes while the process runs."""
    found: dict[str, list[Call]] = {}
    for address, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(Call(method.upper(), address, told["summary"], told.get("description", "")))
    return dict(sorted(found.items()))
