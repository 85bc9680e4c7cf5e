"""Season: the days of each year on which a rate applies (seasonal duties of HS chapters 6 to 8 and 20)."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_PERIOD = re.compile(r"\s*(\d{1,2})\s*([A-Z]*)\s*-\s*(\d{1,2})\s*([A-Z]+)\s*")

DayOfYear = tuple[int, int]


class UnreadableSeasonError(ValueError):
    """A season was not written as days and months."""


@dataclass(frozen=True, slots=True)
class Season:
    """Periods of the year by month and day, both ends included; `outside` turns it into every other day."""

    periods: tuple[tuple[DayOfYear, DayOfYear], ...]
    outside: bool = False

    def includes(self, day: date) -> bool:
        """Whether the rate applies on the day."""
        return any(_within((day.month, day.day), *period) for period in self.periods) != self.outside

    def __str__(self) -> str:
        """The season in days and months, as in 01-01 to 31-05."""
        days = ", ".join(f"{first[1]:02}-{first[0]:02} to {last[1]:02}-{last[0]:02}" for first, last in self.periods)
        return f"outside {days}" if self.outside else days


def read_season(text: str) -> Season:
    """The season that a text such as `01 JAN-14 FEB, 16 JUN-31 DEC` names; refuses with `UnreadableSeasonError` any other."""
    periods = []
    for part in text.split(","):
        found = _PERIOD.fullmatch(part)
        if found is None:
            raise UnreadableSeasonError(f"cannot read {part.strip()!r} as days of the year")
        last = (_month(found[4]), int(found[3]))
        periods.append(((_month(found[2]) if found[2] else last[0], int(found[1])), last))
    return Season(tuple(periods))


def _month(name: str) -> int:
    if name[:3] not in _MONTHS:
        raise UnreadableSeasonError(f"no month is called {name}")
    return _MONTHS.index(name[:3]) + 1


def _within(day: DayOfYear, first: DayOfYear, last: DayOfYear) -> bool:
    return first <= day <= last if first <= last else day >= first or day <= last
