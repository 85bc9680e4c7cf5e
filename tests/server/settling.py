"""Settling: what a reader of the journal sees once nothing that began before is open any more."""

import time
from collections.abc import Callable
from typing import Any


def settled(read: Callable[[], tuple[Any, ...]], count: int) -> tuple[Any, ...]:
    """What is read once all of it is settled: a transaction open elsewhere in the same PostgreSQL holds readers back for a while."""
    found: tuple[Any, ...] = ()
    deadline = time.monotonic() + 20
    while len(found) < count and time.monotonic() < deadline:
        found += read()
        time.sleep(0.02)
    return found
