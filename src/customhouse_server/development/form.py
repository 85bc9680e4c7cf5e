"""Form: the fields of a core value, made from its own types, and what was typed read back into it."""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customhouse_server.development.words import FIELDS, HINTS
from customhouse_server.gateway.fault import FaultyError

S = TypeVar("S", bound=msgspec.Struct)
_LONG = frozenset({"text", "problem", "sustainability", "terms_of_reference", "condition", "response", "reason", "evidence", "outputs"})
_MOST, _FINEST = Decimal(10) ** 15, Decimal("0.000001")


_CANNOT_BE_READ = gettext_noop("“%(field)s” is missing or cannot be read.")


class UnreadableFieldError(FaultyError):
    """What was typed or sent does not fit its field; the message names the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as a page shows it."""

    name: str
    label: str
    hint: str
    value: str
    options: tuple[str, ...]
    is_day: bool
    is_number: bool
    is_long: bool
    is_required: bool


def fields_of(of: type[msgspec.Struct], shown: Mapping[str, object] | None = None, *, without: frozenset[str] = frozenset()) -> list[Field]:
    """The simple fields of a type, with the values shown in them."""
    simple = [each for each in msgspec.structs.fields(of) if each.name not in without and _is_simple(_plain(each.type))]
    return [_field(each, (shown or {}).get(each.name)) for each in simple]


def read(
    of: type[S], typed: Mapping[str, object], known: Mapping[str, object] | None = None, *, without: frozenset[str] = frozenset()
) -> S:
    """What was typed or sent over what is known; refuses with `UnreadableFieldError`, all faults at once.

    What no form of this kind writes, and what is in `without`, is a fault too.
    """
    fields = {each.name: each for each in msgspec.structs.fields(of)}
    simple = {name for name, each in fields.items() if _is_simple(_plain(each.type))} - without
    faults = dict.fromkeys(typed.keys() - simple, gettext_noop("“%(field)s” is not written here."))
    given = dict(known or {}) | {name: _value(fields[name], typed[name]) for name in typed.keys() & simple}
    values: dict[str, object] = {}
    for name, each in fields.items():
        try:
            if given.get(name) is not None:
                values[name] = _converted(given[name], each.type)
        except (msgspec.ValidationError, ArithmeticError):
            faults[name] = _CANNOT_BE_READ
        if each.required and name not in values:
            faults[name] = _CANNOT_BE_READ
    if faults:
        raise UnreadableFieldError({name: _(fault) % {"field": labelled(name)} for name, fault in faults.items()})
    try:
        return msgspec.convert(values, of, strict=False)
    except msgspec.ValidationError as fault:
        raise UnreadableFieldError({"": str(fault)}) from fault


def cleaned(text: str) -> str:
    """A text as typed, without blanks around it and without what the database cannot keep."""
    return text.replace("\0", "").strip()


def labelled(name: str) -> str:
    """What a field is called."""
    return _(FIELDS[name]) if name in FIELDS else name


def shown(value: object) -> str:
    """A value as one types it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _field(field: msgspec.structs.FieldInfo, value: object) -> Field:
    kind = _plain(field.type)
    hint = HINTS.get(field.name, "")
    return Field(
        name=field.name,
        label=labelled(field.name),
        hint=_(hint) if hint else "",
        value=shown(value),
        options=tuple(each.value for each in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else (),
        is_day=kind is date,
        is_number=kind in (int, Decimal),
        is_long=field.name in _LONG,
        is_required=field.required,
    )


def _converted(value: object, kind: Any) -> object:  # noqa: ANN401 - an annotation
    """The value as its field takes it; refuses with `ValidationError`, and with `ArithmeticError` an amount that no table keeps."""
    found = msgspec.convert(value, kind, strict=False)
    if isinstance(found, Decimal) and not (found.is_finite() and abs(found) < _MOST and found % _FINEST == 0):
        raise ArithmeticError
    return found


def _value(field: msgspec.structs.FieldInfo, written: object) -> object:
    """What is left empty is as if it had not been said; a list is typed with commas."""
    if not isinstance(written, str):
        return written
    text = cleaned(written)
    if get_origin(_plain(field.type)) is tuple:
        return [part.strip() for part in text.split(",") if part.strip()]
    if not text:
        return None if not field.required else ("" if _plain(field.type) is str else None)
    return text


def _plain(kind: Any) -> Any:  # noqa: ANN401 - an annotation
    """The type beside `None`."""
    if get_origin(kind) in (Union, types.UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _is_simple(kind: Any) -> bool:  # noqa: ANN401 - an annotation
    if get_origin(kind) is tuple:
        return get_args(kind)[0] is str
    return kind in (str, int, Decimal, date) or (isinstance(kind, type) and issubclass(kind, StrEnum))
