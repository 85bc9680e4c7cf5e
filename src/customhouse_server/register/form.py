"""Form: the fields of a document as a page writes them, and a document from what was posted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

from customhouse.saying import Refusal, saying
from customhouse_server.register.kind import Document, Kind

_LONG = {"statement", "scope", "outcome", "decisions", "abstract", "recommendation", "response", "implication", "remarks", "purpose"}
_PARTED = ";"


class UnreadableEntryError(Refusal, ValueError):
    """What was posted is no entry of this register; the message says where."""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field: its name, its value as text, how it is written, and between what one chooses."""

    name: str
    value: str
    sort: str
    required: bool
    options: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")


def shown(kind: Kind, values: Mapping[str, str]) -> list[FieldShown]:
    """The fields of the form of a register."""
    return [
        FieldShown(each.name, values.get(each.name, ""), _sort(each.name, each.type), each.required, _options(each.type))
        for each in msgspec.structs.fields(kind.document)
        if each.name not in kind.fixed
    ]


def values_of(document: Document) -> dict[str, str]:
    """A document as the texts of its form."""
    return {name: cell(getattr(document, name)) for name in document.__struct_fields__}


def read(kind: Kind, posted: Mapping[str, str], before: Document | None) -> Document:
    """The document that was posted; a fixed field stays as it was. Refuses with `UnreadableEntryError`."""
    told: dict[str, object] = {name: getattr(before, name) for name in kind.fixed} if before else {}
    for each in msgspec.structs.fields(kind.document):
        if each.name in kind.fixed:
            continue
        text = posted.get(each.name, "").strip()
        if get_origin(each.type) is tuple:
            told[each.name] = [part.strip() for part in text.split(_PARTED) if part.strip()]
        elif each.type is bool:
            told[each.name] = text == "on"
        elif text:
            told[each.name] = text
        elif each.required:
            raise UnreadableEntryError("{field}: missing", field=saying(each.name.replace("_", " ")))
    try:
        return msgspec.convert(told, kind.document, strict=False)
    except msgspec.ValidationError as refusal:
        raise UnreadableEntryError("{why}", why=refusal) from refusal


def cell(value: object) -> str:
    """A value as text."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, tuple):
        return f"{_PARTED} ".join(str(each) for each in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _sort(name: str, kind: Any) -> str:  # noqa: ANN401 - a type
    plain = _plain(kind)
    if plain is bool:
        return "checkbox"
    if plain is dt.date:
        return "date"
    if plain in {int, Decimal}:
        return "number"
    return "select" if _options(kind) else "long" if name in _LONG else "text"


def _options(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type
    plain = _plain(kind)
    return tuple(each.value for each in plain) if isinstance(plain, type) and issubclass(plain, StrEnum) else ()


def _plain(kind: Any) -> Any:  # noqa: ANN401 - a type
    """The type of a value that may be absent."""
    if isinstance(kind, UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind
