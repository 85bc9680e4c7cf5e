"""Lane: how closely a consignment is looked at, from not at all to physically (RKC General Annex 6.3, 6.4)."""

from collections.abc import Iterable
from enum import StrEnum


class Lane(StrEnum):
    """Green goes, blue goes and is audited later, yellow shows its documents, red is examined; heavier in this order."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"

    @classmethod
    def heaviest(cls, lanes: Iterable["Lane"]) -> "Lane":
        """The heaviest of the lanes, green where there is none."""
        order = list(cls)
        return max(lanes, key=order.index, default=cls.GREEN)
