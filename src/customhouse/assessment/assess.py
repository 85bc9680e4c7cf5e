"""Assess: what a declaration owes and why, as a pure function of the declaration, the law and the day (RKC General Annex, 4.1)."""

from collections.abc import Sequence
from datetime import date

from customhouse.assessment.cascade import levied_item
from customhouse.assessment.catalogue import item_pointer
from customhouse.assessment.customs_value import customs_values
from customhouse.assessment.determination import Determination
from customhouse.assessment.goods_facts import goods_facts
from customhouse.assessment.law import Law
from customhouse.assessment.tax_line import Assessment, ItemAssessment, totals
from customhouse.assessment.two_tariffs import ItemLevy
from customhouse.declaration import Declaration
from customhouse.kernel import Finding


def assess(declaration: Declaration, law: Law, *, on: date, determined: Sequence[Determination] = ()) -> Assessment:
    """The customs value and the tax lines of every item under the law of the day, and the findings made on the way.

    What customs determined itself stands where the law gives no figure, and only there.
    """
    exchange = law.exchange_rates.on(on, law.regime.currency)
    values, remarks_on_value = customs_values(declaration, law.regime, exchange=exchange)
    items: list[ItemAssessment] = []
    found: list[Finding] = []
    for place, (item, value) in enumerate(zip(declaration.items, values, strict=True), start=1):
        facts = goods_facts(declaration, item, default_preference=law.regime.default_preference)
        sequence = item.sequence_numeric or place
        stated = {each.tax: each for each in determined if each.item == sequence}
        levied = ItemLevy(law, levied_item(law, facts, value=value, on=on), stated).levied(item_pointer(place), on=on)
        found += levied.findings
        valuation = value.explanation or value.reason
        items.append(ItemAssessment(sequence=sequence, customs_value=value.amount, lines=levied.lines, valuation=valuation))
    if any(item.lines for item in items):
        found = [*remarks_on_value, *found]
    return Assessment(currency=law.regime.currency, items=tuple(items), totals=totals(tuple(items)), findings=tuple(found))
