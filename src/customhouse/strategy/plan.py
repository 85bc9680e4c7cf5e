"""Strategic plan: the goals of an organization for a period, their activities, and the building blocks that each rests on.

What is adopted (mission, vision, values, goals, activities) stands here; what is done about it year by year stands in the operational
plan, which is the annex of this one.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.kernel import Rounding, RoundingMode
from customhouse.performance import indicator
from customhouse.strategy.operation import OperationalPlan, year_of
from customhouse.strategy.wording import reworded, texts_in

EVERY_BLOCK = "*"


class Status(StrEnum):
    """Where a plan stands between its first outline and the plan that takes its place."""

    OUTLINE = "outline"
    DRAFT = "draft"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class Priority(StrEnum):
    """What comes first where not all can be done."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Activity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A strategic activity, by its number within the goal, and the codes of its building blocks.

    `key` is a name that stays when number and wording change, so that two versions are told apart without guessing.
    """

    number: str = ""
    title: str
    text: str = ""
    key: str = ""
    priority: Priority = Priority.NORMAL
    building_blocks: tuple[str, ...] = ()


class Goal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A strategic goal, the package of instruments that serves it where one does, and its activities."""

    number: int
    title: str
    text: str = ""
    key: str = ""
    package: str | None = None
    activities: tuple[Activity, ...] = ()


class StrategicPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan for a half-open period; its building blocks and values are texts by code, in their order.

    `unplaced` are activities that the source says there were, without telling under which goal. `note` says what a reader must know
    about the text itself, for instance that it is inferred. `translations` are its texts in other languages: by language, each text as it
    stands here with what it is there.
    """

    name: str
    title: str
    version: int = 1
    status: Status = Status.DRAFT
    valid_from: date
    valid_to: date
    mission: str = ""
    vision: str = ""
    values: dict[str, str] = {}
    building_blocks: dict[str, str]
    goals: tuple[Goal, ...]
    unplaced: tuple[Activity, ...] = ()
    operation: OperationalPlan = OperationalPlan()
    source: str = ""
    note: str = ""
    translations: dict[str, dict[str, str]] = {}

    def in_language(self, language: str) -> "StrategicPlan":
        """The plan as it is read in a language; to be shown, never to be kept."""
        words = self.translations.get(language, {})
        return msgspec.structs.replace(reworded(msgspec.structs.replace(self, translations={}), words), translations=self.translations)

    def disclosed(
        self, levels: Collection[indicator.Disclosure], known: Mapping[str, indicator.Indicator], *, is_public: bool = False
    ) -> "StrategicPlan":
        """The plan for somebody who sees these levels, or for everybody: nothing in it tells a figure that is for others.

        An indicator that the plan does not define is looked up among those that are known; one that nobody defines is restricted.
        """
        meant = {each.code: each.definition or known.get(each.code) for each in self.operation.indicators}
        codes = {code for code, each in meant.items() if (each.disclosure if each else indicator.Disclosure.RESTRICTED) in levels}
        operation = self.operation.disclosed(codes, is_public=is_public)
        if operation == self.operation:
            return self
        told = msgspec.structs.replace(self, operation=operation, translations={})
        texts = frozenset(texts_in(told))
        words = {language: {text: own[text] for text in own if text in texts} for language, own in self.translations.items()}
        return msgspec.structs.replace(told, translations=words)

    def activities(self) -> Iterator[tuple[Goal, Activity]]:
        """Every activity with its goal, in their order."""
        return ((goal, activity) for goal in self.goals for activity in goal.activities)

    def blocks_of(self, activity: Activity) -> tuple[str, ...]:
        """The names of the building blocks of an activity; all of them where it relates to every one."""
        return tuple(self.building_blocks[code] for code in self.block_codes_of(activity))

    def block_codes_of(self, activity: Activity) -> tuple[str, ...]:
        """The codes of the building blocks of an activity; all of them where it relates to every one."""
        return tuple(self.building_blocks) if EVERY_BLOCK in activity.building_blocks else activity.building_blocks

    def years(self) -> range:
        """The financial years that the period touches, each by the calendar year in which it begins."""
        first = year_of(self.operation.year_begins, on=self.valid_from)
        return range(first, year_of(self.operation.year_begins, on=self.valid_to - date.resolution) + 1)

    def shown(self, amount: Decimal) -> Decimal:
        """An exact amount as it is shown: to the plan's step, half up."""
        return Rounding(RoundingMode.HALF_UP, self.operation.rounding_step).of(amount)
