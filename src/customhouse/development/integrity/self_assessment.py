"""Self-assessment: where an administration stands on the ten factors of the Revised Arusha Declaration (WCO, 2003), by its own account.

The names of the factors are the Declaration's; the questions are data of the administration. A level counts only with its evidence.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.kernel import Rounding, RoundingMode

_HIGHEST = 4
_ROUNDING = Rounding(RoundingMode.HALF_UP, Decimal("0.01"))


class UnreadableQuestionsError(ValueError):
    """A file of questions does not hold together."""


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question about a factor, and what would prove the answer."""

    code: str
    factor: int
    text: str
    evidence: str


class Questions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The factors in order with their names, the words for the levels from 0, the level to reach, and the questions."""

    name: str
    source: str
    factors: tuple[str, ...]
    levels: tuple[str, ...]
    target: int
    questions: tuple[Question, ...]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the action plan: what, who answers for it, by when, and whether it is done."""

    text: str
    owner: str
    due_on: date
    done_on: date | None = None

    def is_overdue(self, *, on: date) -> bool:
        """Whether it should have been done by now."""
        return self.done_on is None and self.due_on < on


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The level that is claimed, the evidence for it, the gap that remains, and what is done about it."""

    question: str
    level: int
    evidence: str = ""
    gap: str = ""
    plan: tuple[Measure, ...] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a factor stands: the mean of the levels that count, none without answers; `before` that of the year before.

    `unproven` are the questions whose level is claimed without evidence: they count as level 0.
    """

    factor: int
    name: str
    level: Decimal | None
    before: Decimal | None
    answered: int
    asked: int
    unproven: tuple[str, ...]
    gaps: tuple[str, ...]


def read_questions(text: str) -> Questions:
    """The questions that a TOML text states; refuses with `UnreadableQuestionsError`."""
    try:
        found = msgspec.convert(tomllib.loads(text), Questions)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableQuestionsError(f"the questions cannot be read: {refusal}") from refusal
    codes = [each.code for each in found.questions]
    faults = [f"{code}: the code stands twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [f"{each.code}: there is no factor {each.factor}" for each in found.questions if not 1 <= each.factor <= len(found.factors)]
    faults += [f"factor {number} has no question" for number in range(1, len(found.factors) + 1) if not _of(found, number)]
    if len(found.levels) != _HIGHEST + 1:
        faults.append(f"give words for the levels 0 to {_HIGHEST}")
    if faults:
        raise UnreadableQuestionsError("\n".join(faults))
    return found


def standings(questions: Questions, answers: Iterable[Answer], *, before: Iterable[Answer]) -> tuple[Standing, ...]:
    """Where each factor stands, and stood the year before; answers to questions that are not asked do not count."""
    now, then = ({each.question: each for each in given} for given in (answers, before))
    return tuple(_standing(questions, number, now, then) for number in range(1, len(questions.factors) + 1))


def _standing(questions: Questions, number: int, now: dict[str, Answer], then: dict[str, Answer]) -> Standing:
    asked = _of(questions, number)
    given = [now[each.code] for each in asked if each.code in now]
    return Standing(
        factor=number,
        name=questions.factors[number - 1],
        level=_mean(given),
        before=_mean([then[each.code] for each in asked if each.code in then]),
        answered=len(given),
        asked=len(asked),
        unproven=tuple(each.question for each in given if each.level and not each.evidence.strip()),
        gaps=tuple(each.question for each in given if _counted(each) < questions.target),
    )


def _of(questions: Questions, number: int) -> list[Question]:
    return [each for each in questions.questions if each.factor == number]


def _counted(answer: Answer) -> int:
    """The level that counts: none without evidence."""
    return min(max(answer.level, 0), _HIGHEST) if answer.evidence.strip() else 0


def _mean(answers: list[Answer]) -> Decimal | None:
    if not answers:
        return None
    return _ROUNDING.of(Decimal(sum(map(_counted, answers))) / len(answers))
