"""Strategy at the command line: a strategic plan shown with its goals, activities and building blocks."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from customhouse.cli.console import AsJson, out, print_json, unreadable
from customhouse.strategy import Goal, StrategicPlan, UnreadablePlanError, read_plan

app = typer.Typer(no_args_is_help=True, help="Strategic plans.")

_HERE = Path(__file__).resolve().parent.parent
_SHIPPED = (_HERE / "plans", _HERE.parent.parent / "plans")  # in a wheel, and in a checkout

Plan = Annotated[str, typer.Argument(metavar="PLAN", help="A shipped plan (wco-2016-2019) or a TOML file.")]


@app.callback()
def strategy() -> None:
    """Strategic plans."""


@app.command()
def show(plan: Plan, *, as_json: AsJson = False) -> None:
    """Show the goals of a plan, their activities, and the building blocks that each rests on."""
    found = _plan(plan)
    if as_json:
        print_json(_told(found))
    else:
        _print(found)


def _plan(name_or_file: str) -> StrategicPlan:
    files = [*(place / f"{name_or_file}.toml" for place in _SHIPPED), Path(name_or_file)]
    file = next((each for each in files if each.is_file()), None)
    if file is None:
        shipped = sorted(path.stem for place in _SHIPPED for path in place.glob("*.toml"))
        raise unreadable(f"there is no plan {name_or_file!r}: name one of {', '.join(shipped)}, or a file")
    try:
        return read_plan(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, UnreadablePlanError) as error:
        raise unreadable(str(error)) from error


def _told(plan: StrategicPlan) -> dict[str, object]:
    goals = [
        {"number": goal.number, "title": goal.title, "package": goal.package, "activities": _activities(plan, goal)} for goal in plan.goals
    ]
    about = {"name": plan.name, "title": plan.title, "valid_from": plan.valid_from, "valid_to": plan.valid_to, "source": plan.source}
    return about | {"building_blocks": list(plan.building_blocks.values()), "goals": goals}


def _activities(plan: StrategicPlan, goal: Goal) -> list[dict[str, object]]:
    return [{"number": each.number, "title": each.title, "building_blocks": plan.blocks_of(each)} for each in goal.activities]


def _print(plan: StrategicPlan) -> None:
    out.print(f"[bold]{escape(plan.title)}[/bold], {plan.valid_from:%Y/%m} to {plan.valid_to:%Y/%m}", highlight=False)
    for goal in plan.goals:
        package = f" ({goal.package})" if goal.package else ""
        out.print(f"[bold]{goal.number}. {escape(goal.title)}[/bold]{escape(package)}", highlight=False)
        for each in goal.activities:
            out.print(f"  {each.number} {escape(each.title)}", highlight=False)
            out.print(f"      {escape('; '.join(plan.blocks_of(each)))}", highlight=False, style="dim")
