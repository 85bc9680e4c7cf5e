"""Score: the maturity of an area or enabler, averaged over the questions answered, and its change since an earlier diagnostic."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import msgspec

from customhouse.development.diagnostic.answer import Answer, Diagnostic
from customhouse.development.diagnostic.framework import Area, Framework
from customhouse.kernel import Rounding, RoundingMode

ROUNDING = Rounding(RoundingMode.HALF_UP, Decimal("0.01"))


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """An area: of how many questions how many were answered, found, wanted and missing; what is not known is nothing, with its reason.

    `change` compares the questions answered both times, so that a new question never looks like progress.
    """

    area: str
    asked: int
    answered: int
    maturity: Decimal | None
    wanted: Decimal | None
    gap: Decimal | None
    change: Decimal | None = None
    reason: str = ""


def scores(diagnostic: Diagnostic, framework: Framework, *, before: Diagnostic | None = None) -> tuple[Score, ...]:
    """The score of every area and enabler of the framework, in its order."""
    return tuple(_score(area, diagnostic, framework, before=before) for area in framework.areas)


def _score(area: Area, diagnostic: Diagnostic, framework: Framework, *, before: Diagnostic | None) -> Score:
    weights = {each.code: each.weight for each in framework.of_area(area.code)}
    answers = [diagnostic.answer(code) for code in weights]
    found = [each for each in answers if each.maturity is not None]
    both = [each for each in found if each.gap is not None]
    return Score(
        area=area.code,
        asked=len(answers),
        answered=len(found),
        maturity=_mean((each.maturity, weights[each.question]) for each in found),
        wanted=_mean((each.wanted, weights[each.question]) for each in both),
        gap=_mean((each.gap, weights[each.question]) for each in both),
        change=_change(found, before, weights) if before else None,
        reason="" if found else "no question of it is answered",
    )


def _change(found: list[Answer], before: Diagnostic, weights: dict[str, int]) -> Decimal | None:
    pairs = [(each, before.answer(each.question).maturity) for each in found]
    moves = [((each.maturity or 0) - earlier, weights[each.question]) for each, earlier in pairs if earlier is not None]
    return _mean(moves)


def _mean(weighted: Iterable[tuple[int | None, int]]) -> Decimal | None:
    """The weighted mean, rounded once; nothing where there is nothing to average."""
    known = [(value, weight) for value, weight in weighted if value is not None]
    if not known:
        return None
    exact = Fraction(sum(value * weight for value, weight in known), sum(weight for _, weight in known))
    hundred = exact * 100
    return ROUNDING.of(Decimal(hundred.numerator) / Decimal(hundred.denominator) / 100)
