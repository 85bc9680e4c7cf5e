"""Limit: how often somebody without an account may write from one address in an hour.

Each process of the site counts by itself and forgets within the hour, so that no table tells who wrote from where.
"""

from django.core.cache import cache
from django.http import HttpRequest

_PER_HOUR = 20
_HOUR = 3600


def within_limit(request: HttpRequest, what: str) -> bool:
    """Whether the address may write once more; each call counts."""
    key = f"{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, _HOUR)
    return cache.incr(key) <= _PER_HOUR
