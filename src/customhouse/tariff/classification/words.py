"""Words: a description of goods as the search sees it: case and accents folded, plurals and empty words taken off."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

_EMPTY = frozenset(
    {
        *(
            "of",
            "the",
            "and",
            "or",
            "a",
            "an",
            "for",
            "in",
            "with",
            "to",
            "other",
            "not",
            "by",
            "whether",
            "than",
            "on",
            "from",
            "no",
            "nec",
            "as",
        ),
        *("at", "is", "are", "its", "which", "their", "this", "that", "into", "be", "use", "used", "etc"),
        *("heading", "headings", "subheading", "excluding", "including"),
    }
)
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_GRAM, _LONGEST_GRAM = 3, 5
_SIBILANT_PLURALS = ("sses", "shes", "ches", "xes")
_NO_PLURALS = ("ss", "us", "is")
GRAM = "#"


def words(text: str) -> list[str]:
    """The words that carry meaning, in their order."""
    return [_singular(each) for each in _WORD.findall(_folded(text)) if each not in _EMPTY]


def features(text: str) -> Counter[str]:
    """The words, the pairs of words side by side, and the runs of three to five letters, which see through misspelling."""
    found = words(text)
    pairs = [f"{first} {second}" for first, second in pairwise(found)]
    return Counter([*found, *pairs, *(gram for word in found for gram in _grams(word))])


def _folded(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(each))


def _singular(word: str) -> str:
    if len(word) > len("dies") and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > len("axes") and word.endswith(_SIBILANT_PLURALS):
        return word[:-2]
    if len(word) > len("gas") and word.endswith("s") and not word.endswith(_NO_PLURALS):
        return word[:-1]
    return word


def _grams(word: str) -> list[str]:
    bounded = f" {word} "
    lengths = range(_SHORTEST_GRAM, _LONGEST_GRAM + 1)
    return [GRAM + bounded[start : start + length] for length in lengths for start in range(len(bounded) - length + 1)]
