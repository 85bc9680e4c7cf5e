"""Quota split: an item whose tariff quota is allotted in part becomes two, one within the quota and one outside it."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from customhouse.assessment.tax_line import Assessment
from customhouse.declaration import Amount, Declaration, GoodsItem, Measure
from customhouse.kernel import apportioned
from customhouse.tariff import quota

_CENT, _GRAM = Decimal("0.01"), Decimal("0.001")


def shares_allotted(assessed: Assessment, answers: Mapping[str, quota.Answer]) -> dict[int, Decimal]:
    """By item number, the share allotted of what an item asks for, where the answer to its order number gives it a part and not all."""
    return {
        item.sequence: answer.allotted / answer.asked
        for item in assessed.items
        if item.quota and item.quota.asked and (answer := answers.get(item.quota.order_number))
        if answer.allotted and answer.refused and not answer.waiting
    }


def split_by_allotment(declaration: Declaration, shares: Mapping[int, Decimal], *, outside_preference: str) -> Declaration:
    """The declaration with each item of a share under one split: what is allotted stays, the rest is a new last item.

    Shares are by item number, from 0 to 1. Prices, masses and quantities are divided so that both parts add up to what was declared.
    The part outside claims no quota, and the preference given; an item of which nothing is allotted is all outside.
    """
    if declaration.goods_shipment is None:
        return declaration
    kept: list[GoodsItem] = []
    added: list[GoodsItem] = []
    for item in declaration.items:
        share = shares.get(item.sequence_numeric or 0, Decimal(1))
        if share == 1:
            kept.append(item)
        elif share == 0:
            kept.append(_outside(item, outside_preference))
        else:
            kept.append(_part(item, share, is_first=True))
            added.append(_outside(_part(item, share, is_first=False), outside_preference))
    last = max((item.sequence_numeric or 0 for item in declaration.items), default=0)
    numbered = [msgspec.structs.replace(item, sequence_numeric=last + place) for place, item in enumerate(added, start=1)]
    shipment = msgspec.structs.replace(declaration.goods_shipment, items=(*kept, *numbered))
    return msgspec.structs.replace(declaration, goods_shipment=shipment)


def _part(item: GoodsItem, share: Decimal, *, is_first: bool) -> GoodsItem:
    def divided(total: Decimal, step: Decimal) -> Decimal:
        finest = min(step, Decimal(1).scaleb(int(total.as_tuple().exponent)))
        return apportioned(total, [share, 1 - share], step=finest)[0 if is_first else 1]

    def amount(whole: Amount | None) -> Amount | None:
        return whole and msgspec.structs.replace(whole, value=divided(whole.value, _CENT))

    def measure(whole: Measure | None) -> Measure | None:
        return whole and msgspec.structs.replace(whole, value=divided(whole.value, _GRAM))

    goods = item.commodity
    if goods and goods.goods_measure:
        whole = goods.goods_measure
        weighed = msgspec.structs.replace(
            whole,
            gross_mass=measure(whole.gross_mass),
            net_mass=measure(whole.net_mass),
            tariff_quantity=measure(whole.tariff_quantity),
        )
        goods = msgspec.structs.replace(goods, goods_measure=weighed)
    if goods and goods.invoice_line:
        line = msgspec.structs.replace(goods.invoice_line, item_charge_amount=amount(goods.invoice_line.item_charge_amount))
        goods = msgspec.structs.replace(goods, invoice_line=line)
    if goods:
        fees = tuple(
            msgspec.structs.replace(fee, specific_tax_base_quantity=measure(fee.specific_tax_base_quantity)) for fee in goods.duty_tax_fees
        )
        goods = msgspec.structs.replace(goods, duty_tax_fees=fees)
    return msgspec.structs.replace(
        item,
        commodity=goods,
        customs_value_amount=amount(item.customs_value_amount),
        statistical_value_amount=amount(item.statistical_value_amount),
    )


def _outside(item: GoodsItem, preference: str) -> GoodsItem:
    goods = item.commodity
    if goods is None:
        return item
    fees = tuple(
        msgspec.structs.replace(fee, quota_order_id=None, duty_regime_code=preference if fee.duty_regime_code else None)
        for fee in goods.duty_tax_fees
    )
    return msgspec.structs.replace(item, commodity=msgspec.structs.replace(goods, duty_tax_fees=fees))
