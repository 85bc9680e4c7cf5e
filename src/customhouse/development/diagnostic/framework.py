"""Framework: the questions of a diagnostic as data, by area, and what each level of maturity means (WCO Diagnostic Framework)."""

import tomllib
from collections.abc import Mapping

import msgspec

LOWEST, HIGHEST = 0, 4


class UnreadableFrameworkError(ValueError):
    """A framework does not hold together; the message names every fault."""


class Level(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a level of maturity means, by language."""

    maturity: int
    title: Mapping[str, str]
    meaning: Mapping[str, str]


class Area(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One area of an administration, or one enabler of reform, that is scored by its questions."""

    code: str
    title: Mapping[str, str]
    is_enabler: bool = False


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question; `evidence` says what would prove an answer, `indicator` names the live figure to be shown beside it."""

    code: str
    area: str
    text: Mapping[str, str]
    evidence: Mapping[str, str]
    weight: int = 1
    indicator: str = ""


class Framework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The areas, enablers, levels and questions of a diagnostic; gap times weight from which a recommendation is high or medium."""

    name: str
    source: str
    high_from: int
    medium_from: int
    levels: tuple[Level, ...]
    areas: tuple[Area, ...]
    questions: tuple[Question, ...]

    def of_area(self, code: str) -> tuple[Question, ...]:
        """The questions of an area, in their order."""
        return tuple(each for each in self.questions if each.area == code)

    def named(self, code: str) -> Question | None:
        """The question of that code."""
        return next((each for each in self.questions if each.code == code), None)


def read_framework(text: str) -> Framework:
    """The framework that a TOML text states; refuses with `UnreadableFrameworkError`, which names every fault."""
    try:
        found = msgspec.convert(tomllib.loads(text), Framework)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableFrameworkError(f"the framework cannot be read: {refusal}") from refusal
    faults = _faults(found)
    if faults:
        raise UnreadableFrameworkError("; ".join(faults))
    return found


def _faults(framework: Framework) -> list[str]:
    codes = [each.code for each in framework.questions]
    areas = {each.code for each in framework.areas}
    faults = [f"the question {code} stands twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [
        f"the question {each.code} is of the area {each.area}, which there is not" for each in framework.questions if each.area not in areas
    ]
    faults += [f"the area {code} has no question" for code in sorted(areas - {each.area for each in framework.questions})]
    faults += [f"the question {each.code} has a weight below 1" for each in framework.questions if each.weight < 1]
    if [each.maturity for each in framework.levels] != list(range(LOWEST, HIGHEST + 1)):
        faults.append(f"the levels are not {LOWEST} to {HIGHEST}, in their order")
    if not framework.high_from >= framework.medium_from > 0:
        faults.append("a high priority begins below a medium one")
    return faults
