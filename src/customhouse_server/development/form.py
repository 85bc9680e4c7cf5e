"""Form: a core value of capacity building as it is written field by field; its lists of rows and its business case are written apart."""

from typing import Any, TypeVar, get_args

import msgspec

from customhouse_server.desk.form import Form, fields
from customhouse_server.development.templatetags.development import word
from customhouse_server.development.words import FIELDS, HINTS

S = TypeVar("S", bound=msgspec.Struct)


def form_of(of: type[S], *, without: frozenset[str] = frozenset()) -> Form[S]:
    """The form of a type, without what is written apart or not at all."""
    apart = {each.name for each in msgspec.structs.fields(of) if any(map(_is_struct, (each.type, *get_args(each.type))))}
    return Form(document=of, fixed=without | apart, labels=FIELDS, hints=HINTS, worded=word, between=",")


def facts(form: Form[Any], value: msgspec.Struct) -> list[tuple[str, Any]]:
    """What a value says in the fields of a form, under their labels."""
    return [(each.label, getattr(value, each.name)) for each in fields(form)]


def cleaned(text: str) -> str:
    """A text as typed, without blanks around it and without what the database cannot keep."""
    return text.replace("\0", "").strip()


def _is_struct(kind: Any) -> bool:  # noqa: ANN401 - an annotation
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
