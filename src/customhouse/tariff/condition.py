"""Condition: what must be shown before a measure applies (TARIC measure conditions).

Lines are grouped by their condition code. In each group the first line that is satisfied decides; groups are joined by "and". The
compact text form, used by the `conditions` column of a measures file, separates lines by `;`:

    B:C644=apply;B:Y929=apply;B:-=refuse            a certificate or its waiver, or the goods are refused
    A:D008=apply 4.5 %;A:-=apply 20.0 %             a producer's undertaking lowers the rate
    E:KGM<=1000=apply;E:-=skip                      only small consignments

A test is a document code, `-` for "otherwise", or a quantity compared with a number (`<=`, `>=`, `<`, `>`). An action is `apply`
with or without a rate of its own, `skip` (the measure does not apply), or `refuse` (the goods may not come in under it).
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import read_rate

_LINE = re.compile(r"([A-Z][A-Z0-9]?):(.+?)=(apply|skip|refuse)(?:\s+(.+))?")
_COMPARISON = re.compile(r"([A-Za-z][A-Za-z0-9#*]*)(<=|>=|<|>)(\d+(?:\.\d+)?)")
OTHERWISE = "-"


class UnreadableConditionError(ValueError):
    """A condition was not written in the compact text form."""


class Action(StrEnum):
    """What a satisfied line does with its measure."""

    APPLY = "apply"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quantity of the goods held against a number."""

    quantity: str
    sign: str
    number: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the quantity compares as written."""
        if self.sign in {"<", "<="}:
            return value < self.number or (self.sign == "<=" and value == self.number)
        return value > self.number or (self.sign == ">=" and value == self.number)


@dataclass(frozen=True, slots=True)
class Condition:
    """One line: under its code, in its place, if its test holds, its action."""

    code: str
    test: str
    action: Action
    rate: Rate | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the declarant shows: the codes of documents, and the quantities of the goods."""

    documents: AbstractSet[str]
    quantities: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the conditions of a measure come to: the action, the rate that replaces the measure's own, and what decided."""

    action: Action
    rate: Rate | None = None
    because: str = ""


APPLIES = Outcome(Action.APPLY)


def read_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions in their compact text form; refuses with `UnreadableConditionError` any other."""
    return tuple(_line(part.strip()) for part in text.split(";") if part.strip())


def outcome(conditions: Sequence[Condition], evidence: Evidence) -> Outcome:
    """What the conditions decide on this evidence: the strictest of the groups, and the last rate that one of them names."""
    if not conditions:
        return APPLIES
    groups: dict[str, list[Condition]] = {}
    for each in conditions:
        groups.setdefault(each.code, []).append(each)
    decided = [_decision(lines, evidence) for lines in groups.values()]
    for action in (Action.REFUSE, Action.SKIP):
        failed = next((each for each in decided if each.action is action), None)
        if failed:
            return failed
    because = ", ".join(each.because for each in decided if each.because)
    return Outcome(Action.APPLY, next((each.rate for each in reversed(decided) if each.rate), None), because)


def _decision(lines: list[Condition], evidence: Evidence) -> Outcome:
    for line in lines:
        if _is_satisfied(line, evidence):
            because = _wanted(lines) if line.test == OTHERWISE else line.test
            return Outcome(line.action, line.rate, because)
    return Outcome(Action.SKIP, because=_wanted(lines))


def _is_satisfied(line: Condition, evidence: Evidence) -> bool:
    if line.comparison:
        value = evidence.quantities.get(line.comparison.quantity)
        return value is not None and line.comparison.holds(value)
    return line.test == OTHERWISE or line.test in evidence.documents


def _wanted(lines: list[Condition]) -> str:
    wanted = [line.test for line in lines if line.test != OTHERWISE and line.action is Action.APPLY]
    return f"without {' or '.join(wanted)}" if wanted else ""


def _line(text: str) -> Condition:
    found = _LINE.fullmatch(text)
    if found is None:
        raise UnreadableConditionError(f"cannot read {text!r} as CODE:TEST=ACTION")
    code, test, action, rate = found.groups()
    if rate and action != Action.APPLY:
        raise UnreadableConditionError(f"{text!r}: only `apply` takes a rate")
    compared = _COMPARISON.fullmatch(test)
    if not compared and not re.fullmatch(r"-|[A-Z0-9]{2,8}", test):
        raise UnreadableConditionError(f"{text!r}: the test is neither a document code, nor `-`, nor a comparison")
    comparison = Comparison(compared[1], compared[2], Decimal(compared[3])) if compared else None
    return Condition(code, test, Action(action), read_rate(rate) if rate else None, comparison)
