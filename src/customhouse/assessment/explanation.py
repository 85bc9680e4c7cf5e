"""Explanation: the sentence in which an officer can read out how an amount came about (WTO Valuation Agreement, Article 16)."""

from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.measure_choice import Chosen
from customhouse.assessment.regime import Unrounded
from customhouse.assessment.tax_line import QuantityUsed
from customhouse.kernel import Rounding


class Computation(Struct, frozen=True, kw_only=True):
    """What an amount was computed from, how it was rounded, and what became of it."""

    base: Decimal | None
    used: tuple[QuantityUsed, ...]
    amount: Decimal
    currency: str
    rounding: Rounding | Unrounded
    treatment: str


def explained(chosen: Chosen, computation: Computation) -> str:
    """As in: 16 % of 1,000.00 GBP = 160.00 GBP; measure M1 on 0803101000 from all countries; rounded down to 0.01; relieved ..."""
    rate, measure, currency = chosen.rate, chosen.measure, computation.currency
    parts = [f"{computation.base:,f} {currency}"] if "value" in rate.needs and computation.base is not None else []
    parts += [f"{each.value:,f} {each.name}" for each in computation.used]
    on = f" of {' and '.join(parts)}" if parts else ""
    goods = measure.commodity or "all goods"
    law = f" by {measure.legal_basis}" if measure.legal_basis else ""
    shown = f", {chosen.because} being shown" if chosen.because else ""
    end = f"; {computation.treatment}" if computation.treatment else ""
    where = f"measure {measure.id} on {goods} from {chosen.origins}{law}{shown}"
    if chosen.gives_way:
        return f"{rate.text} is not levied; {where}; {chosen.gives_way}"
    result = f"{rate.text}{on} = {computation.amount:,f} {currency}"
    return f"{result}; {where}; rounded {computation.rounding}{end}"
