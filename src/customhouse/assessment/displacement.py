"""Displacement: which of several measures on the same goods give way to others, wholly or for a part of the value, and by which law.

A measure gives way only to one that itself stands: where A displaces B and B displaces C, both A and C are levied. Where it cannot be
told whether the other applies, neither can be told of those that would give way to it; nor of measures that give way to one another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

import msgspec

from customhouse.assessment.measure_choice import Choice, Chosen, Gap
from customhouse.assessment.regime import Displacement, is_in_force

_RIVALS = 2


@dataclass(frozen=True, slots=True)
class _Cause:
    """What a measure gives way to: the one that takes its place, the part of the value concerned, and the law."""

    chosen: Chosen
    part: str
    legal_basis: str


def after_displacement(choice: Choice, rules: Sequence[Displacement], *, on: date) -> Choice:
    """The choice in which each measure stands, gives way, or is levied without the parts that others are levied on."""
    if len(choice.chosen) + len(choice.unclear) < _RIVALS:
        return choice
    in_force = [each for each in rules if is_in_force(each, on=on)]
    if not any(each.measure.displaced_by for each in choice.chosen) and not in_force:
        return choice
    left = list(choice.chosen)
    while doubtful := [(each, gap) for each in left if (gap := _unclear(each, left, choice.unclear, in_force))]:
        choice.unclear |= {each.measure.kind: gap for each, gap in doubtful}
        left = [each for each in left if each not in [other for other, _ in doubtful]]
    choice.chosen[:] = [_settled(each, list(_standing(each, left, in_force))) for each in left]
    return choice


def _settled(chosen: Chosen, causes: list[_Cause]) -> Chosen:
    whole = [each for each in causes if not each.part]
    if whole:
        words = "; ".join(dict.fromkeys(f"gives way to {_told(each)}" for each in whole))
        return msgspec.structs.replace(chosen, gives_way=words)
    parts = tuple(dict.fromkeys(each.part for each in causes))
    because = ", ".join(filter(None, (chosen.because, *dict.fromkeys(f"{each.part} left to {_told(each)}" for each in causes))))
    return msgspec.structs.replace(chosen, without=parts, because=because) if parts else chosen


def _told(cause: _Cause) -> str:
    measure = cause.chosen.measure
    law = f" by {cause.legal_basis}" if cause.legal_basis else ""
    return f"{measure.additional_code or measure.kind} ({measure.id}){law}"


def _standing(chosen: Chosen, rivals: Sequence[Chosen], rules: Sequence[Displacement]) -> Iterator[_Cause]:
    """Those of its displacers that are not themselves displaced as a whole."""
    return (cause for cause in _causes(chosen, rivals, rules) if not _falls(cause.chosen, rivals, rules))


def _falls(chosen: Chosen, rivals: Sequence[Chosen], rules: Sequence[Displacement]) -> bool:
    """Whether another that itself stands takes its place; none gives way to itself in the end, such measures being unclear."""
    return any(not each.part and not _falls(each.chosen, rivals, rules) for each in _causes(chosen, rivals, rules))


def _causes(chosen: Chosen, rivals: Sequence[Chosen], rules: Sequence[Displacement]) -> Iterator[_Cause]:
    measure = chosen.measure
    for rival in rivals:
        if rival is chosen:
            continue
        if _is_named(rival.measure.kind, rival.measure.additional_code, measure.displaced_by):
            yield _Cause(rival, "", measure.legal_basis)
        for rule in rules:
            if _is_named(measure.kind, measure.additional_code, rule.kinds) and _is_named(
                rival.measure.kind, rival.measure.additional_code, rule.by
            ):
                yield _Cause(rival, rule.part, rule.legal_basis)


def _unclear(chosen: Chosen, rivals: Sequence[Chosen], unclear: Mapping[str, Gap], rules: Sequence[Displacement]) -> Gap | None:
    measure = chosen.measure
    for kind, gap in unclear.items():
        by_rule = any(_is_named(measure.kind, measure.additional_code, rule.kinds) and _is_named(kind, "", rule.by) for rule in rules)
        if kind != measure.kind and (by_rule or kind in measure.displaced_by):
            return Gap(f"it gives way to {kind}, which is undetermined: {gap.reason}", gap.is_for_customs)
    if chosen in _displacers(chosen, rivals, rules):
        return Gap(f"measure {measure.id} gives way to one that gives way to it", is_for_customs=True)
    return None


def _displacers(chosen: Chosen, rivals: Sequence[Chosen], rules: Sequence[Displacement]) -> list[Chosen]:
    """Every measure that takes its place, or the place of one that does, and so on."""
    found: list[Chosen] = []
    waiting = [chosen]
    while waiting:
        nearest = [each.chosen for each in _causes(waiting.pop(), rivals, rules) if not each.part]
        waiting += [each for each in nearest if each not in found]
        found += [each for each in nearest if each not in found]
    return found


def _is_named(kind: str, code: str, names: Sequence[str]) -> bool:
    return any(fnmatchcase(kind, name) or (code and fnmatchcase(code, name)) for name in names)
