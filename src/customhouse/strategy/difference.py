"""Difference: what changed between two plans or two versions of one, entry by entry, to be told in words.

Goals and activities are the same where they share a key; else where they share a title; else where they share a number and at least
half of the longer words of the shorter title. What is left is removed there and new here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

import msgspec

from customhouse.strategy.plan import Activity, Goal, StrategicPlan

_SHORT = 3
Item = TypeVar("Item", Goal, Activity)


class Kind(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    PLACED = "placed"
    REPACKAGED = "repackaged"
    RELINKED = "relinked"
    REPRIORITIZED = "reprioritized"


class Subject(StrEnum):
    """What an entry is."""

    MISSION = "mission"
    VISION = "vision"
    VALUE = "value"
    BUILDING_BLOCK = "building block"
    GOAL = "goal"
    ACTIVITY = "activity"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change; `number` is the one that the entry has now, or had last."""

    subject: Subject
    kind: Kind
    number: str = ""
    old: str = ""
    new: str = ""

    def told(self, translated: Callable[[str], str] = str) -> str:
        """The change as a sentence, in the language of the words that are given."""
        wording = WORDING[self.subject, self.kind]
        return translated(wording).format(number=self.number, old=self.old, new=self.new)


WORDING: Mapping[tuple[Subject, Kind], str] = {
    (Subject.MISSION, Kind.ADDED): "The mission is new: {new}",
    (Subject.MISSION, Kind.REMOVED): "The mission is gone: {old}",
    (Subject.MISSION, Kind.REWORDED): "The mission was “{old}” and is “{new}”",
    (Subject.VISION, Kind.ADDED): "The vision is new: {new}",
    (Subject.VISION, Kind.REMOVED): "The vision is gone: {old}",
    (Subject.VISION, Kind.REWORDED): "The vision was “{old}” and is “{new}”",
    (Subject.VALUE, Kind.ADDED): "A value is new: {new}",
    (Subject.VALUE, Kind.REMOVED): "A value is gone: {old}",
    (Subject.VALUE, Kind.REWORDED): "A value was “{old}” and is “{new}”",
    (Subject.BUILDING_BLOCK, Kind.ADDED): "The building block {new} is new",
    (Subject.BUILDING_BLOCK, Kind.REMOVED): "The building block {old} is gone",
    (Subject.BUILDING_BLOCK, Kind.REWORDED): "The building block {old} is called {new}",
    (Subject.GOAL, Kind.ADDED): "Goal {number} is new: {new}",
    (Subject.GOAL, Kind.REMOVED): "Goal {number} is gone: {old}",
    (Subject.GOAL, Kind.REWORDED): "Goal {number} is amended: it was “{old}” and is “{new}”",
    (Subject.GOAL, Kind.RENUMBERED): "Goal {number} was goal {old}",
    (Subject.GOAL, Kind.REPACKAGED): "Goal {number} is served by {new} instead of {old}",
    (Subject.ACTIVITY, Kind.ADDED): "Activity {number} is new: {new}",
    (Subject.ACTIVITY, Kind.REMOVED): "Activity {number} is gone: {old}",
    (Subject.ACTIVITY, Kind.REWORDED): "Activity {number} is amended: it was “{old}” and is “{new}”",
    (Subject.ACTIVITY, Kind.RENUMBERED): "Activity {number} was activity {old}",
    (Subject.ACTIVITY, Kind.PLACED): "Activity {number} was there before, the earlier text does not say where: {new}",
    (Subject.ACTIVITY, Kind.RELINKED): "Activity {number} rests on {new} instead of {old}",
    (Subject.ACTIVITY, Kind.REPRIORITIZED): "Activity {number} has the priority {new} instead of {old}",
}
"""The sentence of each change; the site translates it."""

_NOTHING = "\N{EN DASH}"


def difference(old: StrategicPlan, new: StrategicPlan) -> tuple[Change, ...]:
    """What changed from the old plan to the new one, in the order in which a plan is read."""
    return (
        *_statement(Subject.MISSION, old.mission, new.mission),
        *_statement(Subject.VISION, old.vision, new.vision),
        *_texts(Subject.VALUE, old.values, new.values),
        *_texts(Subject.BUILDING_BLOCK, old.building_blocks, new.building_blocks),
        *_goals(old, new),
        *_activities(old, new),
    )


def _statement(subject: Subject, old: str, new: str) -> Iterator[Change]:
    if old != new:
        kind = Kind.ADDED if not old else Kind.REMOVED if not new else Kind.REWORDED
        yield Change(subject=subject, kind=kind, old=old, new=new)


def _texts(subject: Subject, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for code in (*new, *(code for code in old if code not in new)):
        for each in _statement(subject, old.get(code, ""), new.get(code, "")):
            yield msgspec.structs.replace(each, number=code)


def _goals(old: StrategicPlan, new: StrategicPlan) -> Iterator[Change]:
    for before, after in _matched(old.goals, new.goals):
        yield from _entry(Subject.GOAL, before, after)
        if before and after and before.package != after.package:
            yield Change(
                subject=Subject.GOAL,
                kind=Kind.REPACKAGED,
                number=str(after.number),
                old=before.package or _NOTHING,
                new=after.package or _NOTHING,
            )


def _activities(old: StrategicPlan, new: StrategicPlan) -> Iterator[Change]:
    before_all = [*(activity for _, activity in old.activities()), *old.unplaced]
    after_all = [*(activity for _, activity in new.activities()), *new.unplaced]
    for before, after in _matched(before_all, after_all):
        yield from _entry(Subject.ACTIVITY, before, after)
        if before and after:
            links = [set(plan.block_codes_of(each)) for plan, each in ((old, before), (new, after))]
            if links[0] != links[1]:
                told = [", ".join(plan.blocks_of(each)) or _NOTHING for plan, each in ((old, before), (new, after))]
                yield Change(subject=Subject.ACTIVITY, kind=Kind.RELINKED, number=after.number, old=told[0], new=told[1])
            if before.priority != after.priority:
                kind = Kind.REPRIORITIZED
                yield Change(subject=Subject.ACTIVITY, kind=kind, number=after.number, old=before.priority.value, new=after.priority.value)


def _entry(subject: Subject, before: Goal | Activity | None, after: Goal | Activity | None) -> Iterator[Change]:
    if before is None or after is None:
        found, kind = (after, Kind.ADDED) if after else (before, Kind.REMOVED)
        assert found is not None, "one of the two is there"
        yield Change(
            subject=subject,
            kind=kind,
            number=str(found.number),
            old=found.title if kind is Kind.REMOVED else "",
            new=found.title if kind is Kind.ADDED else "",
        )
        return
    number = str(after.number)
    if before.number == "":
        yield Change(subject=subject, kind=Kind.PLACED, number=number, new=after.title)
    elif before.number != after.number:
        yield Change(subject=subject, kind=Kind.RENUMBERED, number=number, old=str(before.number), new=number)
    if (before.title, before.text) != (after.title, after.text):
        old, new = (before.title, after.title) if before.title != after.title else (before.text, after.text)
        yield Change(subject=subject, kind=Kind.REWORDED, number=number, old=old or _NOTHING, new=new or _NOTHING)


def _matched(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[Item | None, Item | None]]:
    """Each new item with the old one that it continues, or with nothing; then the old ones that nothing continues."""
    found: dict[int, Item] = {}
    left: list[Item] = list(old)
    for same in (_same_key, _same_title, _same_number):
        for place, after in enumerate(new):
            before = next((each for each in left if same(each, after)), None) if place not in found else None
            if before is not None:
                found[place] = before
                left.remove(before)
    pairs: list[tuple[Item | None, Item | None]] = [(found.get(place), after) for place, after in enumerate(new)]
    return pairs + [(before, None) for before in left]


def _same_key(before: Goal | Activity, after: Goal | Activity) -> bool:
    return bool(before.key) and before.key == after.key


def _same_title(before: Goal | Activity, after: Goal | Activity) -> bool:
    return _may_match(before, after) and before.title.casefold() == after.title.casefold()


def _same_number(before: Goal | Activity, after: Goal | Activity) -> bool:
    return _may_match(before, after) and before.number == after.number and _alike(before.title, after.title)


def _may_match(before: Goal | Activity, after: Goal | Activity) -> bool:
    return not (before.key and after.key)  # two keys that differ say that these are two


def _alike(one: str, other: str) -> bool:
    words = [{word for word in text.casefold().replace(",", " ").split() if len(word) > _SHORT} for text in (one, other)]
    fewest = min(len(each) for each in words)
    return fewest > 0 and 2 * len(words[0] & words[1]) >= fewest
