"""Amendment: the parts of a declaration that a message points to, put in the place of what was declared (RKC GA 3.27).

A message of the type COR holds the pointers of what changes and, under the same path, what shall stand there; a part that is pointed
to and not given is taken out, a repeated part beyond the last is added. An element that repeats is found by its own sequence number
where it has one, else by its place.
"""

import re
import typing
from collections.abc import Sequence

import msgspec

from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.messages import syntax
from customhouse.messages.wco_names import is_class
from customhouse.messages.wco_pointer import path_of_pointers
from customhouse.messages.wco_xml import Slot, slots_of

_STEP = re.compile(r"(?P<name>[^\[/]+)(?:\[(?P<position>\d+)\])?")
StructT = typing.TypeVar("StructT", bound=msgspec.Struct)


class _PointsNowhereError(Exception):
    """A pointer leads out of the model."""


class _Step(typing.NamedTuple):
    """One step of a path: the element, and which one of them."""

    name: str
    position: int


def amended(declared: Declaration, change: Declaration) -> tuple[Declaration, tuple[Finding, ...]]:
    """What was declared with each part that the change points to replaced, added or taken out; and what is wrong in its pointers."""
    paths = [path_of_pointers(each.pointers) for each in change.amendments if each.pointers]
    if not paths:
        return declared, (syntax.finding_in_words("SYN-11", "Amendment"),)
    findings = []
    # From the last place to the first: taking a part out moves none that is still to be found, and added ones come to stand in order.
    for path in sorted(paths, key=_places, reverse=True):
        try:
            declared = _changed(declared, change, _steps(path))
        except _PointsNowhereError:
            findings.append(syntax.finding_in_words("SYN-12", path, text=path))
    return declared, tuple(findings)


def _places(path: str) -> list[tuple[str, int]]:
    return [(step.name, step.position) for step in _steps(path)]


def _steps(path: str) -> list[_Step]:
    return [_Step(found["name"], int(found["position"] or 1)) for found in _STEP.finditer(path)]


def _changed(whole: StructT, part: msgspec.Struct | None, steps: Sequence[_Step]) -> StructT:
    if not steps:
        raise _PointsNowhereError
    slot, rest = _slot(type(whole), steps)
    if slot.inner is not None:  # a class that the model keeps as fields of its owner
        return _with_all(whole, part, slot)
    old, new = getattr(whole, slot.field), getattr(part, slot.field) if part is not None else None
    if slot.repeats:
        return _replaced(whole, slot, _changed_among(slot, old, new or (), [steps[0], *rest]))
    if not rest:
        return _replaced(whole, slot, new)
    if not is_class(slot.kind):
        raise _PointsNowhereError
    return _replaced(whole, slot, _changed(old if old is not None else slot.kind(), new, rest))


def _slot(struct: type[msgspec.Struct], steps: Sequence[_Step]) -> tuple[Slot, Sequence[_Step]]:
    slots: dict[str, Slot] = slots_of(struct)
    for count, step in enumerate(steps, 1):
        slot = slots.get(step.name)
        if slot is None:
            raise _PointsNowhereError
        if slot.inner is None or count == len(steps):
            return slot, steps[count:]
        slots = slot.inner
    raise _PointsNowhereError


def _with_all(whole: StructT, part: msgspec.Struct | None, slot: Slot) -> StructT:
    assert slot.inner is not None
    for each in slot.inner.values():
        whole = _with_all(whole, part, each) if each.inner is not None else _replaced(whole, each, getattr(part, each.field, None))
    return whole


def _replaced(whole: StructT, slot: Slot, value: object) -> StructT:
    return msgspec.structs.replace(whole, **{slot.field: value})


def _changed_among(
    slot: Slot, old: tuple[msgspec.Struct, ...], new: tuple[msgspec.Struct, ...], steps: Sequence[_Step]
) -> tuple[msgspec.Struct, ...]:
    place, given = _place_of(old, steps[0].position), _place_of(new, steps[0].position)
    part = new[given] if given is not None else None
    rest = steps[1:]
    if rest:
        changed = _changed(old[place] if place is not None else slot.kind(), part, rest)
    elif part is None:
        return old if place is None else (*old[:place], *old[place + 1 :])
    else:
        changed = part
    if place is None:
        return (*old[: steps[0].position - 1], changed, *old[steps[0].position - 1 :])
    return (*old[:place], changed, *old[place + 1 :])


def _place_of(values: tuple[msgspec.Struct, ...], position: int) -> int | None:
    numbers = [getattr(each, "sequence_numeric", None) for each in values]
    if position in numbers:
        return numbers.index(position)
    unnumbered = position <= len(values) and numbers[position - 1] is None
    return position - 1 if unnumbered else None
