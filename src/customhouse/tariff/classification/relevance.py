"""Relevance: which documents a few words ask for, by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

_SATURATION = 1.2
_LENGTH_WEIGHT = 0.5


class Relevance:
    """Documents of weighted words, indexed by word."""

    def __init__(self, documents: Mapping[str, Mapping[str, float]]) -> None:
        """Index the documents, each a weight by word, by their names."""
        lengths = {name: sum(weights.values()) for name, weights in documents.items()}
        usual = sum(lengths.values()) / len(lengths) if lengths else 1
        found_in = Counter(word for weights in documents.values() for word in weights)
        self._postings: dict[str, list[tuple[str, float]]] = {}
        for name, weights in documents.items():
            stretch = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths[name] / usual)
            for word, weight in weights.items():
                rarity = math.log(1 + (len(documents) - found_in[word] + 0.5) / (found_in[word] + 0.5))
                score = rarity * weight * (_SATURATION + 1) / (weight + stretch)
                self._postings.setdefault(word, []).append((name, score))

    def knows(self, word: str) -> bool:
        """Whether any document has the word."""
        return word in self._postings

    def scores(self, asked: Iterable[str]) -> dict[str, float]:
        """The score of every document that has one of the words, at any scale."""
        total: dict[str, float] = {}
        for word in asked:
            for name, score in self._postings.get(word, ()):
                total[name] = total.get(name, 0.0) + score
        return total
