"""WCO messages about a declaration: amendment (COR), cancellation (INV) and presentation (GPR), by the number that customs gave."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client

from customhouse import messages
from customhouse.declaration import Amount, Declaration, GoodsItem
from customhouse.declaration.document import AdditionalInformation, AmendmentReason
from customhouse.declaration.goods_declaration import GoodsShipment
from customhouse.declaration.goods_item import Commodity, InvoiceLine
from customhouse.messages.response import Response
from customhouse.messages.wco_pointer import pointers_of
from load import sample

PRICE = "GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity/InvoiceLine/ItemChargeAmount"


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """The random arm draws nothing from this seed."""
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: b"0123456789abcdef")


def sent(client: Client, message: Declaration | bytes, **headers: str) -> HttpResponse:
    body = message if isinstance(message, bytes) else messages.render_xml(messages.Document(declaration=message))
    return client.post("/api/inbox", body, content_type="application/xml", headers=headers)


def request(kind: str, mrn: str | None, **more: object) -> Declaration:
    why = AdditionalInformation(statement_description="mistake", statement_type_code="AES")
    return Declaration(function_code="13", lrn="REQ-1", type_code=kind, mrn=mrn, additional_information=(why,), **more)  # type: ignore[arg-type]


def dearer(mrn: str, *paths: str) -> Declaration:
    line = InvoiceLine(item_charge_amount=Amount(Decimal(3000), "EUR"))
    items = (GoodsItem(sequence_numeric=2, commodity=Commodity(invoice_line=line)),)
    reasons = tuple(AmendmentReason(change_reason_code="21", pointers=pointers_of(path)) for path in paths)
    return request("COR", mrn, amendments=reasons, goods_shipment=GoodsShipment(items=items), invoice_amount=Amount(Decimal(7000), "EUR"))


@pytest.mark.django_db
def test_a_declaration_sent_as_a_message_is_lodged(caller: Callable[..., Client]) -> None:
    assert sent(caller("ann"), sample.xml("LRN-1")).status_code == 201


@pytest.mark.django_db
def test_an_amendment_by_pointer_changes_that_part_and_what_is_owed(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    before = sent(ann, sample.xml("LRN-1")).json()
    after = sent(ann, dearer(before["mrn"], PRICE, "InvoiceAmount"))
    assert after.status_code == 200, after.content
    said = after.json()
    assert (said["version"], said["mrn"]) == (2, before["mrn"])
    assert Decimal(said["payable"]) > Decimal(before["payable"])
    declared = ann.get(f"/api/declarations/{before['id']}/document").json()["declaration"]
    prices = [item["commodity"]["invoice_line"]["item_charge_amount"]["value"] for item in declared["goods_shipment"]["items"]]
    assert prices == ["1000", "3000", "1000", "1000", "1000"]
    told = [each["event"] for each in ann.get(f"/api/declarations/{before['id']}/events").json()["events"]]
    assert [each["reason"] for each in told if each["event"] == "DeclarationAmended"] == ["mistake"]


@pytest.mark.django_db
def test_an_amendment_can_be_amended_again_and_sent_twice_under_one_key(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    mrn = sent(ann, sample.xml("LRN-1")).json()["mrn"]
    first, again = (sent(ann, dearer(mrn, PRICE, "InvoiceAmount"), **{"Idempotency-Key": "a-1"}) for _ in range(2))
    assert first.content == again.content
    assert sent(ann, dearer(mrn, PRICE, "InvoiceAmount")).json()["version"] == 3


@pytest.mark.django_db
def test_an_amendment_that_leaves_errors_or_points_nowhere_changes_nothing(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    before = sent(ann, sample.xml("LRN-1")).json()
    for change in (dearer(before["mrn"]), dearer(before["mrn"], PRICE)):  # no pointer; a total that no longer is the sum
        answer = sent(ann, change)
        assert answer.status_code == 422
        assert answer.json()["findings"]
    assert ann.get(f"/api/declarations/{before['id']}").json()["version"] == 1


@pytest.mark.django_db
def test_a_cancellation_message_invalidates_the_declaration(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    mrn = sent(ann, sample.xml("LRN-1")).json()["mrn"]
    assert sent(ann, request("INV", mrn)).json()["state"] == "invalidated"
    assert sent(ann, request("INV", mrn)).status_code == 409


@pytest.mark.django_db
def test_a_presentation_message_has_a_pre_lodged_declaration_accepted_as_it_was_last_amended(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    before = sent(ann, sample.xml("LRN-1", type_code="IMD")).json()
    assert before["state"] == "prelodged"
    path = f"/api/declarations/{before['id']}"
    amendment = messages.render_xml(messages.Document(declaration=dearer("", PRICE, "InvoiceAmount")))
    assert ann.post(f"{path}/amendment", amendment, content_type="application/xml").status_code == 200
    assert sent(ann, request("GPR", None)).status_code == 422
    presented = ann.post(f"{path}/presentation").json()
    assert presented["state"] == "assessed"
    prices = [
        item["commodity"]["invoice_line"]["item_charge_amount"]["value"]
        for item in ann.get(f"{path}/document").json()["declaration"]["goods_shipment"]["items"]
    ]
    assert prices[1] == "3000"


@pytest.mark.django_db
def test_a_message_about_no_declaration_or_a_strangers_is_refused_alike(caller: Callable[..., Client]) -> None:
    ann, bob = caller("ann"), caller("bob", party="QZ87654321")
    mrn = sent(ann, sample.xml("LRN-1")).json()["mrn"]
    assert sent(bob, request("INV", mrn)).status_code == 404
    assert sent(ann, request("INV", "26QZ0000000000NON0")).status_code == 404
    assert sent(ann, request("INV", None)).status_code == 422
    assert sent(ann, messages.render_xml(messages.Document(response=Response(function_code="01")))).status_code == 422
