import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.server.rulings import AT, DAY, FIELDS, TEXT, applied, drafted, issued, walk_to

from customhouse.tariff import interpretation
from customhouse.tariff.interpretation import GeneralRule, Step, WrongStepError
from customhouse.tariff.ruling import Act, RefusedError
from customhouse.tariff.ruling.act import Ground
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.ruling import actions, store
from customhouse_server.ruling.record import (
    ForeignApplicantError,
    IncompleteError,
    StaleFormError,
    UnknownRulingError,
    UnweighedConflictError,
    WrongActError,
)
from customhouse_server.ruling.store import Filter
from customhouse_server.ruling.view import Doing, clock_of


@pytest.mark.django_db
def test_a_ruling_from_application_to_the_public_register_leaves_an_event_for_each_act(people: tuple[Person, Person, Person]) -> None:
    record = issued(people).record
    assert (record.state, record.code, record.start, record.end) == ("issued", "08055010", DAY, dt.date(2029, 11, 24))
    kinds = [event.kind for event in journal.events_of(record.id)]
    assert kinds == ["RulingApplied", "ApplicationAccepted", "RulingDrafted", "RulingIssued", "RulingPublished"]
    assert [each.reference for each in actions.register_of(Filter(text="lemons CRATES", code="0805", on=DAY)).records] == [record.reference]
    assert actions.register_of(Filter(text="apples")).total == actions.register_of(Filter(on=dt.date(2029, 11, 24))).total == 0


@pytest.mark.django_db
def test_no_confidential_word_is_in_the_register_its_page_or_its_answer_to_programs(people: tuple[Person, Person, Person]) -> None:
    record = issued(people).record
    client = Client()
    shown = [
        client.get("/rulings/"),
        client.get(f"/rulings/{record.reference}/"),
        client.get("/api/rulings"),
        client.get(f"/api/rulings/{record.reference}"),
    ]
    for answer in shown:
        assert answer.status_code == 200
        text = answer.content.decode().casefold()
        assert str(record.reference).casefold() in text
        assert not [secret for secret in ("carnauba", "xylozyme", "zanzibar", "film", "qz12345678") if secret in text]


@pytest.mark.django_db
def test_the_author_of_a_draft_does_not_issue_it_and_an_officer_issues_none(people: tuple[Person, Person, Person]) -> None:
    ann, olu, sue = people
    ruling_id = applied(ann)
    drafted(sue, ruling_id)
    for who in (sue, olu):
        with pytest.raises(RefusedError):
            actions.perform(who, ruling_id, Doing(Act.ISSUE), at=AT)


@pytest.mark.django_db
def test_the_clock_starts_at_acceptance_and_stands_still_while_the_applicant_is_asked(people: tuple[Person, Person, Person]) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    assert clock_of(actions.view(ann, ruling_id).record.case, on=DAY) is None
    actions.perform(olu, ruling_id, Doing(Act.ACCEPT), at=AT)
    before = clock_of(actions.view(ann, ruling_id).record.case, on=DAY)
    actions.perform(olu, ruling_id, Doing(Act.ASK, reason="which wax?"), at=AT)
    asked = clock_of(actions.view(ann, ruling_id).record.case, on=DAY + dt.timedelta(days=7))
    actions.perform(ann, ruling_id, Doing(Act.ANSWER, reason="plant wax"), at=AT + dt.timedelta(days=7))
    after = clock_of(actions.view(ann, ruling_id).record.case, on=DAY + dt.timedelta(days=7))
    assert before
    assert asked
    assert after
    assert (asked.state, asked.reason) == ("paused", "which wax?")
    assert after.due > before.due


@pytest.mark.django_db
def test_an_application_that_lacks_something_is_not_handed_in_and_stays_as_typed(people: tuple[Person, Person, Person]) -> None:
    ann, _, __ = people
    record = actions.start(ann, at=AT)
    actions.save(ann, record.id, {"applicant": "QZ12345678", "description": "short"}, version=1, at=AT)
    with pytest.raises(IncompleteError) as refused:
        actions.apply(ann, record.id, at=AT)
    assert set(refused.value.fields) == {"office", "goods_name", "description"}
    assert actions.view(ann, record.id).record.typed["description"] == "short"
    with pytest.raises(StaleFormError):
        actions.save(ann, record.id, {}, version=1, at=AT)
    actions.save(ann, record.id, FIELDS | {"applicant": "QZ99"}, version=2, at=AT)
    with pytest.raises(ForeignApplicantError):
        actions.apply(ann, record.id, at=AT)
    actions.discard(ann, record.id)
    with pytest.raises(UnknownRulingError):
        actions.view(ann, record.id)


@pytest.mark.django_db
def test_an_application_given_back_is_completed_and_handed_in_again(people: tuple[Person, Person, Person]) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    actions.perform(olu, ruling_id, Doing(Act.RETURN, reason="a photograph is missing"), at=AT)
    version = actions.view(ann, ruling_id).record.saved_version
    actions.save(ann, ruling_id, FIELDS | {"photos": "photo 1"}, version=version, at=AT)
    view = actions.apply(ann, ruling_id, at=AT)
    assert view.content
    assert (view.record.case.version, [each.reference for each in view.content.application.enclosures]) == (2, ["photo 1"])


@pytest.mark.django_db
def test_whom_a_ruling_does_not_concern_sees_nothing_of_it(people: tuple[Person, Person, Person], person: Callable[..., Person]) -> None:
    ann, olu, _ = people
    draft = actions.start(ann, at=AT).id
    ruling_id = applied(ann)
    for stranger in (person("bob", party="QZ87654321"), person("far", Role.OFFICER, office="QZ000102"), person("root", Role.ADMINISTRATOR)):
        with pytest.raises(UnknownRulingError):
            actions.view(stranger, ruling_id)
    with pytest.raises(UnknownRulingError):
        actions.view(olu, draft)
    with pytest.raises(NotPermittedError):
        actions.start(olu, at=AT)
    with pytest.raises(NotPermittedError):
        actions.suggestions(ann, ruling_id, at=AT)
    assert actions.listed(olu, Filter()).total == 1
    assert actions.listed(ann, Filter()).total == 2


@pytest.mark.django_db
def test_the_applicant_is_not_told_of_a_draft_nor_who_asked_whom(people: tuple[Person, Person, Person]) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    actions.perform(olu, ruling_id, Doing(Act.ACCEPT), at=AT)
    actions.perform(olu, ruling_id, Doing(Act.CONSULT, party="laboratory", reason="which wax?"), at=AT)
    actions.perform(olu, ruling_id, Doing(Act.ADVISE, reason="carnauba"), at=AT)
    walk_to(olu, ruling_id, "08055010")
    seen = actions.view(ann, ruling_id)
    assert (seen.record.walk, seen.record.drafting) == (None, {})
    told = actions.events(ann, ruling_id)
    assert [(type(each).__name__, each.actor) for each in told] == [("RulingApplied", "ann"), ("ApplicationAccepted", "")]
    assert len(actions.events(olu, ruling_id)) == 4


@pytest.mark.django_db
def test_a_walk_cannot_skip_a_rule_and_can_be_taken_back(people: tuple[Person, Person, Person]) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    actions.perform(olu, ruling_id, Doing(Act.ACCEPT), at=AT)
    with pytest.raises(WrongStepError):
        actions.step(olu, ruling_id, [Step(rule=GeneralRule.RULE_4, applies=False, answer="no")], at=AT)
    walk = walk_to(olu, ruling_id, "08055010").record.walk
    assert walk
    assert walk.decided_code == "080550"
    back = actions.step_back(olu, ruling_id, at=AT).record.walk
    assert back
    assert interpretation.next_rules(back) == (GeneralRule.RULE_6,)
    with pytest.raises(NotPermittedError):
        actions.step_back(ann, ruling_id, at=AT)


@pytest.mark.django_db
def test_a_draft_that_conflicts_is_issued_only_once_the_other_ruling_was_weighed(people: tuple[Person, Person, Person]) -> None:
    ann, olu, sue = people
    first = issued(people).record
    second = applied(ann)
    drafted(olu, second, "08059000")
    assert [each.other.id for each in actions.conflicts(olu, second, at=AT)] == [first.reference]
    with pytest.raises(UnweighedConflictError, match=str(first.reference)):
        actions.perform(sue, second, Doing(Act.ISSUE), at=AT)
    fields = actions.view(olu, second).record.drafting | {"acknowledged": str(first.reference)}
    actions.save(olu, second, fields, version=actions.view(olu, second).record.saved_version, at=AT)
    actions.draft(olu, second, at=AT)
    assert actions.perform(sue, second, Doing(Act.ISSUE), at=AT).record.state == "issued"
    assert len(actions.conflicts_in_register(olu, at=AT)) == 1


@pytest.mark.django_db
def test_customs_refuses_to_rule_only_on_the_grounds_of_the_law(people: tuple[Person, Person, Person]) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    with pytest.raises(RefusedError):
        actions.perform(olu, ruling_id, Doing(Act.REFUSE, reason="too much work"), at=AT)
    refused = actions.perform(olu, ruling_id, Doing(Act.REFUSE, reason="case 7", ground=Ground.PENDING_ELSEWHERE), at=AT)
    assert refused.record.state == "refused"
    for act in (Act.PUBLISH, Act.EXPIRE, Act.DRAFT, Act.APPLY):
        with pytest.raises(WrongActError):
            actions.perform(olu, ruling_id, Doing(act), at=AT)


@pytest.mark.django_db
def test_what_the_database_cannot_keep_is_refused_in_words_and_found_nowhere(people: tuple[Person, Person, Person]) -> None:
    ann, olu, _ = people
    ruling_id = applied(ann)
    actions.perform(olu, ruling_id, Doing(Act.ACCEPT), at=AT)
    with pytest.raises(WrongActError, match="null"):
        actions.perform(olu, ruling_id, Doing(Act.ASK, reason="\x00"), at=AT)
    with pytest.raises(WrongActError, match="null"):
        actions.step(olu, ruling_id, [Step(rule=GeneralRule.RULE_1, applies=True, answer="\x00", texts=TEXT)], at=AT)
    with pytest.raises(WrongActError, match="null"):
        actions.save(olu, ruling_id, {"goods": "\x00"}, version=2, at=AT)
    assert Client().get("/rulings/?q=%00&code=%00&on=x").status_code == 200
    assert Client().get("/rulings/%00/").status_code == Client().get("/api/rulings/%00").status_code == 404
    with pytest.raises(IncompleteError, match="office"):
        applied(ann, office="an office that there is none of")


@pytest.mark.django_db
def test_an_edition_is_put_up_from_its_page_and_what_is_no_correlation_is_told(people: tuple[Person, Person, Person]) -> None:
    reference = str(issued(people).record.reference)
    pages = Client()
    pages.force_login(get_user_model().objects.get(username="sue"), backend="allauth.account.auth_backends.AuthenticationBackend")
    asked = {"correlation": "from,to\n0805.50,0805.60", "on": "2028-01-01"}
    assert reference.encode() in pages.post("/rulings/edition/", asked).content
    assert b"the columns from and to" in pages.post("/rulings/edition/", asked | {"correlation": "x"}).content
    assert pages.post("/rulings/edition/", asked | {"on": "9999-12-31", "put_up": "1"}).status_code == 200
    assert pages.post("/rulings/edition/", asked | {"put_up": "1"}).status_code == 302
    assert store.record_of_reference(reference).state == "ceased"
