"""Form: the fields of an entry, made from the document that its kind is, and what was typed into them."""

import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import msgspec
from django.utils.translation import gettext_lazy as _

from customhouse_server.tracker.matter import DOCUMENTS, Kind

LABELS = {
    "acceptance": _("Position"),
    "adopters": _("Adopters, one a line"),
    "after": _("Waits for the action"),
    "agency": _("Agency"),
    "agenda": _("Agenda, one item a line"),
    "agreed_on": _("Agreed on"),
    "asked_on": _("Asked for on"),
    "assistance": _("Assistance"),
    "assistance_needed": _("Assistance needed"),
    "category": _("Category"),
    "code": _("Code"),
    "cost": _("Cost"),
    "currency": _("Currency"),
    "data_ground": _("Ground for the use of personal data"),
    "decisions": _("Decisions, one a line"),
    "definitive_on": _("Definitive date"),
    "donor": _("Donor"),
    "due_on": _("Due on"),
    "duty": _("Duty"),
    "evidence": _("What shows that it is done"),
    "finding": _("Bottleneck that calls for it"),
    "gap": _("Gap that is left"),
    "given_on": _("Given on"),
    "granted_on": _("Granted on"),
    "held_on": _("Held on"),
    "human_review": _("Review by a person"),
    "in_force": _("In force for the member since"),
    "in_force_on": _("In force since"),
    "indicative_on": _("Indicative date"),
    "maturity": _("Stage"),
    "meeting": _("Decided at the meeting"),
    "member": _("Member"),
    "minutes": _("Minutes"),
    "moved_to": _("Moved to category"),
    "name": _("Name"),
    "notified_on": _("Notified on"),
    "owner": _("Owner"),
    "per_cent": _("Done, in per cent"),
    "place": _("Place"),
    "present": _("Present, one a line"),
    "progress": _("Progress"),
    "provision": _("Provision of law"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "reference": _("Where it can be read"),
    "rests_on": _("Rests on, one code a line"),
    "retention_years": _("Kept for years"),
    "roadmap": _("Roadmap, one step a line"),
    "said": _("Answers, one a line as item: answer"),
    "signature": _("Electronic signature"),
    "since": _("Since"),
    "status": _("Status"),
    "symbol": _("Symbol of the WTO"),
    "title": _("Title"),
    "until": _("Until"),
    "valid_until": _("Valid until"),
    "version": _("Version"),
}
_LONG = frozenset({"minutes", "said", "finding", "reason", "gap", "human_review", "data_ground", "assistance", "assistance_needed"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its input is of a kind (text, long, date, number, choice), lists are lines of text."""

    name: str
    label: str
    input: str
    value: str
    choices: tuple[str, ...]
    is_required: bool


def fields(kind: Kind, values: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of an entry of a kind, filled with what is known."""
    return tuple(_field(each, values) for each in msgspec.structs.fields(DOCUMENTS[kind]))


def shown(document: msgspec.Struct) -> dict[str, str]:
    """A document as the text in its fields."""
    return {name: _text(getattr(document, name)) for name in document.__struct_fields__}


def typed(kind: Kind, posted: Mapping[str, str]) -> dict[str, object]:
    """What was typed, as a document that is yet to be read; what was left empty is not in it."""
    found: dict[str, object] = {}
    for each in msgspec.structs.fields(DOCUMENTS[kind]):
        text = posted.get(f"f-{each.name}", "").strip()
        if text:
            found[each.name] = [line.strip() for line in text.splitlines() if line.strip()] if _is_list(each.type) else text
    return found


def rows(document: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """What a document says, label by label, without what is empty."""
    for name, text in shown(document).items():
        if text:
            yield str(LABELS[name]), text


def _field(field: msgspec.structs.FieldInfo, values: Mapping[str, str]) -> Field:
    plain = _plain(field.type)
    choices = tuple(each.value for each in plain) if isinstance(plain, type) and issubclass(plain, StrEnum) else ()
    return Field(
        name=field.name,
        label=str(LABELS[field.name]),
        input="choice" if choices else _input(field.name, plain),
        value=values.get(field.name, ""),
        choices=choices,
        is_required=field.required,
    )


def _input(name: str, plain: object) -> str:
    if plain is dt.date:
        return "date"
    if plain in (int, Decimal):
        return "number"
    return "long" if name in _LONG or _is_list(plain) else "text"


def _plain(kind: object) -> object:
    """The type of a field that may be left out."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return next(each for each in typing.get_args(kind) if each is not type(None))
    return kind


def _is_list(kind: object) -> bool:
    return typing.get_origin(_plain(kind)) is tuple


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return format(value, "f") if isinstance(value, Decimal) else str(getattr(value, "value", value))
