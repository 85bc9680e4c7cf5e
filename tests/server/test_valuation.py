import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest
from django.db import DatabaseError, connection
from django.test import Client

from customhouse.assessment import doubt, valuation
from customhouse.clearance import Act, RefusedError
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.clearance import actions as clearance
from customhouse_server.clearance.actions import Doing, NotClaimedError, WrongActError
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.declaration.record import UnknownDeclarationError
from customhouse_server.valuation import actions
from customhouse_server.valuation.actions import DoubtRefusedError, OpenValuationError, Taking, UnknownDoubtError, UnreadableCaseError
from customhouse_server.valuation.case_form import case_of_fields
from load import sample

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(hours=2)
STEP = doubt.DoubtAct
SHOWN = (valuation.Evidence(kind=valuation.EvidenceKind.PAYMENT, reference="SWIFT 1"),)
CASE = """
[[items]]
goods = { description = "goods", produced_in = "US", quantity = "10", unit = "KGM", exported_on = 2026-11-02 }
[[items.identical]]
entry = "26QZ000101000778"
customs_value = { amount = "50000.00", currency = "EUR" }
quantity = "10"
unit = "KGM"
produced_in = "US"
exported_on = 2026-10-20
"""


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: b"0123456789abcdef")


@pytest.fixture
def ann(person: Callable[..., Person]) -> Person:
    """The importer."""
    return person("ann")


@pytest.fixture
def olga(person: Callable[..., Person]) -> Person:
    """The officer."""
    return person("olga", Role.OFFICER)


def lodged(ann: Person, olga: Person | None, lrn: str = "LRN-1") -> UUID:
    found = UUID(msgspec.json.decode(declarations.lodge(ann, Lodging(sample.xml(lrn)), at=AT).body)["id"])
    if olga:
        clearance.claim(olga, found, at=AT)
    return found


def take(who: Person, declaration_id: UUID, act: STEP, before: doubt.Doubt | None = None, **told: object) -> doubt.Doubt:
    at = told.pop("at", LATER)
    plain = {"text": "the bank shows another price", "evidence": SHOWN, "doubt_id": UUID(before.reference) if before else None}
    return actions.take(who, declaration_id, Taking(act=act, **plain | {"item": 1} | told), at=at)


def rejected(ann: Person, olga: Person, declaration_id: UUID) -> doubt.Doubt:
    found = take(olga, declaration_id, STEP.DOUBT, security=Decimal("500.00"))
    for who, act in (
        (olga, STEP.ASK),
        (ann, STEP.EXPLAIN),
        (olga, STEP.REMAIN_IN_DOUBT),
        (ann, STEP.REQUEST_GROUNDS),
        (olga, STEP.COMMUNICATE_GROUNDS),
        (ann, STEP.RESPOND),
        (olga, STEP.REJECT_VALUE),
    ):
        found = take(who, declaration_id, act, found)
    return found


@pytest.mark.django_db
def test_a_doubted_value_is_released_on_security_rejected_determined_and_paid(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    found = rejected(ann, olga, declaration_id)
    declared = declarations.view(ann, declaration_id).record.payable
    assert declared is not None
    secured = clearance.perform(ann, declaration_id, Doing(Act.SECURE, amount=declared + 500), at=LATER)
    assert secured.record.state == "secured"
    assert clearance.perform(olga, declaration_id, Doing(Act.RELEASE), at=LATER).record.released_at == LATER
    chain = actions.determine(olga, declaration_id, UUID(found.reference), CASE, at=LATER)
    assert (chain.amount, chain.article) == (Decimal("50000.00"), "Article 2")
    assert chain.ruled_out[0].evidence[0].reference == found.reference
    owed = declarations.view(ann, declaration_id)
    assert owed.content.assessment.items[0].customs_value == Decimal("50000.00")
    assert owed.content.assessment.items[0].valuation == chain.for_importer().explanation
    assert owed.case.payable > declared
    for told in (owed.content.assessment.items[0].valuation, str(owed.content.valuations), str(declarations.versions(ann, declaration_id))):
        assert "26QZ000101000778" not in told
    assert "26QZ000101000778" in declarations.view(olga, declaration_id).content.assessment.items[0].valuation
    assert [each.kind for each in declarations.notices(ann, declaration_id)].count("queried") == 1
    paid = clearance.perform(ann, declaration_id, Doing(Act.PAY, amount=owed.case.outstanding), at=LATER)
    assert paid.record.cleared_at == LATER


@pytest.mark.django_db
def test_the_value_is_found_by_the_number_that_the_item_was_declared_with(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    content = declarations.view(olga, declaration_id).content
    items = content.declaration.items
    assert actions.sequence_of(content, 1) == (items[0].sequence_numeric or 1)
    renumbered = msgspec.structs.replace(items[0], sequence_numeric=7)
    shipment = msgspec.structs.replace(content.declaration.goods_shipment, items=(renumbered, *items[1:]))
    declared = msgspec.structs.replace(content.declaration, goods_shipment=shipment)
    assert actions.sequence_of(msgspec.structs.replace(content, declaration=declared), 1) == 7


@pytest.mark.django_db
def test_a_value_accepted_in_the_end_releases_what_was_paid(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    found = take(olga, declaration_id, STEP.DOUBT, security=Decimal(10))
    declared = declarations.view(ann, declaration_id).record.payable
    assert declared is not None
    assert clearance.perform(ann, declaration_id, Doing(Act.PAY, amount=declared), at=LATER).record.state == "paid"
    with pytest.raises(RefusedError, match="determined"):
        clearance.perform(olga, declaration_id, Doing(Act.RELEASE), at=LATER)
    assert take(olga, declaration_id, STEP.ACCEPT_VALUE, found).state is doubt.DoubtState.VALUE_ACCEPTED
    assert declarations.view(ann, declaration_id).record.cleared_at == LATER


@pytest.mark.django_db
def test_each_step_is_in_the_journal_and_none_can_be_changed(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    rejected(ann, olga, declaration_id)
    kinds = [each.kind for each in declarations.events(ann, declaration_id)]
    assert kinds.count("ValueDoubted") == 1
    assert kinds.count("DoubtAdvanced") == 7
    assert "olga" not in "".join(each.document for each in declarations.events(ann, declaration_id))
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE valuation_doubtstep SET actor = 'nobody'")


@pytest.mark.django_db
def test_the_doubt_is_told_again_from_its_rows(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    found = take(olga, declaration_id, STEP.ASK, take(olga, declaration_id, STEP.DOUBT))
    assert actions.doubts(olga, declaration_id) == (found,)
    assert found.clock is not None
    assert found.clock.due_on == dt.date(2026, 12, 22)
    (shown,) = actions.doubts(ann, declaration_id)
    assert {each.actor for each in shown.steps} == {""}


@pytest.mark.django_db
def test_what_was_told_in_confidence_reaches_neither_the_importer_nor_the_journal(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    take(olga, declaration_id, STEP.DOUBT, text="a competitor told us", confidential=True, signal="40 prices, median 12.50")
    told = "".join(each.document for each in declarations.events(ann, declaration_id))
    assert "competitor" not in told + str(actions.doubts(ann, declaration_id))
    assert "median" not in told + str(actions.doubts(ann, declaration_id))
    assert "competitor" in str(actions.doubts(olga, declaration_id))
    assert "median 12.50" in str(actions.doubts(olga, declaration_id))


@pytest.mark.django_db
def test_only_those_whom_the_declaration_concerns_take_part_in_the_doubt(person: Callable[..., Person], ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, None)
    with pytest.raises(NotClaimedError):
        take(olga, declaration_id, STEP.DOUBT)
    clearance.claim(olga, declaration_id, at=AT)
    found = take(olga, declaration_id, STEP.DOUBT)
    strangers = (person("bob", party="QZ99999999"), person("omar", Role.OFFICER, office="QZ000102"))
    for stranger in strangers:
        with pytest.raises(UnknownDeclarationError):
            actions.doubts(stranger, declaration_id)
        with pytest.raises(UnknownDeclarationError):
            take(stranger, declaration_id, STEP.ASK, found)
    with pytest.raises(DoubtRefusedError, match="is for customs"):
        take(ann, declaration_id, STEP.ASK, found)
    with pytest.raises(NotPermittedError):
        actions.determine(ann, declaration_id, UUID(found.reference), CASE, at=LATER)
    with pytest.raises(UnknownDeclarationError):
        actions.doubts(person("root", Role.ADMINISTRATOR), declaration_id)


@pytest.mark.django_db
def test_a_doubt_is_about_an_item_that_is_there_and_not_in_doubt_already(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    with pytest.raises(UnknownDoubtError, match="no item 99"):
        take(olga, declaration_id, STEP.DOUBT, item=99)
    take(olga, declaration_id, STEP.DOUBT)
    with pytest.raises(DoubtRefusedError, match="already"):
        take(olga, declaration_id, STEP.DOUBT)
    with pytest.raises(UnknownDoubtError):
        actions.take(olga, declaration_id, Taking(STEP.ASK, doubt_id=uuid4(), text="why"), at=LATER)


@pytest.mark.django_db
def test_a_value_is_determined_only_after_a_rejection_and_from_a_case_that_comes_to_one(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    found = rejected(ann, olga, declaration_id)
    doubt_id = UUID(found.reference)
    with pytest.raises(UnreadableCaseError):
        actions.determine(olga, declaration_id, doubt_id, "items = 3", at=LATER)
    with pytest.raises(OpenValuationError, match="Article 2: no identical goods"):
        actions.determine(olga, declaration_id, doubt_id, '[[items]]\ngoods = { description = "x" }', at=LATER)
    with pytest.raises(OpenValuationError, match="item 1 alone"):
        actions.determine(olga, declaration_id, doubt_id, CASE + CASE, at=LATER)
    other = lodged(ann, olga, "LRN-2")
    begun = take(olga, other, STEP.DOUBT)
    with pytest.raises(DoubtRefusedError, match="no final decision"):
        actions.determine(olga, other, UUID(begun.reference), CASE, at=LATER)


@pytest.mark.django_db
def test_the_declaration_is_not_doubted_past_the_procedure(ann: Person, olga: Person) -> None:
    declaration_id = lodged(ann, olga)
    for act in (Act.DOUBT_VALUE, Act.ADVANCE_DOUBT, Act.DETERMINE_VALUE):
        with pytest.raises(WrongActError):
            clearance.perform(olga, declaration_id, Doing(act, reason="because"), at=LATER)


@pytest.mark.django_db
def test_a_doubt_goes_its_way_over_the_interface(caller: Callable[..., Client], ann: Person) -> None:
    declaration_id = lodged(ann, None)
    olga, trade = caller("olga", Role.OFFICER), caller("ann")
    path = f"/api/declarations/{declaration_id}/doubts"
    body = {"act": "doubt", "item": 1, "text": "far below", "security": "12.50"}
    assert olga.post(path, body, content_type="application/json").status_code == 409
    olga.post(f"/api/declarations/{declaration_id}/claim")
    begun = olga.post(path, body, content_type="application/json").json()
    assert (begun["state"], begun["security"]) == ("doubted", "12.50")
    step = {"act": "ask", "doubt_id": begun["reference"], "text": "send the contract"}
    assert trade.post(path, step, content_type="application/json").status_code == 409
    assert olga.post(path, step, content_type="application/json").json()["clock"]["owner"] == "importer"
    (seen,) = trade.get(path).json()["doubts"]
    assert [each["act"] for each in seen["steps"]] == ["doubt", "ask"]
    valued = olga.post(f"{path}/{begun['reference']}/value", {"case": CASE}, content_type="application/json")
    assert (valued.status_code, valued.json()["title"]) == (409, "Not possible now")
    assert trade.get(f"/api/declarations/{uuid4()}/doubts").status_code == 404


@pytest.mark.django_db
def test_a_refused_step_keeps_what_was_typed(client: Client, ann: Person, olga: Person) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - the framework is set up first

    declaration_id = lodged(ann, olga)
    client.force_login(get_user_model().objects.get(username="olga"))
    posted = {"act": "doubt", "item": "1", "text": "a long reasoning", "security": "much"}
    answer = client.post(f"/valuation/{declaration_id}/step/", posted)
    assert answer.status_code == 422
    assert "a long reasoning" in answer.content.decode()
    assert "much is not an amount" in answer.content.decode()
    assert client.post(f"/valuation/{declaration_id}/step/", posted | {"security": "10"}).status_code == 302
    assert client.post(f"/valuation/{uuid4()}/step/", posted | {"security": "10"}).status_code == 404


def test_the_fields_of_the_form_are_a_case_and_a_whole_case_takes_their_place() -> None:
    fields = {
        "description": "shirts",
        "produced_in": "BD",
        "quantity": "1400",
        "unit": "KGM",
        "exported_on": "2026-11-02",
        "method": "similar",
        "entry": "E-1",
        "value": "15000.00",
        "currency": "EUR",
        "other_quantity": "700",
        "other_exported_on": "2026-10-20",
        "why_not_identical": "none are known",
        "kind": "correspondence",
        "reference": "L-1",
    }
    (item,) = valuation.read_case(case_of_fields(fields), name="case.json").items
    assert (item.similar[0].entry, item.similar[0].customs_value.amount, item.goods.quantity) == ("E-1", Decimal("15000.00"), Decimal(1400))
    assert [each.reason for each in item.ruled_out] == ["none are known"]
    (item,) = valuation.read_case(case_of_fields(fields | {"method": "identical"}), name="case.json").items
    assert (len(item.identical), item.ruled_out) == (1, ())
    assert case_of_fields(fields | {"case": CASE}) == CASE.strip()
