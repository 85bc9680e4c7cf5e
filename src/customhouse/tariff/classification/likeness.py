"""Likeness: how near a description is to those of precedents, by the cosine of their weighted features, 0 to 1."""

import heapq
import math
from collections import Counter
from collections.abc import Iterable

from customhouse.tariff.classification.precedent import Precedent
from customhouse.tariff.classification.words import GRAM, features

_GRAM_WEIGHT = 0.35


class Likeness:
    """Precedents by their features; what many have in common weighs little."""

    def __init__(self, precedents: Iterable[Precedent]) -> None:
        """Index the precedents."""
        self._precedents = list(precedents)
        counted = [features(each.text) for each in self._precedents]
        self._found_in = Counter(feature for each in counted for feature in each)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for place, each in enumerate(counted):
            for feature, weight in self._direction(each).items():
                self._postings.setdefault(feature, []).append((place, weight))

    def nearest(self, text: str, limit: int) -> list[tuple[Precedent, float]]:
        """The precedents most like the text, the nearest first."""
        scores: dict[int, float] = {}
        for feature, weight in self._direction(features(text)).items():
            for place, other in self._postings.get(feature, ()):
                scores[place] = scores.get(place, 0.0) + weight * other
        best = heapq.nsmallest(limit, scores.items(), key=lambda each: (-each[1], each[0]))
        return [(self._precedents[place], score) for place, score in best]

    def _direction(self, counted: Counter[str]) -> dict[str, float]:
        weights = {feature: (1 + math.log(times)) * self._weight(feature) for feature, times in counted.items()}
        length = math.sqrt(sum(each * each for each in weights.values())) or 1.0
        return {feature: weight / length for feature, weight in weights.items()}

    def _weight(self, feature: str) -> float:
        rarity = math.log(1 + len(self._precedents) / (1 + self._found_in[feature]))
        return rarity * (_GRAM_WEIGHT if feature.startswith(GRAM) else 1)
