"""Exported: the self-assessment and the risk map as files: rows in the reader's language for people, documents by code for programs."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customhouse.development import integrity
from customhouse_server.desk.templatetags.customs import said

Row = tuple[object, ...]
BANDS = {"grave": gettext_noop("grave risk"), "high": gettext_noop("high risk"), "moderate": gettext_noop("moderate risk")}
Answers = dict[str, integrity.self_assessment.Answer]


def assessment_rows(questions: integrity.self_assessment.Questions, given: Answers) -> list[Row]:
    """A row a question, under a head: what is asked, the level that is claimed with its evidence, and what is done about the gap."""
    head = (
        _("Factor"),
        _("Code"),
        _("Question"),
        _("Level"),
        _("In words"),
        _("Evidence"),
        _("Gap"),
        _("What to do"),
        _("Who"),
        _("By when"),
    )
    return [head, *(_answered(questions, each, given.get(each.code)) for each in questions.questions)]


def assessment_document(
    questions: integrity.self_assessment.Questions, standings: Sequence[integrity.self_assessment.Standing], given: Answers, *, year: int
) -> dict[str, object]:
    """The self-assessment of a year: where each factor stands, and each answer."""
    return {
        "year": year,
        "target": questions.target,
        "levels": questions.levels,
        "factors": [msgspec.to_builtins(each) for each in standings],
        "answers": [msgspec.to_builtins(given[each.code]) for each in questions.questions if each.code in given],
    }


def risk_rows(rated: Sequence[integrity.risk_map.Rated]) -> list[Row]:
    """A row a function, under a head: what makes it tempting, its scores, and its controls by whether they were found to work."""
    drivers = (_("Opportunity"), _("Discretion"), _("Value"))
    head = (
        _("Code"),
        _("Function"),
        *drivers,
        _("Before controls"),
        _("What remains"),
        _("Band"),
        _("Found to work"),
        _("Not found to work"),
    )
    return [head, *map(_rated, rated)]


def risk_document(risks: integrity.risk_map.RiskMap, rated: Sequence[integrity.risk_map.Rated]) -> dict[str, object]:
    """The risk map with its bounds, the gravest function first."""
    return {"high": risks.high, "grave": risks.grave, "functions": [msgspec.to_builtins(each) for each in rated]}


def _answered(
    questions: integrity.self_assessment.Questions,
    asked: integrity.self_assessment.Question,
    given: integrity.self_assessment.Answer | None,
) -> Row:
    factor = f"{asked.factor}. {said(questions.factors[asked.factor - 1])}"
    if given is None:
        return (factor, asked.code, said(asked.text), *[""] * 7)
    steps = [(each.text, each.owner, each.due_on.isoformat()) for each in given.plan]
    planned = tuple("; ".join(parts) for parts in zip(*steps, strict=True)) or ("", "", "")
    return (factor, asked.code, said(asked.text), given.level, said(questions.levels[given.level]), given.evidence, given.gap, *planned)


def _rated(each: integrity.risk_map.Rated) -> Row:
    function = each.function
    working = "; ".join(said(control.name) for control in function.controls if control.name not in each.untested)
    scores = (function.opportunity, function.discretion, function.value, each.inherent, each.remaining)
    return (function.code, said(function.name), *scores, _(BANDS[each.band]), working, "; ".join(map(said, each.untested)))
