import ast
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation
from tests.server.settling import settled

from customhouse import ledger
from customhouse.clearance import Act
from customhouse.development import delivery, donor, people, project
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.clearance import actions as clearance
from customhouse_server.clearance.actions import Doing
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.desk.form import read
from customhouse_server.development import actions, funding, tranche, words, writing
from customhouse_server.development.dossier import Dossier, Kind, NotOwnerError, StaleDossierError
from customhouse_server.development.form import form_of
from customhouse_server.development.rows import row_types, with_rows
from customhouse_server.development.sample import open_samples
from customhouse_server.development.urls import urlpatterns
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.journal import store as journal
from customhouse_server.people import actions as certificates
from customhouse_server.people.framework import people_framework
from load import sample

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
DAY = AT.date()
LOCALE = Path(__file__).resolve().parents[2] / "src" / "customhouse_server" / "locale"
GATES = Path(__file__).resolve().parents[2] / "frameworks" / "permissions.toml"
ABOUT = {"title": "Faster", "administration": "QZ", "region": "east", "country": "QZ", "theme": "risk", "instrument": "training"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _language_of_each_test_alone() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    return person("sue", Role.SUPERVISOR)


@pytest.fixture
def adam(person: Callable[..., Person]) -> Person:
    return person("adam", Role.ADMINISTRATOR)


@pytest.fixture
def _gated(settings: Any) -> Iterator[None]:  # noqa: ANN401 - a fixture without a public type
    settings.PERMISSIONS = str(GATES)
    people_framework.cache_clear()
    yield
    people_framework.cache_clear()


def row_of(part: str, typed: dict[str, str], *, kind: Kind = Kind.PROJECT) -> Any:  # noqa: ANN401 - a row of any list
    return read(form_of(row_types(kind)[part]), typed)


def begun(owner: Person, **differing: object) -> Dossier:
    value = msgspec.convert({**ABOUT, "currency": "EUR", "owner": owner.username, **differing}, project.Project, strict=False)
    budget = read(
        form_of(row_types(Kind.PROJECT)["budget"]), {"code": "B1", "activity": "A1", "what": "rooms", "quantity": "1", "unit_cost": "100"}
    )
    return actions.opened(owner, Kind.PROJECT, with_rows(value, "budget", [budget]), at=AT)


def pledged(by: Person, amount: str = "80", **differing: object) -> Dossier:
    about = {"donor": "Fund", "title": "grant", "valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2028, 1, 1)}
    value = donor.Pledge(amount=Decimal(amount), currency="EUR", **(about | differing))  # type: ignore[arg-type]
    return actions.opened(by, Kind.PLEDGE, value, at=AT)


def part(pledge: Dossier, amount: str, code: str = "T1") -> Any:  # noqa: ANN401 - a row of a project
    typed = {"code": code, "pledge": str(pledge.id), "amount": amount, "condition": "the rooms are let", "due_on": "2027-01-01"}
    return row_of("tranches", typed)


def browser(who: Person) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=who.id), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_pledge_is_reserved_met_paid_by_another_and_never_overdrawn(sue: Person, adam: Person) -> None:
    pledge, found = pledged(sue), begun(sue)
    tranche.commit(sue, found.id, part(pledge, "50"), at=AT)
    with pytest.raises(ledger.InsufficientBalanceError):
        tranche.commit(sue, found.id, part(pledge, "50", "T2"), at=AT)
    with pytest.raises(tranche.NotPayableError, match="condition is not met"):
        tranche.pay(adam, found.id, "T1", at=AT)
    tranche.meet(sue, found.id, "T1", evidence="the contract", at=AT)
    with pytest.raises(tranche.NotPayableError, match="somebody else must pay"):
        tranche.pay(sue, found.id, "T1", at=AT)
    tranche.pay(adam, found.id, "T1", at=AT)
    with pytest.raises(tranche.NotPayableError, match="paid already"):
        tranche.pay(adam, found.id, "T1", at=AT)
    told = funding.statement(pledge)
    assert (told.pledged, told.committed, told.paid, told.left) == (80, 0, 50, 30)
    assert told.commitments[0].project == "Faster, T1"


def test_a_pledge_that_does_not_fit_is_refused_with_the_reason_and_nothing_is_reserved(sue: Person) -> None:
    pledge, found = pledged(sue, themes=("revenue",)), begun(sue)
    with pytest.raises(tranche.UnfittingPledgeError, match="earmarked for the theme revenue, and the need is risk"):
        tranche.commit(sue, found.id, part(pledge, "50"), at=AT)
    assert funding.available() == {str(pledge.id): Decimal(80)}


def test_a_dropped_project_gives_back_what_it_has_not_been_paid(sue: Person, adam: Person) -> None:
    pledge, found = pledged(sue, "90"), begun(sue)
    for code in ("T1", "T2"):
        tranche.commit(sue, found.id, part(pledge, "30", code), at=AT)
    tranche.meet(sue, found.id, "T1", evidence="the contract", at=AT)
    tranche.pay(adam, found.id, "T1", at=AT)
    actions.move(sue, found.id, project.Move.DROP, reason="no longer wanted", at=AT)
    assert (funding.statement(pledge).left, funding.statement(pledge).paid) == (60, 30)


def test_a_closed_project_gives_back_what_nobody_can_pay_any_more_and_pays_what_is_met(sue: Person, adam: Person) -> None:
    pledge, found = pledged(sue, "90"), begun(sue, state="evaluated", lessons=[{"code": "L1", "text": "Begin earlier"}])
    for code in ("T1", "T2"):
        tranche.commit(sue, found.id, part(pledge, "30", code), at=AT)
    tranche.meet(sue, found.id, "T1", evidence="the contract", at=AT)
    actions.move(sue, found.id, project.Move.CLOSE, reason="", at=AT)
    assert (funding.statement(pledge).committed, funding.statement(pledge).left) == (30, 60)
    tranche.pay(adam, found.id, "T1", at=AT)
    assert (funding.statement(pledge).paid, funding.statement(pledge).left) == (30, 60)


def test_a_project_that_is_dropped_is_a_record(sue: Person) -> None:
    pledge, found = pledged(sue), begun(sue)
    tranche.commit(sue, found.id, part(pledge, "30"), at=AT)
    ended = actions.move(sue, found.id, project.Move.DROP, reason="no longer wanted", at=AT)
    seen = writing.Seen(Kind.PROJECT, found.id)
    for act in (
        lambda: tranche.commit(sue, found.id, part(pledge, "50", "T2"), at=AT),
        lambda: tranche.meet(sue, found.id, "T1", evidence="the contract", at=AT),
        lambda: writing.change_fields(sue, seen, {"title": "Slower"}, at=AT),
        lambda: writing.change_case(sue, seen, {"problem": "none"}, at=AT),
        lambda: writing.add_row(sue, seen, "lessons", {"code": "L1", "text": "Begin earlier"}, at=AT),
        lambda: writing.remove_row(sue, seen, writing.Place("budget", 0), at=AT),
    ):
        with pytest.raises(actions.EndedProjectError, match="the project is dropped"):
            act()
    assert funding.available() == {str(pledge.id): Decimal(80)}
    assert actions.seen(sue, found.id, Kind.PROJECT).version == ended.version
    page = browser(sue).get(f"/development/project/{found.id}/").content.decode()
    assert "Faster" in page
    assert "Change the business case" not in page
    assert "Agree a tranche" not in page


def test_a_dossier_is_changed_by_its_owner_or_an_administrator_and_never_over_a_change_unseen(
    person: Callable[..., Person], sue: Person, adam: Person
) -> None:
    found, other = begun(sue), person("sam", Role.SUPERVISOR)
    rename = actions.Change("changed", lambda value: msgspec.structs.replace(value, title="Slower"), version=1)
    with pytest.raises(NotOwnerError, match="for sue or an administrator"):
        actions.changed(other, found.id, Kind.PROJECT, rename, at=AT)
    assert actions.changed(adam, found.id, Kind.PROJECT, rename, at=AT).version == 2
    with pytest.raises(StaleDossierError):
        actions.changed(sue, found.id, Kind.PROJECT, rename, at=AT)
    with pytest.raises(NotPermittedError):
        actions.opened(person("olu", Role.OFFICER), Kind.PROJECT, found.value, at=AT)


def test_an_expert_is_engaged_only_if_nothing_speaks_against_him(sue: Person) -> None:
    mission = delivery.Mission(
        title="m", host="QZ", theme="risk", level=1, language="fr", starts_on=DAY, ends_on=DAY + dt.timedelta(5),
        terms_of_reference="see", owner="sue",
    )  # fmt: skip
    held = row_of("accreditations", {"theme": "risk", "level": "2", "until": "2030-01-01"}, kind=Kind.EXPERT)
    able = delivery.Expert(name="Eve", administration="QX", languages=("fr",), accreditations=(held,))  # type: ignore[arg-type]
    mute = delivery.Expert(name="Max", administration="QX", languages=("en",), accreditations=(held,))  # type: ignore[arg-type]
    eve, cannot = (actions.opened(sue, Kind.EXPERT, each, at=AT) for each in (able, mute))
    first, second = (actions.opened(sue, Kind.MISSION, mission, at=AT) for _ in range(2))
    assert actions.engage(sue, first.id, eve.id, at=AT).value.experts == (str(eve.id),)
    for mission_id, expert, why in ((first.id, cannot, "does not speak fr"), (second.id, eve, "on another mission on these days")):
        with pytest.raises(actions.UnsuitableExpertError, match=why):
            actions.engage(sue, mission_id, expert.id, at=AT)


@pytest.mark.django_db(transaction=True)
def test_what_happened_is_in_the_journal_with_its_reason_and_what_was_refused_is_not(sue: Person) -> None:
    found = begun(sue)
    with pytest.raises(project.MoveRefusedError):
        actions.move(sue, found.id, project.Move.START, reason="", at=AT)
    actions.move(sue, found.id, project.Move.DROP, reason="no longer wanted", at=AT)
    told = [json.loads(each.document) for each in settled(lambda: journal.read_on("test of development"), 2)]
    mine = [(each["act"], each["state"], each.get("reason", "")) for each in told if each.get("dossier") == str(found.id)]
    assert mine == [("opened", "idea", ""), ("drop", "dropped", "no longer wanted")]


@pytest.mark.parametrize(
    "typed", [{"amount": "NaN"}, {"amount": "1e30"}, {"amount": "0.0000001"}, {"amount": "x"}, {"amount": ""}, {"due_on": "soon"}]
)
def test_what_does_not_fit_its_field_is_refused_by_name(typed: dict[str, str]) -> None:
    right = {"code": "T1", "pledge": "p", "amount": "1", "condition": "c", "due_on": "2027-01-01"}
    label = "Amount" if "amount" in typed else "Due on"
    with pytest.raises(FaultyError, match=label):
        row_of("tranches", right | typed)


@pytest.mark.usefixtures("_gated")
def test_an_officer_whose_certificate_has_lapsed_is_refused_the_act_until_certified(person: Callable[..., Person], sue: Person) -> None:
    olu = person("olu", Role.OFFICER)
    body = declarations.lodge(person("ann"), Lodging(sample.xml("LRN-1", origin="IR")), at=AT).body
    declaration_id = UUID(msgspec.json.decode(body)["id"])
    clearance.claim(olu, declaration_id, at=AT)
    examined = Doing(Act.RECORD_EXAMINATION, result_code="conform")
    old = people.Certificate(
        competence="EXAM", level=people.Level.TRAINED, assessed_by="", assessed_on=dt.date(2024, 1, 1), evidence="test"
    )
    certificates.certify(sue, "olu", old, at=AT)
    with pytest.raises(people.NotCertifiedError, match="your certificate lapsed on 2026-01-01: ask a supervisor to assess you"):
        clearance.perform(olu, declaration_id, examined, at=AT)
    assert declarations.view(olu, declaration_id).record.state == "examination_ordered"
    certificates.certify(sue, "olu", msgspec.structs.replace(old, assessed_on=DAY), at=AT)
    assert clearance.perform(olu, declaration_id, examined, at=AT).record.state == "examined"


def test_nobody_certifies_himself_nor_an_officer_of_another_office_nor_without_evidence(person: Callable[..., Person], sue: Person) -> None:
    given = people.Certificate(competence="EXAM", level=people.Level.EXPERT, assessed_by="", assessed_on=DAY, evidence="test")
    person("far", Role.OFFICER, office="QZ000102")
    olu = person("olu", Role.OFFICER)
    for by, whom, certificate, refusal in (
        (sue, "sue", given, certificates.OwnAssessmentError),
        (sue, "far", given, certificates.UnknownPersonError),
        (olu, "olu", given, NotPermittedError),
        (sue, "olu", msgspec.structs.replace(given, evidence=" "), certificates.UnknownCompetenceError),
        (sue, "olu", msgspec.structs.replace(given, competence="XX"), certificates.UnknownCompetenceError),
        (sue, "olu", msgspec.structs.replace(given, assessed_on=DAY + dt.timedelta(1)), certificates.UnknownCompetenceError),
    ):
        with pytest.raises(refusal):
            certificates.certify(by, whom, certificate, at=AT)
    assert certificates.certificates(sue, "olu") == ()


def addresses(found: Dossier) -> list[str]:
    """Every address of the area but an officer's own page, of a dossier that is there."""
    known = {"dossier_id": str(found.id), "expert_id": str(found.id), "kind": found.kind.value, "part": "risks", "username": "olu"}
    written = [f"/development/{each.pattern}" for each in urlpatterns if each.name != "me"]
    return [re.sub(r"<\w+:(\w+)>", lambda name: known[name.group(1)], path) for path in written]


def test_every_page_of_the_programme_is_for_supervisors_and_administrators_alone(person: Callable[..., Person], sue: Person) -> None:
    found = begun(sue)
    olu, ann = browser(person("olu", Role.OFFICER)), browser(person("ann"))
    for address in addresses(found):
        assert Client().get(address).status_code in {302, 405}, address
        assert {who.get(address).status_code for who in (olu, ann)} <= {403, 405}, address
        assert {who.post(address, {"title": "mine", "remove": "1", "place": "0"}).status_code for who in (olu, ann)} <= {403, 405}, address
    assert actions.seen(sue, found.id, Kind.PROJECT) == found
    assert len(addresses(found)) >= 20
    assert (olu.get("/development/me/").status_code, ann.get("/development/me/").status_code) == (200, 403)


def test_no_address_of_the_programme_breaks_on_what_is_typed(sue: Person) -> None:
    ours, odd = browser(sue), "\u00b2\0=1" + "9" * 5000
    for found in (begun(sue), pledged(sue)):
        for address in addresses(found):
            every = dict.fromkeys(
                [*words.FIELDS, "version", "place", "act", "move", "days", "back", "f.SM-01.maturity", "f.SM-01.evidence"], odd
            )
            assert ours.post(address, every).status_code in {302, 404, 405, 409, 422}, address
            assert ours.get(address, {"days": odd}).status_code in {200, 302, 404, 405}, address
    with pytest.raises(funding.EmptyPledgeError):
        pledged(sue, "-5")


def test_a_diagnostic_is_saved_as_one_types_and_becomes_a_record(sue: Person, person: Callable[..., Person]) -> None:
    ours = browser(sue)
    address = ours.post("/development/diagnostics/", {"administration": "QZ"}).headers["Location"]
    typed = {"f.SM-01.maturity": "1", "f.SM-01.wanted": "4", "version": "1"}
    assert ours.post(f"{address}save/", typed).json()["version"] == 2
    assert ours.post(f"{address}save/", typed).status_code == 409
    assert browser(person("sam", Role.SUPERVISOR)).post(f"{address}save/", {"version": "2"}).status_code == 409
    refused = ours.post(f"{address}save/", {"version": "2", "close": "1"}, follow=True).content.decode()
    assert "1 findings are errors" in refused
    done = {"version": "3", "close": "1", "f.SM-01.recommendation": "write a plan"}
    assert "It is closed, and a record." in ours.post(f"{address}save/", done, follow=True).content.decode()
    assert ours.post(f"{address}save/", {"version": "5", "f.SM-01.maturity": "4"}).status_code == 409
    assert "SM-01" in ours.get(f"{address}answers.csv").content.decode()


def test_a_text_that_a_spreadsheet_would_run_is_only_a_text_in_a_file(sue: Person) -> None:
    begun(sue, title="=1+1")
    assert "'=1+1" in browser(sue).get("/development/project/list.csv").content.decode()


def test_a_part_is_changed_row_by_row_and_what_has_an_act_of_its_own_is_not(sue: Person) -> None:
    found, ours = begun(sue), browser(sue)
    risk = {"code": "R1", "text": "staff leave", "likelihood": "3", "gravity": "4"}
    assert ours.post(f"/development/project/{found.id}/risks/", risk).status_code == 302
    ours.post(f"/development/project/{found.id}/risks/", risk | {"place": "0", "response": "rotate"})
    ours.post(f"/development/project/{found.id}/options/", {"code": "A", "title": "nothing"})
    ours.post(f"/development/project/{found.id}/fields/", {"case": "1", "problem": "slow", "discount_rate": "0.05"})
    ours.post(f"/development/project/{found.id}/fields/", ABOUT | {"title": "Fastest", "state": "closed", "owner": "eve"})
    value = actions.seen(sue, found.id, Kind.PROJECT).value
    assert (value.title, value.state, value.owner, value.risks[0].response) == ("Fastest", "idea", "sue", "rotate")
    assert (value.business_case.problem, value.business_case.options[0].title) == ("slow", "nothing")
    ours.post(f"/development/project/{found.id}/risks/", {"place": "0", "remove": "1"})
    assert actions.seen(sue, found.id, Kind.PROJECT).value.risks == ()
    for part_named in ("tranches", "evaluations", "nothing"):
        assert ours.post(f"/development/project/{found.id}/{part_named}/", {"code": "T1"}).status_code == 404


def test_programs_read_dossiers_move_projects_and_certify_as_people_do(caller: Callable[..., Client], sue: Person) -> None:
    found, pledge = begun(sue), pledged(sue)
    head = caller("sue", Role.SUPERVISOR)
    assert [each["title"] for each in head.get("/api/development/project").json()] == ["Faster"]
    assert head.get(f"/api/development/pledge/{pledge.id}").json()["statement"]["left"] == "80.00"
    send = {"content_type": "application/json"}
    assert head.post(f"/api/development/project/{found.id}/move", {"move": "start"}, **send).status_code == 409
    moved = head.post(f"/api/development/project/{found.id}/move", {"move": "drop", "reason": "no longer wanted"}, **send)
    assert (moved.status_code, moved.json()["state"]) == (200, "dropped")
    officer = caller("olu", Role.OFFICER)
    given = {"competence": "EXAM", "level": "trained", "assessed_on": "2026-01-02", "evidence": "test"}
    assert head.post("/api/people/olu/certificates", given, **send).status_code == 201
    assert head.post("/api/people/sue/certificates", given, **send).status_code == 403
    assert [each["level"] for each in officer.get("/api/people/olu/certificates").json()] == ["trained"]
    assert officer.get("/api/people/sue/certificates").status_code == 404
    assert head.get(f"/api/development/project/{pledge.id}").status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_dossier_is_a_paper_in_the_reader_s_language(sue: Person, language: str) -> None:
    ours = browser(sue)
    opened = ours.post("/development/diagnostics/", {"administration": "QZ"}).headers["Location"].split("/")[-2]
    for kind, name in (("project", begun(sue).id), ("pledge", pledged(sue).id), ("diagnostic", opened)):
        answer = ours.get(f"/development/{kind}/{name}/report.pdf", headers={"accept-language": language})
        assert (answer.status_code, answer.headers["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-"), kind
        assert f"/Lang({language}".encode() in answer.content


def test_the_samples_of_the_demo_are_opened_once_and_hold_together(sue: Person, adam: Person, person: Callable[..., Person]) -> None:
    person("officer", Role.OFFICER)
    text = (GATES.parents[1] / "countries" / "sandbox" / "samples" / "development.toml").read_text("utf-8")
    assert open_samples(text, owner=sue, administrator=adam, at=AT) == 9
    assert open_samples(text, owner=sue, administrator=adam, at=AT) == 0
    assert [each.level for each in certificates.certificates(sue, "officer")] == [people.Level.TRAINED]
    ours = browser(sue)
    assert all(ours.get(f"/development/{page}").status_code == 200 for page in ("", "donors/", "delivery/", "people/", "me/"))


def test_every_reason_and_every_word_of_the_programme_is_told_in_french() -> None:
    library = GATES.parents[1] / "src" / "customhouse" / "development"
    calls = [node for path in library.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    firsts = [ast.walk(call.args[0]) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "saying"]
    wordings = {node.value for nodes in firsts for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert len(wordings) > 15
    told = (LOCALE / "fr" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    spoken = {each for each in wordings if re.sub(r"\{\w+\}|\W", "", each)} | set(words.FIELDS.values()) | set(words.WORDS.values())
    untold = {each for each in spoken | set(words.PARTS.values()) | set(words.HINTS.values()) if f'msgid "{each}"' not in told}
    assert not untold


def test_an_indicator_of_a_project_shows_the_live_figure_that_it_names(sue: Person, settings: Any, tmp_path: Path) -> None:  # noqa: ANN401
    settings.EVENT_STORE = str(tmp_path)
    shown = {"code": "K1", "result": "C1", "name": "Hours", "unit": "hours", "live": "TF-02"}
    found = begun(sue, indicators=[shown, shown | {"code": "K2", "live": ""}])
    page = browser(sue).get(f"/development/project/{found.id}/").content.decode()
    assert '<a href="/performance/indicators/TF-02/">TF-02</a>: no figure yet' in page
    french = browser(sue).get(f"/development/project/{found.id}/", headers={"accept-language": "fr"}).content.decode()
    assert 'à la mainlevée, <a href="/performance/indicators/TF-02/">TF-02</a>' in french


def test_what_somebody_typed_is_never_taken_for_a_code_and_translated(sue: Person) -> None:
    found = begun(sue, title="Cash", team=["supervisor"])
    shown = browser(sue).get(f"/development/project/{found.id}/", headers={"accept-language": "fr"}).content.decode()
    assert "<dd>Cash</dd>" in shown
    assert "<dd>supervisor</dd>" in shown
    assert "<td>Argent</td>" in shown
