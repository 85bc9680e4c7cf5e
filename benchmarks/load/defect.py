"""A seeded defect: a site that says yes before it has committed, so that the soak can show that it would notice.

It stands in front of the real site, only where SOAK_DEFECT is set; the product knows nothing of it.
"""

import io
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from customhouse_server.serve import main as serve
from customhouse_server.settings.wsgi import application as real

_LATE_SECONDS = 0.5
_pool = ThreadPoolExecutor(4)


def application(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Acknowledge a lodging at once and do it half a second later, in memory until then."""
    if os.environ.get("SOAK_DEFECT") != "acknowledge-before-commit" or environ["REQUEST_METHOD"] != "POST":
        return real(environ, start_response)
    body = environ["wsgi.input"].read(int(str(environ["CONTENT_LENGTH"])))  # type: ignore[attr-defined]
    _pool.submit(_late, dict(environ), body, due=time.monotonic() + _LATE_SECONDS)
    start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]


def _late(environ: dict[str, object], body: bytes, *, due: float) -> None:
    time.sleep(max(0.0, due - time.monotonic()))
    real({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: None)


if __name__ == "__main__":
    serve(application="load.defect:application")
