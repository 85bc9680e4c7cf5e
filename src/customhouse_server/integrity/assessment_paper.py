"""Assessment paper: the self-assessment of a year as the PDF that a committee receives, in the reader's language."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from customhouse.development import integrity
from customhouse_server.desk.paper import Block, Cell, Paper, bullets, chart, lit, paragraph, section, table
from customhouse_server.desk.templatetags.customs import UNKNOWN, said
from customhouse_server.integrity import drawing


@dataclass(frozen=True, slots=True)
class Assessed:
    """A year's self-assessment: what is asked, what was answered, and where each factor stands."""

    year: int
    questions: integrity.self_assessment.Questions
    answers: dict[str, integrity.self_assessment.Answer]
    standings: tuple[integrity.self_assessment.Standing, ...]


def content(found: Assessed, *, on: dt.date) -> Paper:
    """What is to be read, part by part."""
    return {
        "title": said(found.questions.name),
        "subtitle": _("Year %(year)s, as it stood on %(day)s") % {"year": found.year, "day": date_format(on, "j M Y")},
        "summary": _summary(found),
        "contents": _("Contents"),
        "sections": [
            section(_("The factors"), *_factors(found)),
            section(_("Questions and answers"), _answers(found)),
            section(_("What to do"), _plan(found, on=on)),
            section(_("Method"), *_method(found)),
        ],
    }


def _summary(found: Assessed) -> str:
    counts = {
        "answered": sum(each.answered for each in found.standings),
        "asked": sum(each.asked for each in found.standings),
        "unproven": sum(len(each.unproven) for each in found.standings),
    }
    told = _("%(answered)s of %(asked)s questions are answered; %(unproven)s claims are without evidence and count for nothing.") % counts
    return f"{drawing.factors_title(found.standings, target=found.questions.target)}. {told}"


def _factors(found: Assessed) -> list[Block]:
    target = found.questions.target
    drawn = drawing.factors_drawn(found.standings, year=found.year, target=target)
    rows = [
        (
            f"{each.factor}. {said(each.name)}",
            drawing.level_told(each.before),
            drawing.level_told(each.level),
            f"{each.answered} / {each.asked}",
            str(len(each.unproven)),
        )
        for each in found.standings
    ]
    head = (_("Factor"), _("The year before"), str(found.year), _("Answered"), _("Without evidence"))
    return [chart(drawing.factors_title(found.standings, target=target), drawn), table(head, rows)]


def _answers(found: Assessed) -> Block:
    rows = [
        (each.code, said(each.text), _level(found, given), given.evidence if given else "", given.gap if given else "")
        for each in found.questions.questions
        for given in (found.answers.get(each.code),)
    ]
    return table((_("Code"), _("Question"), _("Level"), _("Evidence"), _("Gap")), rows, left=(1, 2, 3, 4))


def _plan(found: Assessed, *, on: dt.date) -> Block:
    planned = [(each.question, measure) for each in found.answers.values() for measure in each.plan]
    rows = [
        (question, measure.text, measure.owner, date_format(measure.due_on, "j M Y"), _overdue(measure, on=on))
        for question, measure in sorted(planned, key=lambda each: (each[1].due_on, each[0]))
    ]
    return table((_("Question"), _("What to do"), _("Who"), _("By when"), _("State")), rows, left=(1, 2, 3, 4))


def _method(found: Assessed) -> list[Block]:
    levels = [f"{number}: {said(words)}" for number, words in enumerate(found.questions.levels)]
    rule = _("The ten factors of the Revised Arusha Declaration. A level counts only with its evidence.")
    return [paragraph(rule), bullets(levels), paragraph(said(found.questions.source))]


def _overdue(measure: integrity.self_assessment.Measure, *, on: dt.date) -> Cell:
    return lit(_("overdue"), "bad") if measure.is_overdue(on=on) else ""


def _level(found: Assessed, given: integrity.self_assessment.Answer | None) -> str:
    return UNKNOWN if given is None else f"{given.level} {said(found.questions.levels[given.level])}"
