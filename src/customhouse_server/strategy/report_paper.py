"""Report on paper: a report on a plan as the PDF that its bodies receive, in the reader's language."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customhouse.strategy import beside, review
from customhouse_server.desk.paper import (
    Block,
    Cell,
    Paper,
    bullets,
    chart,
    charts,
    day_told,
    label,
    lamp,
    lit,
    note,
    paragraph,
    section,
    table,
)
from customhouse_server.desk.templatetags.customs import amount, named, said, tone
from customhouse_server.development.templatetags.development import word
from customhouse_server.performance import drawing
from customhouse_server.performance.current import known_indicators
from customhouse_server.performance.study_report import MADE_UP
from customhouse_server.performance.telling import unit_named

_FIRST = 5
"""So many open decisions stand on the first page; all of them in their own part."""
_WHOLE = 1000
"""From here on a figure is read without decimals; below, in four digits."""


def content(report: review.Report) -> Paper:
    """What is to be read, part by part."""
    period = _("%(start)s to %(end)s") % {"start": day_told(report.period.start), "end": day_told(report.period.end - dt.timedelta(days=1))}
    return {
        "title": report.title,
        "subtitle": _("Report of the Secretary General, %(period)s") % {"period": period},
        "notice": _(MADE_UP) if report.is_made_up else "",
        "summary": " ".join(filter(None, (_summary(report), _promised(report), _funded(report)))),
        "first": _first(report),
        "source": _("As it stood on %(day)s, on version %(number)s of the plan.")
        % {"day": day_told(report.period.stood_on), "number": report.version},
        "contents": _("Contents"),
        "sections": [
            *(section(f"{_goal_named(goal.number)}: {goal.title}", *_goal(report, goal)) for goal in report.goals),
            section(_("Costs by goal, planned and spent"), *_costs_by_goal(report)),
            section(_("Costs"), _note(), _costs(report), *_undetermined(report)),
            section(_("What was promised abroad"), *_commitments(report)),
            section(_("Capacity-building projects and their funding"), *_projects(report)),
            section(_("Risks"), _risks(report)),
            section(_("Open decisions"), _open(report)),
            section(_("Steps that were skipped"), _skipped(report)),
            section(_("Decided in another month than their own"), _out_of_month(report)),
        ],
    }


def _summary(report: review.Report) -> str:
    activities = [activity for goal in report.goals for activity in goal.activities]
    return _("%(due)s deliverables were due, %(delivered)s are delivered, %(late)s are late. %(spent)s of %(planned)s are spent.") % {
        "delivered": sum(each.delivered for each in activities),
        "due": sum(each.due for each in activities),
        "late": sum(len(each.late) for each in activities),
        "spent": amount(report.cost.spent, report.currency),
        "planned": amount(report.cost.planned, report.currency),
    }


def _promised(report: review.Report) -> str:
    """How much of the first agreement, that on trade facilitation, is carried out."""
    told = _("%(title)s: %(done)s of %(all)s provisions are carried out.")
    return "".join(
        told % {"title": said(each.title), "done": each.carried_out, "all": each.provisions} for each in report.beside.commitments[:1]
    )


def _funded(report: review.Report) -> str:
    count = sum(each.projects for each in report.beside.projects)
    return ngettext("%(count)s project builds capacity.", "%(count)s projects build capacity.", count) % {"count": count} if count else ""


def _first(report: review.Report) -> list[Block]:
    """What a minister reads: each goal with its deliverables, its traffic lights and its money, and what is promised abroad and waits."""
    money = [f"{name} ({report.currency})" if report.currency else name for name in (_("Planned"), _("Spent"))]
    head = (_("Goal"), _("Due"), _("Delivered"), _("Late"), named("green"), named("amber"), named("red"), *money)
    rows = []
    for goal in report.goals:
        lights = Counter(each.status for activity in goal.activities for each in activity.indicators)
        late = sum(len(each.late) for each in goal.activities)
        rows.append(
            (
                f"{goal.number}. {goal.title}",
                str(sum(each.due for each in goal.activities)),
                str(sum(each.delivered for each in goal.activities)),
                lit(str(late), "bad" if late else ""),
                *(lit(str(lights[each]), tone(each) if lights[each] else "") for each in ("green", "amber", "red")),
                _planned(goal.cost),
                amount(goal.cost.spent),
            )
        )
    return [
        table(head, rows, widths=(14, 4, 6, 4, 5, 5, 4, 8, 8)),
        note(_("Due, delivered and late count deliverables; green, amber and red the indicators that the Audit Committee approved.")),
        *([_carried_out(report)] if report.beside.commitments else []),
        *([label(_("Open decisions")), _open(report, most=_FIRST)] if report.decisions_open else []),
    ]


def _planned(cost: review.report.Money) -> Cell:
    """What was planned; where a part of it is undetermined, that is said beside it."""
    told = amount(cost.planned)
    return lit(_("%(amount)s, in part undetermined") % {"amount": told}, "warn") if cost.undetermined else told


def _goal(report: review.Report, goal: review.report.GoalReport) -> list[Block]:
    blocks: list[Block] = [
        table(
            (_("Activity"), _("Due"), _("Delivered"), _("Late"), _("Planned"), _("Spent")),
            [
                (
                    f"{each.number} {each.title}",
                    str(each.due),
                    str(each.delivered),
                    str(len(each.late)),
                    amount(each.cost.planned, report.currency),
                    amount(each.cost.spent, report.currency),
                )
                for each in goal.activities
            ],
        )
    ]
    late = [row for each in goal.activities for row in each.deliverables if row.code in each.late]
    if late:
        rows = [(f"{each.code} {each.title}", each.directorate, day_told(each.due), each.narrative) for each in late]
        blocks += [label(_("Late")), table((_("Deliverable"), _("Directorate"), _("Due on"), _("In words")), rows, left=range(4))]
    measured = [each for activity in goal.activities for each in activity.indicators]
    if measured:
        rows = [
            (
                f"{each.code} {said(each.name)}",
                figure(each.value, each.unit),
                figure(each.baseline),
                figure(each.target),
                lamp(each.status),
                each.narrative or said(each.reason),
            )
            for each in measured
        ]
        blocks.append(table((_("Indicator"), _("Figure"), _("Baseline"), _("Target"), _("Status"), _("In words")), rows, left=(4, 5)))
        blocks.append(note(_("From the event store, by the formula of each indicator; where none gives a figure, as it was reported.")))
        blocks += _months(report, measured)
    told = [each for activity in goal.activities for each in activity.targets]
    if told:
        rows = [(each.activity, each.text, lamp(each.rating), each.narrative) for each in told]
        blocks.append(table((_("Activity"), _("Target"), _("Rating"), _("In words")), rows, left=(1, 2, 3)))
    return blocks


def _months(report: review.Report, measured: Sequence[review.report.IndicatorReport]) -> list[Block]:
    """The last twelve months of the indicators that have figures by the month, drawn beside each other, and as one table."""
    series = {each.code: each.months for each in report.beside.series}
    shown = [each for each in measured if each.code in series]
    if not shown:
        return []
    starts = [month.start for month in series[shown[0].code]]
    rows = [(f"{start:%Y-%m}", *(figure(series[each.code][place].value) for each in shown)) for place, start in enumerate(starts)]
    return [
        label(_("The last twelve months")),
        charts(month_chart(each, series[each.code]) for each in shown),
        table((_("Month"), *(f"{each.code} {said(each.name)}" for each in shown)), rows, widths=(2, *(3 for _each in shown))),
    ]


def month_charts(report: review.Report) -> list[tuple[review.report.IndicatorReport, str, SafeString, tuple[beside.Month, ...]]]:
    """The indicators that have figures by the month: each with its title, its drawing and its months."""
    series = {each.code: each.months for each in report.beside.series}
    measured = [each for goal in report.goals for activity in goal.activities for each in activity.indicators if each.code in series]
    return [(each, *month_chart(each, series[each.code]), series[each.code]) for each in measured]


def month_chart(measured: review.report.IndicatorReport, months: Sequence[beside.Month]) -> tuple[str, SafeString]:
    """The months of an indicator against its target, under the sentence that says what it came to."""
    told = {"name": f"{measured.code} {said(measured.name)}", "figure": figure(measured.value, measured.unit)}
    title = _("%(name)s: %(figure)s, and the months before") % told
    points = [drawing.Point(f"{each.start:%Y-%m}", each.value, each.low, each.high) for each in months]
    aim = _("target %(figure)s") % {"figure": figure(measured.target)}
    return title, drawing.series(points, title, target=measured.target, told_target=aim, told=figure)


def figure(value: float | None, unit: str = "") -> str:
    """A figure as it is read, with its unit in the reader's language; a dash where there is none."""
    if value is None:
        return "\N{EN DASH}"
    rounded = Decimal(f"{value:.4g}" if abs(value) < _WHOLE else f"{value:.0f}")
    plain = rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded
    return f"{number_format(plain, force_grouping=True)} {unit_named(unit)}".strip()


def _note() -> Block:
    return paragraph(_("Costs are planned for whole financial years: those that the period touches."))


def _costs_by_goal(report: review.Report) -> list[Block]:
    """What each goal was to cost and what was spent on it, drawn, and as figures."""
    told = _("%(spent)s of %(planned)s are spent")
    bars = [
        drawing.Bar(
            _goal_named(goal.number),
            told % {"spent": amount(goal.cost.spent, report.currency), "planned": amount(goal.cost.planned, report.currency)},
            float(goal.cost.spent),
            float(goal.cost.planned) or None,
        )
        for goal in report.goals
        if goal.cost.planned or goal.cost.spent
    ]
    title = told % {"spent": amount(report.cost.spent, report.currency), "planned": amount(report.cost.planned, report.currency)}
    rows = [
        (
            f"{goal.number}. {goal.title}",
            amount(goal.cost.planned, report.currency),
            amount(goal.cost.spent, report.currency),
            number_format(goal.cost.person_months),
            lit(named("undetermined"), "warn") if goal.cost.undetermined else "",
        )
        for goal in report.goals
    ]
    drawn = [chart(title, drawing.bars(bars, title))] if bars else []
    return [
        *drawn,
        table((_("Goal"), _("Planned"), _("Spent"), _("Person-months"), _("Reservation")), rows, left=(4,)),
        note(_("From the cost lines of the plan.")),
    ]


def _commitments(report: review.Report) -> list[Block]:
    """How much of each agreement is carried out, and the actions that are open under it."""
    blocks = [_carried_out(report), note(_("From the trackers of this installation: live figures and checks, or verified evidence."))]
    head = (_("Action"), _("Provision"), _("Owner"), _("Due on"), _("State"))
    for each in report.beside.commitments:
        rows = [
            (
                step.title,
                f"{step.number} {said(step.provision)}",
                step.owner,
                day_told(step.due_on),
                lit(_("Overdue"), "bad") if step.is_overdue else _("Open"),
            )
            for step in each.actions_open
        ]
        if rows:
            blocks += [label(_("Open actions: %(title)s") % {"title": said(each.title)}), table(head, rows, left=range(5))]
    return blocks


def _carried_out(report: review.Report) -> Block:
    rows = [
        (
            said(each.title),
            f"{each.carried_out} / {each.provisions}",
            f"{each.actions_done} / {each.actions}",
            lit(str(late), "bad") if (late := sum(step.is_overdue for step in each.actions_open)) else "0",
        )
        for each in report.beside.commitments
    ]
    return table((_("Agreement"), _("Carried out"), _("Actions done"), _("Actions overdue")), rows)


def _projects(report: review.Report) -> list[Block]:
    """The projects of each goal with what they cost, and what is agreed and paid, by state and currency."""
    rows = [
        (
            _("No goal of the plan") if each.goal is None else _goal_named(each.goal),
            word(each.state),
            str(each.projects),
            amount(each.cost, each.currency),
            str(each.undetermined),
            amount(each.agreed, each.currency),
            amount(each.paid, each.currency),
        )
        for each in report.beside.projects
    ]
    head = (_("Goal"), _("State"), _("Projects"), _("Cost"), _("Cost undetermined"), _("Agreed"), _("Paid"))
    told = note(_("From the dossiers of capacity building: a project names the activity of the plan that it serves."))
    return [table(head, rows, left=(1,)), told]


def _goal_named(number: int) -> str:
    return _("Goal %(goal)s") % {"goal": number}


def _costs(report: review.Report) -> Block:
    rows = [
        (named(source), amount(each.planned, report.currency), amount(each.spent, report.currency), number_format(each.person_months))
        for source, each in report.cost_by_source.items()
    ]
    total = report.cost
    rows.append(
        (_("Total"), amount(total.planned, report.currency), amount(total.spent, report.currency), number_format(total.person_months))
    )
    return table((_("Source"), _("Planned"), _("Spent"), _("Person-months")), rows)


def _undetermined(report: review.Report) -> list[Block]:
    """The reason of each cost that is in no total."""
    return [bullets(f"{named('undetermined')}: {reason}" for reason in report.cost.undetermined)] if report.cost.undetermined else []


def _risks(report: review.Report) -> Block:
    rows = [(f"{each.code} {each.title}", each.activity, str(each.weight), each.treatment, each.owner) for each in report.risks]
    return table((_("Risk"), _("Activity"), _("Weight"), _("Treatment"), _("Owner")), rows, left=(3, 4))


def _open(report: review.Report, *, most: int | None = None) -> Block:
    known = known_indicators()
    rows = [
        (
            named(f"open_{each.what}"),
            f"{each.subject} {said(known[each.subject].name)}" if each.subject in known else named(each.subject),
            named(each.body),
        )
        for each in report.decisions_open[:most]
    ]
    return table((_("What waits"), _("Subject"), _("Body")), rows, left=(1, 2))


def _skipped(report: review.Report) -> Block:
    rows = [(named(each.step), str(each.year or ""), each.decision, day_told(each.decided_on), each.reason) for each in report.skipped]
    return table((_("Step"), _("Year"), _("Decision"), _("Day"), _("Why")), rows, left=(1, 2, 3, 4))


def _out_of_month(report: review.Report) -> Block:
    rows = [(each.indicator, each.decision, day_told(each.decided_on), each.reason) for each in report.out_of_month]
    return table((_("Indicator"), _("Decision"), _("Day"), _("Why")), rows, left=(1, 2, 3))
