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
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Protocol, get_args, get_origin

import msgspec

from customhouse.saying import Saying, saying
from customhouse_server.gateway.fault import FaultyError

Document = msgspec.Struct
_LONG = {
    *("statement", "scope", "outcome", "decisions", "abstract", "recommendation", "response", "implication", "remarks", "purpose"),
    *("to_author", "to_chair", "conclusion"),
}
_PARTED = ";"
_SPARE = 2
"""Empty rows that a form offers beside those that are filled."""


class UnreadableEntryError(FaultyError):
    """What was typed or sent is no entry of this register."""


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


def typed(formed: Formed, posted: Mapping[str, str]) -> dict[str, str]:
    """What a page posts into the fields of a form, without what else stands in it."""
    return {name: text for name, text in posted.items() if name.partition(".")[0] in formed.document.__struct_fields__}


def read(formed: Formed, written: Mapping[str, object], before: Document | None) -> Document:
    """The document that was typed or sent; a fixed field stays as it was. Refuses with `UnreadableEntryError`, all faults at once."""
    fixed = {name: getattr(before, name) for name in formed.fixed} if before else {}
    faults = {name: fault for name, value in written.items() if (fault := _not_by_hand(formed, name, value, fixed))}
    return filled(formed, written, fixed, faults)


def filled(
    formed: Formed, written: Mapping[str, object], fixed: Mapping[str, object], faults: Mapping[str, Saying] = MappingProxyType({})
) -> Document:
    """The document of what was written and of fixed fields that are given. Refuses with `UnreadableEntryError`, all faults at once."""
    fields, found = [each for each in msgspec.structs.fields(formed.document) if each.name not in formed.fixed], dict(faults)
    told = _told(fields, written, "", found)
    for each in fields:
        try:
            msgspec.convert(told.get(each.name), each.type if each.name in told else object, strict=False)
        except msgspec.ValidationError as refusal:
            found[each.name] = saying("{field}: {why}", field=_label(each.name), why=str(refusal))
    if found:
        raise UnreadableEntryError(found)
    try:
        return msgspec.convert(told | dict(fixed), formed.document, strict=False)
    except msgspec.ValidationError as refusal:
        raise UnreadableEntryError({"document": str(refusal)}) from refusal


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


def _not_by_hand(formed: Formed, name: str, value: object, fixed: Mapping[str, object]) -> Saying | None:
    """Why nobody writes into a field; what is fixed may be sent as it stands."""
    field = name.partition(".")[0]
    if field not in formed.document.__struct_fields__:
        return saying("{field}: this register has no such field", field=name)
    if field in formed.fixed and (field not in fixed or value not in (cell(fixed[field]), msgspec.to_builtins(fixed[field]))):
        return saying("{field}: changed by a step, not by hand", field=_label(field))
    return None


def _told(
    fields: list[msgspec.structs.FieldInfo], written: Mapping[str, object], place: str, faults: dict[str, Saying]
) -> dict[str, object]:
    """What was written, field by field: texts as they are typed, anything else (a list, rows) as it was sent; empty is not there."""
    told: dict[str, object] = {}
    for each in fields:
        name = f"{place}{each.name}"
        value = written.get(name, "")
        if not isinstance(value, str):
            told[each.name] = value
        elif row := _row(each.type):
            told[each.name] = _rows_told(row, written, name, faults)
        elif get_origin(_plain(each.type)) is tuple:
            told[each.name] = [part.strip() for part in value.split(_PARTED) if part.strip()]
        elif each.type is bool:
            told[each.name] = value.strip() == "on"
        elif value.strip():
            told[each.name] = value.strip()
        elif each.required:
            faults[name] = saying("{field}: missing", field=_label(name))
    return told


def _rows_told(row: type[Document], written: Mapping[str, object], name: str, faults: dict[str, Saying]) -> list[dict[str, object]]:
    fields = list(msgspec.structs.fields(row))
    free = {each.name for each in fields if not _options(each.type)}  # a choice always says something
    said = [key for key, value in written.items() if str(value).strip() and key.rpartition(".")[2] in free]
    return [_told(fields, written, f"{name}.{place}.", faults) for place in sorted(_places(said, name))]


def _label(name: str) -> Saying:
    return saying(name.replace("_", " "))


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
