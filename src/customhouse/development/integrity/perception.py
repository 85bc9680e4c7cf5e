"""Perception: what officers and traders think of integrity, by factor, asked so that nobody can be known by the answers.

No answer is kept: only tallies are, of how many people in a group at an office gave a factor which score. Results are told of those cells
alone that `disclosure` allows, factor by factor, and changes between waves where both waves are told.
"""

import tomllib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import sqrt
from random import Random

import msgspec

from customhouse.development.integrity.disclosure import Path, disclosed
from customhouse.saying import Refusal

LOWEST, HIGHEST = 1, 5
_Z = 1.959963984540054

Tally = dict[str, dict[str, int]]
"""How many people gave which score, by factor; a score is written as a fraction, as "7/2"."""


class UnreadableSurveyError(ValueError):
    """A survey does not hold together."""


class UnfitAnswerError(Refusal, ValueError):
    """The answers are not answers to this survey."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence to agree with, from 1 (not at all) to 5 (wholly); with one that is `against`, to agree is to think less of integrity."""

    code: str
    factor: int
    groups: tuple[str, ...]
    text: str
    against: bool = False


class Survey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked, of which groups, and the fewest answers (`k`) of which anything is told."""

    name: str
    k: int
    groups: tuple[str, ...]
    statements: tuple[Statement, ...]

    def asked_of(self, group: str) -> tuple[Statement, ...]:
        """What is asked of a group."""
        return tuple(each for each in self.statements if group in each.groups)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How a factor is seen in a cell, from 1 to 5 with its 95 % interval; nothing but the place of the cell where it is hidden."""

    factor: int
    cell: Path
    n: int | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered for anything to be told."""
        return self.mean is None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """By how much a factor is seen otherwise than in an earlier wave, with its 95 % interval; it is clear if that leaves out zero."""

    factor: int
    cell: Path
    by: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.low > 0 or self.high < 0


def read_survey(text: str) -> Survey:
    """The survey that a TOML text states; refuses with `UnreadableSurveyError`."""
    try:
        found = msgspec.convert(tomllib.loads(text), Survey)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableSurveyError(f"the survey cannot be read: {refusal}") from refusal
    codes = [each.code for each in found.statements]
    faults = [f"{code}: the code stands twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [f"{each.code}: there is no such group" for each in found.statements if not set(each.groups) <= set(found.groups)]
    faults += [f"nothing is asked of {group}" for group in found.groups if not found.asked_of(group)]
    if found.k < 2:  # noqa: PLR2004 - one is nobody's crowd
        faults.append("k is 2 at least")
    if faults:
        raise UnreadableSurveyError("\n".join(faults))
    return found


def sampled(people: Mapping[str, Iterable[str]], *, share: Fraction, seed: str) -> dict[str, tuple[str, ...]]:
    """Whom to ask: in each stratum the share of its people, rounded up, drawn without looking at who they are."""
    drawn = {}
    for stratum, names in people.items():
        ordered = sorted(names)
        size = -(-len(ordered) * share.numerator // share.denominator)
        drawn[stratum] = tuple(sorted(Random(f"{seed}/{stratum}").sample(ordered, min(size, len(ordered)))))  # noqa: S311 - to be repeatable
    return drawn


def scores(survey: Survey, group: str, *, levels: Mapping[str, int]) -> dict[str, str]:
    """What one person's answers come to, by factor: the mean of its statements, as a fraction; left out where none was answered.

    Refuses with `UnfitAnswerError` answers to what was not asked of the group, and levels that there are not.
    """
    asked = {each.code: each for each in survey.asked_of(group)}
    if not levels or not set(levels) <= set(asked) or not all(LOWEST <= level <= HIGHEST for level in levels.values()):
        raise UnfitAnswerError("these are not answers to the statements that were put")
    by_factor: dict[int, list[int]] = {}
    for code, level in levels.items():
        by_factor.setdefault(asked[code].factor, []).append(LOWEST + HIGHEST - level if asked[code].against else level)
    return {str(factor): str(Fraction(sum(each), len(each))) for factor, each in by_factor.items()}


def results(survey: Survey, tallies: Mapping[Path, Tally]) -> tuple[Result, ...]:
    """What may be told of a wave, for the whole and every group and office, from the tallies by (group, office)."""
    factors = sorted({each.factor for each in survey.statements})
    return tuple(result for factor in factors for result in _results(survey, tallies, factor))


def changes(now: Iterable[Result], before: Iterable[Result]) -> tuple[Change, ...]:
    """What is seen otherwise than in an earlier wave, of those cells alone that are told in both."""
    earlier = {(each.factor, each.cell): each for each in before}
    pairs = [(each, earlier.get((each.factor, each.cell))) for each in now]
    return tuple(change for one, other in pairs if other is not None and (change := _change(one, other)))


def _results(survey: Survey, tallies: Mapping[Path, Tally], factor: int) -> list[Result]:
    counts = {leaf: sum(tally.get(str(factor), {}).values()) for leaf, tally in tallies.items()}
    told = disclosed(counts, k=survey.k)
    cells = sorted({leaf[:depth] for leaf in tallies for depth in range(len(leaf) + 1)})
    return [_result(factor, cell, tallies) if cell in told else Result(factor=factor, cell=cell) for cell in cells]


def _result(factor: int, cell: Path, tallies: Mapping[Path, Tally]) -> Result:
    found: dict[Fraction, int] = {}
    for leaf, tally in tallies.items():
        if leaf[: len(cell)] == cell:
            for score, count in tally.get(str(factor), {}).items():
                found[Fraction(score)] = found.get(Fraction(score), 0) + count
    n = sum(found.values())
    mean = sum((score * count for score, count in found.items()), Fraction(0)) / n
    variance = sum(((score - mean) ** 2 * count for score, count in found.items()), Fraction(0)) / (n - 1)
    half = _Z * sqrt(variance / n)
    return Result(
        factor=factor, cell=cell, n=n, mean=float(mean), low=max(LOWEST, float(mean) - half), high=min(HIGHEST, float(mean) + half)
    )


def _change(now: Result, before: Result) -> Change | None:
    if now.mean is None or now.low is None or now.high is None or before.mean is None or before.low is None or before.high is None:
        return None
    by = now.mean - before.mean
    half = sqrt(max(now.high - now.mean, now.mean - now.low) ** 2 + max(before.high - before.mean, before.mean - before.low) ** 2)
    return Change(factor=now.factor, cell=now.cell, by=by, low=by - half, high=by + half)
