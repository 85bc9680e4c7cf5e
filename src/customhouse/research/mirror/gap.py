"""Gap: the difference between what a partner reports as sent and what we record as come, once carriage is allowed for.

A gap is a question, not a finding: goods in transit, other months, other headings and confidential trade make gaps too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from customhouse.research.mirror.trade import Flow

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriageFactor:
    """By what a value free on board is multiplied to hold carriage and insurance too: at least, usually and at most, with its source."""

    low: Decimal
    usual: Decimal
    high: Decimal
    source: str

    def __post_init__(self) -> None:
        """Refuse with `ValueError` bounds out of order."""
        if not _NOTHING < self.low <= self.usual <= self.high:
            raise ValueError("a factor lies between its bounds")


class Verdict(StrEnum):
    """What a gap says."""

    EXPLAINED = "explained by carriage"
    LESS_RECORDED = "we record less"
    MORE_RECORDED = "we record more"
    NOT_RECORDED = "we record nothing"
    NOT_REPORTED = "the partner reports nothing"
    UNTOLD = "cannot be told: such goods stand beside others in what we record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap: positive where we record less than the partner's report comes to.

    `low` and `high` are its bounds, by those of the factor and of what may be `possible` beside what is surely `recorded`; `usual` is the
    gap of the usual factor to what is surely recorded.
    """

    hs: str
    partner: str
    reported: Decimal
    recorded: Decimal
    possible: Decimal
    low: Decimal
    usual: Decimal
    high: Decimal
    verdict: Verdict


def gaps(reported: Iterable[Flow], recorded: Iterable[Flow], *, factors: Mapping[str, CarriageFactor]) -> tuple[Gap, ...]:
    """Every gap, the largest first by what no factor within its bounds explains, then by its usual size.

    `factors` are by partner, `*` for all others; a partner without a factor is refused with `KeyError`.
    """
    theirs, ours = _summed(reported), _summed(recorded)
    keys = theirs.keys() | {key for key, flow in ours.items() if flow.value}
    found = [_gap(theirs.get(key, _none(key)), ours.get(key, _none(key)), factors=factors) for key in keys]
    return tuple(sorted(found, key=lambda gap: (-_unexplained(gap), -abs(gap.usual), gap.hs, gap.partner)))


def _gap(sent: Flow, come: Flow, *, factors: Mapping[str, CarriageFactor]) -> Gap:
    factor = factors[sent.partner] if sent.partner in factors else factors["*"]
    low = sent.value * factor.low - come.value - come.possible
    high = sent.value * factor.high - come.value
    return Gap(
        hs=sent.hs,
        partner=sent.partner,
        reported=sent.value,
        recorded=come.value,
        possible=come.possible,
        low=low,
        usual=sent.value * factor.usual - come.value,
        high=high,
        verdict=_verdict(sent, come, low=low, high=high),
    )


def _verdict(sent: Flow, come: Flow, *, low: Decimal, high: Decimal) -> Verdict:
    if low > 0:
        return Verdict.LESS_RECORDED if come.value or come.possible else Verdict.NOT_RECORDED
    if high < 0:
        return Verdict.MORE_RECORDED if sent.value else Verdict.NOT_REPORTED
    return Verdict.UNTOLD if come.possible else Verdict.EXPLAINED


def _unexplained(gap: Gap) -> Decimal:
    return max(gap.low, -gap.high, _NOTHING)


def _none(key: tuple[str, str]) -> Flow:
    return Flow(hs=key[0], partner=key[1], value=_NOTHING)


def _summed(flows: Iterable[Flow]) -> dict[tuple[str, str], Flow]:
    found: dict[tuple[str, str], Flow] = {}
    for each in flows:
        key = (each.hs, each.partner)
        before = found.get(key, _none(key))
        found[key] = replace(each, value=before.value + each.value, possible=before.possible + each.possible)
    return found
