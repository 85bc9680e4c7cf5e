"""Conflict: like goods for which customs ruled or decided another code (RKC GA 9.9: rulings bind, so they must not contradict).

Likeness is that of the classification index, words, pairs of words and runs of letters; what separates the two is told, so that an
officer can see whether the goods differ or the decisions do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from customhouse.tariff.classification import Likeness, Precedent, words

# Of HMRC precedents this like or more a third have the same subheading; of those less like by a tenth, an eighth.
LIKE_ENOUGH = 0.4
_NEAREST = 50


class Level(StrEnum):
    """The level of the nomenclature at which two codes part."""

    CHAPTER = "chapter"
    HEADING = "heading"
    SUBHEADING = "subheading"
    NATIONAL_LINE = "national_line"


_LEVELS = ((2, Level.CHAPTER), (4, Level.HEADING), (6, Level.SUBHEADING))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Goods and code, the decision that says otherwise, how like they are (0 to 1), where the codes part, and each one's own words."""

    reference: str
    code: str
    other: Precedent
    likeness: float
    level: Level
    own_words: tuple[str, ...]
    other_words: tuple[str, ...]


def conflicts_of(subject: Precedent, *, among: Iterable[Precedent], least: float = LIKE_ENOUGH) -> tuple[Conflict, ...]:
    """The decisions on goods like the subject's with another code, the likest first."""
    return _conflicts(subject, Likeness(among), least)


def conflicts_within(decided: Iterable[Precedent], *, least: float = LIKE_ENOUGH) -> tuple[Conflict, ...]:
    """The conflicts among decisions, each pair once, the likest first."""
    every = list(decided)
    index = Likeness(every)
    found = (conflict for each in every for conflict in _conflicts(each, index, least))
    pairs = {frozenset((each.reference, each.other.id)): each for each in found}
    return tuple(sorted(pairs.values(), key=_likest))


def _conflicts(subject: Precedent, index: Likeness, least: float) -> tuple[Conflict, ...]:
    near = index.nearest(subject.text, _NEAREST)
    found = [_told(subject, other, score) for other, score in near if score >= least and other.id != subject.id]
    return tuple(sorted((each for each in found if each), key=_likest))


def _told(subject: Precedent, other: Precedent, score: float) -> Conflict | None:
    level = _parting(subject.code, other.code)
    if level is None:
        return None
    mine, theirs = dict.fromkeys(words(subject.text)), dict.fromkeys(words(other.text))
    return Conflict(
        reference=subject.id,
        code=subject.code,
        other=other,
        likeness=min(1.0, round(score, 4)),
        level=level,
        own_words=tuple(word for word in mine if word not in theirs),
        other_words=tuple(word for word in theirs if word not in mine),
    )


def _parting(code: str, other: str) -> Level | None:
    """Where two codes part; nothing where one only says more than the other."""
    if code.startswith(other) or other.startswith(code):
        return None
    return next((level for digits, level in _LEVELS if code[:digits] != other[:digits]), Level.NATIONAL_LINE)


def _likest(conflict: Conflict) -> tuple[float, str, str]:
    return -conflict.likeness, conflict.reference, conflict.other.id
