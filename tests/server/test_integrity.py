"""The integrity office: who belongs to it, how a lead comes, is heard and goes, and what the desk warns of."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from customhouse.development import integrity as core
from customhouse.performance import EventStore, Recorded, event_table
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import store as declaration_store
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.integrity import actions, register, store
from customhouse_server.integrity.actions import Doing, ReviewAct, UnknownLeadError
from load import sample

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FAR = "QZ000103"


@pytest.fixture
def office(person: Callable[..., Person]) -> dict[str, Person]:
    """An administrator, a member, a reviewer from another office, a reviewer from the same, and the officer concerned."""
    people = {
        "admin": person("admin", Role.ADMINISTRATOR),
        "ina": person("ina", Role.SUPERVISOR, office="QZ000104"),
        "rosa": person("rosa", Role.OFFICER, office=FAR),
        "near": person("near", Role.OFFICER),
        "ngata": person("ngata", Role.OFFICER),
    }
    actions.name_member(people["admin"], "ina", at=AT)
    return people


@pytest.fixture
def events(tmp_path: Path, settings: object) -> EventStore:
    """An event store in which one officer asks questions that ask nothing."""
    settings.EVENT_STORE = str(tmp_path)  # type: ignore[attr-defined]
    recorded = []
    for number in range(1, 60):
        place = f'"declaration_id":"D{number}","version":1,"occurred_at":"2026-11-1{number % 9}T09:00:00Z"'
        declared = '"declared":{"type_code":"IMA","office":"QZ000101","border_mode":"1","declarant":"B1","importer":"I1"}'
        who, reason = ("ngata", ".") if number <= 6 else ("near", "Which quantity is right, and why?")
        accepted = f'{{"event":"DeclarationAccepted",{place},"state":"accepted","actor":"B1","role":"broker",{declared}}}'
        asked = f'{{"event":"DeclarantQueried",{place},"state":"queried","actor":"{who}","role":"officer","reason":"{reason}"}}'
        recorded += [Recorded(2 * number, 2 * number, accepted), Recorded(2 * number + 1, 2 * number + 1, asked)]
    found = EventStore(tmp_path)
    found.write(event_table(recorded))
    return found


@pytest.fixture
def lead_id(office: dict[str, Person], events: EventStore) -> object:  # noqa: ARG001 - what is reviewed
    assert actions.review_events(office["ina"], start=date(2026, 11, 1), end=date(2026, 12, 1), at=AT) == 1
    (kept,) = actions.leads(office["ina"])
    return kept.id


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person.id), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def journalled() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind || ' ' || actor || ' ' || document::text FROM journal_event ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def closed(office: dict[str, Person], lead_id: object, act: ReviewAct) -> None:
    actions.do(office["ina"], lead_id, Doing(ReviewAct.ASSIGN, reviewer="rosa"), at=AT)
    actions.do(office["rosa"], lead_id, Doing(ReviewAct.PUT, "Six questions were a full stop."), at=AT)
    actions.do(office["ngata"], lead_id, Doing(ReviewAct.REPLY, "They were asked by telephone."), at=AT)
    actions.do(office["rosa"], lead_id, Doing(act, "The calls are in the book of the office."), at=AT)


def test_an_administrator_names_members_and_is_none(office: dict[str, Person]) -> None:
    assert actions.is_member(office["ina"])
    assert not actions.is_member(office["admin"])
    for nobody in ("admin", "nowhere"):
        with pytest.raises(NotPermittedError):
            actions.name_member(office["admin"], nobody, at=AT)
    with pytest.raises(NotPermittedError):
        actions.name_member(office["rosa"], "rosa", at=AT)


def test_a_second_member_needs_the_consent_of_the_first(office: dict[str, Person]) -> None:
    actions.name_member(office["admin"], "rosa", at=AT)
    assert not actions.is_member(office["rosa"])
    for other in ("admin", "rosa"):
        with pytest.raises(NotPermittedError):
            actions.confirm_member(office[other], office["rosa"].id, at=AT)
    actions.confirm_member(office["ina"], office["rosa"].id, at=AT)
    assert actions.is_member(office["rosa"])


def test_an_administrator_alone_does_not_replace_the_office(office: dict[str, Person]) -> None:
    actions.name_member(office["admin"], "rosa", at=AT)
    with pytest.raises(NotPermittedError, match="the last member"):
        actions.end_member(office["admin"], office["ina"].id, at=AT)
    assert actions.member_ids() == {office["ina"].id}
    actions.confirm_member(office["ina"], office["rosa"].id, at=AT)
    actions.end_member(office["admin"], office["ina"].id, at=AT)
    assert actions.member_ids() == {office["rosa"].id}


def test_an_office_that_lost_its_members_confirms_nobody_by_itself(office: dict[str, Person]) -> None:
    actions.end_member(office["ina"], office["ina"].id, at=AT)
    for username in ("near", "ina"):
        actions.name_member(office["admin"], username, at=AT)
    assert actions.member_ids() == frozenset()
    assert {each.username for each in actions.members(office["admin"])} == {"near", "ina"}


def test_an_office_whose_members_sign_in_no_longer_confirms_nobody_by_itself(office: dict[str, Person]) -> None:
    get_user_model().objects.filter(username="ina").update(is_active=False)
    actions.name_member(office["admin"], "rosa", at=AT)
    assert actions.member_ids() == frozenset()


def test_a_lead_from_empty_questions_is_heard_and_closed(office: dict[str, Person], lead_id: object) -> None:
    closed(office, lead_id, ReviewAct.FIND_UNFOUNDED)
    seen = actions.lead(office["ina"], lead_id, at=AT)
    assert seen.kept.review.state is core.review.ReviewState.UNFOUNDED
    assert [each.what for each in seen.history] == ["assign_lead", "put_to_officer", "reply_to_lead", "close_unfounded"]
    assert len(seen.kept.lead.evidence) == 6


def test_the_evidence_of_a_lead_opens_where_the_reader_may_see_the_declaration(office: dict[str, Person], lead_id: object) -> None:
    closed(office, lead_id, ReviewAct.FIND_UNFOUNDED)
    links = {
        who: browser(office[who]).get(f"/integrity/leads/{lead_id}/").content.count(b"/performance/history/D") for who in ("rosa", "ngata")
    }
    assert links == {"rosa": 0, "ngata": 6}


def test_a_reviewer_comes_from_another_office(office: dict[str, Person], lead_id: object) -> None:
    for reviewer in ("near", "ngata", "nobody"):
        with pytest.raises(core.review.ReviewRefusedError):
            actions.do(office["ina"], lead_id, Doing(ReviewAct.ASSIGN, reviewer=reviewer), at=AT)
    assert {username for username, _ in actions.reviewers(actions.lead(office["ina"], lead_id, at=AT).kept)} == {"ina", "rosa"}


def test_a_lead_is_there_only_for_those_whom_it_concerns(office: dict[str, Person], lead_id: object) -> None:
    for who in ("admin", "near", "rosa", "ngata"):
        with pytest.raises(UnknownLeadError):
            actions.lead(office[who], lead_id, at=AT)
    actions.do(office["ina"], lead_id, Doing(ReviewAct.ASSIGN, reviewer="rosa"), at=AT)
    assert actions.lead(office["rosa"], lead_id, at=AT)
    assert actions.leads_on(office["ngata"]) == ()
    actions.do(office["rosa"], lead_id, Doing(ReviewAct.PUT, "Why?"), at=AT)
    assert [each.id for each in actions.leads_on(office["ngata"])] == [lead_id]
    assert actions.lead(office["ngata"], lead_id, at=AT).looks == ()


def test_who_looked_at_a_lead_is_kept(office: dict[str, Person], lead_id: object) -> None:
    actions.lead(office["ina"], lead_id, at=AT)
    actions.lead(office["ina"], lead_id, at=AT + timedelta(hours=1))
    assert [each.by for each in store.looks(lead_id)] == ["ina", "ina"]


def test_a_lead_not_founded_is_forgotten_with_all_that_hung_on_it_and_not_found_again(office: dict[str, Person], lead_id: object) -> None:
    closed(office, lead_id, ReviewAct.FIND_UNFOUNDED)
    assert actions.forget_due(at=AT + timedelta(days=29)) == 0
    assert actions.forget_due(at=AT + timedelta(days=30)) == 1
    assert actions.leads(office["ina"]) == ()
    assert store.history(lead_id) == store.looks(lead_id) == ()
    assert actions.review_events(office["ina"], start=date(2026, 11, 1), end=date(2026, 12, 1), at=AT) == 0


def test_a_founded_lead_stays(office: dict[str, Person], lead_id: object) -> None:
    closed(office, lead_id, ReviewAct.FIND_FOUNDED)
    assert actions.forget_due(at=AT + timedelta(days=3_650)) == 0


def test_the_journal_never_names_whom_a_lead_concerns(office: dict[str, Person], lead_id: object) -> None:
    closed(office, lead_id, ReviewAct.FIND_UNFOUNDED)
    assert len([each for each in journalled() if each.startswith("LeadReviewed")]) == 4
    assert not [each for each in journalled() if "ngata" in each]


def test_the_same_review_twice_opens_a_lead_once(office: dict[str, Person], lead_id: object) -> None:
    assert lead_id
    assert actions.review_events(office["ina"], start=date(2026, 11, 1), end=date(2026, 12, 1), at=AT) == 0


@pytest.mark.parametrize("path", ["", "risks/", "assessment/", "contracts/", "reviews/", "mine/", "members/"])
def test_every_page_of_the_office_opens_for_a_member(office: dict[str, Person], lead_id: object, path: str) -> None:
    assert lead_id
    assert browser(office["ina"]).get(f"/integrity/{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/integrity/risks/", "/integrity/assessment/", "/integrity/reviews/", "/mailbox/office/", "/perception/office/"]
)
def test_what_is_for_members_is_for_nobody_else(office: dict[str, Person], path: str) -> None:
    for who in ("admin", "near"):
        assert browser(office[who]).get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_the_desk_warns_an_officer_who_takes_on_a_declaration_with_a_declared_tie(
    office: dict[str, Person], person: Callable[..., Person]
) -> None:
    declarations.lodge(person("owner"), Lodging(sample.xml("LRN-1")), at=AT)
    record = declaration_store.records(declaration_store.Filter(), limit=1)[0]
    desk = browser(office["near"])
    claim = f"/clearance/{record.id}/claim/"
    assert b"declared a tie" not in desk.post(claim, follow=True).content
    tie = core.interest.Interest(party=record.declarant_id, tie=core.interest.Tie.FAMILY, since=date(2020, 1, 1))
    register.declare(office["near"], tie, at=AT)
    assert f"declared a tie to {record.declarant_id}".encode() in desk.post(claim, follow=True).content


def test_a_gift_is_reviewed_by_somebody_else(office: dict[str, Person]) -> None:
    told = register.GiftTold("a broker", "a pen", None, "", date(2026, 11, 1), register.Became.DECLINED)
    for who in ("near", "ina"):
        register.record_gift(office[who], told, at=AT)
    gifts, _ = register.to_review(office["ina"])
    for gift in gifts:
        if gift.officer == "ina":
            with pytest.raises(register.UnknownRecordError):
                register.review_gift(office["ina"], gift.id, text="seen", at=AT)
        else:
            register.review_gift(office["ina"], gift.id, text="seen", at=AT)
    assert {gift.officer: gift.reviewed_by for gift in register.to_review(office["ina"])[0]} == {"near": "ina", "ina": ""}


def test_a_statement_is_due_once_a_year(office: dict[str, Person]) -> None:
    day = AT.date()
    assert register.own(office["near"], on=day).is_due
    register.say_whole(office["near"], at=AT)
    assert not register.own(office["near"], on=day).is_due
    assert register.own(office["near"], on=day + timedelta(days=365)).is_due


def test_a_contract_is_agreed_to_by_whom_it_binds_and_told_from_events(
    office: dict[str, Person], person: Callable[..., Person], events: EventStore
) -> None:
    assert events.days()
    number = register.offer(office["ina"], core.contract.Scope(office="QZ000101"), at=AT)
    head = person("head", Role.SUPERVISOR)
    for stranger in (office["near"], office["ina"]):
        with pytest.raises(NotPermittedError):
            register.agree(stranger, number, at=AT)
    register.agree(head, number, at=AT)
    register.remark(head, number, month=date(2026, 11, 1), text="A new officer came.", at=AT)
    register.remark(office["ina"], number, month=date(2026, 11, 1), text="Show him how to ask.", at=AT)
    told = register.month_of(head, number, month=date(2026, 11, 1))
    assert [each.side for each in told.remarks] == ["bound", "integrity"]
    empty = told.pairs[3].against_fraud
    assert (empty.code, empty.figure.n, empty.is_kept) == ("OR-02", 59, False)
    page = browser(head).get(f"/integrity/contracts/{number}/?month=2026-11", headers={"Accept-Language": "fr"})
    assert "Questions qui ne demandent rien <small>(des questions aux déclarants)" in page.content.decode()
    behind = f"/integrity/contracts/{number}/OR-02/events/?month=2026-11"
    assert behind in browser(head).get(f"/integrity/contracts/{number}/?month=2026-11").content.decode()
    shown = browser(head).get(behind).content.decode()
    assert "59 events" in shown
    assert shown.count("/performance/history/D") == 50
    assert browser(head).get(behind.replace("OR-02", "TF-02x")).status_code == 404
    assert browser(office["rosa"]).get(behind).status_code == 404
    with pytest.raises(register.UnknownContractError):
        register.month_of(office["rosa"], number, month=date(2026, 11, 1))


def test_a_control_counts_once_a_member_found_it_to_work(office: dict[str, Person]) -> None:
    day = AT.date()
    before = {each.function.code: each.remaining for each in register.risks(office["ina"], on=day)}
    register.control_works(office["ina"], "F-01", "Profiles of two people, simulated before use", at=AT)
    after = {each.function.code: each.remaining for each in register.risks(office["ina"], on=day)}
    assert (before["F-01"], after["F-01"]) == (60, 30)
    assert {code: score for code, score in after.items() if code != "F-01"} == {
        code: score for code, score in before.items() if code != "F-01"
    }


def test_the_last_answer_of_a_year_counts_beside_the_year_before(office: dict[str, Person]) -> None:
    answer = core.self_assessment.Answer
    register.answer(office["ina"], 2025, answer(question="SA-021", level=1, evidence="list"), at=AT)
    for level in (4, 2):
        register.answer(office["ina"], 2026, answer(question="SA-021", level=level, evidence="list"), at=AT)
    standing = register.standings(office["ina"], 2026)[1]
    assert (str(standing.level), str(standing.before)) == ("2.00", "1.00")


def test_over_the_interface_a_lead_is_there_only_for_those_whom_it_concerns(
    office: dict[str, Person], lead_id: object, caller: Callable[..., Client]
) -> None:
    member = browser(office["ina"])
    (told,) = member.get("/api/integrity/leads").json()["leads"]
    assert (told["id"], told["officer"], told["observed"]) == (str(lead_id), "ngata", 6)
    whole = member.get(f"/api/integrity/leads/{lead_id}").json()
    assert len(whole["evidence"]) == 6
    assert whole["innocent"]
    assert browser(office["near"]).get("/api/integrity/leads").json() == {"leads": []}
    assert browser(office["near"]).get(f"/api/integrity/leads/{lead_id}").status_code == 404
    assert caller("ann").get("/api/integrity/leads").status_code == 403


def test_the_officer_reads_in_french_what_a_lead_says_and_what_else_may_explain_it(office: dict[str, Person], lead_id: object) -> None:
    actions.do(office["ina"], lead_id, Doing(ReviewAct.ASSIGN, reviewer="rosa"), at=AT)
    actions.do(office["rosa"], lead_id, Doing(ReviewAct.PUT, "Six questions were a full stop."), at=AT)
    page = browser(office["ngata"]).get(f"/integrity/leads/{lead_id}/", headers={"Accept-Language": "fr"}).content.decode()
    assert "Questions qui ne demandent rien" in page
    assert "La question a été posée par téléphone ou par écrit" in page
    assert "apprend rien au déclarant" in page
    mine = browser(office["ngata"]).get("/integrity/mine/", headers={"Accept-Language": "fr"}).content.decode()
    assert "Questions qui ne demandent rien" in mine


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("risks/", ["Choix du circuit", "Deux agents à chaque visite", "Mainlevée des marchandises"]),
        ("assessment/", ["rend-il compte chaque année en public", "un échantillon de dix", "appliqué partout"]),
        ("", ["Circuits allégés à la main", "Un profil de risque retient à tort"]),
    ],
)
def test_what_the_data_of_the_office_say_is_read_in_french(office: dict[str, Person], path: str, said: list[str]) -> None:
    page = browser(office["ina"]).get(f"/integrity/{path}", headers={"Accept-Language": "fr"}).content.decode()
    assert not [each for each in said if each not in page]


def figures_of(page: str) -> tuple[list[str], list[str]]:
    """What the cells of a heat map say, and those of the table behind it."""
    drawing = re.search(r'<svg[^>]*class="heat".*?</svg>', page, re.DOTALL)
    table = re.search(r"<tbody>.*?</tbody>", page, re.DOTALL)
    assert drawing is not None
    assert table is not None
    tree = ET.fromstring(drawing.group())  # noqa: S314 - drawn by us
    middle = [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}text") if each.get("text-anchor") == "middle"]
    return middle, re.findall(r'<td class="amount">([^<]*)</td>', table.group())


def test_the_risk_map_is_drawn_as_its_table_says(office: dict[str, Person]) -> None:
    page = browser(office["ina"]).get("/integrity/risks/").content.decode()
    drawn, told = figures_of(page)
    assert drawn[5:] == told
    assert told[:5] == ["3", "5", "5", "75", "75"]
    assert "14 functions of 14 remain at high or grave risk" in page


def test_the_self_assessment_is_drawn_as_its_table_says(office: dict[str, Person]) -> None:
    answer = core.self_assessment.Answer
    register.answer(office["ina"], 2025, answer(question="SA-021", level=1, evidence="list"), at=AT)
    for question, evidence in (("SA-021", "list"), ("SA-022", "page"), ("SA-031", "")):
        register.answer(office["ina"], 2026, answer(question=question, level=4, evidence=evidence), at=AT)
    page = browser(office["ina"]).get("/integrity/assessment/?year=2026").content.decode()
    drawn, told = figures_of(page)
    assert drawn[:2] == ["2025", "2026"]
    assert drawn[4:6] == ["1", "4"]
    assert told[4:8] == ["1.00", "4.00", "2 / 2", "0"]
    assert told[8:12] == ["\N{EN DASH}", "0.00", "1 / 2", "1"]
    assert "1 factor of 10 has reached level 3" in page
    french = browser(office["ina"]).get("/integrity/assessment/?year=2026", headers={"Accept-Language": "fr"}).content.decode()
    assert "1 facteur sur 10 a atteint le niveau 3" in french
