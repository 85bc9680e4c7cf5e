"""Quotas from lodging to balance: asked at acceptance, answered by day, kept and given back as declarations change."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.server.claiming import AT, DAY, RICE, SHOES, allot, amended, claiming, left, lodged

from customhouse import messages, pipeline
from customhouse.assessment import Assessment, assess
from customhouse.clearance import Act, RefusedError, replay
from customhouse.tariff.quota import Answer, Request
from customhouse_server.accounts.person import Person
from customhouse_server.clearance import actions as clearance
from customhouse_server.clearance.actions import Doing
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import content, entry, store
from customhouse_server.declaration.actions import View
from customhouse_server.declaration.form import Typed, declaration_of, field_of
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.declaration.typed import fields_of
from customhouse_server.journal import store as journal
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.ledger import actions as ledger
from customhouse_server.quota import actions as quotas
from customhouse_server.quota import store as requests
from customhouse_server.tariff.country import current_country
from load import sample


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: b"0123456789abcdef")


def answers(person: Person, declaration_id: UUID) -> Answer:
    return declarations.view(person, declaration_id).content.quotas.answers["090110"]


def kinds(person: Person, declaration_id: UUID) -> list[str]:
    return [event.kind for event in declarations.events(person, declaration_id)]


def owed(view: View) -> tuple[Assessment, Decimal, Decimal]:
    totals = view.content.assessment.totals
    return view.content.assessment, totals.payable, totals.secured


@pytest.mark.django_db
def test_three_that_ask_on_one_day_for_more_than_there_is_get_their_shares_and_pay_the_rest_outside(person: Callable[..., Person]) -> None:
    ann = person("ann")
    ids = [lodged(ann, f"LRN-{mass}", mass) for mass in ("600", "500", "300")]
    before = declarations.view(ann, ids[0])
    assert [finding.code for finding in before.content.findings] == ["QUO-10"]
    assert owed(before)[2] > 0
    assert allot(AT) == 0
    assert allot(AT + DAY) == 3
    views = [declarations.view(ann, each) for each in ids]
    asked = [[item.quota and item.quota.asked for item in view.content.assessment.items] for view in views]
    assert asked == [[Decimal("428.571"), None], [Decimal("357.143"), None], [Decimal("214.286"), None]]
    assert left() == 0
    assert [(view.record.version, view.record.item_count, view.record.state) for view in views] == [(2, 2, "assessed")] * 3
    assert owed(views[0])[2] == 0
    assert [line.payable for item in views[0].content.assessment.items for line in item.lines if line.tax == "ICD"] == [
        Decimal("42.00"),
        Decimal("71.83"),
    ]
    assert kinds(ann, ids[0])[-1] == "QuotaAllotted"
    assert [notice.kind for notice in declarations.notices(ann, ids[0])] == ["accepted", "tax", "tax"]
    assert (allot(AT + DAY), allot(AT + 2 * DAY)) == (0, 0)


@pytest.mark.django_db
def test_the_decision_on_a_claim_can_be_made_again_from_what_is_stored(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600")
    version = store.version_of(declaration_id, 1)
    kept = content.read(version.content)
    again = pipeline.clear(messages.read(version.message), current_country(), at=version.at, seed=version.seed, quotas=kept.quotas)
    assert content.content_of(again) == kept
    lodged(ann, "LRN-2", "900")
    allot(AT + DAY)
    answered = declarations.view(ann, declaration_id).content
    on = current_country().legal_day(at=AT)
    assert assess(answered.declaration, current_country().law, on=on, quotas=answered.quotas) == answered.assessment
    told = entry.told(journal.events_of(declaration_id))
    assert replay(told, declaration_id=str(declaration_id)) == entry.case_of(store.record_of(declaration_id))


@pytest.mark.django_db
def test_a_claim_on_a_quota_costs_one_statement_more_and_no_claim_none(
    person: Callable[..., Person],
) -> None:
    ann = person("ann")
    lodged(ann, "LRN-0", "1")
    with CaptureQueriesContext(connection) as plain:
        declarations.lodge(ann, Lodging(sample.xml("LRN-1")), at=AT)
    with CaptureQueriesContext(connection) as claimed:
        lodged(ann, "LRN-2", "1")
    assert not [query for query in plain.captured_queries if "ledger" in query["sql"]]
    assert len(claimed) == len(plain) + 1, claimed.captured_queries


@pytest.mark.django_db
def test_an_open_quota_is_claimed_without_security_and_answered_in_full(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600", claim=RICE)
    view = declarations.view(ann, declaration_id)
    assert (view.content.findings, owed(view)[1:], view.record.state) == ((), (0, 0), "released")
    allot(AT + DAY)
    view = declarations.view(ann, declaration_id)
    assert (view.record.state, view.record.version, kinds(ann, declaration_id)[-1]) == ("released", 2, "QuotaAllotted")
    assert ledger.accounts(["quota/090083/2026-01-01"])["quota/090083/2026-01-01"].consumed == 600


@pytest.mark.django_db
def test_released_goods_that_get_a_part_owe_the_rest_and_are_no_longer_cleared(person: Callable[..., Person]) -> None:
    ann = person("ann")
    first = lodged(ann, "LRN-1", "1000")
    second = lodged(ann, "LRN-2", "500", at=AT + DAY / 2)
    payable = declarations.view(ann, second).case.outstanding
    paid = clearance.perform(ann, second, Doing(Act.PAY, amount=payable), at=AT + DAY / 2)
    assert (paid.record.state, paid.case.to_secure) == ("paid", owed(paid)[2])
    with pytest.raises(RefusedError):
        clearance.perform(ann, second, Doing(Act.SECURE, amount=paid.case.to_secure - 1), at=AT + DAY / 2)
    secured = clearance.perform(ann, second, Doing(Act.SECURE, amount=paid.case.to_secure), at=AT + DAY / 2)
    assert (secured.record.state, secured.record.cleared_at) == ("released", None)
    given = secured.case.secured
    allot(AT + DAY)
    view = declarations.view(ann, second)
    assert (view.record.state, view.record.cleared_at, view.case.unreleased_items) == ("released", None, ())
    assert view.case.outstanding > 0
    clearance.perform(ann, second, Doing(Act.PAY, amount=view.case.outstanding), at=AT + 2 * DAY)
    assert declarations.view(ann, second).record.cleared_at == AT + 2 * DAY
    browser = Client(headers={"host": "localhost"})
    browser.force_login(get_user_model().objects.get(pk=ann.id), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert f"Security of {given:,.2f}" in browser.get(f"/declarations/{second}/").content.decode().replace("\u00a0EUR", "")
    assert answers(ann, first).allotted + answers(ann, second).allotted == 1000


@pytest.mark.django_db
def test_a_suspended_quota_waits_and_gives_the_duty_back_once_it_is_answered(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "10", claim=SHOES)
    view = declarations.view(ann, declaration_id)
    assert [finding.code for finding in view.content.findings] == ["QUO-06"]
    assert allot(AT + DAY) == 0
    assert allot(dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)) == 1
    assert owed(declarations.view(ann, declaration_id))[1] < owed(view)[1]


@pytest.mark.django_db
def test_an_exhausted_quota_is_told_and_what_comes_back_goes_to_whoever_waits(person: Callable[..., Person]) -> None:
    ann = person("ann")
    first = lodged(ann, "LRN-1", "1000")
    allot(AT + DAY)
    second = lodged(ann, "LRN-2", "400", at=AT + DAY)
    assert [finding.code for finding in declarations.view(ann, second).content.findings] == ["QUO-07"]
    clearance.perform(ann, first, Doing(Act.INVALIDATE, reason="duplicate"), at=AT + DAY)
    assert left() == 1000
    assert allot(AT + 2 * DAY) == 1
    assert (answers(ann, second).allotted, left()) == (400, 600)
    assert declarations.view(ann, second).content.findings == ()


@pytest.mark.django_db
def test_an_amendment_keeps_what_was_allotted_returns_what_is_too_much_and_asks_for_what_is_more(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600")
    allot(AT + DAY)
    less = amended(ann, declaration_id, "250", at=AT + DAY)
    assert (left(), less.content.quotas.answers["090110"]) == (750, Answer(allotted=Decimal(250)))
    assert owed(less)[2] == 0
    amended(ann, declaration_id, "900", at=AT + DAY)
    assert (left(), answers(ann, declaration_id)) == (750, Answer(allotted=Decimal(250), waiting=Decimal(650)))
    assert allot(AT + DAY) == 0
    assert allot(AT + 2 * DAY) == 1
    assert (left(), answers(ann, declaration_id).allotted) == (100, 900)
    clearance.perform(ann, declaration_id, Doing(Act.INVALIDATE, reason="duplicate"), at=AT + 2 * DAY)
    assert left() == 1000
    assert requests.requests_of(declaration_id) == ()


@pytest.mark.django_db
def test_a_request_that_waits_is_amended_and_cancelled_with_its_declaration(person: Callable[..., Person]) -> None:
    ann = person("ann")
    first, second = lodged(ann, "LRN-1", "600"), lodged(ann, "LRN-2", "300")
    amended(ann, first, "200", "100", at=AT)
    clearance.perform(ann, second, Doing(Act.INVALIDATE, reason="duplicate"), at=AT)
    assert allot(AT + DAY) == 1
    assert (answers(ann, first).allotted, left()) == (300, 700)


@pytest.mark.django_db
def test_what_is_declared_before_the_goods_come_asks_when_it_is_accepted(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600", type_code="IMD")
    assert allot(AT + DAY) == 0
    declarations.present(ann, declaration_id, at=AT + 3 * DAY)
    assert (allot(AT + 3 * DAY), allot(AT + 4 * DAY)) == (0, 1)
    assert answers(ann, declaration_id).allotted == 600


@pytest.mark.django_db
def test_the_daily_act_broken_off_after_the_answers_goes_on_with_taking_them_up(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600", at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
    quotas.answer(on=dt.date(2026, 11, 21), at=AT + DAY)
    assert declarations.view(ann, declaration_id).record.version == 1
    said = io.StringIO()
    call_command("allot_quotas", stdout=said)
    assert said.getvalue().strip() == "0 requests answered, 1 declarations assessed anew"
    assert declarations.view(ann, declaration_id).record.version == 2
    call_command("allot_quotas", stdout=(again := io.StringIO()))
    assert again.getvalue().strip() == "0 requests answered, 0 declarations assessed anew"


@pytest.mark.django_db
def test_accounts_are_opened_once_and_follow_the_volume_of_the_country() -> None:
    first, second = io.StringIO(), io.StringIO()
    call_command("open_quotas", stdout=first)
    call_command("open_quotas", stdout=second)
    assert first.getvalue() == "9 accounts opened or changed\n"
    assert second.getvalue() == "0 accounts opened or changed\n"
    assert left() == 1000


@pytest.mark.django_db
def test_a_sub_quota_takes_of_its_parent_too() -> None:
    asked = Request(
        id=str(uuid4()), holding=str(uuid4()), account="quota/090101/2026-01-01", on=dt.date(2026, 11, 20), amount=Decimal("100.5")
    )
    execute_as_one(requests.request_clauses([asked], at=AT))
    assert quotas.answer(on=dt.date(2026, 11, 21), at=AT + DAY) == 1
    held = ledger.accounts(["quota/090100/2026-01-01", asked.account])
    assert {name: account.consumed for name, account in held.items()} == {
        "quota/090100/2026-01-01": Decimal("1127.61"),
        asked.account: Decimal("100.5"),
    }


@pytest.mark.django_db
def test_anybody_reads_how_a_quota_stands_and_what_each_day_drew(person: Callable[..., Person], client: Client) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600")
    allot(AT + DAY)
    amended(ann, declaration_id, "250", at=AT + 2 * DAY)
    lodged(ann, "LRN-2", "40.5", at=AT + 2 * DAY)
    listed = client.get("/quotas/?on=2026-11-22").content.decode()
    for shown in ("090110", "critical", "25 % drawn", "750\u00a0KGM", "40.5\u00a0KGM", "2026-11-21", "by licence"):
        assert shown in listed, shown
    assert "090110" not in client.get("/quotas/?on=2026-11-22&state=suspended").content.decode()
    page = client.get("/quotas/090110/?on=2026-11-22").content.decode()
    for shown in (
        "from the first day",
        "Tariff Quota Order item 5",
        "2026-12-31",
        "600\u00a0KGM",
        "350\u00a0KGM",
        "9.8 EUR / 100 kg",
    ):
        assert shown in page, shown
    assert 'href="/quotas/090110/?on=2026-11-22"' in client.get("/tariff/17019910/?on=2026-11-22").content.decode()
    french = client.get("/quotas/090110/?on=2026-11-22", headers={"Accept-Language": "fr"}).content.decode()
    assert all(word in french for word in ("Contingent 090110", "critique", "dès le premier jour", "25 % épuisés"))
    assert client.get("/quotas/999999/").status_code == 404
    assert str(declaration_id) not in page + listed


@pytest.mark.django_db
def test_the_record_of_a_declaration_leads_to_its_quota_and_tells_what_is_secured(person: Callable[..., Person], client: Client) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600")
    client.force_login(get_user_model().objects.get(pk=ann.id), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/declarations/{declaration_id}/").content.decode()
    assert 'href="/quotas/090110/"' in page
    assert f"Give security of {declarations.view(ann, declaration_id).case.to_secure:,.2f}" in page
    for shown in ("600\u00a0KGM asked for", "<dt>Secured</dt>", "Quota 090110 is critical", "Tariff Quota Order item 5"):
        assert shown in page, shown


def test_the_form_keeps_the_claim_of_a_declaration_that_is_amended_on_it() -> None:
    declared = messages.read(claiming("LRN-1", "600")).declaration
    assert declared
    again = declaration_of(Typed(fields_of(declared)))
    assert [item.quota_order_id() for item in again.items] == ["090110"]
    assert field_of("GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/DutyTaxFee[1]/QuotaOrderID") == "item.1.quota"


@pytest.mark.django_db
def test_a_program_reads_balances_and_history(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    ann = person("ann")
    lodged(ann, "LRN-1", "600")
    allot(AT + DAY)
    bob = caller("bob")
    period = bob.get("/api/quotas/090110").json()["periods"][0]
    assert (Decimal(period["drawn"]), Decimal(period["available"]), period["state"]) == (600, 400, "critical")
    assert [(day, *map(Decimal, amounts)) for day, *amounts in period["history"]] == [("2026-11-21", 600, 0, 400)]
    told = {each["order_number"]: each for each in bob.get("/api/quotas").json()["quotas"]}
    assert told["090067"]["drawn"] is None
    assert bob.get("/api/quotas/999999").status_code == 404
