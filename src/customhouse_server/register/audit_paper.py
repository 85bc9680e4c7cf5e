"""Audit paper: what can be audited by its risk, what was found, the answers and what is overdue, as a committee receives it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customhouse.strategy import secretariat
from customhouse_server.accounts.person import Person
from customhouse_server.desk.paper import Block, Cell, Paper, chart, day_told, lit, note, section, table
from customhouse_server.desk.templatetags.published import worded
from customhouse_server.performance import drawing
from customhouse_server.register import actions, audit
from customhouse_server.register.actions import Shown
from customhouse_server.register.kind import KINDS

_DRAWN = 12
_MOST = 25


def of_audit(reader: Person | None, *, on: dt.date) -> Paper:
    """The universe in the order of its risk, what is audited in which year, and the findings with what became of them."""
    areas = [each.document for each in actions.listed(KINDS["audit-universe"], reader, on=on)]
    findings = sorted(actions.listed(KINDS["audit-findings"], reader, on=on), key=_urgency)
    planned = audit.sheet()
    rows = [[worded(cell) for cell in row] for row in planned.rows]
    return {
        "title": worded(KINDS["audit-universe"].title),
        "subtitle": _("As it stood on %(day)s") % {"day": day_told(on)},
        "summary": _summary(areas, findings),
        "first": [_counts(findings)],
        "sections": [
            section(_("What can be audited, the most urgent first"), *_universe(areas)),
            section(worded(planned.title), table([capfirst(worded(each)) for each in planned.columns], rows, left=(1, 5))),
            section(_("Findings, answers and follow-up"), _findings(findings)),
        ],
        "source": _("From the registers of the audit universe and of audit findings. For the audit committee; not public."),
    }


def _summary(areas: Sequence[secretariat.AuditArea], findings: Sequence[Shown]) -> str:
    never = sum(each.last_audited_on is None for each in areas)
    late = sum(each.stands == secretariat.FollowUp.OVERDUE for each in findings)
    told = _("%(all)s areas can be audited, %(never)s of them never were.") % {"all": len(areas), "never": never}
    one, more = "%(late)s agreed measure is overdue.", "%(late)s agreed measures are overdue."
    return f"{told} {ngettext(one, more, late) % {'late': late}}"


def _counts(findings: Sequence[Shown]) -> Block:
    counted = Counter(each.stands for each in findings)
    rows = [(_standing(each), str(counted[each])) for each in secretariat.FollowUp if counted[each]]
    return table((_("Findings"), _("Number")), rows)


def _universe(areas: Sequence[secretariat.AuditArea]) -> list[Block]:
    """The areas in their order; the weight is inherent risk times weakness of controls."""
    title = _("The heaviest %(count)s of %(all)s areas, by risk times weakness of controls") % {
        "count": min(_DRAWN, len(areas)),
        "all": len(areas),
    }
    weights = [each.inherent_risk * each.control_weakness for each in areas]
    bars = [
        drawing.Bar(each.name, _("%(weight)s of 25") % {"weight": weight}, weight, _MOST)
        for each, weight in zip(areas, weights, strict=True)
    ]
    head = (_("Rank"), _("Area"), _("Inherent risk"), _("Weakness of controls"), _("Weight"), _("Last audited on"))
    rows = [
        (str(rank), each.name, str(each.inherent_risk), str(each.control_weakness), str(weight), _last(each))
        for rank, (each, weight) in enumerate(zip(areas, weights, strict=True), start=1)
    ]
    drawn = [chart(title, drawing.bars(bars[:_DRAWN], title))] if bars else []
    ranked = note(_("Ranked by inherent risk times weakness of controls, each from 1 to 5; of equal weight, the longest unaudited first."))
    return [*drawn, table(head, rows, left=(1, 5)), ranked]


def _findings(findings: Sequence[Shown]) -> Block:
    head = (_("State"), _("Audit"), _("Finding"), _("Recommendation"), _("Answer of management"), _("Owner"), _("Due on"), _("Closed on"))
    rows = []
    for each in findings:
        told = each.document
        due = told.clock.due_on if told.clock else None
        state = _standing(secretariat.FollowUp(each.stands))
        days = (day_told(due), day_told(told.closed_on))
        rows.append((state, told.audit, told.statement, told.recommendation, told.response or _("none yet"), told.owner, *days))
    return table(head, rows, left=range(8), widths=(6, 6, 9, 9, 9, 6, 6, 6))


def _standing(stands: secretariat.FollowUp) -> Cell:
    return {
        secretariat.FollowUp.UNANSWERED: lit(_("No answer yet"), "warn"),
        secretariat.FollowUp.NOT_AGREED: lit(_("Not agreed"), "warn"),
        secretariat.FollowUp.OPEN: lit(_("Open"), ""),
        secretariat.FollowUp.OVERDUE: lit(_("Overdue"), "bad"),
        secretariat.FollowUp.CLOSED: lit(_("Closed"), "good"),
    }[stands]


def _urgency(finding: Shown) -> tuple[int, int]:
    order = [secretariat.FollowUp.OVERDUE, secretariat.FollowUp.UNANSWERED, secretariat.FollowUp.NOT_AGREED, secretariat.FollowUp.OPEN]
    stands = secretariat.FollowUp(finding.stands)
    return order.index(stands) if stands in order else len(order), finding.number


def _last(area: secretariat.AuditArea) -> str:
    return day_told(area.last_audited_on) or _("never")
