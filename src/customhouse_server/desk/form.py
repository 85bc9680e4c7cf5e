"""Form: the fields of a document as a page draws them (`desk/_inputs.html`), and the document from what was typed into them or sent.

A list of texts is typed one a line; several rows, each with fields of its own, are named by field, place and part (`evidence.0.source`),
and a row that says nothing is none.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

import msgspec
from django.utils.formats import sanitize_separators
from django.utils.translation import gettext as _
from msgspec.structs import FieldInfo

from customhouse.saying import Saying, saying
from customhouse_server.desk.templatetags.customs import named
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError

S = TypeVar("S", bound=msgspec.Struct)
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_LONG = frozenset(
    {
        *("abstract", "assistance", "assistance_needed", "conclusion", "condition", "data_ground", "decisions", "evidence", "finding"),
        *("gap", "human_review", "implication", "minutes", "narrative", "outcome", "outputs", "problem", "purpose", "reason"),
        *("recommendation", "remarks", "response", "said", "scope", "statement", "sustainability", "terms_of_reference", "text"),
        *("to_author", "to_chair", "treatment"),
    }
)
"""Fields whose text runs over several lines."""
_SPARE = 2
"""Empty rows that a form offers beside those that are filled."""
_MOST, _FINEST = Decimal(10) ** 15, Decimal("0.000001")
"""What a table keeps of an amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[S]):
    """A kind of document as it is written: what nobody types, what its fields and choices are called, and what there is to choose from.

    A field without a label is called by its name; `between` parts the values of a list that a program sends as one text.
    """

    document: type[S]
    fixed: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    worded: Callable[[str], str] = named
    between: str = ";"

    def free(self) -> list[FieldInfo]:
        """The fields that somebody types."""
        return [each for each in msgspec.structs.fields(self.document) if each.name not in self.fixed]

    def wording(self, name: str) -> str:
        """What a field, or a part of its rows, is called in English."""
        name = name.rpartition(".")[2]
        return self.labels.get(name, name.replace("_", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field as a page draws it; `input` is text, long, date, number, choice or checkbox; an option is a code with its words."""

    name: str
    label: str
    hint: str
    input: str
    value: str
    is_required: bool
    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple["Field", ...], ...] = ()
    fault: str = ""


def fields(form: Form[Any], values: Mapping[str, str] = _NOTHING, refusal: Exception | None = None) -> tuple[Field, ...]:
    """The fields of a form with what stands in them, and at each field what is wrong with it where it was refused."""
    faults = refusal.faults if isinstance(refusal, FaultyError) else {}
    return tuple(_field(form, each, each.name, values, faults) for each in form.free())


def texts(document: msgspec.Struct) -> dict[str, str]:
    """A document as the texts of its form."""
    told = {}
    for name, value in ((name, getattr(document, name)) for name in document.__struct_fields__):
        if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
            told |= {f"{name}.{place}.{part}": text for place, row in enumerate(value) for part, text in texts(row).items()}
        else:
            told[name] = text_of(value)
    return told


def text_of(value: object) -> str:
    """A value as one types it."""
    if value is None or isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, tuple | list):
        return "\n".join(map(str, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def typed(form: Form[Any], posted: Mapping[str, str]) -> dict[str, object]:
    """What a page posts into the fields of a form, as a program would send it, without what else stands on the page."""
    kinds = {each.name: each.type for each in form.free()}
    told = {name: text for name, text in posted.items() if name.partition(".")[0] in kinds}
    return {name: _sent(text, kinds.get(name)) for name, text in told.items()}


def read(form: Form[S], written: Mapping[str, object], known: Mapping[str, object] = _NOTHING) -> S:
    """The document of what was written, and of what is known of all other fields; what nobody types may be sent as it stands.

    Refuses with `FaultyError`, all faults at once.
    """
    faults = {name: fault for name, value in written.items() if (fault := _not_by_hand(form, name, value, known))}
    said = {name.partition(".")[0] for name in written} - form.fixed
    kept = {name: value for name, value in known.items() if name not in said}
    told = kept | _told(form, [each for each in form.free() if each.name not in kept], written, faults)
    if faults:
        raise FaultyError(faults)
    try:
        return msgspec.convert(told, form.document, strict=False)
    except msgspec.ValidationError as refusal:
        raise FaultyError({"document": str(refusal)}) from refusal


def _not_by_hand(form: Form[Any], name: str, value: object, known: Mapping[str, object]) -> Saying | None:
    """Why nobody writes into a field."""
    head = name.partition(".")[0]
    if head not in form.document.__struct_fields__:
        return saying("{field}: there is no such field", field=head)
    if head in form.fixed and (head not in known or value not in (text_of(known[head]), msgspec.to_builtins(known[head]))):
        return saying("{field}: changed by a step, not by hand", field=saying(form.wording(head)))
    return None


def _told(
    form: Form[Any], infos: Iterable[FieldInfo], written: Mapping[str, object], faults: dict[str, Saying], *, place: str = ""
) -> dict[str, object]:
    """What was written into fields, each as its kind; what was left empty is not there. What is wrong is added to the faults."""
    told: dict[str, object] = {}
    for each in infos:
        name, before = f"{place}{each.name}", len(faults)
        label, value = saying(form.wording(name)), _said(form, each, name, written, faults)
        if len(faults) > before:
            continue
        if value is not None:
            try:
                told[each.name] = _kept(value, each.type)
            except (msgspec.ValidationError, ArithmeticError) as refusal:
                faults[name] = saying("{field}: {why}", field=label, why=_why(value, each.type) or str(refusal))
        elif each.required:
            faults[name] = saying("{field}: missing", field=label)
    return told


def _said(form: Form[Any], info: FieldInfo, name: str, written: Mapping[str, object], faults: dict[str, Saying]) -> object:
    """What was written into a field; nothing where it was left empty."""
    value, row = written.get(name), _row(info.type)
    if value is not None and not isinstance(value, str):
        return value
    if row:
        parts = list(msgspec.structs.fields(row))
        free = {each.name for each in parts if not _choices(each.type)}  # a choice always says something
        said = [key for key, text in written.items() if str(text).strip() and key.rpartition(".")[2] in free]
        return [_told(form, parts, written, faults, place=f"{name}.{at}.") for at in sorted(_places(said, name))] or None
    text = (value or "").strip()
    if _is_list(info.type):
        return _parted(text.split(form.between)) or None
    return text == "on" if _plain(info.type) is bool else text or None


def _sent(text: str, kind: Any) -> object:  # noqa: ANN401 - a type
    """A list one a line, and a number with decimals as the reader's language writes it, as a program would send them."""
    if _is_list(kind):
        return _parted(text.splitlines()) or ""
    return sanitize_separators(text) if _plain(kind) in (Decimal, float) else text


def _parted(parts: Iterable[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


def _kept(value: object, kind: Any) -> object:  # noqa: ANN401 - a type
    """The value as its field takes it; refuses with `ValidationError` or `ArithmeticError` what is none, and what no table keeps."""
    found = msgspec.convert(value, kind, strict=False)
    is_sound = math.isfinite(found) if isinstance(found, float) else not _holds_null(value)
    if isinstance(found, Decimal):
        is_sound = found.is_finite() and abs(found) < _MOST and found % _FINEST == 0
    if not is_sound:
        raise ArithmeticError(found)
    return found


def _holds_null(value: object) -> bool:
    """Whether U+0000 stands in it, which PostgreSQL takes in no text."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return (isinstance(value, str) and "\0" in value) or any(map(_holds_null, parts))


def _why(value: object, kind: Any) -> Saying | None:  # noqa: ANN401 - a type
    """Why a value does not fit its field, in plain words where there are any."""
    plain, bound = _plain(kind), next((each for each in get_args(kind) if isinstance(each, msgspec.Meta)), msgspec.Meta())
    if _holds_null(value):
        return saying("a character stands in it that no record takes: take it out")
    if plain is int and bound.ge is not None and bound.le is not None:
        return saying("write a whole number from {least} to {most}", least=bound.ge, most=bound.le)
    amount = "write a number with at most 15 digits before the point and 6 after it"
    words = {dt.date: "write a day, as 2026-03-01", int: "write a whole number", Decimal: amount, float: amount}
    told = "choose one of those that are offered" if _choices(kind) else words.get(plain)
    return saying(told) if told else None


def _field(form: Form[Any], info: FieldInfo, name: str, values: Mapping[str, str], faults: Mapping[str, str | Saying]) -> Field:
    row, is_part, options = _row(info.type), "." in name, form.options.get(name) or _choices(info.type)
    places = range(max(_places(values, name), default=-1) + 1 + _SPARE) if row else ()
    parts = msgspec.structs.fields(row) if row else ()
    default = "" if is_part or info.default is msgspec.NODEFAULT else text_of(info.default)
    hint = _(form.hints[name]) if name in form.hints else ""
    return Field(
        name=name,
        label=retold(form.wording(name)),
        hint=" ".join(filter(None, [hint, _("One a line.") if _is_list(info.type) else ""])),
        input="choice" if options else _input(info),
        value=values.get(name, default),
        is_required=info.required and not is_part,
        options=tuple((each, form.worded(each)) for each in options),
        rows=tuple(tuple(_field(form, each, f"{name}.{place}.{each.name}", values, faults) for each in parts) for place in places),
        fault=retold(faults[name]) if name in faults else "",
    )


def _input(info: FieldInfo) -> str:
    long = "long" if info.name in _LONG or _is_list(info.type) else "text"
    return {bool: "checkbox", dt.date: "date", int: "number", Decimal: "number", float: "number"}.get(_plain(info.type), long)


def _places(keys: Iterable[str], name: str) -> set[int]:
    """The places of the rows of a field that keys of a form name."""
    row = re.compile(rf"{re.escape(name)}\.(\d{{1,3}})\.\w+")
    return {int(found[1]) for key in keys if (found := row.fullmatch(key))}


def _choices(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type
    plain = _plain(kind)
    return tuple(each.value for each in plain) if isinstance(plain, type) and issubclass(plain, StrEnum) else ()


def _row(kind: Any) -> type[msgspec.Struct] | None:  # noqa: ANN401 - a type
    """The kind of the rows of a field; none where it has no rows."""
    plain = _plain(kind)
    part = get_args(plain)[0] if get_origin(plain) is tuple else None
    return part if isinstance(part, type) and issubclass(part, msgspec.Struct) else None


def _is_list(kind: Any) -> bool:  # noqa: ANN401 - a type
    return get_origin(_plain(kind)) is tuple and _row(kind) is None


def _plain(kind: Any) -> Any:  # noqa: ANN401 - a type
    """The type of a value that may be absent, or is bounded."""
    if get_origin(kind) is Annotated:
        return get_args(kind)[0]
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return next(each for each in get_args(kind) if each is not type(None))
    return kind
