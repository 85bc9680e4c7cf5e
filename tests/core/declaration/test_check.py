from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customhouse.codes import CodeLists, world_lists
from customhouse.declaration import RULES, Amount, CheckSettings, Declaration, GoodsItem, GoodsShipment, Measure, check, read_check_settings
from customhouse.declaration.check import UnreadableCheckSettingsError, explained
from customhouse.declaration.goods_item import (
    Classification,
    Commodity,
    CustomsValuation,
    GoodsMeasure,
    GovernmentProcedure,
    InvoiceLine,
    Origin,
    Packaging,
)
from customhouse.declaration.party import Consignment, Location, Party
from customhouse.kernel import Severity

LISTS = CodeLists(world_lists())
DAY = date(2026, 1, 31)
ITEM = GoodsItem(
    sequence_numeric=1,
    commodity=Commodity(
        description="Cotton shirts",
        classifications=(Classification(id="61091000", identification_type_code="TSP"),),
        goods_measure=GoodsMeasure(gross_mass=Measure(Decimal(12)), net_mass=Measure(Decimal(10))),
        invoice_line=InvoiceLine(item_charge_amount=Amount(Decimal(100), "EUR")),
    ),
    customs_valuation=CustomsValuation(method_code="1"),
    government_procedures=(GovernmentProcedure(current_code="40", previous_code="00"),),
    origins=(Origin(country_code="BD", type_code="1"),),
    packagings=(Packaging(type_code="CT", quantity=Measure(Decimal(2))),),
)
GOOD = Declaration(
    function_code="9",
    lrn="L1",
    type_code="IMA",
    goods_item_quantity=1,
    total_package_quantity=Measure(Decimal(2)),
    invoice_amount=Amount(Decimal(100), "EUR"),
    declarant=Party(id="QZ123"),
    goods_shipment=GoodsShipment(importer=Party(id="QZ123"), consignment=Consignment(goods_location=Location(id="QZPOR")), items=(ITEM,)),
)


def codes_of(declaration: Declaration, **kwargs: object) -> list[str]:
    return [finding.code for finding in check(declaration, LISTS, on=DAY, **kwargs)]


def with_item(**changes: object) -> Declaration:
    shipment = msgspec.structs.replace(GOOD.goods_shipment, items=(msgspec.structs.replace(ITEM, **changes),))
    return msgspec.structs.replace(GOOD, goods_shipment=shipment)


def with_goods(**changes: object) -> Declaration:
    return with_item(commodity=msgspec.structs.replace(ITEM.commodity, **changes))


def test_a_declaration_in_order_has_no_finding() -> None:
    assert codes_of(GOOD) == []


def test_everything_wrong_is_told_at_once() -> None:
    found = codes_of(Declaration())
    assert {"OBL-01", "OBL-02", "OBL-03", "OBL-04", "OBL-05", "OBL-20"} <= set(found)


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        (msgspec.structs.replace(GOOD, goods_item_quantity=2), "SUM-01"),
        (with_item(sequence_numeric=2), "SUM-02"),
        (msgspec.structs.replace(GOOD, total_package_quantity=Measure(Decimal(3))), "SUM-03"),
        (msgspec.structs.replace(GOOD, invoice_amount=Amount(Decimal(101), "EUR")), "SUM-04"),
        (msgspec.structs.replace(GOOD, total_gross_mass=Measure(Decimal(13))), "SUM-05"),
        (with_item(origins=()), "OBL-10"),
        (with_item(origins=(Origin(country_code="ZZ", type_code="1"),)), "COD-01"),
        (with_item(government_procedures=()), "OBL-07"),
        (with_item(government_procedures=(GovernmentProcedure(current_code="71", previous_code="00"),)), "OBL-24"),
        (with_item(packagings=()), "OBL-16"),
        (with_item(customs_valuation=None), "OBL-17"),
        (with_goods(description="-"), "PLA-02"),
        (with_goods(description=None), "OBL-15"),
        (with_goods(classifications=()), "OBL-06"),
        (with_goods(classifications=(Classification(id="61A", identification_type_code="TSP"),)), "FMT-01"),
        (with_goods(invoice_line=None), "OBL-11"),
        (with_goods(invoice_line=InvoiceLine(item_charge_amount=Amount(Decimal(0), "EUR"))), "PLA-03"),
        (with_goods(invoice_line=InvoiceLine(item_charge_amount=Amount(Decimal(100)))), "OBL-12"),
        (with_goods(invoice_line=InvoiceLine(item_charge_amount=Amount(Decimal(100), "HRK"))), "COD-02"),
        (with_goods(goods_measure=GoodsMeasure(gross_mass=Measure(Decimal(1)), net_mass=Measure(Decimal(2)))), "PLA-01"),
        (with_goods(goods_measure=None), "OBL-13"),
    ],
)
def test_each_fault_has_its_rule(declaration: Declaration, code: str) -> None:
    assert code in codes_of(declaration)


def test_a_finding_says_where_why_and_what_to_do() -> None:
    finding = check(with_goods(description="-"), LISTS, on=DAY)[0]
    assert finding.pointer == "GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/Description"
    assert explained(finding) == "The description - says too little to classify the goods. Say what the goods are and are made of."
    assert RULES[finding.code].sad_box == "31"


def test_a_country_leaves_rules_out_or_takes_them_lightly() -> None:
    settings_of = CheckSettings(off=frozenset({"OBL-10"}), warnings=frozenset({"OBL-17"}))
    bare = with_item(origins=(), customs_valuation=None)
    assert "OBL-10" not in codes_of(bare, settings=settings_of)
    assert {finding.code: finding.severity for finding in check(bare, LISTS, on=DAY, settings=settings_of)}["OBL-17"] is Severity.WARNING


def test_a_simplified_declaration_says_the_rest_later() -> None:
    bare = msgspec.structs.replace(with_item(origins=()), type_code="IMC")
    assert "OBL-10" in codes_of(bare)
    assert "OBL-10" not in codes_of(bare, settings=CheckSettings(later=frozenset({"OBL-10"})))


def test_settings_that_name_no_rule_are_refused() -> None:
    with pytest.raises(UnreadableCheckSettingsError, match="XXX-01"):
        read_check_settings('off = ["XXX-01"]')


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(-5, 5), st.integers(-5, 5), st.text(max_size=5), st.sampled_from([None, "", "IMA", "EXA", "??"]))
def test_checking_never_breaks(count: int, mass: int, text: str, kind: str | None) -> None:
    goods = Commodity(description=text, goods_measure=GoodsMeasure(gross_mass=Measure(Decimal(mass))))
    declaration = Declaration(
        type_code=kind, goods_item_quantity=count, goods_shipment=GoodsShipment(items=(GoodsItem(commodity=goods), GoodsItem()))
    )
    for finding in check(declaration, LISTS, on=DAY):
        assert explained(finding)
