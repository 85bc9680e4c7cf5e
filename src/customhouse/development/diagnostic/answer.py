"""Answer: what an administration says of itself on one question, with evidence; and what follows from the gap to what it wants."""

from datetime import date
from enum import StrEnum

import msgspec

from customhouse.development.diagnostic.framework import Framework, Question


class Priority(StrEnum):
    """How soon a recommendation matters, by the size of the gap and the weight of its question."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The maturity found and the maturity wanted, 0 to 4, nothing where it is not known; the evidence; and what is recommended."""

    question: str
    maturity: int | None = None
    wanted: int | None = None
    evidence: str = ""
    recommendation: str = ""

    @property
    def gap(self) -> int | None:
        """How many levels are missing; nothing where either end is not known, zero where more is there than wanted."""
        return None if self.maturity is None or self.wanted is None else max(self.wanted - self.maturity, 0)


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagnostic of one administration as of a day, by the questions of a framework; once closed it is a record."""

    administration: str
    framework: str
    opened_on: date
    answers: tuple[Answer, ...] = ()
    closed_on: date | None = None

    def answer(self, question: str) -> Answer:
        """The answer to a question, empty where there is none yet."""
        return next((each for each in self.answers if each.question == question), Answer(question=question))

    def with_answer(self, answer: Answer) -> "Diagnostic":
        """The diagnostic with this answer in place of the one before."""
        others = tuple(each for each in self.answers if each.question != answer.question)
        return msgspec.structs.replace(self, answers=(*others, answer))


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """What is recommended on a question whose gap is open, and how soon it matters."""

    question: str
    area: str
    gap: int
    priority: Priority
    text: str


def recommendations(diagnostic: Diagnostic, framework: Framework) -> tuple[Recommendation, ...]:
    """What is recommended, the widest weighted gap first; a question without a known gap recommends nothing."""
    open_gaps = [(each, answer) for each in framework.questions if (answer := diagnostic.answer(each.code)).gap and answer.recommendation]
    ordered = sorted(open_gaps, key=lambda pair: (-(pair[1].gap or 0) * pair[0].weight, pair[0].code))
    return tuple(_recommended(question, answer, framework) for question, answer in ordered)


def _recommended(question: Question, answer: Answer, framework: Framework) -> Recommendation:
    gap = answer.gap or 0
    weighted = gap * question.weight
    priority = Priority.HIGH if weighted >= framework.high_from else Priority.MEDIUM if weighted >= framework.medium_from else Priority.LOW
    return Recommendation(question=question.code, area=question.area, gap=gap, priority=priority, text=answer.recommendation)
