"""Annex: the lists of an operational plan as forms, one entry at a time; what a form makes is held to the same rules as a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from customhouse.saying import Refusal
from customhouse.strategy import StrategicPlan, operation
from customhouse_server.desk.form import Form, read, text_of

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


def form_of(plan: StrategicPlan, name: str) -> Form[Any]:
    """The form of one list's entries; what the plan knows is chosen from, and a definition is left to files."""
    annex = {each.name: each.type for each in msgspec.structs.fields(operation.OperationalPlan)}
    entry = get_args(annex[name])[0]
    return Form(
        document=entry,
        fixed=frozenset(entry.__struct_fields__) - LABELS.keys(),
        labels=LABELS,
        options={
            "activity": [activity.number for _goal, activity in plan.activities()],
            "directorate": list(plan.operation.directorates),
            "indicator": [each.code for each in plan.operation.indicators],
            "year": [str(year) for year in plan.years()],
        },
    )


def rows_of(plan: StrategicPlan, name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list as they are shown, a cell a field."""
    shown = [each.name for each in form_of(plan, name).free()]
    return tuple(tuple(text_of(getattr(entry, each)) for each in shown) for entry in getattr(plan.operation, name))


def compared(old: StrategicPlan, new: StrategicPlan) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The lists that differ, each with the entries that only the new plan has and those that only the old one has, a line each."""
    found = []
    for name, title in LISTS.items():
        before, after = (Counter(" · ".join(cell for cell in row if cell) for row in rows_of(plan, name)) for plan in (old, new))
        if before != after:
            found.append((gettext(title), tuple((after - before).elements()), tuple((before - after).elements())))
    return tuple(found)


def changed(plan: StrategicPlan, name: str, place: int | None, written: Mapping[str, object]) -> object:
    """The whole text with an entry put in its place, or added where there is none; what the form does not show stays.

    Refuses with `FaultyError` what is no entry of the list.
    """
    form, raw, before = form_of(plan, name), _raw(plan), getattr(plan.operation, name)
    entries = raw["operation"][name]
    known = {} if place is None else {each: getattr(before[place], each) for each in form.fixed}
    entry = msgspec.to_builtins(read(form, written, known))
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
