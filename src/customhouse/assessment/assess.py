"""Assess: what a declaration owes and why, as a pure function of the declaration, the law and the day (RKC General Annex, 4.1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from customhouse.assessment.cascade import ItemCascade, levied_item
from customhouse.assessment.catalogue import item_pointer
from customhouse.assessment.customs_value import CustomsValue, customs_values, has_tax_base_charges
from customhouse.assessment.determination import Determination
from customhouse.assessment.goods_facts import goods_facts
from customhouse.assessment.law import Law
from customhouse.assessment.tax_line import Assessment, ItemAssessment, totals
from customhouse.assessment.valuation import Chain
from customhouse.assessment.value_declaration import value_findings
from customhouse.declaration import Declaration
from customhouse.kernel import Finding

_AS_DECLARED: Mapping[int, Chain] = MappingProxyType({})


def assess(
    declaration: Declaration,
    law: Law,
    *,
    on: date,
    determined: Sequence[Determination] = (),
    valuations: Mapping[int, Chain] = _AS_DECLARED,
) -> Assessment:
    """The customs value and the tax lines of every item under the law of the day, and the findings made on the way.

    What customs determined itself stands where the law gives no figure, and only there. The recorded chain of a valuation takes the
    place of the value built from what was declared, by the number of its item.
    """
    exchange = law.exchange_rates.on(on, law.regime.currency)
    values, remarks_on_value = customs_values(declaration, law.regime, exchange=exchange)
    items: list[ItemAssessment] = []
    found: list[Finding] = []
    for place, (item, built) in enumerate(zip(declaration.items, values, strict=True), start=1):
        facts = goods_facts(declaration, item, default_preference=law.regime.default_preference)
        sequence = item.sequence_numeric or place
        unclear = built.amount is None and has_tax_base_charges(declaration, item, regime=law.regime)
        value = built if unclear else _valued(built, valuations.get(sequence))
        stated = {each.tax: each for each in determined if each.item == sequence}
        lines, remarks = ItemCascade(law, levied_item(law, facts, value=value, on=on), stated).lines(item_pointer(place), on=on)
        found += remarks
        if lines:
            found += value_findings(item, law.regime, pointer=item_pointer(place))
        valuation = value.explanation or value.reason
        items.append(ItemAssessment(sequence=sequence, customs_value=value.amount, lines=lines, valuation=valuation))
    if any(item.lines for item in items):
        found = [*remarks_on_value, *found]
    return Assessment(currency=law.regime.currency, items=tuple(items), totals=totals(tuple(items)), findings=tuple(found))


def _valued(built: CustomsValue, chain: Chain | None) -> CustomsValue:
    """The value as built from the declaration, or as the chain determined it; charges that only taxes count stay as declared.

    Where such charges are declared and cannot be told, the value stays unknown with the reason.
    """
    if chain is None:
        return built
    return msgspec.structs.replace(built, amount=chain.amount, explanation=chain.explanation, reason=chain.reason)
