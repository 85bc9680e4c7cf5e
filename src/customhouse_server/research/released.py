"""Released: a table of sums that betrays nobody, as it was asked for and as it was given out."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from customhouse.research import disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be released: the sums of a measure by dimensions over a period, how many contributors a sum has, to what it is rounded."""

    measure: str
    dimensions: tuple[str, ...]
    start: dt.date
    end: dt.date
    fewest: int
    rounding_step: Decimal
    is_made_up: bool


@dataclass(frozen=True, slots=True)
class Released:
    """A release under its number."""

    number: int
    asked: Asked
    cells: tuple[disclosure.Cell, ...]
    released_at: dt.datetime

    @property
    def kept_back(self) -> int:
        """How many cells are kept back."""
        return sum(each.value is None for each in self.cells)
