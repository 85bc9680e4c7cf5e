"""Business case: why a project, which options there were, and what each costs and brings in money of today.

The discounting is stated with the case: amounts of year 0 count in full, those of year t are divided by (1 + rate) to the power t.
Sums are exact fractions and are rounded once, at the end.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import msgspec

from customhouse.development.project.budget import CENT
from customhouse.saying import Saying, saying

_LAST_YEAR = 100
"""Nobody foretells what a project brings beyond it."""


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """What an option costs and brings in one year, counted from 0."""

    option: str
    year: int
    cost: Decimal = Decimal(0)
    benefit: Decimal = Decimal(0)


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One way to go about the problem; doing nothing is one."""

    code: str
    title: str


class BusinessCase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The problem, the options with their flows, the one that is chosen, and what keeps the result once the money is spent."""

    problem: str = ""
    discount_rate: Decimal | None = None
    rate_basis: str = ""
    chosen: str = ""
    sustainability: str = ""
    options: tuple[Option, ...] = ()
    flows: tuple[Flow, ...] = ()


class Appraisal(msgspec.Struct, frozen=True, kw_only=True):
    """What an option is worth today; nothing, and why, where it cannot be told. The ratio is of benefits to costs, both of today."""

    option: str
    cost: Decimal | None = None
    benefit: Decimal | None = None
    net_present_value: Decimal | None = None
    ratio: Decimal | None = None
    explanation: Saying


def appraised(case: BusinessCase) -> tuple[Appraisal, ...]:
    """Each option of a case, in its order."""
    return tuple(_appraised(each, case) for each in case.options)


def _appraised(option: Option, case: BusinessCase) -> Appraisal:
    flows = [each for each in case.flows if each.option == option.code]
    if case.discount_rate is None or case.discount_rate <= -1:
        return Appraisal(option=option.code, explanation=saying("no discount rate is stated"))
    if not flows:
        return Appraisal(option=option.code, explanation=saying("no cost and no benefit of any year is stated"))
    if any(not 0 <= each.year <= _LAST_YEAR for each in flows):
        return Appraisal(option=option.code, explanation=saying("years are counted from 0 to {last}", last=_LAST_YEAR))
    cost = _today(((each.year, each.cost) for each in flows), case.discount_rate)
    benefit = _today(((each.year, each.benefit) for each in flows), case.discount_rate)
    last = max(each.year for each in flows)
    return Appraisal(
        option=option.code,
        cost=_cents(cost),
        benefit=_cents(benefit),
        net_present_value=_cents(benefit - cost),
        ratio=_cents(benefit / cost) if cost else None,
        explanation=saying(
            "years 0 to {last}, discounted at {rate} % a year; year 0 counts in full", last=last, rate=f"{case.discount_rate * 100:f}"
        ),
    )


def _today(flows: Iterable[tuple[int, Decimal]], rate: Decimal) -> Fraction:
    return sum((Fraction(amount) / (1 + Fraction(rate)) ** year for year, amount in flows), Fraction(0))


def _cents(exact: Fraction) -> Decimal:
    """The exact fraction, rounded half up to the cent, without a binary or a decimal detour."""
    doubled = abs(exact) * 200
    cents = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return CENT.of(Decimal(cents if exact >= 0 else -cents).scaleb(-2))
