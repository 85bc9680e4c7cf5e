"""Condition: what must be shown before a measure applies (TARIC measure conditions).

Lines are grouped by their condition code. In each group the first line that is satisfied decides; groups are joined by "and". The
compact text form, used by the `conditions` column of a measures file, separates lines by `;`:

    B:C644=apply;B:Y929=apply;B:-=refuse            a certificate or its waiver, or the goods are refused
    A:D008=apply 4.5 %;A:-=apply 20.0 %             a producer's undertaking lowers the rate
    E:KGM<=1000=apply;E:-=skip                      only small consignments
    V:value/100 KGM>=52.6 EUR=apply 14.4 %;V:-=apply 14.4 % + 29.8 EUR / 100 KGM     dearer if sold under the entry price
    R:KGM/supplementary>=160=apply;R:-=refuse       a ratio of net mass to supplementary units

A test is a document code, `-` for "otherwise", or a quantity, or one quantity by so many of another, compared with a number or an
amount (`<=`, `>=`, `<`, `>`). An action is `apply` with or without a rate of its own, `skip` (the measure does not apply), or
`refuse` (the goods may not come in under it). What a comparison cannot tell, because a quantity is not declared, it leaves unknown.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import read_rate

_LINE = re.compile(r"([A-Z][A-Z0-9]?):(.+?)=(apply|skip|refuse)(?:\s+(.+))?")
_COMPARISON = re.compile(
    r"(?P<quantity>[A-Za-z][A-Za-z0-9#*]*)(?:/(?:(?P<count>\d+(?:\.\d+)?) )?(?P<per>[A-Za-z][A-Za-z0-9#*]*))?"
    r"(?P<sign><=|>=|<|>)(?P<number>\d+(?:\.\d+)?)(?: (?P<currency>[A-Z]{3}))?"
)
OTHERWISE = "-"


class UnreadableConditionError(ValueError):
    """A condition was not written in the compact text form."""


class Action(StrEnum):
    """What a satisfied line does with its measure."""

    APPLY = "apply"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the declarant shows: the codes of documents, the quantities of the goods by name, and what currencies are worth."""

    documents: AbstractSet[str]
    quantity: Callable[[str], Decimal | None]
    exchange: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quantity of the goods, or a quantity for so many units of another, held against a number or an amount of money."""

    quantity: str
    sign: str
    number: Decimal
    per: str = ""
    count: Decimal = Decimal(1)
    currency: str = ""

    def missing(self, evidence: Evidence) -> str:
        """What is not known without which it cannot be told; nothing where all is."""
        for name in filter(None, (self.quantity, self.per)):
            if evidence.quantity(name) is None:
                return f"it depends on the quantity {name}, which is not declared"
        if self.per and not evidence.quantity(self.per):
            return f"it depends on {self.quantity} for each {self.per}, of which there is none"
        if self.currency and self.currency not in evidence.exchange:
            return f"no exchange rate is published for {self.currency} on the day"
        return ""

    def holds(self, evidence: Evidence) -> bool:
        """Whether the quantity compares as written; nothing of it may be missing."""
        value, limit = self._known(evidence, self.quantity), self.number
        if self.currency:
            limit *= evidence.exchange[self.currency]
        if self.per:
            value, limit = value * self.count, limit * self._known(evidence, self.per)
        if self.sign in {"<", "<="}:
            return value < limit or (self.sign == "<=" and value == limit)
        return value > limit or (self.sign == ">=" and value == limit)

    @staticmethod
    def _known(evidence: Evidence, name: str) -> Decimal:
        value = evidence.quantity(name)
        assert value is not None, f"{name} is asked for before it is known"
        return value

    def __str__(self) -> str:
        """The comparison in the form in which it can be read again."""
        count = "" if self.count == 1 else f"{self.count:f} "
        per = f"/{count}{self.per}" if self.per else ""
        return f"{self.quantity}{per}{self.sign}{self.number:f}" + (f" {self.currency}" if self.currency else "")


@dataclass(frozen=True, slots=True)
class Condition:
    """One line: under its code, in its place, if its test holds, its action."""

    code: str
    test: str
    action: Action
    rate: Rate | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the conditions of a measure come to: the action, the rate that replaces the measure's own, and what decided.

    Where they cannot be told, `unknown` says why, and the action says nothing.
    """

    action: Action
    rate: Rate | None = None
    because: str = ""
    unknown: str = ""


APPLIES = Outcome(Action.APPLY)


def read_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions in their compact text form; refuses with `UnreadableConditionError` any other."""
    return tuple(_line(part.strip()) for part in text.split(";") if part.strip())


def outcome(conditions: Sequence[Condition], evidence: Evidence) -> Outcome:
    """What the conditions decide on this evidence: the strictest of the groups, and the last rate that one of them names."""
    if not conditions:
        return APPLIES
    decided = [_decision(lines, evidence) for lines in _groups(conditions)]
    for action in (Action.REFUSE, Action.SKIP):
        failed = next((each for each in decided if each.action is action and not each.unknown), None)
        if failed:
            return failed
    unknown = next((each for each in decided if each.unknown), None)
    if unknown:
        return unknown
    because = ", ".join(each.because for each in decided if each.because)
    return Outcome(Action.APPLY, next((each.rate for each in reversed(decided) if each.rate), None), because)


def documents_wanted(conditions: Sequence[Condition], evidence: Evidence) -> tuple[str, ...]:
    """The documents that would let the measure apply: of each group that keeps it from applying, the first that would do."""
    wanted: dict[str, None] = {}
    for lines in _groups(conditions):
        decided = _decision(lines, evidence)
        if decided.action is not Action.APPLY or decided.unknown:
            opening = [line.test for line in lines if line.action is Action.APPLY and not line.comparison and line.test != OTHERWISE]
            wanted.update(dict.fromkeys([each for each in opening if each in wanted][:1] or opening[:1]))
    return tuple(wanted)


def _groups(conditions: Sequence[Condition]) -> list[list[Condition]]:
    groups: dict[str, list[Condition]] = {}
    for each in conditions:
        groups.setdefault(each.code, []).append(each)
    return list(groups.values())


def _decision(lines: list[Condition], evidence: Evidence) -> Outcome:
    """What the first satisfied line decides; unknown where an earlier one cannot be told and would decide otherwise."""
    untold: list[tuple[Condition, str]] = []
    for line in lines:
        missing = line.comparison.missing(evidence) if line.comparison else ""
        if missing:
            untold.append((line, missing))
        elif _is_satisfied(line, evidence):
            unknown = next((why for each, why in untold if (each.action, each.rate) != (line.action, line.rate)), "")
            because = _wanted(lines) if line.test == OTHERWISE else line.test
            return Outcome(line.action, line.rate, because, unknown)
    return Outcome(Action.SKIP, because=_wanted(lines), unknown=untold[0][1] if untold else "")


def _is_satisfied(line: Condition, evidence: Evidence) -> bool:
    if line.comparison:
        return line.comparison.holds(evidence)
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
    comparison = _comparison(compared) if compared else None
    return Condition(code, test, Action(action), read_rate(rate) if rate else None, comparison)


def _comparison(found: re.Match[str]) -> Comparison:
    count = Decimal(found["count"] or 1)
    if count == 0:
        raise UnreadableConditionError(f"{found[0]!r}: nothing can be compared for each nothing")
    return Comparison(found["quantity"], found["sign"], Decimal(found["number"]), found["per"] or "", count, found["currency"] or "")
