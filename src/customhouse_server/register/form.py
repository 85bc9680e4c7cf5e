"""Form: the fields of a document as a page writes them, and a document from what was posted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register.kind import Document, Kind

_LONG = {"statement", "scope", "outcome", "decisions", "abstract", "recommendation", "response", "implication", "remarks", "purpose"}
_PARTED = ";"


class UnreadableEntryError(FaultyError):
    """What was typed or sent is no entry of this register."""


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


def read(kind: Kind, posted: Mapping[str, object], before: Document | None) -> Document:
    """The document that was typed or sent; a fixed field stays as it was. Refuses with `UnreadableEntryError`, all faults at once."""
    told: dict[str, object] = {name: getattr(before, name) for name in kind.fixed} if before else {}
    fields = [each for each in msgspec.structs.fields(kind.document) if each.name not in kind.fixed]
    faults = {name: f"{name}: {wrong}" for name, text in posted.items() if (wrong := _not_by_hand(kind, name, text, before))}
    for each in fields:
        value, label = _written(posted.get(each.name), each.type), each.name.replace("_", " ")
        if value is None and each.required:
            faults[each.name] = f"{label}: missing"
        elif value is not None:
            try:
                told[each.name] = msgspec.convert(value, each.type, strict=False)
            except msgspec.ValidationError as refusal:
                faults[each.name] = f"{label}: {refusal}"
    if faults:
        raise UnreadableEntryError(faults)
    try:
        return kind.document(**told)
    except ValueError as refusal:
        raise UnreadableEntryError({"document": str(refusal)}) from refusal


def cell(value: object) -> str:
    """A value as text."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, tuple):
        return f"{_PARTED} ".join(str(each) for each in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _not_by_hand(kind: Kind, name: str, value: object, before: Document | None) -> str:
    """Why nobody writes into a field; what is fixed may be sent as it stands."""
    if name in kind.fixed:
        return "" if before and str(value) == cell(getattr(before, name)) else "changed by a step, not by hand"
    return "" if name in kind.document.__struct_fields__ else "this register has no such field"


def _written(value: object, kind: Any) -> object:  # noqa: ANN401 - a type
    """What was written into a field; nothing where it was left empty. A list is typed with semicolons, a tick is `on`."""
    is_list = get_origin(kind) is tuple
    if value is None:
        return False if kind is bool else () if is_list else None
    if not isinstance(value, str):
        return value
    if kind is bool:
        return value == "on"
    if is_list:
        return [part.strip() for part in value.split(_PARTED) if part.strip()]
    return value.strip() or None


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
