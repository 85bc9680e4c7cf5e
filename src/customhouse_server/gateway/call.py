"""Call: one request to the interface: who calls, when, with what body and under which key."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.utils import check_csrf

from customhouse.saying import Refusal
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.gateway.submission import Submission, submission

_NOTHING = b"\\u0000"
_SAFE = ("GET", "HEAD", "OPTIONS")
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 128},
    "description": "Sent again with the same body, a call is answered as the first time and not done again.",
}


class BodyTooLargeError(Refusal, ValueError):
    """The body is larger than is read."""


class PlainTextParser(Parser):
    """Reads a body of JSON whose texts can be kept: none holds the character U+0000, which no table takes."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body; refuses with `ValueError`."""
        if _NOTHING in request.body:
            raise ValueError("a text holds the character U+0000")
        return super().parse_body(request)


class CalledRequest(HttpRequest):
    """A request whose caller is known."""

    auth: "Call"


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, and the instant at which the site took the call in."""

    person: Person
    at: dt.datetime


def caller(request: HttpRequest) -> Call | None:
    """The call of a person who gave a key or is signed in; a browser must also give the token against forged requests."""
    at = timezone.now()
    person = person_for(request, at=at)
    if person is None:
        return None
    if not request.META.get("HTTP_AUTHORIZATION") and request.method not in _SAFE and check_csrf(request):
        raise HttpError(403, "the token against forged requests (CSRF) is missing or wrong")
    return Call(person, at)


def body_of(request: HttpRequest) -> bytes:
    """The body, whose announced length is checked before any of it is read; refuses with `BodyTooLargeError`."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > limit:
        raise BodyTooLargeError(
            "the body has {announced} bytes; the most that is read is {limit}: split the message", announced=announced, limit=limit
        )
    try:
        return request.body
    except RequestDataTooBig as error:
        raise BodyTooLargeError("the body is longer than {limit} bytes: split the message", limit=limit) from error


def submission_of(request: CalledRequest, body: bytes) -> Submission | None:
    """The key under which the caller sent the body, if one was given; refuses with `MalformedKeyError`."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    return None if key is None else submission(request.auth.person.id, key, act=f"{request.method} {request.path}", body=body)
