from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse import messages
from customhouse.declaration import Amount, Declaration, GoodsItem, Measure
from customhouse.declaration.document import AdditionalDocument, AmendmentReason
from customhouse.declaration.goods_declaration import GoodsShipment
from customhouse.declaration.goods_item import Commodity, InvoiceLine
from customhouse.messages import Document
from customhouse.messages.wco_pointer import pointers_of


def item(number: int | None, price: int, *documents: str) -> GoodsItem:
    line = InvoiceLine(item_charge_amount=Amount(Decimal(price), "EUR"))
    papers = tuple(AdditionalDocument(id=each) for each in documents)
    return GoodsItem(sequence_numeric=number, commodity=Commodity(invoice_line=line), additional_documents=papers)


def shipment(*items: GoodsItem) -> GoodsShipment:
    return GoodsShipment(items=items)


DECLARED = Declaration(
    lrn="A-1",
    type_code="IMA",
    goods_item_quantity=2,
    goods_shipment=GoodsShipment(items=(item(1, 100, "a", "b"), item(2, 200)), export_country_id="US"),
)


def amended(change: Declaration, *paths: str, declared: Declaration = DECLARED) -> Document:
    reasons = tuple(AmendmentReason(change_reason_code="28", pointers=pointers_of(path)) for path in paths)
    message = Document(declaration=msgspec.structs.replace(change, function_code="13", type_code="COR", amendments=reasons))
    return messages.read(messages.render_xml(message)).applied_to(declared)


def result(change: Declaration, *paths: str) -> Declaration:
    document = amended(change, *paths)
    assert document.findings == ()
    assert document.declaration is not None
    return document.declaration


def test_only_what_is_pointed_to_changes() -> None:
    change = Declaration(lrn="AMD-1", goods_item_quantity=7, goods_shipment=shipment(item(2, 999, "c")))
    price = "GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity/InvoiceLine/ItemChargeAmount"
    assert result(change, price) == msgspec.structs.replace(
        DECLARED, goods_shipment=msgspec.structs.replace(DECLARED.goods_shipment, items=(item(1, 100, "a", "b"), item(2, 999)))
    )


def test_a_leaf_of_the_declaration_itself_is_replaced() -> None:
    assert result(Declaration(goods_item_quantity=3), "GoodsItemQuantity").goods_item_quantity == 3


def test_a_part_pointed_to_and_not_given_is_taken_out() -> None:
    assert result(Declaration(), "GoodsShipment/GovernmentAgencyGoodsItem[1]").items == (item(2, 200),)
    assert result(Declaration(), "GoodsItemQuantity").goods_item_quantity is None


def test_parts_beyond_the_last_are_added_in_their_order() -> None:
    change = Declaration(goods_shipment=shipment(item(3, 300), item(4, 400)))
    added = result(change, "GoodsShipment/GovernmentAgencyGoodsItem[3]", "GoodsShipment/GovernmentAgencyGoodsItem[4]")
    assert [each.sequence_numeric for each in added.items] == [1, 2, 3, 4]


def test_a_part_without_a_number_is_found_by_its_place_while_others_are_taken_out() -> None:
    first = "GoodsShipment/GovernmentAgencyGoodsItem[1]/AdditionalDocument[1]"
    second = "GoodsShipment/GovernmentAgencyGoodsItem[1]/AdditionalDocument[2]"
    change = Declaration(goods_shipment=shipment(item(1, 1)))
    assert result(change, first, second).items[0].additional_documents == ()
    assert result(change, first).items[0].additional_documents == (AdditionalDocument(id="b"),)


def test_a_class_that_the_model_keeps_as_one_field_is_changed_too() -> None:
    change = Declaration(goods_shipment=GoodsShipment(export_country_id="CN"))
    for path in ("GoodsShipment/ExportCountry", "GoodsShipment/ExportCountry/ID"):
        shipped = result(change, path).goods_shipment
        assert shipped is not None
        assert shipped.export_country_id == "CN"


def test_what_was_not_declared_before_is_made() -> None:
    gross = "GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity/GoodsMeasure/GrossMassMeasure"
    weighed = messages.read(
        b"<MetaData><Declaration><TypeCode>COR</TypeCode><GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>2</SequenceNumeric>"
        b"<Commodity><GoodsMeasure><GrossMassMeasure>5</GrossMassMeasure></GoodsMeasure></Commodity>"
        b"</GovernmentAgencyGoodsItem></GoodsShipment></Declaration></MetaData>"
    ).declaration
    assert weighed is not None
    commodity = result(weighed, gross).items[1].commodity
    assert commodity is not None
    assert commodity.goods_measure is not None
    assert commodity.goods_measure.gross_mass == Measure(Decimal(5))


def test_an_amendment_that_points_to_nothing_is_a_finding_and_changes_nothing() -> None:
    silent = amended(Declaration(goods_item_quantity=9))
    assert [each.code for each in silent.findings] == ["SYN-11"]
    assert silent.declaration == DECLARED


@pytest.mark.parametrize("section", ["99Z", "68A"])
def test_a_pointer_out_of_the_model_is_a_finding(section: str) -> None:
    wild = messages.read(
        b"<MetaData><Declaration><TypeCode>COR</TypeCode><Amendment><Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer>"
        b"<Pointer><DocumentSectionCode>" + section.encode() + b"</DocumentSectionCode></Pointer></Amendment></Declaration></MetaData>"
    )
    document = wild.applied_to(DECLARED)
    assert [each.code for each in document.findings] == ["SYN-12"]
    assert document.declaration == DECLARED


@given(st.lists(st.sampled_from([1, 2]), min_size=1, max_size=2, unique=True), st.integers(1, 10**6))
def test_an_amendment_applied_twice_is_applied_once(numbers: list[int], price: int) -> None:
    change = Declaration(goods_shipment=shipment(*(item(number, price) for number in numbers)))
    paths = [f"GoodsShipment/GovernmentAgencyGoodsItem[{number}]" for number in numbers]
    once = amended(change, *paths).declaration
    assert once is not None
    assert amended(change, *paths, declared=once).declaration == once
