"""Act: what a call has done, once under its key, and what it is answered.

done(request, act, status=, besides=) -> HttpResponse
"""

from collections.abc import Callable, Mapping

import msgspec
from django.http import HttpResponse

from customhouse_server.gateway.actions import once
from customhouse_server.gateway.call import KEY, CalledRequest, submission_of
from customhouse_server.gateway.problem import response
from customhouse_server.gateway.submission import Answer

ONCE = {"parameters": [KEY]}
"""How the description of the interface says that an act takes a key."""


def done(
    request: CalledRequest,
    act: Callable[[], object],
    *,
    status: int = 200,
    besides: Callable[[Mapping[str, str]], Mapping[str, str]] | None = None,
) -> HttpResponse:
    """Do the act, once where the call has a key, and answer with what it gives back; refuses with `MalformedKeyError`, `KeyReusedError`.

    `besides` gives what is told with the answer and never kept: it is asked with the answer each time, and gives the same each time.
    """

    def answered() -> Answer:
        return Answer(status, msgspec.json.encode(act()))

    answer = once(submission_of(request, request.body), answered, at=request.auth.at)
    if besides is None:
        return response(answer)
    kept = msgspec.json.decode(answer.body)
    return response(Answer(answer.status, msgspec.json.encode(kept | besides(kept))))
