"""Check: what does not hold together in a project: its chain of results, its case, its money, its risks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from customhouse.development.project.budget import InKind, costed, total
from customhouse.development.project.business_case import appraised
from customhouse.development.project.log_frame import CHAIN, Level
from customhouse.development.project.project import Project
from customhouse.kernel import Finding, Severity
from customhouse.saying import Saying
from customhouse.tariff import Remark

_CHAIN = "results-based management (log frame)"
_CASE = "WCO capacity building, phase II (planning)"
_SEVEREST = 5
_GRAVE = 12

CATALOGUE = {
    "PRJ-01": Remark("The project has no result of the level {level}.", _CHAIN, "Add what the chain lacks."),
    "PRJ-02": Remark("{code}: nothing would show this {level}.", _CHAIN, "Give it an indicator."),
    "PRJ-03": Remark("{code}: it does not serve a result of the next level.", _CHAIN, "Name the result of the next level that it serves."),
    "PRJ-04": Remark("{code}: the indicator has no {lacking}.", _CHAIN, "State it, so that the change can be seen."),
    "PRJ-05": Remark("{code}: the indicator belongs to {result}, which there is not.", _CHAIN, "Name a result of the project."),
    "PRJ-06": Remark(
        "{code}: no assumption is written down.", _CHAIN, "Say what must hold for it to serve the next level.", Severity.WARNING
    ),
    "PRJ-07": Remark("The code {code} stands twice.", _CHAIN, "Give each its own code."),
    "PRJ-11": Remark("{code}: the budget line cannot be valued: {why}.", _CASE, "State the unit cost, or the rule for time in kind."),
    "PRJ-12": Remark("{code}: the budget line pays for {activity}, which is no input or activity.", _CASE, "Name an input or activity."),
    "PRJ-13": Remark(
        "The budget does not add up: {cash} {currency} in cash is needed, and the tranches come to {tranches} {currency}.",
        _CASE,
        "Bring the budget and the tranches to the same sum.",
    ),
    "PRJ-14": Remark("{code}: the tranche has no condition.", _CASE, "Say what must be done before it is paid."),
    "PRJ-15": Remark("The project has no budget.", _CASE, "Say what it costs."),
    "PRJ-21": Remark("The business case does not state {lacking}.", _CASE, "State it, so that the choice can be judged."),
    "PRJ-22": Remark("{option}: the option cannot be appraised: {why}.", _CASE, "State its costs and benefits by year, and the rate."),
    "PRJ-23": Remark("The business case has one option only.", _CASE, "Set another beside it; doing nothing is one.", Severity.WARNING),
    "PRJ-24": Remark("{code}: likelihood and gravity are not from 1 to 5.", _CASE, "Rate both from 1 to 5."),
    "PRJ-25": Remark("{code}: a grave risk has no owner or no response.", _CASE, "Say whose it is and what is done about it."),
    "PRJ-26": Remark("No risk is written down.", _CASE, "Write down what could go wrong.", Severity.WARNING),
}
MONEY = frozenset({"PRJ-11", "PRJ-12", "PRJ-13", "PRJ-14", "PRJ-15"})
"""The codes that are about money: a project is prepared before it is funded."""


class _Coded(Protocol):
    """A row that has a code."""

    @property
    def code(self) -> str: ...


def checked(project: Project, rules: tuple[InKind, ...]) -> tuple[Finding, ...]:
    """Every finding about a project, all at once."""
    return (*_chain(project), *_indicators(project), *_case(project), *_risks(project), *_money(project, rules))


def _chain(project: Project) -> Iterator[Finding]:
    levels = {each.level for each in project.results}
    yield from (_found("PRJ-01", "results", level=level.value) for level in CHAIN if level not in levels)
    kinds = (project.results, project.indicators, project.budget, project.tranches, project.risks)
    codes = [code for kind in kinds for code in _codes(kind)]
    yield from (_found("PRJ-07", code) for code in sorted({each for each in codes if codes.count(each) > 1}))
    level_of = {each.code: each.level for each in project.results}
    shown = {each.result for each in project.indicators}
    for each in project.results:
        if each.level in (Level.OUTPUT, Level.OUTCOME, Level.IMPACT) and each.code not in shown:
            yield _found("PRJ-02", each.code, level=each.level.value)
        if each.level is Level.IMPACT:
            continue
        if level_of.get(each.serves) is not CHAIN[CHAIN.index(each.level) + 1]:
            yield _found("PRJ-03", each.code)
        if not each.assumption.strip():
            yield _found("PRJ-06", each.code)


def _codes(rows: Sequence[_Coded]) -> list[str]:
    return [each.code for each in rows]


def _indicators(project: Project) -> Iterator[Finding]:
    results = {each.code for each in project.results}
    for each in project.indicators:
        if each.result not in results:
            yield _found("PRJ-05", each.code, result=each.result)
        stated = {
            "baseline": each.baseline,
            "target": each.target,
            "due day": each.due_on,
            "means of verification": each.means_of_verification,
        }
        yield from (_found("PRJ-04", each.code, lacking=name) for name, value in stated.items() if value in (None, ""))


def _case(project: Project) -> Iterator[Finding]:
    case = project.business_case
    stated = {
        "the problem": case.problem,
        "the option that is chosen": case.chosen if case.chosen in {each.code for each in case.options} else "",
        "where the discount rate comes from": case.rate_basis,
        "what keeps the result alive": case.sustainability,
    }
    yield from (_found("PRJ-21", "business_case", lacking=name) for name, text in stated.items() if not text.strip())
    yield from (
        _found("PRJ-22", "business_case", option=each.option, **_why(each.explanation))
        for each in appraised(case)
        if each.net_present_value is None
    )
    if len(case.options) == 1:
        yield _found("PRJ-23", "business_case")


def _risks(project: Project) -> Iterator[Finding]:
    if not project.risks:
        yield _found("PRJ-26", "risks")
    for each in project.risks:
        if not (1 <= each.likelihood <= _SEVEREST and 1 <= each.gravity <= _SEVEREST):
            yield _found("PRJ-24", each.code)
        elif each.closed_on is None and each.weight >= _GRAVE and not (each.owner.strip() and each.response.strip()):
            yield _found("PRJ-25", each.code)


def _money(project: Project, rules: tuple[InKind, ...]) -> Iterator[Finding]:
    if not project.budget:
        yield _found("PRJ-15", "budget")
        return
    spending = {each.code for each in project.results if each.level in (Level.INPUT, Level.ACTIVITY)}
    come_to = total(project.budget, rules, currency=project.currency)
    for each in project.budget:
        if each.activity not in spending:
            yield _found("PRJ-12", each.code, activity=each.activity)
        if each.code in come_to.undetermined:
            yield _found("PRJ-11", each.code, **_why(costed(each, rules, currency=project.currency).explanation))
    yield from (_found("PRJ-14", each.code) for each in project.tranches if not each.condition.strip())
    paid = sum((each.amount for each in project.tranches), Decimal(0))
    if come_to.amount is not None and paid != come_to.amount - come_to.in_kind:
        cash = come_to.amount - come_to.in_kind
        yield _found("PRJ-13", "budget", cash=f"{cash:f}", tranches=f"{paid:f}", currency=project.currency)


def _why(reason: Saying) -> dict[str, str]:
    """A reason as it fills a finding: in English, and the wording with what fills it, so that it can be told in another language."""
    return {name: str(part) for name, part in reason.params.items()} | {"why": str(reason), "because": reason.wording}


def _found(rule: str, pointer: str, **params: str) -> Finding:
    return Finding(code=rule, pointer=pointer, severity=CATALOGUE[rule].severity, params={"code": pointer, **params})
