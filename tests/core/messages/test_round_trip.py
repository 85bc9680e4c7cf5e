from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from customhouse import messages
from customhouse.declaration import Amount, Declaration, GoodsItem, Measure, StampedTime
from customhouse.declaration.goods_declaration import GoodsShipment
from customhouse.kernel import Finding
from customhouse.messages import Document, Notice, TaxNotice
from customhouse.messages.response import Response
from customhouse.messages.wco_names import _NAMES

TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=2)
NUMBER = st.decimals(min_value=0, max_value=10**12, places=3)


def values_of(struct: type[msgspec.Struct], depth: int = 0) -> st.SearchStrategy:
    fields = {}
    for field in msgspec.structs.fields(struct):
        if field.name == "unmapped":
            continue
        fields[field.name] = field_value(field.type, depth)
    return st.builds(struct, **fields)


def field_value(hint: object, depth: int) -> st.SearchStrategy:
    args = getattr(hint, "__args__", ())
    if getattr(hint, "__origin__", None) is tuple:
        return st.just(()) if depth > 3 else st.lists(values_of(args[0], depth + 1), max_size=2).map(tuple)
    kind = next(each for each in args if each is not type(None))
    leaf = {
        str: TEXT,
        int: st.integers(0, 10**6),
        Decimal: NUMBER,
        Amount: st.builds(Amount, NUMBER, st.none() | st.just("EUR")),
        Measure: st.builds(Measure, NUMBER, st.none() | st.just("KGM")),
        StampedTime: st.just(StampedTime("20260131", "102")),
    }.get(kind)
    if leaf is not None:
        return st.none() | leaf
    return st.none() if depth > 3 else st.none() | values_of(kind, depth + 1)


@settings(max_examples=60, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(values_of(Declaration))
def test_a_declaration_survives_xml_and_json(declaration: Declaration) -> None:
    document = Document(declaration=declaration)
    assert messages.read(messages.render_xml(document)) == document
    assert messages.read(messages.render_json(document)) == document


@settings(max_examples=30, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(values_of(Response))
def test_a_response_survives_xml_and_json(response: Response) -> None:
    document = Document(response=response)
    assert messages.read(messages.render_xml(document)) == document
    assert messages.read(messages.render_json(document)) == document


def test_every_field_of_every_class_has_its_element() -> None:
    for struct in _NAMES:
        named = {entry.partition("=")[2] for entry in _NAMES[struct].split()}
        own = {field.name for field in msgspec.structs.fields(struct)} - {"unmapped"}
        assert own - named <= {"name"}, f"{struct.__name__} has fields without an element: {own - named}"


def test_what_the_model_has_no_place_for_is_kept_with_a_finding_and_written_back() -> None:
    xml = b'<MetaData><Declaration><ID>1</ID><Colour code="r">red</Colour></Declaration></MetaData>'
    document = messages.read(xml)
    assert document.declaration is not None
    assert [(leaf.path, leaf.text, leaf.attributes) for leaf in document.declaration.unmapped] == [("Colour", "red", {"code": "r"})]
    assert [finding.code for finding in document.findings] == ["SYN-01"]
    again = messages.read(messages.render_xml(document))
    assert again.declaration == document.declaration


def test_a_number_that_is_none_is_a_finding_at_its_place_and_kept() -> None:
    xml = b"<MetaData><Declaration><GoodsItemQuantity>two</GoodsItemQuantity></Declaration></MetaData>"
    document = messages.read(xml)
    assert document.declaration is not None
    assert document.declaration.goods_item_quantity is None
    assert document.declaration.unmapped[0].text == "two"
    assert [(finding.code, finding.pointer) for finding in document.findings] == [("SYN-05", "GoodsItemQuantity")]


AT = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def test_a_rejection_names_rule_and_place_in_wco_numbers() -> None:
    finding = Finding(code="OBL-02", pointer="GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity/Classification[1]/ID")
    answer = messages.rejection(Declaration(lrn="L1"), [finding], reference="r", at=AT)
    assert answer.response is not None
    error = answer.response.errors[0]
    assert error.validation_code == "OBL-02"
    assert [(step.document_section_code, step.sequence_numeric, step.tag_id) for step in error.pointers] == [
        ("42A", None, None),
        ("67A", None, None),
        ("68A", 2, None),
        ("23A", None, None),
        ("21A", 1, "145"),
    ]


def test_a_tax_notification_has_a_line_for_each_tax_under_its_item() -> None:
    taxes = [
        TaxNotice(sequence=1, tax="A00", assessed=Decimal("160.00"), payable=Decimal("0.00"), currency="EUR", base=Decimal("1000.00")),
        TaxNotice(sequence=1, tax="B00", assessed=Decimal("232.00"), payable=Decimal("232.00"), currency="EUR"),
    ]
    answer = messages.tax_notification(Declaration(lrn="L1", mrn="M1"), taxes, reference="r", at=AT)
    assert answer.response is not None
    assert answer.response.function_code == Notice.TAX
    assert answer.response.declaration is not None
    fees = answer.response.declaration.items[0].commodity.duty_tax_fees
    assert [(fee.type_code, fee.deduct_amount.value, fee.payment.payment_amount.value) for fee in fees] == [
        ("A00", Decimal("160.00"), Decimal("0.00")),
        ("B00", Decimal("0.00"), Decimal("232.00")),
    ]


@pytest.mark.parametrize("notice", [Notice.ACCEPTED, Notice.RELEASED, Notice.CLEARED, Notice.CONTROL])
def test_each_notification_is_read_back_as_it_was_written(notice: Notice) -> None:
    answer = messages.notification(notice, Declaration(lrn="L1", mrn="M1"), reference="r", at=AT)
    assert messages.read(messages.render_xml(answer)) == answer


def test_items_are_found_again() -> None:
    document = Document(
        declaration=Declaration(goods_shipment=GoodsShipment(items=(GoodsItem(sequence_numeric=1), GoodsItem(sequence_numeric=2))))
    )
    assert b"GovernmentAgencyGoodsItem" in messages.render_xml(document)
    assert messages.read(messages.render_xml(document)) == document
