"""Check: what keeps a diagnostic from being closed, or makes its answers doubtful."""

from collections.abc import Iterator

from customhouse.development.diagnostic.answer import Answer, Diagnostic
from customhouse.development.diagnostic.framework import HIGHEST, LOWEST, Framework, Question
from customhouse.kernel import Finding, Severity
from customhouse.tariff import Remark

_METHOD = "WCO capacity building, phase I (diagnostic)"
PROVEN_FROM = 2

CATALOGUE = {
    "DIA-01": Remark("The question {question} is not answered.", _METHOD, "Answer it, or say why it cannot be answered.", Severity.WARNING),
    "DIA-02": Remark(
        "{question}: a maturity of {maturity} is claimed without evidence.", _METHOD, "Name the evidence, or lower the maturity."
    ),
    "DIA-03": Remark("{question}: a gap of {gap} stands without a recommendation.", _METHOD, "Say what should be done about it."),
    "DIA-04": Remark("{question} is no question of this framework.", _METHOD, "Answer the questions of the framework."),
    "DIA-05": Remark("{question}: {maturity} is no level of maturity.", _METHOD, f"Choose a level from {LOWEST} to {HIGHEST}."),
    "DIA-06": Remark(
        "{question}: the level that is wanted is not stated.", _METHOD, "Say which level is wanted, so that the gap is known."
    ),
}


def checked(diagnostic: Diagnostic, framework: Framework) -> tuple[Finding, ...]:
    """Every finding about a diagnostic, in the order of the questions; errors keep it open."""
    known = {each.code for each in framework.questions}
    strays = [each for each in diagnostic.answers if each.question not in known]
    told = [_found("DIA-04", each.question) for each in strays]
    return tuple(told + [found for each in framework.questions for found in _of(each, diagnostic.answer(each.code))])


def _of(question: Question, answer: Answer) -> Iterator[Finding]:
    levels = [each for each in (answer.maturity, answer.wanted) if each is not None]
    for level in levels:
        if not LOWEST <= level <= HIGHEST:
            yield _found("DIA-05", question.code, maturity=str(level))
    if answer.maturity is None:
        yield _found("DIA-01", question.code)
        return
    if answer.wanted is None:
        yield _found("DIA-06", question.code)
    if answer.maturity >= PROVEN_FROM and not answer.evidence.strip():
        yield _found("DIA-02", question.code, maturity=str(answer.maturity))
    if answer.gap and not answer.recommendation.strip():
        yield _found("DIA-03", question.code, gap=str(answer.gap))


def _found(code: str, question: str, **params: str) -> Finding:
    return Finding(code=code, pointer=question, severity=CATALOGUE[code].severity, params={"question": question, **params})
