"""Day class: days on which one law is the same, so that what is worked out for one of them holds for all."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from customhouse.assessment.law import Law
from customhouse.kernel import Validity


class DayClasses:
    """For each day the first day met that the law does not tell apart from it."""

    def __init__(self, law: Law) -> None:
        """Find the days on which something of the law begins or ends, and its seasons."""
        self._turns = sorted({day for each in _validities(law) for day in (each.start, each.end) if day is not None})
        self._seasons = {each.season for each in (*law.tariff.measures, *law.tariff.supplied) if each.season is not None}
        self._stands_for: dict[tuple[int, tuple[bool, ...]], date] = {}
        self.representative = lru_cache(maxsize=None)(self._representative)

    def _representative(self, day: date) -> date:
        seasons = tuple(each.includes(day) for each in self._seasons)
        return self._stands_for.setdefault((bisect_right(self._turns, day), seasons), day)


def _validities(law: Law) -> Iterator[Validity]:
    for dated in (law.tariff.measures, law.tariff.supplied, law.tariff.nomenclature, law.tariff.areas, law.exchange_rates):
        yield from (each.validity for each in dated)
