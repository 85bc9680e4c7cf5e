"""Report on paper: a report on a plan as the PDF that its bodies receive, in the reader's language."""

import datetime as dt
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from customhouse.strategy import review
from customhouse_server.desk.pdf import REPORT, pdf
from customhouse_server.desk.templatetags.customs import amount, named, said
from customhouse_server.performance.study_report import MADE_UP
from customhouse_server.performance.telling import unit_named

Block = dict[str, object]
_WHOLE = 1000
"""From here on a figure is read without decimals; below, in four digits."""


def report_pdf(report: review.Report, *, language: str, at: dt.datetime) -> bytes:
    """The report as a PDF."""
    return pdf(REPORT, content(report, language=language), at=at)


def content(report: review.Report, *, language: str) -> dict[str, object]:
    """What is to be read, part by part."""
    period = _("%(start)s to %(end)s") % {"start": _day(report.period.start), "end": _day(report.period.end - dt.timedelta(days=1))}
    return {
        "language": language,
        "title": report.title,
        "subtitle": _("Report of the Secretary General, %(period)s") % {"period": period},
        "notice": _(MADE_UP) if report.is_made_up else "",
        "summary": _summary(report),
        "contents": _("Contents"),
        "sections": [
            *(
                {"title": f"{_('Goal %(goal)s') % {'goal': goal.number}}: {goal.title}", "blocks": _goal(report, goal)}
                for goal in report.goals
            ),
            {"title": _("Costs"), "blocks": [_note(), _costs(report), *_undetermined(report)]},
            {"title": _("Risks"), "blocks": [_risks(report)]},
            {"title": _("Open decisions"), "blocks": [_open(report)]},
            {"title": _("Steps that were skipped"), "blocks": [_skipped(report)]},
            {"title": _("Decided in another month than their own"), "blocks": [_out_of_month(report)]},
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


def _goal(report: review.Report, goal: review.report.GoalReport) -> list[Block]:
    blocks: list[Block] = [
        _table(
            (_("Activity"), _("Due"), _("Delivered"), _("Late"), _("Planned"), _("Spent")),
            [
                (
                    f"{each.number} {each.title}",
                    str(each.due),
                    str(each.delivered),
                    ", ".join(each.late),
                    amount(each.cost.planned, report.currency),
                    amount(each.cost.spent, report.currency),
                )
                for each in goal.activities
            ],
        )
    ]
    measured = [each for activity in goal.activities for each in activity.indicators]
    if measured:
        rows = [
            (
                f"{each.code} {said(each.name)}",
                figure(each.value, each.unit),
                figure(each.baseline),
                figure(each.target),
                named(each.status),
                each.narrative or said(each.reason),
            )
            for each in measured
        ]
        blocks.append(_table((_("Indicator"), _("Figure"), _("Baseline"), _("Target"), _("Status"), _("In words")), rows, left=(4, 5)))
    told = [each for activity in goal.activities for each in activity.targets]
    if told:
        rows = [(each.activity, each.text, named(each.rating), each.narrative) for each in told]
        blocks.append(_table((_("Activity"), _("Target"), _("Rating"), _("In words")), rows, left=(1, 2, 3)))
    return blocks


def figure(value: float | None, unit: str = "") -> str:
    """A figure as it is read, with its unit in the reader's language; a dash where there is none."""
    if value is None:
        return "\N{EN DASH}"
    rounded = Decimal(f"{value:.4g}" if abs(value) < _WHOLE else f"{value:.0f}")
    plain = rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded
    return f"{number_format(plain, force_grouping=True)} {unit_named(unit)}".strip()


def _note() -> Block:
    return {"kind": "text", "text": _("Costs are planned for whole financial years: those that the period touches.")}


def _costs(report: review.Report) -> Block:
    rows = [
        (named(source), amount(each.planned, report.currency), amount(each.spent, report.currency), number_format(each.person_months))
        for source, each in report.cost_by_source.items()
    ]
    total = report.cost
    rows.append(
        (_("Total"), amount(total.planned, report.currency), amount(total.spent, report.currency), number_format(total.person_months))
    )
    return _table((_("Source"), _("Planned"), _("Spent"), _("Person-months")), rows)


def _undetermined(report: review.Report) -> list[Block]:
    """The reason of each cost that is in no total."""
    return (
        [{"kind": "list", "items": [f"{named('undetermined')}: {reason}" for reason in report.cost.undetermined]}]
        if report.cost.undetermined
        else []
    )


def _risks(report: review.Report) -> Block:
    rows = [(f"{each.code} {each.title}", each.activity, str(each.weight), each.treatment, each.owner) for each in report.risks]
    return _table((_("Risk"), _("Activity"), _("Weight"), _("Treatment"), _("Owner")), rows, left=(3, 4))


def _open(report: review.Report) -> Block:
    rows = [(named(f"open_{each.what}"), named(each.subject), named(each.body)) for each in report.decisions_open]
    return _table((_("What waits"), _("Subject"), _("Body")), rows, left=(1, 2))


def _skipped(report: review.Report) -> Block:
    rows = [(named(each.step), str(each.year or ""), each.decision, _day(each.decided_on), each.reason) for each in report.skipped]
    return _table((_("Step"), _("Year"), _("Decision"), _("Day"), _("Why")), rows, left=(1, 2, 3, 4))


def _out_of_month(report: review.Report) -> Block:
    rows = [(each.indicator, each.decision, _day(each.decided_on), each.reason) for each in report.out_of_month]
    return _table((_("Indicator"), _("Decision"), _("Day"), _("Why")), rows, left=(1, 2, 3))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], *, left: tuple[int, ...] = ()) -> Block:
    if not rows:
        return {"kind": "text", "text": _("None.")}
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "left": list(left)}


def _day(day: dt.date) -> str:
    return date_format(day, "j M Y")
