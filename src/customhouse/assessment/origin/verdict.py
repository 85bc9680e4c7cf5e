"""Verdict: satisfied, not satisfied or undetermined, joined by the three-valued logic of Kleene."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a rule; a missing value or proof leaves it undetermined."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    UNDETERMINED = "undetermined"


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Satisfied if all are; one that is not decides; of nothing, satisfied."""
    found = set(verdicts)
    if Verdict.NOT_SATISFIED in found:
        return Verdict.NOT_SATISFIED
    return Verdict.UNDETERMINED if Verdict.UNDETERMINED in found else Verdict.SATISFIED


def either(verdicts: Iterable[Verdict]) -> Verdict:
    """Satisfied if one is; of nothing, not satisfied."""
    found = set(verdicts)
    if Verdict.SATISFIED in found:
        return Verdict.SATISFIED
    return Verdict.UNDETERMINED if Verdict.UNDETERMINED in found else Verdict.NOT_SATISFIED


def between(*, surely: bool, possibly: bool) -> Verdict:
    """Satisfied where it holds in the worst case, not satisfied where it fails even in the best."""
    if surely:
        return Verdict.SATISFIED
    return Verdict.UNDETERMINED if possibly else Verdict.NOT_SATISFIED


def from_answer(answer: bool | None) -> Verdict:  # noqa: FBT001 - a yes, a no, or nothing said
    """What a yes, a no or no answer comes to."""
    if answer is None:
        return Verdict.UNDETERMINED
    return Verdict.SATISFIED if answer else Verdict.NOT_SATISFIED
