"""Pages of strategic plans: the list, a plan with its versions, its coverage and its annex, loading a file, and what everybody may read."""

import dataclasses
from uuid import UUID

import msgspec
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customhouse import strategy
from customhouse.saying import saying
from customhouse.strategy import Form, StrategicPlan, UnreadablePlanError
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.form import fields, texts, typed
from customhouse_server.desk.heat_map import Cell, heat_map
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.current import known_indicators
from customhouse_server.strategy import actions, annex
from customhouse_server.strategy.actions import EDITORS, READERS, SIGNED_IN, StalePlanError, View
from customhouse_server.strategy.store import UnknownPlanError
from customhouse_server.tariff.day import today

_LARGEST = 1_000_000
_FORMS = {"toml": Form.TOML, "yaml": Form.YAML, "yml": Form.YAML, "json": Form.YAML}  # what is JSON is YAML


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The plans: what is due for each, or for everybody those that are adopted."""
    person = person_for(request, at=timezone.now())
    inside = person is not None and person.role in READERS
    records = [dataclasses.replace(each, title=actions.titled(each, get_language() or "en")) for each in actions.listed(person)]
    context = {"records": records, "inside": inside, "may_load": inside and person is not None and person.role in EDITORS}
    return render(request, "strategy/list.html", context | {"today": today()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(EDITORS)
def load(request: HttpRequest, person: Person) -> HttpResponse:
    """Load a plan from a file; what is wrong with it is told all at once."""
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            text, form = _uploaded(request)
            seen = actions.load(person, text, form, reason=posted_text(request, "reason") or _("Loaded from a file"), at=timezone.now())
            flash.success(request, _("Version %(version)s is kept.") % {"version": seen.record.version})
            return redirect("strategy:plan", seen.record.id)
        except UnreadablePlanError as refusal:
            faults = tuple(map(retold, refusal.faults))
        except strategy.review.standing.RefusedError as refusal:
            faults = (retold(refusal),)
    typed = {"faults": faults, "reason": request.POST.get("reason", "")}
    return render(request, "strategy/load.html", typed, status=422 if faults else 200)


@require_safe
def public(request: HttpRequest, name: str) -> HttpResponse:
    """A plan that is adopted, as everybody may read it."""
    try:
        seen = in_words(actions.public(name))
    except UnknownPlanError as error:
        raise Http404(str(error)) from error
    adopted = next(each for each in seen.standing.steps if each.step is strategy.review.cycle.Step.ADOPTION)
    return render(request, "strategy/public.html", {"plan": seen.plan, "goals": _goals(seen), "adopted": adopted})


@require_safe
@for_roles(SIGNED_IN)
def plan(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """A plan: what it wants, what is due for it, and under each activity what is done about it."""
    seen = in_words(seen_plan(person, plan_id))
    totals = strategy.budget.rolled_up(seen.plan, strategy.budget.By.SOURCE)
    return render(
        request, "strategy/plan.html", described(person, seen) | {"goals": _goals(seen), "sources": totals, "by_year": _years(seen)}
    )


@require_safe
@for_roles(SIGNED_IN)
def as_json(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:  # noqa: ARG001 - the person says it all
    """The whole text as a file that can be loaded again."""
    seen = seen_plan(person, plan_id)
    answer = HttpResponse(msgspec.json.format(msgspec.json.encode(seen.plan), indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{seen.plan.name}.json"'
    return answer


@require_safe
@for_roles(SIGNED_IN)
def versions(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """The versions of a plan, and what changed between two of them, or from another plan, in words."""
    seen = seen_plan(person, plan_id)
    kept = actions.versions(person, plan_id)
    old, new = _compared(request, person, seen)
    changes = [each.told(gettext) for each in _difference(old, new)]
    others = [each for each in actions.listed(person) if each.id != plan_id]
    in_annex = annex.compared(old, new)
    context = {
        "versions": kept,
        "old": old,
        "new": new,
        "changes": changes,
        "in_annex": in_annex,
        "others": others,
        "other": request.GET.get("other", ""),
    }
    return render(request, "strategy/versions.html", described(person, seen) | context)


@require_safe
@for_roles(SIGNED_IN)
def coverage(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """Which goals rest on which building block: a drawing, and the table behind it with the activities and their cost."""
    seen = seen_plan(person, plan_id)
    found = strategy.coverage.coverage_of(in_words(seen).plan)
    rows = [(name, found.row(code)) for code, name in found.blocks.items()]
    heads = [_("Goal %(goal)s") % {"goal": goal} for goal in found.goals]
    counts, costs = _("Activities by building block and goal"), _("Cost by building block and goal")
    most, dearest = (max((of(cell) for cell in found.cells), default=0) or 1 for of in (_count, _cost))
    drawings = [(counts, heat_map(counts, heads, [(name, [_counted(cell, most) for cell in cells]) for name, cells in rows]))]
    if any(cell.cost for cell in found.cells):
        drawings.append((costs, heat_map(costs, heads, [(name, [_costed(cell, dearest) for cell in cells]) for name, cells in rows])))
    context = {"found": found, "rows": rows, "drawings": drawings}
    return render(request, "strategy/coverage.html", described(person, seen) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNED_IN)
def annex_list(request: HttpRequest, person: Person, plan_id: UUID, name: str) -> HttpResponse:
    """One list of the operational plan, with a form for an entry; costs with their totals."""
    if name not in annex.LISTS:
        raise Http404
    seen = seen_plan(person, plan_id)
    faults: tuple[str, ...] = ()
    refused: Exception | None = None
    if request.method == "POST":
        person.require(EDITORS, "changing a plan")
        try:
            raw, over = _changed(request, seen.plan, name), int(request.POST.get("version", "0"))
            actions.revise(person, plan_id, raw, reason=_("Annex: %(list)s") % {"list": _(annex.LISTS[name])}, over=over, at=timezone.now())
            flash.success(request, _("Saved."))
            return redirect("strategy:annex", plan_id, name)
        except UnreadablePlanError as refusal:
            faults = tuple(map(retold, refusal.faults))
        except FaultyError as refusal:
            faults, refused = tuple(map(retold, refusal.faults.values())), refusal
        except (StalePlanError, strategy.review.standing.RefusedError, ValueError, IndexError) as refusal:
            faults = (retold(refusal),)
    context = described(person, seen) | _annex(request, seen.plan, name, refused) | {"faults": faults}
    return render(request, "strategy/annex.html", context, status=422 if faults else 200)


def described(person: Person, seen: View) -> dict[str, object]:
    """What every page of a plan shows at its top."""
    return {
        "record": seen.record,
        "person": person,
        "plan": in_words(seen).plan,
        "standing": seen.standing,
        "may_edit": person.role in EDITORS,
        "may_comment": person.role in actions.COMMENTERS,
        "today": today(),
        "lists": [(name, _(title)) for name, title in annex.LISTS.items()],
    }


def in_words(seen: View) -> View:
    """A plan as the reader reads it: in the reader's language where the plan brings it."""
    return dataclasses.replace(seen, plan=seen.plan.in_language(get_language() or "en"))


def seen_plan(person: Person, plan_id: UUID) -> View:
    """The plan, or the page that says there is none."""
    try:
        return actions.view(person, plan_id)
    except UnknownPlanError as error:
        raise Http404(str(error)) from error


def posted_text(request: HttpRequest, name: str) -> str:
    """What was typed into a field, without what PostgreSQL takes in no text."""
    return str(request.POST.get(name, "")).replace("\x00", "").strip()


def _difference(old: StrategicPlan, new: StrategicPlan) -> tuple[strategy.Change, ...]:
    """What changed, as the reader reads it, if both plans bring that language: else the same text in two languages would be a change."""
    language = get_language() or "en"
    if not all(language in each.translations for each in (old, new)):
        return strategy.difference(old, new)
    return strategy.difference(old.in_language(language), new.in_language(language))


def _count(cell: strategy.coverage.Cell) -> int:
    return len(cell.activities)


def _cost(cell: strategy.coverage.Cell) -> int:
    return int(cell.cost)


def _counted(cell: strategy.coverage.Cell, most: int) -> Cell:
    return Cell(str(_count(cell) or ""), ", ".join(cell.activities), 100 * _count(cell) // most)


def _costed(cell: strategy.coverage.Cell, most: int) -> Cell:
    text = number_format(cell.cost, decimal_pos=0, force_grouping=True) if cell.cost else ""
    return Cell(text, ", ".join(cell.activities), 100 * _cost(cell) // most)


def _goals(seen: View) -> list[dict[str, object]]:
    """The goals with, under each activity, what is done about it and what it takes."""
    found, operation = seen.plan, seen.plan.operation
    by_activity = strategy.budget.rolled_up(found, strategy.budget.By.ACTIVITY)
    by_goal = strategy.budget.rolled_up(found, strategy.budget.By.GOAL)

    def of(entries: tuple[object, ...], number: str) -> list[object]:
        return [each for each in entries if getattr(each, "activity", "") == number]

    return [
        {
            "goal": goal,
            "cost": _total(found, by_goal.get(str(goal.number))),
            "activities": [
                {
                    "activity": activity,
                    "blocks": found.blocks_of(activity),
                    "cost": _total(found, by_activity.get(activity.number)),
                    "deliverables": of(operation.deliverables, activity.number),
                    "targets": of(operation.targets, activity.number),
                    "risks": of(operation.risks, activity.number),
                    "indicators": [
                        (each, seen.standing.approval_of(each)) for each in operation.indicators if each.activity == activity.number
                    ],
                }
                for activity in goal.activities
            ],
        }
        for goal in found.goals
    ]


def _total(found: StrategicPlan, total: strategy.operation.Total | None) -> dict[str, object] | None:
    if total is None:
        return None
    return {"planned": found.shown(total.planned), "spent": found.shown(total.spent), "undetermined": total.undetermined}


def _years(seen: View) -> list[tuple[str, dict[str, object] | None]]:
    return [(name, _total(seen.plan, total)) for name, total in strategy.budget.rolled_up(seen.plan, strategy.budget.By.YEAR).items()]


def _annex(request: HttpRequest, found: StrategicPlan, name: str, refused: Exception | None) -> dict[str, object]:
    entries = getattr(found.operation, name)
    place = request.GET.get("entry", "")
    chosen = int(place) if is_number(place) and int(place) < len(entries) else None
    values = request.POST or (texts(entries[chosen]) if chosen is not None else {})
    totals = (
        [(by, [(key, _total(found, total)) for key, total in strategy.budget.rolled_up(found, by).items()]) for by in strategy.budget.By]
        if name == "costs"
        else []
    )
    return {
        "name": name,
        "list_title": _(annex.LISTS[name]),
        "fields": fields(annex.form_of(found, name), values, refused),
        "rows": annex.rows_of(found, name),
        "meant": [strategy.review.measured_by(each, known_indicators()) for each in entries] if name == "indicators" else [],
        "chosen": chosen,
        "totals": totals,
    }


def _changed(request: HttpRequest, found: StrategicPlan, name: str) -> object:
    place = request.POST.get("entry", "")
    if "remove" in request.POST:
        return annex.without(found, name, int(place))
    return annex.changed(found, name, int(place) if is_number(place) else None, typed(annex.form_of(found, name), request.POST))


def _uploaded(request: HttpRequest) -> tuple[str, Form]:
    file = request.FILES.get("file")
    if file is None:
        raise UnreadablePlanError([saying("Choose a file first.")])
    form = _FORMS.get((file.name or "").rpartition(".")[2].lower())
    if form is None or (file.size or 0) > _LARGEST:
        raise UnreadablePlanError([saying("A plan is a TOML, YAML or JSON file of at most 1 MB.")])
    try:
        return file.read().decode("utf-8-sig"), form
    except UnicodeDecodeError as error:
        raise UnreadablePlanError([saying("The file is not written in UTF-8.")]) from error


def _compared(request: HttpRequest, person: Person, seen: View) -> tuple[StrategicPlan, StrategicPlan]:
    """The two texts that are asked for: two versions, or another plan and this one; without asking, the last two versions."""
    asked = {name: request.GET.get(name, "") for name in ("other", "from", "to")}
    try:
        if asked["other"]:
            return actions.text(person, UUID(asked["other"])), seen.plan
        old = int(asked["from"]) if is_number(asked["from"]) else max(1, seen.record.version - 1)
        new = int(asked["to"]) if is_number(asked["to"]) else seen.record.version
        return actions.text(person, seen.record.id, old), actions.text(person, seen.record.id, new)
    except (UnknownPlanError, ValueError) as error:
        raise Http404(str(error)) from error
