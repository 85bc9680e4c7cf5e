"""Report: a diagnostic, a project or a pledge as a paper to be filed or sent: the data of a report, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from customhouse.development import diagnostic, project
from customhouse_server.desk.paper import Paper, Section, facts, section, table
from customhouse_server.development import actions, funding
from customhouse_server.development.dossier import TYPES, Dossier, Kind
from customhouse_server.development.form import facts as told_in
from customhouse_server.development.form import form_of
from customhouse_server.development.framework import diagnostic_framework, in_kind_rules
from customhouse_server.development.rows import parts_of
from customhouse_server.development.templatetags.development import part_named, plain, told, word
from customhouse_server.development.told import told_findings
from customhouse_server.people.words import in_language

_ELSEWHERE = frozenset({"owner", "state", "diagnostic"})  # owner and state stand on the title page


def report(found: Dossier) -> Paper:
    """The dossier as a paper."""
    sections = {Kind.DIAGNOSTIC: _diagnostic, Kind.PLEDGE: _statement}.get(found.kind, _parts)(found)
    return {
        "title": found.title,
        "subtitle": word(found.kind),
        "summary": f"{found.owner} · {word(found.state)}" if found.state else found.owner,
        "contents": _("Contents"),
        "sections": sections,
    }


def _diagnostic(found: Dossier) -> list[Section]:
    framework, value = diagnostic_framework(), found.value
    names = {each.code: in_language(each.title) for each in framework.areas}
    scores = [
        (names[each.area], f"{each.answered} / {each.asked}", plain(each.maturity), plain(each.wanted), plain(each.gap))
        for each in diagnostic.scores(value, framework)
    ]
    wanted = [(names[each.area], each.text, word(each.priority)) for each in diagnostic.recommendations(value, framework)]
    return [
        _table(_("Maturity by area"), (_("Area"), _("Answered"), _("Found"), _("Wanted"), _("Gap")), scores),
        _table(_("Recommendations"), (_("Area"), _("Recommendation"), _("Priority")), wanted),
    ]


def _statement(found: Dossier) -> list[Section]:
    stated = funding.statement(found)
    rows = [(each.project, plain(each.committed), plain(each.paid)) for each in stated.commitments]
    rows.append((_("Together"), plain(stated.committed), plain(stated.paid)))
    balance = [(_("Pledged"), f"{plain(stated.pledged)} {stated.currency}"), (_("Left"), f"{plain(stated.left)} {stated.currency}")]
    head = (_("Project"), _("Committed, not paid yet"), _("Paid"))
    return [_facts(_("Pledge"), [(_("Donor"), stated.donor), *balance]), _table(_("Statement"), head, rows)]


def _parts(found: Dossier) -> list[Section]:
    about = [(label, plain(value)) for label, value in told_in(form_of(TYPES[found.kind], without=_ELSEWHERE), found.value)]
    lists = [
        _table(part_named(part.name), part.heads, [tuple(map(plain, row.cells)) for row in part.rows])
        for part in parts_of(found.kind, found.value, actions.names()).values()
        if part.rows
    ]
    return [_facts(word(found.kind), about), *lists, *(_project(found) if found.kind is Kind.PROJECT else [])]


def _project(found: Dossier) -> list[Section]:
    value = found.value
    options = [
        (each.option, plain(each.net_present_value), plain(each.ratio), told(each.explanation))
        for each in project.appraised(value.business_case)
    ]
    findings = [(each["code"], each["message"], each["fix"]) for each in told_findings(project.checked(value, in_kind_rules()))]
    head = (_("Option"), _("Net present value"), _("Benefit to cost"), _("How"))
    worth = [_table(_("What each option is worth today"), head, options)]
    return worth + ([_table(_("Findings"), (_("Code"), _("What is wrong"), _("What to do")), findings)] if findings else [])


def _facts(title: str, rows: Sequence[tuple[str, str]]) -> Section:
    return section(title, facts(rows))


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Section:
    return section(title, table(head, rows, left=range(len(head))))
