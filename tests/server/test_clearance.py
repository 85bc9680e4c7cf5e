import dataclasses
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from customhouse import messages, pipeline, tariff
from customhouse.assessment import Determination
from customhouse.clearance import Act, RefusedError
from customhouse.ledger import Account, Kind, Movement
from customhouse.messages import Document
from customhouse.risk import Lane
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.clearance import actions
from customhouse_server.clearance.actions import AlreadyClaimedError, Doing, FourEyesError, NotClaimedError, WrongActError
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import content, store
from customhouse_server.declaration.lodging import AmendmentRejectedError, Lodging, WrongDocumentError
from customhouse_server.ledger import actions as balances
from customhouse_server.tariff.country import current_country
from load import sample

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
LATER = AT + 2 * HOUR
WATCHED = "IR"


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: b"0123456789abcdef")


def lodged(person: Person, lrn: str = "LRN-1", **differing: object) -> UUID:
    return UUID(msgspec.json.decode(declarations.lodge(person, Lodging(sample.xml(lrn, **differing)), at=AT).body)["id"])


@pytest.mark.django_db
def test_a_green_declaration_is_released_by_rule_and_cleared_once_it_is_paid(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann)
    with pytest.raises(RefusedError):
        actions.perform(ann, declaration_id, Doing(Act.PAY, amount=Decimal("682.24")), at=LATER)
    released = actions.perform(ann, declaration_id, Doing(Act.PAY, amount=Decimal("682.25")), at=LATER)
    assert (released.record.state, released.record.released_at, released.record.cleared_at) == ("released", LATER, LATER)
    assert [notice.kind for notice in declarations.notices(ann, declaration_id)] == ["accepted", "tax", "released", "cleared"]


@pytest.mark.django_db
def test_goods_are_released_item_by_item_against_security_and_cleared_when_paid(person: Callable[..., Person]) -> None:
    ann, officer = person("ann"), person("olu", Role.OFFICER)
    declaration_id = lodged(ann)
    actions.perform(ann, declaration_id, Doing(Act.SECURE, amount=Decimal(700)), at=LATER)
    actions.claim(officer, declaration_id, at=LATER)
    some = actions.perform(officer, declaration_id, Doing(Act.RELEASE, items=(1, 3)), at=LATER)
    assert (some.record.state, some.case.released_items, some.record.released_at) == ("secured", (1, 3), None)
    rest = actions.perform(officer, declaration_id, Doing(Act.RELEASE), at=LATER)
    assert (rest.record.state, rest.case.released_items, rest.record.cleared_at) == ("released", (1, 2, 3, 4, 5), None)
    assert actions.perform(ann, declaration_id, Doing(Act.PAY, amount=Decimal("682.25")), at=LATER).record.cleared_at == LATER


@pytest.mark.django_db
def test_a_red_declaration_is_examined_before_it_is_assessed_and_the_inspection_act_is_kept(person: Callable[..., Person]) -> None:
    ann, officer = person("ann"), person("olu", Role.OFFICER)
    declaration_id = lodged(ann, origin=WATCHED)
    view = declarations.view(officer, declaration_id)
    assert (view.record.lane, view.record.state) == ("red", "examination_ordered")
    actions.claim(officer, declaration_id, at=LATER)
    inspection = {"method": "visual", "packages_opened": "4", "seals_found": ["A1"]}
    examined = actions.perform(officer, declaration_id, Doing(Act.RECORD_EXAMINATION, result_code="conform", document=inspection), at=LATER)
    assert examined.record.state == "examined"
    assert [paper.document for paper in actions.papers(officer, declaration_id)] == [inspection]
    assert actions.perform(officer, declaration_id, Doing(Act.ASSESS), at=LATER).record.state == "assessed"


@pytest.mark.django_db
def test_an_amendment_makes_a_version_under_the_law_of_the_acceptance_day(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann)
    fewer = sample.xml("LRN-1", commodities=("08055010",))
    view = declarations.amend(ann, declaration_id, Lodging(fewer), reason="four items were left behind", at=LATER)
    assert (view.record.version, view.record.state, view.record.item_count) == (2, "assessed", 1)
    assert view.record.payable is not None
    assert view.record.payable < Decimal("682.25")
    assert [version.message for version in declarations.versions(ann, declaration_id)] == [sample.xml("LRN-1"), fewer]
    assert view.record.accepted_at == AT
    assert view.record.mrn
    second = store.version_of(declaration_id, 2)
    again = pipeline.clear(messages.read(second.message), current_country(), at=AT, seed=second.seed, presented=True)
    assert content.content_of(again) == content.read(second.content)


@pytest.mark.django_db
def test_an_amendment_with_errors_or_of_another_reference_leaves_the_declaration_as_it_was(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann)
    before = store.record_of(declaration_id)
    with pytest.raises(AmendmentRejectedError):
        declarations.amend(ann, declaration_id, Lodging(sample.xml("LRN-1", commodities=("12",))), reason="x", at=LATER)
    with pytest.raises(WrongDocumentError):
        declarations.amend(ann, declaration_id, Lodging(sample.xml("LRN-2")), reason="x", at=LATER)
    assert store.record_of(declaration_id) == before


@pytest.mark.django_db
def test_a_declaration_under_examination_is_neither_amended_nor_cancelled_by_the_declarant(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, origin=WATCHED)
    with pytest.raises(RefusedError):
        declarations.amend(ann, declaration_id, Lodging(sample.xml("LRN-1")), reason="x", at=LATER)
    with pytest.raises(RefusedError):
        actions.perform(ann, declaration_id, Doing(Act.INVALIDATE, reason="duplicate"), at=LATER)


@pytest.mark.django_db
def test_a_declaration_lodged_before_the_goods_is_accepted_when_they_come(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann, type_code="IMD")
    assert (store.record_of(declaration_id).state, store.record_of(declaration_id).mrn) == ("prelodged", None)
    view = declarations.present(ann, declaration_id, at=LATER)
    assert (view.record.state, view.record.accepted_at, bool(view.record.mrn)) == ("assessed", LATER, True)
    with pytest.raises(RefusedError):
        declarations.present(ann, declaration_id, at=LATER)


@pytest.mark.django_db
def test_an_officer_decides_only_on_what_he_has_taken_on_and_one_officer_at_a_time(person: Callable[..., Person]) -> None:
    ann, olu, mia = person("ann"), person("olu", Role.OFFICER), person("mia", Role.OFFICER)
    head = person("head", Role.SUPERVISOR)
    declaration_id = lodged(ann)
    with pytest.raises(NotClaimedError):
        actions.perform(olu, declaration_id, Doing(Act.ORDER_EXAMINATION), at=LATER)
    actions.claim(olu, declaration_id, at=LATER)
    with pytest.raises(AlreadyClaimedError):
        actions.claim(mia, declaration_id, at=LATER)
    with pytest.raises(NotClaimedError):
        actions.perform(mia, declaration_id, Doing(Act.ORDER_EXAMINATION), at=LATER)
    assert actions.claim(head, declaration_id, at=LATER).officer == "head"
    actions.unclaim(head, declaration_id, at=LATER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, actor, document ->> 'declaration' FROM journal_event WHERE declaration_id IS NULL ORDER BY id")
        told = cursor.fetchall()
    assert {declaration for *_, declaration in told} == {str(declaration_id)}
    assert [each[:2] for each in told] == [
        ("DeclarationTakenOn", "olu"),
        ("DeclarationTakenOn", "head"),
        ("DeclarationPutBack", "head"),
    ]


@pytest.mark.django_db
def test_a_supervisor_reroutes_with_a_reason_but_not_what_he_works_on_himself(person: Callable[..., Person]) -> None:
    ann, olu, head = person("ann"), person("olu", Role.OFFICER), person("head", Role.SUPERVISOR)
    declaration_id = lodged(ann)
    with pytest.raises(RefusedError):
        actions.perform(head, declaration_id, Doing(Act.REROUTE, lane=Lane.RED), at=LATER)
    with pytest.raises(RefusedError):
        actions.perform(olu, declaration_id, Doing(Act.REROUTE, lane=Lane.RED, reason="tip"), at=LATER)
    assert actions.perform(head, declaration_id, Doing(Act.REROUTE, lane=Lane.RED, reason="tip"), at=LATER).record.lane == "red"
    actions.claim(head, declaration_id, at=LATER)
    with pytest.raises(FourEyesError):
        actions.perform(head, declaration_id, Doing(Act.REROUTE, lane=Lane.GREEN, reason="mine"), at=LATER)


@pytest.mark.django_db
def test_what_follows_by_rule_alone_is_not_done_by_hand(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann)
    for act in (Act.ACCEPT, Act.ASSIGN_LANE, Act.REJECT, Act.AMEND):
        with pytest.raises(WrongActError):
            actions.perform(ann, declaration_id, Doing(act), at=LATER)


@pytest.mark.django_db(transaction=True)
def test_a_trader_follows_a_declaration_by_its_messages(caller: Callable[..., Client]) -> None:
    ann = caller("ann")
    lodged_id = ann.post("/api/declarations", sample.xml("LRN-1"), content_type="application/xml").json()["id"]
    found: dict[str, Any] = {"messages": []}
    while len(found["messages"]) < 2:
        found = ann.get("/api/messages").json()
    assert [message["kind"] for message in found["messages"]] == ["accepted", "tax"]
    assert ann.get(f"/api/messages?since={found['position']}").json() == {"messages": [], "position": found["position"]}
    answer = ann.post(f"/api/declarations/{lodged_id}/payment", {"amount": "682.25"}, content_type="application/json")
    assert answer.json()["state"] == "released"
    xml = ann.get(f"/api/messages/{found['position']}", headers={"Accept": "application/xml"})
    assert b"<Response" in xml.content
    assert msgspec.json.decode(ann.get(f"/api/messages/{found['position']}").content, type=Document).response is not None


@pytest.mark.django_db
def test_the_work_list_shows_the_offices_own_work_oldest_first_with_who_has_it(
    person: Callable[..., Person], caller: Callable[..., Client]
) -> None:
    ann = person("ann")
    first, second = lodged(ann, "LRN-1"), lodged(ann, "LRN-2", origin=WATCHED)
    officer = caller("olu", Role.OFFICER)
    assert officer.post(f"/api/declarations/{second}/claim").json()["officer"] == "olu"
    rows = officer.get("/api/worklist").json()["declarations"]
    assert {(row["id"], row["claimed_by"]) for row in rows} == {(str(first), ""), (str(second), "olu")}
    red = officer.get("/api/worklist?lane=red").json()
    assert ([row["id"] for row in red["declarations"]], red["total"]) == ([str(second)], 1)
    assert caller("far", Role.OFFICER, office="QZ000102").get("/api/worklist").json()["total"] == 0


@pytest.mark.django_db
def test_a_declarant_reads_what_was_exchanged_with_him_and_not_what_customs_wrote_for_itself(person: Callable[..., Person]) -> None:
    ann, officer = person("ann"), person("olu", Role.OFFICER)
    declaration_id = lodged(ann)
    actions.claim(officer, declaration_id, at=LATER)
    actions.perform(
        officer, declaration_id, Doing(Act.QUERY, reason="value", document={"question": "Is there a contract?"}), at=LATER + 1 * HOUR
    )
    actions.perform(ann, declaration_id, Doing(Act.ANSWER, document={"text": "Here it is."}), at=LATER + 2 * HOUR)
    actions.perform(officer, declaration_id, Doing(Act.ORDER_EXAMINATION), at=LATER + 3 * HOUR)
    actions.perform(
        officer, declaration_id, Doing(Act.RECORD_EXAMINATION, result_code="conform", document={"opened": "2"}), at=LATER + 4 * HOUR
    )
    assert [paper.kind for paper in actions.papers(ann, declaration_id)] == ["query", "answer"]
    assert [paper.kind for paper in actions.papers(officer, declaration_id)] == ["query", "answer", "record_examination"]


@pytest.mark.django_db
def test_the_lane_is_told_to_customs_alone_and_no_filter_gives_it_away(person: Callable[..., Person]) -> None:
    ann, officer = person("ann"), person("olu", Role.OFFICER)
    declaration_id = lodged(ann, origin=WATCHED)
    seen = declarations.view(ann, declaration_id)
    assert (seen.record.lane, seen.case.lane, seen.content.selection) == ("", None, None)
    assert '"red"' not in seen.record.case
    told = declarations.versions(ann, declaration_id)[0]
    assert (told.seed, content.read(told.content).selection) == (b"", None)
    assert declarations.listed(ann, store.Filter(lanes=("green",))).total == 1
    assert declarations.listed(officer, store.Filter(lanes=("green",))).total == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_payments_at_once_one_is_recorded_and_the_others_are_refused(person: Callable[..., Person]) -> None:
    ann = person("ann")
    declaration_id = lodged(ann)
    barrier = Barrier(6)

    def pay(_: int) -> str:
        try:
            barrier.wait()
            return actions.perform(ann, declaration_id, Doing(Act.PAY, amount=Decimal("682.25")), at=LATER).record.state
        except RefusedError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(pay, range(6)))
    assert outcomes == ["refused"] * 5 + ["released"]
    assert declarations.view(ann, declaration_id).case.paid == Decimal("682.25")


@pytest.mark.django_db(transaction=True)
def test_of_many_officers_at_once_one_takes_a_declaration_on(person: Callable[..., Person]) -> None:
    declaration_id = lodged(person("ann"))
    officers = [person(f"officer{number}", Role.OFFICER) for number in range(6)]
    barrier = Barrier(6)

    def take(officer: Person) -> str:
        try:
            barrier.wait()
            return actions.claim(officer, declaration_id, at=LATER).officer
        except AlreadyClaimedError:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len([taken for taken in pool.map(take, officers) if taken]) == 1


@pytest.fixture
def entry_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tariff with a duty for which the law gives no figure."""
    country = current_country()
    unclear = tariff.Measure(id="X", commodity="08055010", kind="ICD", rate=tariff.read_rate("Entry Price"))
    law = dataclasses.replace(country.law, tariff=country.law.tariff.replaced_by([unclear]))
    monkeypatch.setattr(declarations, "country_at", lambda *, at: dataclasses.replace(country, law=law))  # noqa: ARG005 - at any instant


@pytest.mark.django_db
@pytest.mark.usefixtures("entry_prices")
def test_an_officer_determines_what_the_law_leaves_open_and_the_rest_follows(person: Callable[..., Person]) -> None:
    ann, officer = person("ann"), person("olu", Role.OFFICER)
    declaration_id = lodged(ann)
    waiting = declarations.view(ann, declaration_id)
    assert (waiting.record.state, waiting.record.version) == ("accepted", 1)
    open_lines = [line.tax for line in waiting.content.assessment.items[0].lines if line.amount is None]
    assert open_lines[0] == "ICD"
    actions.claim(officer, declaration_id, at=LATER)
    found = Determination(item=1, tax="ICD", amount=Decimal("12.50"), reason="table of the day")
    with pytest.raises(WrongActError):
        actions.perform(officer, declaration_id, Doing(Act.ASSESS, determined=(msgspec.structs.replace(found, item=2),)), at=LATER)
    assessed = actions.perform(officer, declaration_id, Doing(Act.ASSESS, reason="entry price", determined=(found,)), at=LATER)
    assert (assessed.record.state, assessed.record.version, assessed.case.undetermined) == ("assessed", 2, False)
    assert assessed.content.assessment.items[0].lines[0].amount == Decimal("12.50")
    paid = actions.perform(ann, declaration_id, Doing(Act.PAY, amount=assessed.case.payable), at=LATER)
    assert paid.record.state == "released"


@pytest.mark.django_db
@pytest.mark.usefixtures("entry_prices")
def test_the_page_asks_the_officer_for_what_is_undetermined(person: Callable[..., Person], client: Client) -> None:
    ann, officer = person("ann"), person("olu", Role.OFFICER)
    declaration_id = lodged(ann)
    actions.claim(officer, declaration_id, at=LATER)
    client.force_login(get_user_model().objects.get(username="olu"))
    assert 'name="determined:1:ICD"' in client.get(f"/clearance/{declaration_id}/").content.decode()
    for text, state in (("twelve", "accepted"), ("-1", "accepted"), ("NaN", "accepted"), ("12.50", "assessed")):
        client.post(f"/clearance/{declaration_id}/act/", {"act": "assess", "reason": "table of the day", "determined:1:ICD": text})
        assert declarations.view(officer, declaration_id).record.state == state


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["amend", "invalidate"])
def test_what_a_declaration_drew_is_given_back_when_it_is_amended_or_cancelled(person: Callable[..., Person], act: str) -> None:
    ann = person("ann")
    declaration_id = lodged(ann)
    balances.open_account(Account(id="LICENCE 1", unit="KGM", granted=Decimal(100)))
    draw = Movement(cause="lodged", kind=Kind.CONSUME, holding=str(declaration_id), amounts={"LICENCE 1": Decimal(70)})
    balances.post(draw, actor="ann", at=AT)
    if act == "amend":
        declarations.amend(ann, declaration_id, Lodging(sample.xml("LRN-1", commodities=("08055010",))), reason="fewer", at=LATER)
    else:
        actions.perform(ann, declaration_id, Doing(Act.INVALIDATE, reason="duplicate"), at=LATER)
    whole = Movement(cause="next", kind=Kind.CONSUME, holding="next", amounts={"LICENCE 1": Decimal(100)})
    assert balances.post(whole, actor="ann", at=LATER)["LICENCE 1"].available == 0
