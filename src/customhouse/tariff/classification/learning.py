"""Learning: which precedents an index may learn from, and under which version, so that a suggestion can be made again.

What the index is measured with stays out, with what nearly equals it; and no declarant can fill the index with his own reading.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from customhouse.tariff.classification.likeness import Likeness
from customhouse.tariff.classification.precedent import Precedent
from customhouse.tariff.classification.words import words

NEARLY_EQUAL = 0.85
_VERSION_DIGITS = 16


def learned(
    decided: Iterable[Precedent], *, kept_out: Iterable[str] = (), most_of_one_declarant: int | None = None
) -> tuple[Precedent, ...]:
    """The decisions to learn from, in the order of their ids: each text and code once, none that nearly equals a text kept out."""
    measured_with = [Precedent(str(place), text, "") for place, text in enumerate(kept_out)]
    same_words, index = {frozenset(words(each.text)) for each in measured_with}, Likeness(measured_with)
    taken: Counter[str] = Counter()
    found: dict[tuple[str, str], Precedent] = {}
    for each in sorted(decided, key=lambda decision: decision.id):
        if frozenset(words(each.text)) in same_words or _is_near(each.text, index) or (each.text, each.code) in found:
            continue
        if each.declarant and most_of_one_declarant is not None and taken[each.declarant] >= most_of_one_declarant:
            continue
        taken[each.declarant] += 1
        found[each.text, each.code] = each
    return tuple(found.values())


def version_of(nomenclature: Mapping[str, str], precedents: Iterable[Precedent]) -> str:
    """What an index has learned, in sixteen signs: another nomenclature or other precedents give others, another order does not."""
    said = hashlib.sha256()
    for code, text in sorted(nomenclature.items()):
        said.update(f"{code}\x1f{text}\x1e".encode())
    for each in sorted(precedents, key=lambda precedent: (precedent.id, precedent.text, precedent.code)):
        said.update(f"{each.id}\x1f{each.text}\x1f{each.code}\x1e".encode())
    return said.hexdigest()[:_VERSION_DIGITS]


def _is_near(text: str, index: Likeness) -> bool:
    nearest = index.nearest(text, 1)
    return bool(nearest) and nearest[0][1] >= NEARLY_EQUAL
