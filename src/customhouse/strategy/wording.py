"""Wording: the texts of a plan, or of a report on it, in another language that the plan itself brings."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
_CODES = frozenset({"name", "number", "key", "building_blocks", "year_begins", "currency"})
"""What is told apart by, and not read."""


def reworded(value: T, words: Mapping[str, str]) -> T:
    """The value with each text in it for which there is another wording; what has none stays as it is."""
    found: Any = value
    if isinstance(value, str) and type(value) is str:
        found = words.get(value, value)
    elif isinstance(value, tuple):
        found = tuple(reworded(each, words) for each in value)
    elif isinstance(value, dict):
        found = {key: reworded(each, words) for key, each in value.items()}
    elif isinstance(value, msgspec.Struct):
        found = msgspec.structs.replace(value, **{name: reworded(each, words) for name, each in _read(value)})
    return cast("T", found)


def texts_in(value: object) -> Iterator[str]:
    """Every text in a value that is there to be read."""
    if isinstance(value, str):
        yield from [value] if value and type(value) is str else []
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        yield from texts_in(tuple(value.values()))
    elif isinstance(value, msgspec.Struct):
        yield from texts_in(tuple(each for _, each in _read(value)))


def _read(value: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    return (
        (name, getattr(value, name)) for name in value.__struct_fields__ if name not in _CODES or isinstance(getattr(value, name), dict)
    )
