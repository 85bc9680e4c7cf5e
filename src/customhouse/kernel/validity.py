"""Validity: the half-open period of days in which a rule, a rate or a code is in force."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Validity:
    """A period `[start, end)` of legal days; `None` leaves that side open.

    A law's "until 31 December inclusive" is the end 1 January: convert it where the text is read.
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"a validity cannot end on {self.end} before it starts on {self.start}")

    def includes(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: "Validity") -> bool:
        """Whether the two periods share at least one day."""
        start = max(self.start or date.min, other.start or date.min)
        ends = [end for end in (self.end, other.end) if end is not None]
        return not ends or start < min(ends)


ALWAYS = Validity()
