"""Problem: what the interface answers when it does not do what it was asked (RFC 9457, application/problem+json)."""

from collections.abc import Sequence

import msgspec
from django.http import HttpResponse

from customhouse_server.gateway.submission import Answer

CONTENT_TYPE = "application/problem+json"
_FIRST_PROBLEM = 400


def problem(status: int, title: str, detail: str, *, findings: Sequence[object] = ()) -> HttpResponse:
    """A problem as an answer: a sentence each for what and why, and the findings where there are any."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if findings:
        body["findings"] = findings
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=CONTENT_TYPE)


def response(answer: Answer) -> HttpResponse:
    """A kept answer as it goes out."""
    kind = "application/json" if answer.status < _FIRST_PROBLEM else CONTENT_TYPE
    return HttpResponse(answer.body, status=answer.status, content_type=kind)


def json_response(value: object, *, status: int = 200) -> HttpResponse:
    """A value as JSON, written by msgspec."""
    return HttpResponse(msgspec.json.encode(value), status=status, content_type="application/json")
