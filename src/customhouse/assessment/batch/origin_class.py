"""Origin class: countries that one law treats alike on a day, so that what is worked out for one of them holds for all."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from customhouse.assessment.law import Law
from customhouse.tariff import Measure


class OriginClasses:
    """For each origin one that stands for it, by the claim that is made and the day."""

    def __init__(self, law: Law) -> None:
        """Take the law."""
        self._law = law
        self._stands_for: dict[tuple[date, str, tuple[int, ...]], str] = {}
        self._areas = lru_cache(maxsize=None)(self._areas_that_matter)
        self.representative = lru_cache(maxsize=None)(self._representative)

    def _representative(self, origin: str, preference: str, *, on: date) -> str:
        """The first origin met that no measure of this claim and no relief tells apart from this one; an origin not given stands alone."""
        if not origin:
            return origin
        nearness = self._law.tariff.areas.nearness
        alike = tuple(nearness(area, origin, on=on) for area in self._areas(preference))
        return self._stands_for.setdefault((on, preference, alike), origin)

    def _areas_that_matter(self, preference: str) -> tuple[str, ...]:
        of_measures = {area for measure in self._relevant(preference) for area in (measure.area, *measure.excludes) if area}
        of_reliefs = {area for relief in self._law.regime.reliefs for area in relief.areas}
        return tuple(sorted(of_measures | of_reliefs))

    def _relevant(self, preference: str) -> Iterator[Measure]:
        regime = self._law.regime
        always = {tax.name for tax in regime.taxes if not tax.by_preference}
        claims = {preference or regime.default_preference, regime.default_preference}
        for measure in (*self._law.tariff.measures, *self._law.tariff.supplied):
            if (
                not measure.preferences
                or claims.intersection(measure.preferences)
                or always.intersection(self._law.taxes_fed_by(measure.kind))
            ):
                yield measure
