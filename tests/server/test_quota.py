"""Quotas from lodging to balance: however many ask, amend and cancel at once, nobody overdraws and nothing is lost."""

import datetime as dt
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID, uuid4

import msgspec
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customhouse import messages, pipeline
from customhouse.assessment import Assessment
from customhouse.clearance import Act, RefusedError
from customhouse.declaration import Measure
from customhouse.declaration.goods_item import DutyTaxFee
from customhouse.tariff.quota import Answer, Request
from customhouse_server.accounts.person import Person
from customhouse_server.clearance import actions as clearance
from customhouse_server.clearance.actions import Doing
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import content, quota_answer, store
from customhouse_server.declaration.actions import View
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.ledger import actions as ledger
from customhouse_server.quota import actions as quotas
from customhouse_server.quota import store as requests
from customhouse_server.tariff.country import current_country
from load import sample

AT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SUGAR, RICE, SHOES = ("17019910", "090110"), ("10063098", "090083"), ("64039996", "090111")
ACCOUNT = "quota/090110/2026-01-01"


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: b"0123456789abcdef")


def claiming(lrn: str, *masses: str, claim: tuple[str, str] = SUGAR, type_code: str = "IMA") -> bytes:
    """A declaration of one item for each mass in kilograms, each claiming the quota."""
    code, number = claim
    whole = sample.declaration(lrn, commodities=(code,) * len(masses), type_code=type_code)
    assert whole.goods_shipment is not None
    items = []
    for item, mass in zip(whole.items, masses, strict=True):
        goods = item.commodity
        assert goods is not None
        assert goods.goods_measure is not None
        kilograms = Measure(Decimal(mass), "KGM")
        pairs = Measure(Decimal(mass), "NPR") if claim is SHOES else None
        weighed = msgspec.structs.replace(goods.goods_measure, gross_mass=kilograms, net_mass=kilograms, tariff_quantity=pairs)
        fee = DutyTaxFee(duty_regime_code="120", quota_order_id=number)
        items.append(msgspec.structs.replace(item, commodity=msgspec.structs.replace(goods, goods_measure=weighed, duty_tax_fees=(fee,))))
    shipment = msgspec.structs.replace(whole.goods_shipment, items=tuple(items))
    total = Measure(sum((Decimal(mass) for mass in masses), Decimal(0)), "KGM")
    return messages.render_xml(
        messages.Document(declaration=msgspec.structs.replace(whole, goods_shipment=shipment, total_gross_mass=total))
    )


def lodged(person: Person, lrn: str, *masses: str, at: dt.datetime = AT, **how: object) -> UUID:
    answer = declarations.lodge(person, Lodging(claiming(lrn, *masses, **how)), at=at)  # type: ignore[arg-type] - as `claiming` takes it
    assert answer.status == 201, answer.body
    return UUID(msgspec.json.decode(answer.body)["id"])


def allot(at: dt.datetime) -> int:
    """The daily act at an instant."""
    answered = quotas.answer(on=current_country().legal_day(at=at), at=at)
    for declaration_id in quota_answer.declarations_to_take_up():
        quota_answer.take_up(declaration_id, at=at)
    return answered


def amended(person: Person, declaration_id: UUID, *masses: str, at: dt.datetime) -> View:
    lrn = store.record_of(declaration_id).lrn
    return declarations.amend(person, declaration_id, Lodging(claiming(lrn, *masses)), reason="weighed again", at=at)


def left() -> Decimal:
    return ledger.accounts([ACCOUNT])[ACCOUNT].available


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
    assert declarations.notices(ann, ids[0])[-1].kind == "tax"
    assert (allot(AT + DAY), allot(AT + 2 * DAY)) == (0, 0)


@pytest.mark.django_db
def test_the_decision_on_a_claim_can_be_made_again_from_what_is_stored(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, "LRN-1", "600")
    version = store.version_of(declaration_id, 1)
    kept = content.read(version.content)
    again = pipeline.clear(messages.read(version.message), current_country(), at=version.at, seed=version.seed, quotas=kept.quotas)
    assert content.content_of(again) == kept


@pytest.mark.django_db
def test_a_declaration_without_a_claim_costs_one_statement_and_one_with_a_claim_one_more(person: Callable[..., Person]) -> None:
    ann = person("ann")
    lodged(ann, "LRN-0", "1")
    with CaptureQueriesContext(connection) as plain:
        declarations.lodge(ann, Lodging(sample.xml("LRN-1")), at=AT)
    with CaptureQueriesContext(connection) as claimed:
        lodged(ann, "LRN-2", "1")
    assert (len(plain), len(claimed)) == (1, 2), claimed.captured_queries


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
    assert (paid.record.state, paid.record.cleared_at) == ("released", AT + DAY / 2)
    allot(AT + DAY)
    view = declarations.view(ann, second)
    assert (view.record.state, view.record.cleared_at, view.case.unreleased_items) == ("released", None, ())
    assert view.case.outstanding > 0
    clearance.perform(ann, second, Doing(Act.PAY, amount=view.case.outstanding), at=AT + 2 * DAY)
    assert declarations.view(ann, second).record.cleared_at == AT + 2 * DAY
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


@pytest.mark.django_db(transaction=True)
def test_of_many_lodgings_amendments_cancellations_and_daily_acts_at_once_nothing_is_overdrawn_or_lost(
    person: Callable[..., Person],
) -> None:
    ann = person("ann")
    waiting = [lodged(ann, f"OLD-{number}", "150", at=AT) for number in range(8)]
    allot(AT + DAY)
    late = [lodged(ann, f"NEW-{number}", "90", at=AT + DAY) for number in range(6)]

    def one(number: int) -> str:
        at = AT + 2 * DAY
        try:
            match number % 4:
                case 0:
                    allot(at)
                case 1:
                    clearance.perform(ann, waiting[number // 2], Doing(Act.INVALIDATE, reason="duplicate"), at=at)
                case 2:
                    amended(ann, waiting[number // 2], "60", at=at)
                case _:
                    lodged(ann, f"NOW-{number}", "70", at=at)
        except RefusedError as refusal:
            return str(refusal)
        return "done"

    assert at_once(16, one) == ["done"] * 16
    for days in range(2, 5):
        allot(AT + days * DAY)
    account = ledger.accounts([ACCOUNT])[ACCOUNT]
    everything = [*waiting, *late, *(record.id for record in store.records(store.Filter(text="NOW-"), limit=99))]
    stand = [each for declaration_id in everything for each in requests.requests_of(declaration_id)]
    assert all(each.allotted is not None for each in stand)
    assert account.consumed == sum(each.allotted or 0 for each in stand)
    assert 0 <= account.available <= 1000
    assert quota_answer.declarations_to_take_up() == ()
    for declaration_id in everything:
        view = declarations.view(ann, declaration_id)
        claims = [item.quota for item in view.content.assessment.items if item.quota and view.record.state != "invalidated"]
        got = sum(each.allotted or 0 for each in requests.requests_of(declaration_id))
        assert sum(claim.asked or 0 for claim in claims if claim.standing == "allotted") == got


@pytest.mark.django_db(transaction=True)
def test_of_many_daily_acts_at_once_each_request_is_answered_once_and_each_declaration_assessed_once(person: Callable[..., Person]) -> None:
    ann = person("ann")
    ids = [lodged(ann, f"LRN-{number}", "300") for number in range(5)]
    assert at_once(6, lambda _: str(allot(AT + DAY))) == ["done"] * 6
    assert left() == 0
    assert [declarations.view(ann, each).record.version for each in ids] == [2] * 5
    assert sum(answers(ann, each).allotted for each in ids) == 1000


@pytest.mark.django_db(transaction=True)
def test_of_many_lodgings_at_once_every_request_is_kept(person: Callable[..., Person]) -> None:
    ann = person("ann")
    assert at_once(12, lambda number: lodged(ann, f"LRN-{number}", "100")) == ["done"] * 12
    assert allot(AT + DAY) == 12
    assert left() == 0


def at_once(count: int, act: Callable[[int], object]) -> list[str]:
    """What each of so many threads at the same moment came to: what it says in words, else that it is done."""
    barrier = Barrier(count)

    def one(number: int) -> str:
        try:
            barrier.wait()
            said = act(number)
        finally:
            connection.close()
        return said if isinstance(said, str) and not said.isdigit() else "done"

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
