"""Reissue: the rulings whose code ends with an edition of the nomenclature, by its correlation, put up for issue under a new code.

A code that goes over into one other is proposed; one that is split is for an officer to decide. Nothing is mapped in silence.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from customhouse.saying import Refusal
from customhouse.tariff.register.issued import Ruling, Status

Correlation = Mapping[str, tuple[str, ...]]
_SUBHEADING = 6


class UnreadableCorrelationError(Refusal, ValueError):
    """A correlation without the columns `from` and `to`, or with what is no code."""


@dataclass(frozen=True, slots=True)
class Reissue:
    """A ruling to be issued anew: the codes that its own goes over into, and the one to propose where it is but one."""

    ruling: Ruling
    successors: tuple[str, ...]

    @property
    def proposed_code(self) -> str:
        """The new code where there is only one; empty where an officer has to choose."""
        return self.successors[0] if len(self.successors) == 1 else ""


def reissues(rulings: Iterable[Ruling], correlation: Correlation, *, on: date) -> tuple[Reissue, ...]:
    """The rulings in force the day before, and not ended by then, whose code the edition that begins on a day does not keep, by reference.

    A code that stands in the correlation as going over into itself alone is kept, as is one that does not stand in it.
    """
    both_days = (on - timedelta(days=1), on)
    found = []
    for each in rulings:
        code = next((each.code[:digits] for digits in range(len(each.code), _SUBHEADING - 1, -1) if each.code[:digits] in correlation), "")
        if code and correlation[code] != (code,) and all(each.status(on=day) is Status.IN_FORCE for day in both_days):
            found.append(Reissue(each, correlation[code]))
    return tuple(sorted(found, key=lambda each: each.ruling.reference))


def read_correlation(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The correlation in a CSV with the columns `from` and `to`, a row a pair; a code that ends without a successor has an empty `to`."""
    rows = csv.DictReader(lines)
    if not {"from", "to"} <= set(rows.fieldnames or ()):
        raise UnreadableCorrelationError("a correlation has the columns from and to")
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for number, row in enumerate(rows, start=2):
        before, after = (_digits(row[name] or "") for name in ("from", "to"))
        if len(before) < _SUBHEADING or (after and len(after) < _SUBHEADING):
            raise UnreadableCorrelationError("row {number}: a code has six digits or more", number=number)
        found[before] |= {after: None} if after else {}
    return {code: tuple(codes) for code, codes in found.items()}


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())
