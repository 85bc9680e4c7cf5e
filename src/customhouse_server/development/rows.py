"""Rows: the parts of a dossier that are lists, changed a row at a time; what has an act of its own is not among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

import msgspec

from customhouse_server.desk.form import Field, Form, fields, texts
from customhouse_server.development.dossier import TYPES, Kind
from customhouse_server.development.form import form_of

BY_AN_ACT = frozenset({"tranches", "evaluations", "answers"})
_NESTED = "business_case"
_SIGNED = frozenset({"evaluator"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a page shows it: its values in order, and its fields to change it."""

    place: int
    value: Any
    cells: tuple[object, ...]
    fields: tuple[Field, ...]

    @property
    def number(self) -> str:
        """The place as text, of which a page makes names for its fields."""
        return str(self.place)


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a dossier: the heads of its columns, its rows, and the fields of a new one."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    fields: tuple[Field, ...]
    by_an_act: bool


def parts_of(kind: Kind, value: msgspec.Struct, names: Mapping[str, str]) -> dict[str, Part]:
    """The lists of a dossier, those of a business case among them; `names` are told in place of the identities of other dossiers."""
    return {name: _part(name, of, rows_in(value, name), names) for name, of in row_types(kind).items()}


def row_types(kind: Kind) -> dict[str, type[msgspec.Struct]]:
    """What the rows of each list of a kind are."""
    found = {}
    for each in msgspec.structs.fields(TYPES[kind]):
        if each.name == _NESTED:
            found |= {inner.name: get_args(inner.type)[0] for inner in msgspec.structs.fields(each.type) if _is_list(inner.type)}
        elif _is_list(each.type):
            found[each.name] = get_args(each.type)[0]
    return found


def rows_in(value: msgspec.Struct, part: str) -> tuple[Any, ...]:
    """The rows of a list."""
    return tuple(getattr(_holder(value, part), part))


def with_rows(value: Any, part: str, rows: Sequence[msgspec.Struct]) -> Any:  # noqa: ANN401 - the value of any dossier
    """The value with these rows in place of those of a list."""
    holder = _holder(value, part)
    changed = msgspec.structs.replace(holder, **{part: tuple(rows)})
    return changed if holder is value else msgspec.structs.replace(value, **{_NESTED: changed})


def _part(name: str, of: type[msgspec.Struct], values: Sequence[Any], names: Mapping[str, str]) -> Part:
    form, blank = form_of(of), fields(form_of(of, without=_SIGNED))
    rows = tuple(_row(place, value, form, names) for place, value in enumerate(values))
    return Part(name, tuple(each.label for each in fields(form)), rows, blank, name in BY_AN_ACT)


def _row(place: int, value: Any, form: Form[Any], names: Mapping[str, str]) -> Row:  # noqa: ANN401 - a row of any list
    cells = [getattr(value, each.name) for each in form.free()]
    told = tuple(names.get(cell, cell) if isinstance(cell, str) else cell for cell in cells)
    return Row(place, value, told, fields(form, texts(value)))


def _holder(value: Any, part: str) -> Any:  # noqa: ANN401 - the value of any dossier
    return value if hasattr(value, part) else getattr(value, _NESTED)


def _is_list(kind: Any) -> bool:  # noqa: ANN401 - an annotation
    inner = get_args(kind)[0] if get_origin(kind) is tuple else None
    return isinstance(inner, type) and issubclass(inner, msgspec.Struct)
