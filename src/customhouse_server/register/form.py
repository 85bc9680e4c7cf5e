"""Form: the fields of a document as a page writes them, and a document from what was posted.

Several values of a field are parted by semicolons; several rows, each with fields of its own, are named by field, place and part
(`evidence.0.source`), and a row that says nothing is none.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Protocol, get_args, get_origin

import msgspec

from customhouse.saying import Refusal

Document = msgspec.Struct
_LONG = {
    *("statement", "scope", "outcome", "decisions", "abstract", "recommendation", "response", "implication", "remarks", "purpose"),
    *("to_author", "to_chair", "conclusion"),
}
_PARTED = ";"
_SPARE = 2
"""Empty rows that a form offers beside those that are filled."""


class UnreadableEntryError(Refusal, ValueError):
    """What was posted is no entry of this register; the message says where."""


class Formed(Protocol):
    """What has a form: a kind of document, and the fields of it that nobody types."""

    @property
    def document(self) -> type[Document]:
        """The kind of document."""

    @property
    def fixed(self) -> frozenset[str]:
        """The fields that nobody types."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is no register."""

    document: type[Document]
    fixed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field: its name, its value as text, how it is written, between what one chooses, and the fields of its rows where it has rows."""

    name: str
    value: str
    sort: str
    required: bool
    options: tuple[str, ...] = ()
    rows: tuple[tuple["FieldShown", ...], ...] = ()

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.rpartition(".")[2].replace("_", " ")


def shown(formed: Formed, values: Mapping[str, str]) -> list[FieldShown]:
    """The fields of the form of a register."""
    return [_field(each, each.name, values) for each in msgspec.structs.fields(formed.document) if each.name not in formed.fixed]


def values_of(document: Document) -> dict[str, str]:
    """A document as the texts of its form."""
    told = {}
    for name in document.__struct_fields__:
        value = getattr(document, name)
        if _is_rows(value):
            told |= {f"{name}.{place}.{part}": text for place, row in enumerate(value) for part, text in values_of(row).items()}
        else:
            told[name] = "on" if value is True else f"{_PARTED} ".join(value) if isinstance(value, tuple) else str(cell(value))
    return told


def read(formed: Formed, posted: Mapping[str, object], before: Document | None) -> Document:
    """The document that was posted; a fixed field stays as it was. Refuses with `UnreadableEntryError`."""
    return filled(formed, posted, {name: getattr(before, name) for name in formed.fixed} if before else {})


def filled(formed: Formed, posted: Mapping[str, object], fixed: Mapping[str, object]) -> Document:
    """The document of what was posted and of fixed fields that are given. Refuses with `UnreadableEntryError`."""
    fields = [each for each in msgspec.structs.fields(formed.document) if each.name not in formed.fixed]
    told = _told(fields, posted, "") | dict(fixed)
    try:
        return msgspec.convert(told, formed.document, strict=False)
    except msgspec.ValidationError as refusal:
        raise UnreadableEntryError("{why}", why=refusal) from refusal


def cell(value: object) -> str | tuple[str, ...]:
    """A value as text; of rows, all that they say, one after the other."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if _is_rows(value):
        return tuple(said for row in rows_of(value) for said in row if said)
    if isinstance(value, tuple):
        return f"{_PARTED} ".join(str(each) for each in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def rows_of(value: object) -> tuple[tuple[str, ...], ...]:
    """The rows of a field as texts, a row each; none where the field has no rows."""
    if not _is_rows(value):
        return ()
    return tuple(tuple(str(cell(getattr(row, name))) for name in row.__struct_fields__) for row in value)  # type: ignore[attr-defined]


def _told(fields: list[msgspec.structs.FieldInfo], posted: Mapping[str, object], place: str) -> dict[str, object]:
    """What was posted, field by field: texts as they are typed, anything else (a list, rows) as it was sent; empty is not there."""
    told: dict[str, object] = {}
    for each in fields:
        name = f"{place}{each.name}"
        value = posted.get(name, "")
        if not isinstance(value, str):
            told[each.name] = value
        elif row := _row(each.type):
            told[each.name] = _rows_told(row, posted, name)
        elif get_origin(_plain(each.type)) is tuple:
            told[each.name] = [part.strip() for part in value.split(_PARTED) if part.strip()]
        elif each.type is bool:
            told[each.name] = value.strip() == "on"
        elif value.strip():
            told[each.name] = value.strip()
        elif each.required:
            raise UnreadableEntryError(f"{name.replace('_', ' ')}: missing")
    return told


def _rows_told(row: type[Document], posted: Mapping[str, object], name: str) -> list[dict[str, object]]:
    fields = list(msgspec.structs.fields(row))
    free = {each.name for each in fields if not _options(each.type)}  # a choice always says something
    said = [key for key, value in posted.items() if str(value).strip() and key.rpartition(".")[2] in free]
    return [_told(fields, posted, f"{name}.{place}.") for place in sorted(_places(said, name))]


def _field(field: msgspec.structs.FieldInfo, name: str, values: Mapping[str, str]) -> FieldShown:
    row = _row(field.type)
    if row is None:
        return FieldShown(name, values.get(name, ""), _sort(field.name, field.type), field.required, _options(field.type))
    last = max(_places(values, name), default=-1)
    rows = [
        tuple(_field(part, f"{name}.{place}.{part.name}", values) for part in msgspec.structs.fields(row))
        for place in range(last + 1 + _SPARE)
    ]
    return FieldShown(name, "", "rows", field.required, rows=tuple(rows))


def _places(keys: Iterable[str], name: str) -> set[int]:
    """The places of the rows of a field that keys of a form name."""
    row = re.compile(rf"{re.escape(name)}\.(\d{{1,3}})\.\w+")
    return {int(found[1]) for key in keys if (found := row.fullmatch(key))}


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


def _row(kind: Any) -> type[Document] | None:  # noqa: ANN401 - a type
    """The kind of the rows of a field; none where it has no rows."""
    plain = _plain(kind)
    part = get_args(plain)[0] if get_origin(plain) is tuple else None
    return part if isinstance(part, type) and issubclass(part, msgspec.Struct) else None


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(each, msgspec.Struct) for each in value)


def _plain(kind: Any) -> Any:  # noqa: ANN401 - a type
    """The type of a value that may be absent, or is bounded."""
    if get_origin(kind) is Annotated:
        return get_args(kind)[0]
    if isinstance(kind, UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind
