"""Gap: the difference between what a partner reports as sent and what we record as come, once carriage is allowed for.

A gap is a question, not a finding: goods in transit, other months, other headings and confidential trade make gaps too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap: positive where we record less than the partner's report comes to; the interval is that of the factor.

    `quantity` is the partner's quantity less ours, where both tell one in the same unit.
    """

    hs: str
    partner: str
    reported: Decimal
    recorded: Decimal
    low: Decimal
    usual: Decimal
    high: Decimal
    quantity: Decimal | None
    verdict: Verdict


def gaps(reported: Iterable[Flow], recorded: Iterable[Flow], *, factors: Mapping[str, CarriageFactor]) -> tuple[Gap, ...]:
    """Every gap, the largest first by what no factor within its bounds explains, then by its usual size.

    `factors` are by partner, `*` for all others; a partner without a factor is refused with `KeyError`.
    """
    theirs, ours = _summed(reported), _summed(recorded)
    found = [_gap(key, theirs.get(key), ours.get(key), factors=factors) for key in theirs.keys() | ours.keys()]
    return tuple(sorted(found, key=lambda gap: (-_unexplained(gap), -abs(gap.usual), gap.hs, gap.partner)))


def _gap(key: tuple[str, str], sent: Flow | None, come: Flow | None, *, factors: Mapping[str, CarriageFactor]) -> Gap:
    hs, partner = key
    factor = factors[partner] if partner in factors else factors["*"]
    reported, recorded = (each.value if each else _NOTHING for each in (sent, come))
    low, usual, high = (reported * each - recorded for each in (factor.low, factor.usual, factor.high))
    same_unit = sent and come and sent.unit == come.unit and sent.quantity is not None and come.quantity is not None
    quantity = (
        sent.quantity - come.quantity if same_unit and sent and come and sent.quantity is not None and come.quantity is not None else None
    )
    if come is None:
        verdict = Verdict.NOT_RECORDED
    elif sent is None:
        verdict = Verdict.NOT_REPORTED
    elif low <= 0 <= high:
        verdict = Verdict.EXPLAINED
    else:
        verdict = Verdict.LESS_RECORDED if low > 0 else Verdict.MORE_RECORDED
    return Gap(
        hs=hs,
        partner=partner,
        reported=reported,
        recorded=recorded,
        low=low,
        usual=usual,
        high=high,
        quantity=quantity,
        verdict=verdict,
    )


def _unexplained(gap: Gap) -> Decimal:
    return max(gap.low, -gap.high, _NOTHING)


def _summed(flows: Iterable[Flow]) -> dict[tuple[str, str], Flow]:
    found: dict[tuple[str, str], Flow] = {}
    for each in flows:
        key = (each.hs, each.partner)
        before = found.get(key)
        if before is None:
            found[key] = each
            continue
        comparable = before.unit == each.unit and before.quantity is not None and each.quantity is not None
        quantity = before.quantity + each.quantity if comparable and before.quantity is not None and each.quantity is not None else None
        found[key] = Flow(hs=each.hs, partner=each.partner, value=before.value + each.value, quantity=quantity, unit=each.unit)
    return found
