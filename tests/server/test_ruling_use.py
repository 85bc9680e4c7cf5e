import datetime as dt
import io
from collections.abc import Callable
from uuid import UUID

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.server.rulings import AT, DAY, FIELDS, applied, drafted, issued, walk_to

from customhouse import messages, pipeline
from customhouse.declaration.document import AdditionalDocument
from customhouse.tariff.ruling import Act
from customhouse_server.accounts import actions as accounts
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.clearance import actions as clearance
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import content
from customhouse_server.declaration import store as declaration_store
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.ruling import actions, edition, learning, store
from customhouse_server.ruling.record import WrongActError
from customhouse_server.ruling.store import Filter
from customhouse_server.ruling.view import Doing
from customhouse_server.tariff.country import current_country
from load import sample


def cited(reference: str | None, *commodities: str, **differing: str) -> bytes:
    declared = sample.declaration(f"L-{len(commodities)}-{commodities[0]}-{reference}"[:22], commodities=commodities, **differing)
    document = AdditionalDocument(category_code="C", type_code="626", id=reference)
    shipment = declared.goods_shipment
    assert shipment
    items = tuple(msgspec.structs.replace(item, additional_documents=(document,)) for item in shipment.items)
    changed = msgspec.structs.replace(declared, goods_shipment=msgspec.structs.replace(shipment, items=items))
    return messages.render_xml(messages.Document(declaration=changed))


def findings(person: Person, message: bytes) -> set[str]:
    answer = msgspec.json.decode(declarations.lodge(person, Lodging(message), at=AT).body)
    return {each["code"] for each in answer.get("findings", ()) if each["code"].startswith("RUL")}


@pytest.mark.django_db
def test_a_declaration_is_held_against_the_rulings_it_cites_or_should(
    people: tuple[Person, Person, Person], person: Callable[..., Person]
) -> None:
    ann, _, sue = people
    record = issued(people, goods="Goods of heading 0805, sample goods, lemons").record
    assert findings(ann, cited(record.reference, "08055010")) == set()
    assert findings(ann, cited(record.reference, "07096010")) == {"RUL-05"}
    assert findings(ann, cited("QZ-NONE", "08055010")) == {"RUL-01"}
    bob = person("bob", party="QZ87654321")
    assert findings(bob, cited(record.reference, "08055010", declarant="QZ87654321")) == {"RUL-02"}
    actions.perform(
        sue, record.id, Doing(Act.REVOKE, reason="the note changed", notice_until=DAY, grace_until=DAY + dt.timedelta(days=180)), at=AT
    )
    assert findings(ann, cited(record.reference, "08055010", "08055010")) == {"RUL-04"}


@pytest.mark.django_db
def test_classification_learns_from_issued_rulings_and_not_from_applications(people: tuple[Person, Person, Person]) -> None:
    before = learning.current_index(on=DAY)
    applied(people[0])
    assert learning.current_index(on=DAY).version == before.version
    record = issued(people).record
    after = learning.current_index(on=DAY)
    assert after.version != before.version
    assert [each.id for each in after.suggest("fresh lemons waxed").ranked[0].precedents] == [record.reference]
    assert actions.suggestions(people[1], record.id, at=AT).version == after.version


@pytest.mark.django_db
def test_what_was_released_teaches_from_the_next_day_on_and_what_is_held_teaches_nothing(people: tuple[Person, Person, Person]) -> None:
    ann = people[0]
    held, paid = (declarations.lodge(ann, Lodging(sample.xml(lrn, commodities=("08055010",))), at=AT) for lrn in ("HELD", "PAID"))
    declaration_id = UUID(msgspec.json.decode(paid.body)["id"])
    owed = declarations.view(ann, declaration_id).case.outstanding
    clearance.perform(ann, declaration_id, clearance.Doing(clearance.Act.PAY, amount=owed), at=AT)
    assert held.status == paid.status == 201
    tomorrow = DAY + dt.timedelta(days=1)
    assert learning.current_index(on=DAY).suggest("produce of heading 0805").ranked[0].precedents == ()
    (taught,) = learning.current_index(on=tomorrow).suggest("produce of heading 0805").ranked[0].precedents
    second = applied(ann)
    drafted(people[1], second, "08059000", goods="Produce of heading 0805")
    (otherwise,) = actions.decided_otherwise(people[1], second, at=AT + dt.timedelta(days=1))
    assert (otherwise.other, otherwise.level) == (taught, "subheading")
    assert taught.id == f"{declarations.view(ann, declaration_id).record.mrn}/1"


@pytest.mark.django_db
def test_a_version_once_written_is_never_changed(people: tuple[Person, Person, Person]) -> None:
    ruling_id = applied(people[0])
    with pytest.raises(DatabaseError, match="append"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ruling_rulingversion SET actor = 'x' WHERE record_id = %s", (ruling_id,))
    assert store.content_of(store.record_of(ruling_id))


@pytest.mark.django_db
def test_a_new_edition_ends_rulings_with_grace_and_gives_each_holder_a_draft_with_the_new_code(
    people: tuple[Person, Person, Person],
) -> None:
    ann, olu, sue = people
    reference = issued(people).record.reference
    first_day, correlation = dt.date(2028, 1, 1), "from,to\n0805.50,0805.60\n"
    assert [each.proposed_code for each in edition.ending(olu, correlation, on=first_day)] == ["080560"]
    with pytest.raises(NotPermittedError):
        edition.put_up(olu, correlation, on=first_day, at=AT)
    edition.put_up(sue, correlation, on=first_day, at=AT)
    ended = store.record_of_reference(str(reference))
    assert ended.ruling
    assert (ended.state, ended.ruling.status(on=dt.date(2027, 12, 31)), ended.ruling.status(on=first_day)) == (
        "ceased",
        "in_force",
        "in_grace",
    )
    assert ended.ruling.status(on=dt.date(2028, 7, 1)) == "ended"
    (draft,) = actions.listed(ann, Filter(states=("draft",))).records
    assert (draft.typed["proposed_code"], draft.typed["prior_rulings"]) == ("080560", reference)
    assert actions.apply(ann, draft.id, at=AT).record.state == "applied"
    assert edition.ending(olu, correlation, on=first_day) == ()


@pytest.mark.django_db
def test_a_ruling_that_has_run_its_term_is_recorded_as_expired_by_rule(people: tuple[Person, Person, Person]) -> None:
    record = issued(people).record
    assert edition.expire(at=AT + dt.timedelta(days=1090)) == 0
    assert edition.expire(at=AT + dt.timedelta(days=1100)) == 1
    assert store.record_of(record.id).state == "expired"
    call_command("expire_rulings", stdout=(said := io.StringIO()))
    assert said.getvalue() == "0 rulings have expired\n"


@pytest.mark.django_db
def test_what_a_declaration_was_held_against_is_kept_so_that_its_journey_can_be_made_again(people: tuple[Person, Person, Person]) -> None:
    ann, _, sue = people
    record = issued(people).record
    message = cited(record.reference, "07096010")
    declarations.lodge(ann, Lodging(message), at=AT)
    kept = declaration_store.version_of(declaration_store.records(declaration_store.Filter(), limit=1)[0].id, 1)
    actions.perform(sue, record.id, Doing(Act.REVOKE, reason="the note changed", notice_until=DAY), at=AT)
    stored = content.read(kept.content)
    again = pipeline.clear(messages.read(message), current_country(), at=AT, seed=kept.seed, rulings=stored.rulings)
    assert content.content_of(again) == stored
    assert (
        content.read(declarations.versions(ann, declaration_store.records(declaration_store.Filter(), limit=1)[0].id)[0].content).rulings
        is None
    )


@pytest.mark.django_db
def test_the_whole_way_is_open_to_programs(people: tuple[Person, Person, Person]) -> None:
    def client(who: Person) -> Client:
        return Client(headers={"Authorization": f"Bearer {accounts.issue_token(who, 'tests', at=dt.datetime.now(dt.UTC))}"})

    def post(caller: Client, path: str, **body: object) -> dict[str, object]:
        answer = caller.post(f"/api/rulings/applications{path}", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    ann, olu, sue = (client(who) for who in people)
    refused = ann.post("/api/rulings/applications", {"fields": {"applicant": "QZ12345678"}}, content_type="application/json")
    assert (refused.status_code, refused.json()["title"]) == (422, "Something is missing")
    path = f"/{post(ann, '', fields=FIELDS)['id']}"
    assert post(olu, f"{path}/act", act="accept")["clock"]["state"] == "running"
    first = {"rule": "1", "applies": True, "answer": "citrus", "candidates": [{"code": "0805", "reason": "citrus"}]}
    wrong = olu.post(f"/api/rulings/applications{path}/walk", first, content_type="application/json")
    assert (wrong.status_code, wrong.json()["title"]) == (422, "Not the next step")
    post(olu, f"{path}/walk", **first, texts=[{"kind": "heading", "reference": "0805"}])
    assert (
        olu.post(
            f"/api/rulings/applications{path}/walk", {"rule": "6", "applies": False, "answer": "x"}, content_type="application/json"
        ).status_code
        == 422
    )
    assert olu.get(f"/api/rulings/applications{path}/suggestions").json()["version"]
    fields = {"code": "08055010", "goods": "Fresh lemons", "reasons": "Rule 1"}
    unfinished = olu.post(f"/api/rulings/applications{path}/decision", {"fields": fields}, content_type="application/json")
    assert "walk" in unfinished.json()["detail"]
    actions.step_back(people[1], UUID(path[1:]), at=AT)
    walk_to(people[1], UUID(path[1:]), "08055010")
    post(olu, f"{path}/decision", fields=fields)
    done = post(sue, f"{path}/act", act="issue")
    assert Client().get(f"/api/rulings/{done['reference']}").json()["code"] == "08055010"
    assert ann.get(f"/api/rulings/applications{path}/events").json()["events"][-1]["event"] == "RulingPublished"


@pytest.mark.django_db
def test_a_ruling_is_replaced_only_by_another_of_its_holder_and_both_stay_in_the_register(people: tuple[Person, Person, Person]) -> None:
    _, __, sue = people
    first, second = issued(people).record, issued(people, goods="Lemons, fresh, in nets").record
    for wrong in ("", "QZ-NONE", str(first.reference)):
        with pytest.raises(WrongActError, match="no other ruling"):
            actions.perform(sue, first.id, Doing(Act.MODIFY, reason="nets", reference=wrong, notice_until=DAY), at=AT)
    after = actions.perform(sue, first.id, Doing(Act.MODIFY, reason="nets", reference=str(second.reference), notice_until=DAY), at=AT)
    assert (after.record.state, after.record.case.replaced_by) == ("modified", second.reference)
    assert actions.register_of(Filter()).total == 2
    assert actions.register_of(Filter(on=DAY)).total == 1


@pytest.mark.django_db
def test_no_confidential_word_comes_back_in_a_suggestion(people: tuple[Person, Person, Person]) -> None:
    issued(people)
    told = repr(learning.current_index(on=DAY).suggest("fresh lemons waxed with carnauba").ranked).casefold()
    assert "lemons waxed" in told
    assert "carnauba" not in told


@pytest.mark.django_db
def test_what_customs_asks_stands_on_the_home_page_of_the_trader_and_the_work_on_that_of_the_officer(
    people: tuple[Person, Person, Person],
) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    pages = {}
    for who in (ann, olu):
        pages[who.username] = Client()
        pages[who.username].force_login(
            get_user_model().objects.get(pk=who.id), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    assert b"1 application for a ruling awaits work" in pages["olu"].get("/").content
    actions.perform(olu, ruling_id, Doing(Act.RETURN, reason="a photograph is missing"), at=AT)
    assert b"Lemons in crates" in pages["ann"].get("/").content
