"""Budget: the proposal of each year with its totals, beside what the adopted plan says that the year costs."""

import re
from collections.abc import Callable, Iterator

import msgspec

from customhouse.pipeline import publication as rules
from customhouse.saying import Refusal
from customhouse.strategy import StrategicPlan, secretariat
from customhouse_server.register import store
from customhouse_server.register.office import BudgetDecision, Decision, YearLine
from customhouse_server.strategy import actions as plans

_NO_PLAN = "no plan that is adopted covers the year"


class DecidedError(Refusal, RuntimeError):
    """The committee accepted the budget of the year, and its lines stand."""


def refuse_decided(before: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse with `DecidedError` to change a line of a budget that was accepted, or to move one in or out of it."""
    accepted = {each.year for each in store.documents("budget-decisions", BudgetDecision) if each.decision is Decision.ACCEPTED}
    for line in (before, after):
        if isinstance(line, YearLine) and line.year in accepted:
            raise DecidedError("the budget of {year} was accepted", year=line.year)


def totals() -> dict[str, tuple[tuple[str, str], ...]]:
    """By year and currency, the amounts of the directorates and of the sources, and the whole."""
    told = {}
    for year, found in _by(lambda each: f"{each.year} {each.currency}").items():
        lines = [each.line() for each in found]
        parts = [*_totals(lines, lambda line: line.directorate), *_totals(lines, lambda line: line.source.value)]
        told[year] = (*parts, ("total", f"{sum(each.amount for each in lines):,}"))
    return told


def beside_plan() -> rules.Sheet:
    """What each year's proposal asks for beside what the plan says it costs, and every line that ties to nothing, with its reason."""
    rows = [row for year, lines in _by(lambda each: each.year).items() for row in _year(year, [each.line() for each in lines])]
    return rules.Sheet(
        title="Budget beside the plan",
        about="What a year's proposal asks for, what the adopted plan says it costs, and what ties to no cost of the plan.",
        source="the registers and the adopted plan of this site",
        basis="plan activity 6.5",
        columns=("year", "goal", "activity", "source", "proposed", "planned", "difference", "currency", "remarks"),
        rows=tuple(rows),
    )


def _year(year: str, lines: list[secretariat.BudgetLine]) -> Iterator[tuple[rules.Cell, ...]]:
    begins = int(year[:4]) if re.match(r"\d{4}\b", year) else 0
    plan = plan_of(begins)
    if plan is None:
        yield from (_untied(year, line, _NO_PLAN) for line in lines)
        return
    found = secretariat.ties(lines, plan, year=begins)
    for tie in found.tied:
        difference = "" if tie.difference is None else str(plan.shown(tie.difference))
        planned = "" if tie.planned is None else str(plan.shown(tie.planned))
        amounts = (str(plan.shown(tie.proposed)), planned, difference, plan.operation.currency)
        yield (year, str(tie.goal), tie.activity, tie.source.value, *amounts, tie.undetermined)
    yield from (_untied(year, line, reason.value) for line, reason in found.untied)


def _untied(year: str, line: secretariat.BudgetLine, reason: str) -> tuple[rules.Cell, ...]:
    remarks = (line.directorate, line.purpose, reason)
    return (year, "", "; ".join(line.activities), line.source.value, str(line.amount), "", "", line.currency, remarks)


def plan_of(year: int) -> StrategicPlan | None:
    """The adopted plan in whose years this one is; of several, that of the latest period."""
    adopted = (plans.public(each.name).plan for each in plans.listed(None))
    return next((plan for plan in adopted if year in plan.years()), None)


def _by(name: Callable[[YearLine], str]) -> dict[str, list[YearLine]]:
    found: dict[str, list[YearLine]] = {}
    for each in sorted(store.documents("budget", YearLine), key=name):
        found.setdefault(name(each), []).append(each)
    return found


def _totals(lines: list[secretariat.BudgetLine], by: Callable[[secretariat.BudgetLine], str]) -> list[tuple[str, str]]:
    return [(name, f"{amount:,}") for name, amount in secretariat.totals(lines, by).items()]
