"""Signed in: the gate before every page that is not public; without it a page is for nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role

Page = Callable[..., HttpResponse]


def for_roles(roles: frozenset[Role]) -> Callable[[Page], Page]:
    """A page for people of these roles alone; others are asked to sign in, or told that it is not for them."""

    def gated(page: Page) -> Page:
        @wraps(page)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - what the address carries
            person = person_for(request, at=timezone.now())
            if person is None:
                return redirect_to_login(_page_to_return_to(request))
            if person.role not in roles:
                raise PermissionDenied
            return _allowed(page, request, person, *args, **kwargs)

        return answered

    return gated


def _page_to_return_to(request: HttpRequest) -> str:
    """The page itself; of an address that only takes a form, the page on which the form stands."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    form = request.headers.get("referer", "")
    return form if url_has_allowed_host_and_scheme(form, allowed_hosts={request.get_host()}) else "/"


def _allowed(page: Page, request: HttpRequest, person: Person, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - see above
    try:
        return page(request, person, *args, **kwargs)
    except NotPermittedError as error:
        raise PermissionDenied(str(error)) from error
