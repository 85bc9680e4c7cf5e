"""Item: one thing that moves around customs: the claim, its evidence, how likely and how grave, and what follows for the plan."""

from datetime import date
from enum import StrEnum

import msgspec

_SCALE = range(1, 6)


class Category(StrEnum):
    """The kinds of surroundings; administrative stands beside the usual six."""

    POLITICAL = "political"
    ECONOMIC = "economic"
    SOCIAL = "social"
    TECHNOLOGICAL = "technological"
    LEGAL = "legal"
    ENVIRONMENTAL = "environmental"
    ADMINISTRATIVE = "administrative"


class Trend(StrEnum):
    """Where it goes."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    UNCLEAR = "unclear"


class Horizon(StrEnum):
    """When it matters."""

    NOW = "now"
    YEARS = "within three years"
    DECADE = "within ten years"


class Quality(StrEnum):
    """How far a piece of evidence carries: counted, stated by a competent body, or an opinion."""

    COUNTED = "counted"
    STATED = "stated"
    OPINION = "opinion"


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a claim rests on."""

    source: str
    quality: Quality
    on: date | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A claim by its number; probability and impact run from 1 to 5, and an item that nobody rated has none.

    `activities` are the numbers of the strategic activities that it bears on.
    """

    number: str
    category: Category
    statement: str
    geography: str = "world"
    evidence: tuple[Evidence, ...] = ()
    trend: Trend = Trend.UNCLEAR
    probability: int | None = None
    impact: int | None = None
    horizon: Horizon | None = None
    implication: str = ""
    activities: tuple[str, ...] = ()
    owner: str = ""
    review_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse with `ValueError` a rating off the scale."""
        if any(each is not None and each not in _SCALE for each in (self.probability, self.impact)):
            raise ValueError("probability and impact run from 1 to 5")

    @property
    def score(self) -> int | None:
        """Probability times impact; none where one of them is not rated."""
        return None if self.probability is None or self.impact is None else self.probability * self.impact

    def is_due(self, *, on: date) -> bool:
        """Whether it should have been looked at again by that day."""
        return self.review_on is not None and self.review_on <= on
