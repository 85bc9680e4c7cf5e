"""Beside: what stands beside a plan in its report, gathered from the figures, the trackers and capacity building of this installation."""

import datetime as dt
from collections.abc import Iterator

from customhouse import strategy
from customhouse.strategy import StrategicPlan, commitment, review
from customhouse_server.accounts.person import Person
from customhouse_server.development import actions as development
from customhouse_server.development import funding
from customhouse_server.development.dossier import Kind
from customhouse_server.performance import store as kept
from customhouse_server.performance.current import known_indicators
from customhouse_server.performance.period import Period
from customhouse_server.tracker import actions as trackers
from customhouse_server.tracker import current
from customhouse_server.tracker.tracked import Step, Tracked

_MONTHS = 12


def beside(person: Person, plan: StrategicPlan, report: review.Report, *, on: dt.date) -> strategy.beside.Beside:
    """What stands beside a plan on a day; the person may read the trackers and capacity building, or `NotPermittedError`."""
    return strategy.beside.Beside(
        series=tuple(_series(report)),
        commitments=tuple(_commitments(trackers.tracked(person, on=on))),
        projects=tuple(_projects(person, plan)),
    )


def _series(report: review.Report) -> Iterator[strategy.beside.Series]:
    """The last twelve months of each indicator in the report that is worked out by the month, up to the day on which it was written."""
    known = known_indicators()
    codes = [each.code for goal in report.goals for activity in goal.activities for each in activity.indicators if each.code in known]
    months = Period(report.period.start, min(report.period.end, report.period.stood_on + dt.timedelta(days=1))).months(_MONTHS)
    figures = kept.figures_of([known[code] for code in codes], months)
    for code in codes:
        found = [figures.get((code, month.start, month.end)) for month in months]
        if any(found):
            yield strategy.beside.Series(
                code=code,
                disclosure=known[code].disclosure,
                months=tuple(
                    strategy.beside.Month(
                        start=month.start,
                        value=each.value if each else None,
                        low=each.interval.low if each and each.interval else None,
                        high=each.interval.high if each and each.interval else None,
                        n=each.n if each else None,
                    )
                    for month, each in zip(months, found, strict=True)
                ),
            )


def _commitments(known: Tracked) -> Iterator[strategy.beside.Commitment]:
    for name, instrument in current.instruments().items():
        steps = [each for each in known.steps() if each.entry.subject.startswith(f"{name}/")]
        yield strategy.beside.Commitment(
            title=instrument.title,
            carried_out=sum(each.is_carried_out for each in known.standings[name].values()),
            provisions=len(instrument.provisions),
            actions=len(steps),
            actions_done=sum(each.action.is_done for each in steps),
            actions_open=tuple(_open(each) for each in steps if not each.action.is_done),
        )


def _open(step: Step) -> strategy.beside.OpenAction:
    name, __, number = step.entry.subject.partition("/")
    provision = current.instruments()[name].numbered(number)
    return strategy.beside.OpenAction(
        title=step.action.title,
        number=number,
        provision=provision.title if provision else "",
        owner=f"{step.action.owner}, {step.action.agency}",
        due_on=step.action.due_on,
        is_overdue=step.progress is commitment.action.Progress.OVERDUE,
    )


def _projects(person: Person, plan: StrategicPlan) -> Iterator[strategy.beside.Projects]:
    """The projects of each goal by state and currency, those of no goal last."""
    goals = {activity.number: goal.number for goal, activity in plan.activities()}
    found = development.listed(person, Kind.PROJECT)
    for number in (*(goal.number for goal in plan.goals), None):
        of_goal = [each for each in found if goals.get(each.value.strategic_activity) == number]
        for row in funding.money_by_state(of_goal):
            yield strategy.beside.Projects(
                goal=number,
                state=row.state.value,
                currency=row.currency,
                projects=row.projects,
                cost=row.cost,
                undetermined=row.undetermined,
                agreed=row.agreed,
                paid=row.paid,
            )
