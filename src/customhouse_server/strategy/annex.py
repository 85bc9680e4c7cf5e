"""Annex: the lists of an operational plan as forms, one entry at a time; what a form makes is held to the same rules as a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import EnumType
from typing import Any, get_args

import msgspec
from django.utils.translation import gettext_lazy as _

from customhouse.saying import Refusal
from customhouse.strategy import StrategicPlan, operation

LISTS = {
    "deliverables": _("Deliverables"),
    "indicators": _("Indicators"),
    "readings": _("What is said about indicators"),
    "targets": _("Targets"),
    "costs": _("Costs"),
    "risks": _("Risks"),
    "attache_rates": _("Rates of technical attachés"),
}
LABELS = {
    "code": _("Code"),
    "activity": _("Activity"),
    "year": _("Financial year"),
    "tactical_activity": _("Tactical activity"),
    "title": _("Title"),
    "directorate": _("Directorate"),
    "due": _("Due on"),
    "progress": _("Progress"),
    "delivered_on": _("Delivered on"),
    "narrative": _("In words"),
    "baseline": _("Baseline"),
    "baseline_on": _("Day of the baseline"),
    "baseline_source": _("Source of the baseline"),
    "target": _("Target"),
    "alarm": _("Alarm"),
    "indicator": _("Indicator"),
    "end": _("Until before"),
    "value": _("Value"),
    "text": _("Text"),
    "rating": _("Rating"),
    "source": _("Source"),
    "what": _("What for"),
    "fund": _("Fund"),
    "amount": _("Amount"),
    "person_months": _("Person-months"),
    "spent": _("Spent"),
    "likelihood": _("Likelihood, 1 to 5"),
    "impact": _("Impact, 1 to 5"),
    "treatment": _("Treatment"),
    "owner": _("Owner"),
    "monthly": _("For a month"),
    "basis": _("By which decision"),
}


class UnknownListError(Refusal, LookupError):
    """The operational plan has no list of that name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: what it is called, what stands in it, and what may be chosen."""

    name: str
    label: str
    kind: str
    value: str
    required: bool
    options: tuple[str, ...] = ()


def fields_of(plan: StrategicPlan, name: str, entry: object | None = None) -> tuple[Field, ...]:
    """The form of one list's entries, filled with an entry where one is given."""
    written = msgspec.to_builtins(entry) if entry else {}
    return tuple(
        Field(
            name=each.name,
            label=str(LABELS[each.name]),
            kind="date" if date in _kinds(each.type) else "text",
            value=_shown(written.get(each.name)),
            required=each.required,
            options=_options(plan, each.name, each.type),
        )
        for each in msgspec.structs.fields(_entry_type(name))
        if each.name in LABELS
    )


def rows_of(plan: StrategicPlan, name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list as they are shown, a cell a field."""
    return tuple(tuple(field.value for field in fields_of(plan, name, entry)) for entry in getattr(plan.operation, name))


def compared(old: StrategicPlan, new: StrategicPlan) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The lists that differ, each with the entries that only the new plan has and those that only the old one has, a line each."""
    found = []
    for name, title in LISTS.items():
        before, after = (Counter(" · ".join(cell for cell in row if cell) for row in rows_of(plan, name)) for plan in (old, new))
        if before != after:
            found.append((str(title), tuple((after - before).elements()), tuple((before - after).elements())))
    return tuple(found)


def changed(plan: StrategicPlan, name: str, place: int | None, typed: Mapping[str, str]) -> object:
    """The whole text with an entry put in its place, or added where there is none; what the form does not show stays."""
    raw = _raw(plan)
    entries = raw["operation"][name]
    shown = {field.name for field in fields_of(plan, name)}
    kept = {key: value for key, value in (entries[place] if place is not None else {}).items() if key not in shown}
    entry = kept | {key: text.strip() for key, text in typed.items() if key in shown and text.strip()}
    if place is None:
        entries.append(entry)
    else:
        entries[place] = entry
    return raw


def replaced(plan: StrategicPlan, name: str, entries: Sequence[object]) -> object:
    """The whole text with another list in the place of one; refuses with `UnknownListError`."""
    if name not in LISTS:
        raise UnknownListError("the operational plan has no list {name}; it has: {lists}", name=name, lists=list(LISTS))
    raw = _raw(plan)
    raw["operation"][name] = list(entries)
    return raw


def without(plan: StrategicPlan, name: str, place: int) -> object:
    """The whole text without an entry."""
    raw = _raw(plan)
    del raw["operation"][name][place]
    return raw


def _raw(plan: StrategicPlan) -> dict[str, Any]:
    raw: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan))
    return raw


def _entry_type(name: str) -> Any:  # noqa: ANN401 - the type of a list's entries
    annex = {each.name: each.type for each in msgspec.structs.fields(operation.OperationalPlan)}
    return get_args(annex[name])[0]


def _kinds(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - the type of a field
    return get_args(kind) or (kind,)


def _options(plan: StrategicPlan, name: str, kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - the type of a field
    if isinstance(kind, EnumType):
        return tuple(kind)
    return {
        "activity": tuple(activity.number for _goal, activity in plan.activities()),
        "directorate": tuple(plan.operation.directorates),
        "indicator": tuple(each.code for each in plan.operation.indicators),
        "year": tuple(str(year) for year in plan.years()),
    }.get(name, ())


def _shown(value: object) -> str:
    return "" if value is None else str(value)
