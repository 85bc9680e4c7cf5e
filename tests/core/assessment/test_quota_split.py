from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from customhouse.assessment.quota_split import split_by_allotment
from customhouse.declaration import Amount, Declaration, GoodsItem, Measure
from customhouse.declaration.goods_declaration import GoodsShipment
from customhouse.declaration.goods_item import Commodity, DutyTaxFee, GoodsMeasure, InvoiceLine


def declared(price: Decimal, mass: Decimal) -> Declaration:
    goods = Commodity(
        invoice_line=InvoiceLine(item_charge_amount=Amount(price, "EUR")),
        goods_measure=GoodsMeasure(net_mass=Measure(mass, "KGM")),
        duty_tax_fees=(DutyTaxFee(duty_regime_code="123", quota_order_id="050067"),),
    )
    return Declaration(goods_shipment=GoodsShipment(items=(GoodsItem(sequence_numeric=1, commodity=goods),)))


def told(item: GoodsItem) -> tuple[Decimal, Decimal, str | None, str | None]:
    goods = item.commodity
    assert goods is not None
    assert goods.invoice_line is not None
    assert goods.invoice_line.item_charge_amount is not None
    assert goods.goods_measure is not None
    assert goods.goods_measure.net_mass is not None
    return goods.invoice_line.item_charge_amount.value, goods.goods_measure.net_mass.value, item.preference_code(), item.quota_order_id()


def split(declaration: Declaration, share: str) -> list[tuple[Decimal, Decimal, str | None, str | None]]:
    return [told(item) for item in split_by_allotment(declaration, {1: Decimal(share)}, outside_preference="100").items]


def test_what_is_allotted_stays_and_the_rest_is_a_new_item_outside_the_quota() -> None:
    whole = declared(Decimal(250), Decimal(2000))
    assert split(whole, "0.2") == [(50, 400, "123", "050067"), (200, 1600, "100", None)]
    assert split(whole, "1") == [(250, 2000, "123", "050067")]
    assert split(whole, "0") == [(250, 2000, "100", None)]


@given(
    st.decimals(min_value="0.01", max_value=10**9, places=2),
    st.decimals(min_value="0.001", max_value=10**9, places=3),
    st.decimals(min_value="0.001", max_value="0.999", places=3),
)
def test_the_parts_add_up_to_what_was_declared(price: Decimal, mass: Decimal, share: Decimal) -> None:
    parts = split(declared(price, mass), str(share))
    assert (sum(part[0] for part in parts), sum(part[1] for part in parts)) == (price, mass)
    assert all(part[0] >= 0 and part[1] >= 0 for part in parts)
