"""Budget paper: what each financial year is to cost, by directorate and source, beside the plan's own costs, as a committee receives it."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customhouse.strategy import secretariat
from customhouse_server.accounts.person import Person
from customhouse_server.desk.paper import Block, Cell, Paper, Section, chart, day_told, lit, paragraph, section, table
from customhouse_server.desk.templatetags.customs import amount
from customhouse_server.desk.templatetags.published import worded
from customhouse_server.performance import drawing
from customhouse_server.register import actions, budget
from customhouse_server.register.kind import KINDS
from customhouse_server.register.office import BudgetDecision, Decision, YearLine


def of_budget(reader: Person | None, *, on: dt.date) -> Paper:
    """Every year that is in the register, each with its lines, totals, decision, and the plan's costs of that year."""
    lines = [each.document for each in actions.listed(KINDS["budget"], reader, on=on)]
    decided = [each.document for each in actions.listed(KINDS["budget-decisions"], reader, on=on)]
    years: dict[tuple[str, str], list[YearLine]] = {}
    for each in lines:
        years.setdefault((each.year, each.currency), []).append(each)
    told = [_total_told(year, found) for (year, __), found in sorted(years.items())]
    return {
        "title": worded(KINDS["budget"].title),
        "subtitle": worded(KINDS["budget"].about),
        "summary": " ".join(told) or _("No line is proposed yet."),
        "first": [_decisions(decided)],
        "sections": [part for (year, currency), found in sorted(years.items()) for part in _year(year, currency, found)],
        "source": _("From the registers of the budget and of its decisions, and the adopted plan."),
    }


def _total_told(year: str, lines: Sequence[YearLine]) -> str:
    return _("%(year)s: %(total)s are proposed in %(count)s lines.") % {
        "year": year,
        "total": amount(_sum(lines), lines[0].currency),
        "count": len(lines),
    }


def _decisions(decided: Sequence[BudgetDecision]) -> Block:
    head = (_("Year"), _("Committee"), _("Decision"), _("Decided on"), _("Remarks"))
    rows: list[list[Cell]] = [
        [each.year, each.committee, _decided(each.decision), day_told(each.decided_on), each.remarks] for each in decided
    ]
    return table(head, rows, left=range(5)) if rows else paragraph(_("No committee has decided on it yet."))


def _decided(decision: Decision) -> Cell:
    return lit(_("Accepted"), "good") if decision is Decision.ACCEPTED else lit(_("Sent back"), "warn")


def _year(year: str, currency: str, lines: Sequence[YearLine]) -> Iterator[Section]:
    yield section(_("%(year)s: by directorate and source") % {"year": year}, *_by_directorate(lines, currency))
    beside = budget.beside_plan()
    rows = [[worded(cell) for cell in row[1:]] for row in beside.rows if (row[0], row[7]) == (year, currency)]
    if rows:
        heads = [capfirst(worded(name)) for name in beside.columns[1:]]
        against = table(heads, rows, left=(1, 2, 7), widths=(3, 4, 6, 6, 6, 6, 4, 9))
        yield section(_("%(year)s: against the plan") % {"year": year}, against)
    head, titles = (_("Directorate"), _("Source"), _("Purpose"), _("Activities"), _("Amount")), actions.activities()
    told = [
        (
            each.directorate,
            capfirst(worded(each.source)),
            each.purpose,
            "; ".join(f"{number} {titles.get(number, '')}" for number in each.activities),
            amount(each.amount, currency),
        )
        for each in sorted(lines, key=lambda line: (line.directorate, line.source, line.purpose))
    ]
    yield section(_("%(year)s: line by line") % {"year": year}, table(head, told, left=range(4), widths=(7, 5, 10, 10, 7)))


def _by_directorate(lines: Sequence[YearLine], currency: str) -> Iterator[Block]:
    """The amounts of each directorate by source; the sums of rows and of columns are the whole."""
    names = sorted({each.directorate for each in lines})
    sources = [each for each in secretariat.Source if any(line.source is each for line in lines)]
    whole = _sum(lines)
    sums = [_sum(lines, _of(name)) for name in names]
    bars = [drawing.Bar(name, amount(part, currency), float(part)) for name, part in zip(names, sums, strict=True)]
    title = _("%(total)s in all, by directorate") % {"total": amount(whole, currency)}
    yield chart(title, drawing.bars(bars, title))
    rows = [[name, *(amount(_sum(lines, _of(name, source))) for source in sources), amount(_sum(lines, _of(name)))] for name in names]
    rows.append([_("Total"), *(amount(_sum(lines, _of("", source))) for source in sources), amount(whole)])
    yield table([f"{_('Directorate')} ({currency})", *(capfirst(worded(each)) for each in sources), _("Total")], rows)


def _of(directorate: str, source: secretariat.Source | None = None) -> Callable[[YearLine], bool]:
    return lambda line: directorate in ("", line.directorate) and source in (None, line.source)


def _sum(lines: Sequence[YearLine], chosen: Callable[[YearLine], bool] = lambda _line: True) -> Decimal:
    return sum((each.amount for each in lines if chosen(each)), Decimal(0))
