"""Strategy at the command line: a plan shown, two told apart, its costs, its cycle and its coverage."""

from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from customhouse.cli.console import AsJson, out, print_json, unreadable
from customhouse.shipped import shipped, shipped_or_own
from customhouse.strategy import Form, StrategicPlan, UnreadablePlanError, budget, coverage, difference, read_plan, review

app = typer.Typer(no_args_is_help=True, help="Strategic plans.")

_YAML = {".yaml", ".yml"}

Plan = Annotated[str, typer.Argument(metavar="PLAN", help="A shipped plan (wco-2016-2019) or a TOML or YAML file.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The plan to compare with, a shipped one or a file.")]


@app.callback()
def strategy() -> None:
    """Strategic plans."""


@app.command()
def show(plan: Plan, *, as_json: AsJson = False) -> None:
    """Show the goals of a plan, their activities, and the building blocks that each rests on."""
    found = plan_named(plan)
    if as_json:
        print_json(_told(found))
    else:
        _print(found)


@app.command()
def diff(plan: Plan, other: Other, *, as_json: AsJson = False) -> None:
    """Tell in words what changed from the first plan to the second."""
    changes = difference(plan_named(plan), plan_named(other))
    if as_json:
        print_json([msgspec.to_builtins(each) | {"told": each.told()} for each in changes])
        return
    for each in changes:
        out.print(escape(each.told()), highlight=False)
    if not changes:
        out.print("Nothing changed.")


@app.command()
def costs(
    plan: Plan, *, by: Annotated[budget.By, typer.Option(help="What to add up by.")] = budget.By.GOAL, as_json: AsJson = False
) -> None:
    """Add up the costs of a plan by activity, goal, package, source, directorate or year."""
    found = plan_named(plan)
    totals = budget.rolled_up(found, by)
    if as_json:
        print_json({name: msgspec.to_builtins(total) for name, total in totals.items()})
        return
    table = Table(by.value.capitalize(), f"Planned, {found.operation.currency}", "Spent", "Person-months", "Undetermined")
    for name, total in totals.items():
        amounts = (f"{found.shown(each):,}" for each in (total.planned, total.spent))
        table.add_row(escape(name or "none"), *amounts, f"{total.person_months:,}", escape("; ".join(total.undetermined)))
    out.print(table if totals else "The plan has no costs.")


@app.command(name="cycle")
def cycle_of(plan: Plan, *, as_json: AsJson = False) -> None:
    """List the steps that a plan goes through, with the body and the day of each."""
    steps = [
        {"step": due.step.value, "year": due.year, "body": due.row.body.value, "document": due.row.document, "due": day}
        for due, day in review.cycle.calendar(plan_named(plan))
    ]
    if as_json:
        print_json(steps)
        return
    table = Table("Due", "Step", "Year", "Body", "Document")
    for each in steps:
        table.add_row(str(each["due"]), str(each["step"]), str(each["year"] or ""), str(each["body"]), str(each["document"]))
    out.print(table)


@app.command(name="coverage")
def covered(plan: Plan, *, as_json: AsJson = False) -> None:
    """Show how many activities of each goal rest on each building block, and what is planned to be spent on them."""
    found = coverage.coverage_of(plan_named(plan))
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    table = Table("Building block", *(f"Goal {goal}" for goal in found.goals))
    for code, name in found.blocks.items():
        table.add_row(escape(name), *(", ".join(cell.activities) for cell in found.row(code)))
    out.print(table)


def plan_named(name_or_file: str) -> StrategicPlan:
    """The plan of that name or in that file; ends the command where it cannot be read."""
    file = shipped_or_own("plans", name_or_file)
    if file is None:
        plans = sorted(path.stem for path in shipped("plans").glob("*.toml"))
        raise unreadable(f"there is no plan {name_or_file!r}: name one of {', '.join(plans)}, or a file")
    try:
        return read_plan(file.read_text("utf-8-sig"), Form.YAML if file.suffix.lower() in _YAML else Form.TOML)
    except (OSError, UnicodeDecodeError, UnreadablePlanError) as error:
        raise unreadable(str(error)) from error
    except ModuleNotFoundError as error:
        raise unreadable("plans in YAML need the extra `server` or `yaml`: pip install 'customhouse[yaml]'") from error


def _told(plan: StrategicPlan) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(plan)
    goals = [
        {"number": goal.number, "title": goal.title, "text": goal.text, "package": goal.package}
        | {"activities": [msgspec.to_builtins(each) | {"building_blocks": plan.blocks_of(each)} for each in goal.activities]}
        for goal in plan.goals
    ]
    return told | {"building_blocks": list(plan.building_blocks.values()), "goals": goals}


def _print(plan: StrategicPlan) -> None:
    about = f"[bold]{escape(plan.title)}[/bold], {plan.valid_from:%Y/%m} to {plan.valid_to:%Y/%m}, version {plan.version}, {plan.status}"
    out.print(about, highlight=False)
    for text in (plan.note, plan.mission, plan.vision, *plan.values.values()):
        if text:
            out.print(f"  {escape(text)}", highlight=False)
    for goal in plan.goals:
        package = f" ({goal.package})" if goal.package else ""
        out.print(f"[bold]{goal.number}. {escape(goal.title)}[/bold]{escape(package)}", highlight=False)
        for each in goal.activities:
            out.print(f"  {each.number} {escape(each.title)}", highlight=False)
            out.print(f"      {escape('; '.join(plan.blocks_of(each)))}", highlight=False, style="dim")
