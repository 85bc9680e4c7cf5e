"""Trackers: registers with four eyes, standings by live figures, and pages for those who work for customs alone."""

import csv
import datetime as dt
import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from customhouse.performance import EventStore
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.performance import actions as performance
from customhouse_server.performance.period import year_up_to
from customhouse_server.tracker import actions, store
from customhouse_server.tracker.actions import FourEyesError, NotYoursError, Stated, UnreadableEntryError
from customhouse_server.tracker.matter import Kind
from customhouse_server.tracker.store import StaleEntryError, UnknownEntryError

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
TODAY = AT.date()
PAPER = Stated(Kind.EVIDENCE, "tfa/5.1", {"title": "Alert desk opened", "reference": "Order 7 of 2026"})
TRAIN = {"title": "Train examiners", "owner": "olu", "agency": "customs", "due_on": "2026-12-31", "finding": "9 in 10 wait 40 hours"}
GIVEN = {"donor": "World Bank", "assistance": "a laboratory"}
BASIS = {"code": "act:release", "title": "Release", "provision": "Act 12", "human_review": "", "data_ground": "law", "retention_years": 5}
Register = Callable[..., Person]


@pytest.fixture(autouse=True)
def events(settings: LazySettings, tmp_path: Path) -> Path:
    settings.EVENT_STORE = str(tmp_path)
    return tmp_path


@pytest.fixture
def olu(person: Register) -> Person:
    return person("olu", Role.OFFICER)


@pytest.fixture
def ada(person: Register) -> Person:
    return person("ada", Role.SUPERVISOR)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person.id), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def state_of(person: Person, number: str, name: str = "tfa") -> str:
    return actions.tracked(person, on=TODAY).standings[name][number].state.value


def exported_row(person: Person, number: str) -> dict[str, Any]:
    rows = browser(person).get("/trackers/tfa/?format=json").json()
    return next(row for row in rows if row["number"] == number)


def test_evidence_counts_once_somebody_else_verified_it(olu: Person, ada: Person) -> None:
    entry = actions.record(olu, PAPER, at=AT)
    assert state_of(olu, "5.1") == "evidence not yet verified"
    actions.verify(ada, entry.matter, version=1, at=AT)
    assert state_of(olu, "5.1") == "carried out, by verified evidence"
    changed = Stated(Kind.EVIDENCE, "tfa/5.1", PAPER.document | {"title": "Alert desk closed"}, matter=entry.matter, version=2)
    actions.record(olu, changed, at=AT)
    assert state_of(olu, "5.1") == "evidence not yet verified"


def test_nobody_verifies_what_he_stated_himself_and_an_officer_verifies_nothing(olu: Person, ada: Person) -> None:
    entry = actions.record(ada, PAPER, at=AT)
    with pytest.raises(FourEyesError):
        actions.verify(ada, entry.matter, version=1, at=AT)
    with pytest.raises(NotPermittedError):
        actions.verify(olu, entry.matter, version=1, at=AT)


def test_the_table_itself_refuses_the_same_name_twice_and_any_change(ada: Person) -> None:
    entry = actions.record(ada, PAPER, at=AT)
    copy = (
        "INSERT INTO tracker_entry (matter, version, kind, subject, document, author, verified_by, is_withdrawn, written_by, written_at) "
        "SELECT matter, 2, kind, subject, document, author, author, false, written_by, written_at FROM tracker_entry WHERE matter = %s"
    )
    with pytest.raises(IntegrityError, match="tracker_four_eyes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, (entry.matter,))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_entry SET author = 'x' WHERE matter = %s", (entry.matter,))


def test_every_change_is_an_event_of_the_journal_and_a_version_that_stays(olu: Person, ada: Person) -> None:
    entry = actions.record(olu, PAPER, at=AT)
    actions.verify(ada, entry.matter, version=1, at=AT)
    actions.withdraw(olu, entry.matter, version=2, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, actor, document->>'subject' FROM journal_event ORDER BY id")
        told = cursor.fetchall()
    assert told == [(f"Entry{act}", who, "tfa/5.1") for act, who in (("Recorded", "olu"), ("Verified", "ada"), ("Withdrawn", "olu"))]
    assert [each.version for each in store.versions(entry.matter)] == [1, 2, 3]
    assert store.current(Kind.EVIDENCE) == ()
    assert state_of(olu, "5.1") == "no source"


def test_what_changed_meanwhile_is_neither_changed_nor_verified(olu: Person, ada: Person) -> None:
    entry = actions.record(olu, PAPER, at=AT)
    newer = Stated(Kind.EVIDENCE, "tfa/5.1", PAPER.document, matter=entry.matter, version=1)
    actions.record(olu, newer, at=AT)
    for act in (
        lambda: actions.record(olu, newer, at=AT),
        lambda: actions.verify(ada, entry.matter, version=1, at=AT),
        lambda: actions.withdraw(olu, entry.matter, version=1, at=AT),
    ):
        with pytest.raises(StaleEntryError):
            act()


def test_a_subject_has_one_category_and_as_many_actions_as_are_planned(olu: Person) -> None:
    pledge = Stated(Kind.PLEDGE, "tfa/7.7", {"category": "C", "definitive_on": "2027-12-31"})
    actions.record(olu, pledge, at=AT)
    with pytest.raises(StaleEntryError):
        actions.record(olu, pledge, at=AT)
    for _ in range(2):
        actions.record(olu, Stated(Kind.ACTION, "tfa/7.7", TRAIN), at=AT)
    known = actions.tracked(olu, on=TODAY)
    assert known.category("tfa/7.7") == "C"
    assert len(known.steps("tfa/7.7")) == 2
    assert known.effort("tfa/7.7") == 1
    assert [(each.clock.value, each.on.isoformat()) for each in known.deadlines] == [
        ("last day of the early warning", "2027-09-02"),
        ("definitive date", "2027-12-31"),
    ]


def test_an_action_is_moved_on_by_its_owner_or_a_supervisor(person: Register, olu: Person, ada: Person) -> None:
    entry = actions.record(ada, Stated(Kind.ACTION, "tfa/7.6", TRAIN), at=AT)
    half = Stated(Kind.ACTION, "tfa/7.6", TRAIN | {"per_cent": "50"}, matter=entry.matter, version=1)
    with pytest.raises(NotYoursError, match="belongs to olu"):
        actions.record(person("ben", Role.OFFICER), half, at=AT)
    moved = actions.record(olu, half, at=AT)
    assert moved.document.per_cent == 50
    with pytest.raises(UnreadableEntryError, match="what shows it"):
        actions.record(olu, Stated(Kind.ACTION, "tfa/7.6", TRAIN | {"per_cent": "100"}, matter=entry.matter, version=2), at=AT)


@pytest.mark.parametrize(
    ("kind", "subject", "document", "fault"),
    [
        (Kind.EVIDENCE, "tfa/99", {"title": "x", "reference": "y"}, "is nothing that"),
        (Kind.EVIDENCE, "nothing", {"title": "x", "reference": "y"}, "is nothing that"),
        (Kind.PLEDGE, "kyoto/GA 3.26", {"category": "A"}, "is nothing that"),
        (Kind.MEETING, "tfa/23.2", {"title": "x", "held_on": "2026-01-01"}, "is nothing that"),
        (Kind.NOTICE, "notice/99", {"given_on": "2026-01-01"}, "is nothing that"),
        (Kind.LEGAL_BASIS, "decision/act:accept", {"code": "act:release"}, "is nothing that"),
        (Kind.EVIDENCE, "tfa/5.1", {"title": "x"}, "reference"),
        (Kind.PLEDGE, "tfa/5.1", {"category": "D"}, "category"),
        (Kind.SHIFT, "tfa/5.1", {"moved_to": "B", "notified_on": "2026-01-01"}, "no category yet"),
        (Kind.POSITION, "kyoto/GA 3.32", {"acceptance": "not accepted"}, "gives its reason"),
        (Kind.PLEDGE, "tfa/5.1", {"category": "B", "definitive_on": "0001-01-01"}, "not between 1900 and 2199"),
        (Kind.PLEDGE, "tfa/5.1", {"category": "B", "definitive_on": "9999-06-01"}, "not between 1900 and 2199"),
        (Kind.ACTION, "tfa/5.1", TRAIN | {"cost": "NaN", "currency": "EUR"}, "not negative"),
        (
            Kind.PLEDGE,
            "tfa/5.1",
            {"category": "B", "indicative_on": "2028-01-01", "definitive_on": "2027-12-31"},
            "not after the definitive",
        ),
        (Kind.ARRANGEMENT, "tfa/5.1", GIVEN | {"agreed_on": "2026-01-02", "until": "2026-01-01"}, "does not end before it is agreed"),
        (Kind.LEGAL_BASIS, "decision/act:release", BASIS | {"retention_years": -5}, "retention is not negative"),
        (Kind.ARRANGEMENT, "tfa/5.1", GIVEN | {"agreed_on": "2026-01-02", "until": "1000-01-01"}, "between 1900 and 2199; an arrangement"),
    ],
)
def test_what_is_no_entry_is_refused_with_the_place(olu: Person, kind: Kind, subject: str, document: dict[str, object], fault: str) -> None:
    with pytest.raises(UnreadableEntryError, match=fault):
        actions.record(olu, Stated(kind, subject, document), at=AT)


def test_an_entry_that_is_not_there_is_not_changed(ada: Person) -> None:
    for act in (
        lambda: actions.verify(ada, uuid.uuid4(), version=1, at=AT),
        lambda: actions.record(ada, Stated(Kind.EVIDENCE, "tfa/5.1", PAPER.document, matter=uuid.uuid4(), version=1), at=AT),
    ):
        with pytest.raises(UnknownEntryError):
            act()


def test_the_committee_counts_once_it_has_members_and_met_within_a_year(olu: Person) -> None:
    assert state_of(olu, "23.2") == "not so"
    actions.record(olu, Stated(Kind.COMMITTEE_MEMBER, "committee", {"name": "Ann", "agency": "trade"}), at=AT)
    actions.record(olu, Stated(Kind.MEETING, "committee", {"title": "Third", "held_on": "2026-10-01", "agenda": ["transit"]}), at=AT)
    assert state_of(olu, "23.2") == "not so"
    held = {"title": "Fourth", "held_on": "2026-11-01", "minutes": "It met.", "decisions": ["train"]}
    actions.record(olu, Stated(Kind.MEETING, "committee", held), at=AT)
    assert state_of(olu, "23.2") == "carried out"


def test_a_notice_given_proves_its_article_and_says_whether_it_was_in_time(olu: Person) -> None:
    actions.record(olu, Stated(Kind.NOTICE, "notice/1.4", {"given_on": "2026-01-01", "symbol": "G/TFA/N/1"}), at=AT)
    assert state_of(olu, "1.4") == "carried out"
    told = {each.due.code: each.timeliness.value for each in actions.tracked(olu, on=TODAY).notices}
    assert (told["1.4"], told["15"]) == ("late", "overdue, not given")


def test_a_legal_basis_that_loses_its_review_is_shown_as_lacking(olu: Person) -> None:
    assert not [each for each in actions.tracked(olu, on=TODAY).decisions if each.lacks]
    actions.record(olu, Stated(Kind.LEGAL_BASIS, "decision/act:release", BASIS), at=AT)
    assert actions.tracked(olu, on=TODAY).decisions[0].lacks == ("a review by a person",)
    assert "lacks something" in browser(olu).get("/trackers/decisions/").content.decode()


PAGES = [
    "",
    "tfa/",
    "tfa/7.1/",
    "tfa/23.2/",
    "kyoto/",
    "kyoto/GA 3.26/",
    "safe/",
    "digital/",
    "calendar/",
    "committee/",
    "decisions/",
    "portfolio/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_for_those_who_work_for_customs_alone(person: Register, olu: Person, path: str) -> None:
    assert browser(olu).get(f"/trackers/{path}").status_code == 200
    assert browser(person("root", Role.ADMINISTRATOR)).get(f"/trackers/{path}").status_code == 200
    assert browser(person("ann")).get(f"/trackers/{path}").status_code == 403


@pytest.mark.parametrize("path", ["nothing/", "tfa/99/", "state/nothing/", "state/evidence/?matter=x", "notices/99.md"])
def test_a_page_of_what_is_not_there_is_not_there(olu: Person, path: str) -> None:
    assert browser(olu).get(f"/trackers/{path}").status_code == 404


def test_the_page_of_a_standard_lists_the_rules_of_ours_that_cite_it(olu: Person) -> None:
    told = browser(olu).get("/trackers/kyoto/GA 3.26/").content.decode()
    assert "<code>accept</code> · <code>customhouse.clearance.life_cycle</code>" in told
    table = browser(olu).get("/trackers/kyoto/").content.decode()
    assert table.index(">GA 3.6<") < table.index(">GA 3.12<")
    rows = {row["number"]: row["cited_by"] for row in browser(olu).get("/trackers/kyoto/?format=json").json()}
    assert "customhouse.clearance.life_cycle: accept" in rows["GA 3.26"]
    assert rows["SA A.1"] == []


def test_an_agreement_comes_as_csv_and_json_safe_against_formulas(olu: Person, events: Path) -> None:
    performance.compute(EventStore(events), [year_up_to(TODAY)], at=AT)
    actions.record(olu, Stated(Kind.LAW, "tfa/7.1", {"provision": "=cmd()", "in_force_on": "2026-01-01"}), at=AT)
    answer = browser(olu).get("/trackers/tfa/?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 37
    assert rows[14]["state"] == "nothing happened"
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]
    assert len(browser(olu).get("/trackers/tfa/?format=json").json()) == 37


def test_an_unverified_law_is_no_law_yet(olu: Person, ada: Person) -> None:
    entry = actions.record(olu, Stated(Kind.LAW, "tfa/7.1", {"provision": "Act 12", "in_force_on": "2026-01-01"}), at=AT)
    assert exported_row(olu, "7.1")["de_jure"] == ""
    actions.verify(ada, entry.matter, version=1, at=AT)
    row = exported_row(olu, "7.1")
    assert (row["de_jure"], row["is_carried_out"]) == ("Act 12", False)
    assert "in law" in browser(olu).get("/trackers/tfa/").content.decode()


def test_a_law_that_is_not_in_force_yet_is_no_law_yet(olu: Person, ada: Person) -> None:
    entry = actions.record(olu, Stated(Kind.LAW, "tfa/7.1", {"provision": "Act 12", "in_force_on": "2099-01-01"}), at=AT)
    actions.verify(ada, entry.matter, version=1, at=AT)
    assert exported_row(olu, "7.1")["de_jure"] == ""
    assert "in law" not in browser(olu).get("/trackers/tfa/").content.decode()
    assert actions.tracked(olu, on=dt.date(2098, 12, 31)).law("tfa/7.1") is None
    assert actions.tracked(olu, on=dt.date(2099, 1, 1)).law("tfa/7.1") == entry.document


def test_what_was_typed_stays_where_it_is_refused(olu: Person) -> None:
    typed = {"subject": "tfa/7.6", "title": "Train", "owner": "olu", "agency": "customs", "due_on": "soon", "back": "/trackers/"}
    answer = browser(olu).post("/trackers/state/action/", typed)
    assert answer.status_code == 422
    assert 'value="Train"' in answer.content.decode()
    assert '<span class="error" id="due_on-fault">Due on: write a day, as 2026-03-01</span>' in answer.content.decode()
    answer = browser(olu).post("/trackers/state/action/", typed | {"due_on": "2026-12-31", "back": "https://elsewhere.example/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/trackers/")


def test_a_notice_is_downloaded_as_a_document_with_what_is_registered(olu: Person) -> None:
    actions.record(
        olu, Stated(Kind.MEMBERSHIP, "membership", {"member": "Sandmark", "status": "least_developed", "in_force": "2020-01-01"}), at=AT
    )
    actions.record(olu, Stated(Kind.PLEDGE, "tfa/7.7", {"category": "B", "definitive_on": "2027-12-31"}), at=AT)
    answer = browser(olu).get("/trackers/notices/16-B-definitive.md")
    assert "Sandmark" in answer.content.decode()
    assert "2027-12-31" in answer.content.decode()
    french = browser(olu).get("/trackers/notices/16-B-definitive.md", headers={"Accept-Language": "fr"}).content.decode()
    assert "Date définitive de chaque mesure de la catégorie B" in french
    assert "| Article | Mesure | Catégorie | Date indicative | Date définitive |" in french
    assert "90 days" in browser(olu).get("/trackers/calendar/").content.decode()


def test_the_notices_say_the_category_the_dates_and_the_arrangements_that_the_page_says(olu: Person) -> None:
    extension = {"asked_on": "2026-10-01", "until": "2028-06-30", "reason": "equipment late", "granted_on": "2026-11-01"}
    shift = {"moved_to": "C", "notified_on": "2026-11-02", "assistance_needed": "a laboratory"}
    actions.record(olu, Stated(Kind.PLEDGE, "tfa/7.7", {"category": "B", "definitive_on": "2027-12-31"}), at=AT)
    actions.record(olu, Stated(Kind.EXTENSION, "tfa/7.7", extension), at=AT)
    actions.record(olu, Stated(Kind.SHIFT, "tfa/7.7", shift), at=AT)
    actions.record(olu, Stated(Kind.ARRANGEMENT, "tfa/7.7", GIVEN), at=AT)
    client = browser(olu)
    told = {
        code: client.get(f"/trackers/notices/16-{code}.md").content.decode() for code in ("B-definitive", "C-definitive", "C-arrangements")
    }
    assert "7.7" not in told["B-definitive"]
    assert "| C | none | 2028-06-30 |" in told["C-definitive"]
    assert "- 7.7: World Bank: a laboratory" in told["C-arrangements"]
    assert "to be stated" not in told["C-arrangements"]
    assert (exported_row(olu, "7.7")["category"], exported_row(olu, "7.7")["definitive_on"]) == ("C", "2028-06-30")
    french = client.get("/trackers/notices/16-C-definitive.md", headers={"Accept-Language": "fr"}).content.decode()
    assert "dans le tableau ci-dessous" in french


def test_programs_read_standings_and_keep_the_registers(caller: Callable[..., Client], person: Register) -> None:
    person("ben", Role.OFFICER)
    officer, supervisor = caller("olu", Role.OFFICER), caller("ada", Role.SUPERVISOR)
    body = {"kind": "evidence", "subject": "tfa/5.1", "document": PAPER.document}
    said = officer.post("/api/tracker-entries", body, content_type="application/json", headers={"Idempotency-Key": "k1"})
    assert said.status_code == 201
    again = officer.post("/api/tracker-entries", body, content_type="application/json", headers={"Idempotency-Key": "k1"})
    assert again.json()["matter"] == said.json()["matter"]
    address = f"/api/tracker-entries/{said.json()['matter']}"
    assert officer.post(f"{address}/verification", {"version": 1}, content_type="application/json").status_code == 403
    assert supervisor.post(f"{address}/verification", {"version": 9}, content_type="application/json").status_code == 409
    assert supervisor.post(f"{address}/verification", {"version": 1}, content_type="application/json").json()["verified_by"] == "ada"
    told = {each["number"]: each for each in officer.get("/api/trackers/tfa").json()["provisions"]}
    assert told["5.1"]["is_carried_out"]
    assert len(officer.get("/api/tracker-entries?kind=evidence").json()["entries"]) == 1
    assert officer.get("/api/tracker-clocks").json()["notices"]
    assert officer.get("/api/trackers/nothing").status_code == 404
    assert officer.post(f"{address}/withdrawal", {"version": 2}, content_type="application/json").json()["is_withdrawn"]
    assert caller("ann").get("/api/trackers/tfa").status_code == 403


@pytest.mark.parametrize("role", [Role.TRADER, Role.BROKER])
def test_no_address_of_the_trackers_answers_trade(caller: Callable[..., Client], olu: Person, role: Role) -> None:
    matter = actions.record(olu, PAPER, at=AT).matter
    client = caller("ann", role)
    stated = {"kind": "evidence", "subject": "tfa/5.1", "document": PAPER.document}
    answers = [client.get(f"/api/{path}") for path in ("trackers/tfa", "tracker-clocks", "tracker-entries")]
    answers.append(client.post("/api/tracker-entries", stated, content_type="application/json"))
    decided = [f"/api/tracker-entries/{matter}/{act}" for act in ("verification", "withdrawal")]
    answers += [client.post(address, {"version": 1}, content_type="application/json") for address in decided]
    assert {answer.status_code for answer in answers} == {403}
    assert [each.version for each in store.versions(matter)] == [1]


def test_an_administrator_reads_and_changes_nothing(person: Register, olu: Person) -> None:
    root = person("root", Role.ADMINISTRATOR)
    matter = actions.record(olu, PAPER, at=AT).matter
    assert actions.tracked(root, on=TODAY).entries
    for act in (lambda: actions.record(root, PAPER, at=AT), lambda: actions.verify(root, matter, version=1, at=AT)):
        with pytest.raises(NotPermittedError):
            act()
    assert browser(root).post(f"/trackers/entries/{matter}/withdraw/", {"version": "1"}).status_code == 403


def test_what_was_taken_back_is_stated_again_as_its_next_version(olu: Person) -> None:
    law = Stated(Kind.LAW, "tfa/7.1", {"provision": "Act 12", "in_force_on": "2026-01-01"})
    entry = actions.record(olu, law, at=AT)
    actions.withdraw(olu, entry.matter, version=1, at=AT)
    assert actions.only_entry(olu, Kind.LAW, "tfa/7.1") is None
    assert actions.record(olu, law, at=AT).version == 3
    assert len(store.current(Kind.LAW)) == 1


def test_until_somebody_states_the_membership_the_calendar_says_so(olu: Person) -> None:
    assert "Nobody has stated the membership yet" in browser(olu).get("/trackers/calendar/").content.decode()
    body = {"member": "Sandmark", "status": "developing", "in_force": "2020-02-29"}
    actions.record(olu, Stated(Kind.MEMBERSHIP, "membership", body), at=AT)
    assert "Nobody has stated the membership yet" not in browser(olu).get("/trackers/calendar/").content.decode()
    due = {each.due.code: each.due_on.isoformat() for each in actions.tracked(olu, on=TODAY).notices}
    assert (due["15"], due["16-B-definitive"]) == ("2020-02-29", "2020-02-29")
