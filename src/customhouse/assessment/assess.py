"""Assess: what a declaration owes and why, as a pure function of the declaration, the law and the day (RKC General Annex, 4.1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType

import msgspec

from customhouse.assessment.cascade import levied_item
from customhouse.assessment.catalogue import item_pointer
from customhouse.assessment.customs_value import CustomsValue, customs_values, has_tax_base_charges
from customhouse.assessment.determination import Determination
from customhouse.assessment.entry_fee import within_bounds
from customhouse.assessment.goods_facts import GoodsFacts, goods_facts
from customhouse.assessment.law import Law
from customhouse.assessment.quota_claim import NOTHING_KNOWN, ClaimedQuota, Levied, asked_together, is_drawn, outside
from customhouse.assessment.tax_line import Assessment, ItemAssessment, totals
from customhouse.assessment.two_tariffs import ItemLevy
from customhouse.assessment.valuation import Chain
from customhouse.assessment.value_declaration import value_findings
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.tariff import quota

_AS_DECLARED: Mapping[int, Chain] = MappingProxyType({})


def assess(  # noqa: PLR0913 - a declaration, the law, and what customs itself has found out
    declaration: Declaration,
    law: Law,
    *,
    on: date,
    determined: Sequence[Determination] = (),
    valuations: Mapping[int, Chain] = _AS_DECLARED,
    quotas: quota.Known = NOTHING_KNOWN,
) -> Assessment:
    """The customs value and the tax lines of every item under the law of the day, and the findings made on the way.

    What customs determined itself stands where the law gives no figure, and only there. The recorded chain of a valuation takes the
    place of the value built from what was declared, by the number of its item. What is known of quotas on the day decides under which
    duty an item falls that claims one which the country keeps.
    """
    exchange = law.exchange_rates.on(on, law.regime.currency)
    values, remarks_on_value = _values(declaration, law, valuations, exchange=exchange)
    every = [goods_facts(declaration, item, default_preference=law.regime.default_preference) for item in declaration.items]
    together = asked_together(law, zip(every, values, strict=True), on=on)
    items: list[ItemAssessment] = []
    found: list[Finding] = []
    for place, (item, facts, value) in enumerate(zip(declaration.items, every, values, strict=True), start=1):
        sequence = item.sequence_numeric or place
        stated = {each.tax: each for each in determined if each.item == sequence}
        levied = partial(_levied, law, value=value, stated=stated, pointer=item_pointer(place), on=on)
        lines, remarks = levied(facts)
        claim = None
        if is_drawn(lines, facts, law=law):
            claimed = ClaimedQuota(law, levied_item(law, facts, value=value, on=on), quotas, together, on)
            beyond = partial(levied, outside(facts, law))
            claim, (lines, remarks) = claimed.settled((lines, remarks), beyond, pointer=item_pointer(place))
        found += remarks
        if lines:
            found += value_findings(item, law.regime, pointer=item_pointer(place))
        valuation = value.explanation or value.reason
        items.append(ItemAssessment(sequence=sequence, customs_value=value.amount, lines=lines, valuation=valuation, quota=claim))
    items, remarks = within_bounds(items, law.regime, on=on, determined=determined)
    found += remarks
    if any(item.lines for item in items):
        found = [*remarks_on_value, *found]
    return Assessment(currency=law.regime.currency, items=tuple(items), totals=totals(tuple(items)), findings=tuple(found))


def _levied(  # noqa: PLR0913 - one item and all that its taxes rest on
    law: Law, facts: GoodsFacts, *, value: CustomsValue, stated: Mapping[str, Determination], pointer: str, on: date
) -> Levied:
    done = ItemLevy(law, levied_item(law, facts, value=value, on=on), stated).levied(pointer, on=on)
    return done.lines, list(done.findings)


def _values(
    declaration: Declaration, law: Law, valuations: Mapping[int, Chain], *, exchange: Mapping[str, Decimal]
) -> tuple[tuple[CustomsValue, ...], tuple[Finding, ...]]:
    """The values as built from the declaration, or as a chain determined them; charges that only taxes count stay as declared.

    Where such charges are declared and cannot be told, the value stays unknown with the reason.
    """
    built, remarks = customs_values(declaration, law.regime, exchange=exchange)
    values = list(built)
    for place, item in enumerate(declaration.items):
        chain, value = valuations.get(item.sequence_numeric or place + 1), values[place]
        if chain and (value.amount is not None or not has_tax_base_charges(declaration, item, regime=law.regime)):
            told = {"amount": chain.amount, "explanation": chain.explanation, "reason": chain.reason}
            values[place] = msgspec.structs.replace(value, **told)
    return tuple(values), remarks
