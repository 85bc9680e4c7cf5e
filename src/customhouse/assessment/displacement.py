"""Displacement: which of several measures on the same goods give way to others, wholly or for a part of the value, and by which law.

A measure gives way only to one that itself stands: where A displaces B and B displaces C, both A and C are levied. Where it cannot be
told whether the other applies, neither can be told of those that would give way to it.
"""

from collections.abc import Iterator, Sequence
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
    kept: list[Chosen] = []
    for each in choice.chosen:
        unclear = _unclear(each, choice, in_force)
        if unclear:
            choice.unclear[each.measure.kind] = unclear
        else:
            kept.append(_settled(each, list(_standing(each, choice.chosen, in_force))))
    choice.chosen[:] = kept
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
    for cause in _causes(chosen, rivals, rules):
        if not _falls(cause.chosen, rivals, rules, (chosen,)):
            yield cause


def _falls(chosen: Chosen, rivals: Sequence[Chosen], rules: Sequence[Displacement], above: tuple[Chosen, ...]) -> bool:
    whole = [each.chosen for each in _causes(chosen, rivals, rules) if not each.part and each.chosen not in above]
    return any(not _falls(each, rivals, rules, (*above, chosen)) for each in whole)


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


def _unclear(chosen: Chosen, choice: Choice, rules: Sequence[Displacement]) -> Gap | None:
    measure = chosen.measure
    for kind, gap in choice.unclear.items():
        by_rule = any(_is_named(measure.kind, measure.additional_code, rule.kinds) and _is_named(kind, "", rule.by) for rule in rules)
        if kind != measure.kind and (by_rule or kind in measure.displaced_by):
            return Gap(f"it gives way to {kind}, which is undetermined: {gap.reason}", gap.is_for_customs)
    return None


def _is_named(kind: str, code: str, names: Sequence[str]) -> bool:
    return any(fnmatchcase(kind, name) or (code and fnmatchcase(code, name)) for name in names)
