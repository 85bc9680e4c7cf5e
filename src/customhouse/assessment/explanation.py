"""Explanation: the sentence in which an officer can read out how an amount came about (WTO Valuation Agreement, Article 16)."""

from decimal import Decimal

from customhouse.assessment.measure_choice import Chosen
from customhouse.assessment.tax_line import QuantityUsed
from customhouse.kernel import Rounding


def explained(  # noqa: PLR0913, PLR0917 - the sentence names all of them
    chosen: Chosen,
    base: Decimal | None,
    amount: Decimal,
    used: tuple[QuantityUsed, ...],
    currency: str,
    rounding: Rounding,
    treatment: str,
) -> str:
    """As in: 16 % of 1,000.00 GBP = 160.00 GBP; measure M1 on 0803101000 from all countries; rounded down to 0.01; relieved ..."""
    parts = []
    if "value" in chosen.rate.needs and base is not None:
        parts.append(f"{base:,f} {currency}")
    parts += [f"{each.value:,f} {each.name}" for each in used]
    on = f" of {' and '.join(parts)}" if parts else ""
    measure = chosen.measure
    goods = f" on {measure.commodity}" if measure.commodity else " on all goods"
    area = f" from {measure.area}" if measure.area else " from all countries"
    law = f" by {measure.legal_basis}" if measure.legal_basis else ""
    shown = f", {chosen.because} being shown" if chosen.because else ""
    end = f"; {treatment}" if treatment else ""
    return f"{chosen.rate.text}{on} = {amount:,f} {currency}; measure {measure.id}{goods}{area}{law}{shown}; rounded {rounding}{end}"
