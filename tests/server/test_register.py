import datetime as dt
import gettext
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from tests.server.test_strategy import brought_to, loaded

from customhouse.performance import Recorded, event_table
from customhouse.research import review
from customhouse.strategy import secretariat
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.form import fields, read, texts, typed
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import actions, audit, author, budget, edition, reviewing, store, writing
from customhouse_server.register.budget import DecidedError
from customhouse_server.register.kind import KINDS
from customhouse_server.register.store import StaleEntryError, UnknownEntryError

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
ON = AT.date()
CATALOGUE = Path(__file__).resolve().parents[2] / "src/customhouse_server/locale/fr/LC_MESSAGES/django.mo"
FILLED = {
    "stakeholders": {"name": "Chamber", "sort": "business", "contact": "ann@example.org", "interest": "5", "activities": "1.4; 6.3"},
    "memoranda": {"title": "Data", "parties": "Customs; Port", "signed_on": "2026-01-01", "ends_on": "2026-06-30"},
    "events": {"title": "Group", "gathering": "meeting", "begins_on": "2026-10-01", "activities": "6.3"},
    "scan": {
        "code": "TE1",
        "category": "technological",
        "statement": "s",
        "evidence.0.source": "Trade review",
        "evidence.0.quality": "stated",
        "evidence.1.source": "Own counts",
        "evidence.1.quality": "counted",
        "evidence.1.on": "2026-09-30",
        "evidence.2.quality": "opinion",
        "impact": "4",
        "probability": "2",
    },
    "budget": {"year": "2027/2028", "directorate": "Tariff", "source": "budget", "purpose": "p", "amount": "1000.10", "currency": "EUR"},
    "budget-decisions": {"year": "2027/2028", "committee": "Finance", "decided_on": "2026-11-20", "decision": "accepted"},
    "audit-universe": {"name": "Payroll", "inherent_risk": "3", "control_weakness": "4", "audit_days": "20"},
    "audit-years": {"year": "2027", "days": "40", "decided_by": "Audit Committee"},
    "audits": {"code": "A1", "area": "Payroll", "year": "2027", "audit_days": "20"},
    "audit-findings": {"audit": "A1", "statement": "s", "recommendation": "r", "response": "yes", "agreed_on": "2026-01-01", "days": "30"},
    "papers": {
        "code": "P1",
        "title": "On time",
        "authors": "Ann",
        "ethics_decision": "E-7",
        "manuscript": "https://papers.example/p1",
        "series": "W",
        "identifier": "10.0/1",
    },
    "calls": {"title": "PICARD", "scope": "data", "opens_on": "2026-01-01", "closes_on": "2026-12-31"},
    "programme": {"conference": "PICARD", "title": "Times", "day": "2026-10-01", "begins_at": "09:30", "papers": "P1"},
    "data-sets": {"title": "Imports", "scope": "all", "custodian": "Office", "protection": "sums", "fewest_contributors": "3"},
    "reviewers": {"name": "Bob", "institution": "North", "conflicts": "Ann"},
}


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The supervisor."""
    return person("sue", Role.SUPERVISOR)


STANDS_ON = {"audits": ("audit-universe",), "audit-findings": ("audit-universe", "audits")}
"""What an entry names of other registers, which is written before it."""
REVIEWED = {"relevance": "4", "method": "4", "evidence": "3", "clarity": "5", "verdict": "acceptance", "to_author": "Sound."}


def prepared(sue: Person, name: str) -> None:
    """Write what an entry of the register names."""
    for other in STANDS_ON.get(name, ()):
        write(sue, other)
    if name == "programme":
        accepted(sue)


def accepted(sue: Person) -> int:
    """A paper that two reviewers who do not sign in found good."""
    number = write(sue, "papers")
    for reviewer in ("Dia", "Eve"):
        write(sue, "reviewers", name=reviewer, institution="South", conflicts="")
    for act in (review.Act.GRANT_ACCESS, review.Act.SUBMIT):
        reviewing.step(sue, number, act, "", at=AT)
    reviewing.assign(sue, at=AT)
    for reviewer in ("Dia", "Eve"):
        reviewing.give_review(sue, number, REVIEWED | {"reviewer": reviewer}, at=AT)
    reviewing.step(sue, number, review.Act.ACCEPT, "", at=AT)
    return number


def write(sue: Person, register: str, number: int | None = None, **changed: str) -> int:
    return actions.write(sue, KINDS[register], number, FILLED[register] | changed, at=AT)


def posted(values: Mapping[str, str]) -> dict[str, str]:
    """What a page posts: the values of a list one a line."""
    return {name: text.replace("; ", "\n") for name, text in values.items()}


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person.id), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS)
def test_an_entry_is_written_shown_and_written_again_from_its_own_form(sue: Person, name: str) -> None:
    prepared(sue, name)
    number = write(sue, name)
    kind = KINDS[name]
    document = actions.entry(kind, number, sue, on=ON).document
    fixed = {name: getattr(document, name) for name in kind.fixed}
    assert read(kind.form, typed(kind.form, texts(document)), fixed) == document
    assert {each.name for each in fields(kind.form)} == set(kind.document.__struct_fields__) - kind.fixed
    page = browser(sue).get(f"/registers/{name}/{number}/")
    assert page.status_code == 200
    for path in (
        f"/registers/{name}/",
        f"/registers/{name}.json",
        f"/registers/{name}.csv",
        f"/registers/{name}/{number}/edit/",
        f"/registers/{name}/new/",
    ):
        assert browser(sue).get(path).status_code == 200, path


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS)
def test_the_public_reads_what_is_public_and_nothing_else(sue: Person, name: str) -> None:
    prepared(sue, name)
    number, kind = write(sue, name), KINDS[name]
    hidden = kind.is_internal or name == "papers"
    assert Client().get(f"/registers/{name}/{number}/").status_code == (404 if hidden else 200)
    assert Client().get(f"/registers/{name}/").status_code == (404 if kind.is_internal else 200)
    told = Client().get(f"/registers/{name}.json").content.decode()
    assert "ann@example.org" not in told
    assert '"Ann"' not in told
    for path in (f"{number}/edit/", "new/"):
        assert Client().get(f"/registers/{name}/{path}").status_code == 302
    assert Client().post(f"/registers/{name}/{number}/act/", {"act": "withdraw"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRADER, Role.BROKER, Role.OFFICER])
def test_only_supervisors_and_administrators_write(person: Callable[..., Person], sue: Person, role: Role) -> None:
    other = person("other", role)
    number = write(sue, "papers")
    for act in (
        lambda: write(other, "events"),
        lambda: actions.withdraw(other, KINDS["papers"], number, at=AT),
        lambda: reviewing.step(other, number, review.Act.GRANT_ACCESS, "", at=AT),
        lambda: edition.freeze(other, "2026", at=AT),
        lambda: reviewing.assign(other, at=AT),
        lambda: audit.enter(other, 2027, at=AT),
    ):
        with pytest.raises(NotPermittedError):
            act()
    assert browser(other).post("/registers/events/new/", FILLED["events"]).status_code == 403
    assert browser(other).get("/registers/reviewers/").status_code == (200 if role is Role.OFFICER else 404)


@pytest.mark.django_db
def test_every_version_stays_and_is_in_the_journal(sue: Person, written: Callable[[], list[tuple[str, str]]]) -> None:
    number = write(sue, "events")
    write(sue, "events", number, outcome="agreed")
    actions.withdraw(sue, KINDS["events"], number, at=AT)
    assert [each.version for each in actions.history(sue, KINDS["events"], number)] == [3, 2, 1]
    with pytest.raises(UnknownEntryError):
        actions.entry(KINDS["events"], number, sue, on=ON)
    assert [kind for kind, _ in written()].count("EntryWritten") == 3
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_entry")


@pytest.mark.django_db
def test_a_form_that_was_opened_before_somebody_else_wrote_overwrites_nothing(sue: Person, person: Callable[..., Person]) -> None:
    number = write(sue, "events")
    client, other = browser(sue), browser(person("adam", Role.ADMINISTRATOR))
    form = client.get(f"/registers/events/{number}/edit/").content.decode()
    assert '<input type="hidden" name="version" value="1">' in form
    hers, his = ({**FILLED["events"], "title": title, "version": "1"} for title in ("Hers", "His"))
    assert client.post(f"/registers/events/{number}/edit/", hers).status_code == 302
    refused = other.post(f"/registers/events/{number}/edit/", his)
    assert refused.status_code == 422
    assert "somebody else changed this entry meanwhile" in refused.content.decode()
    assert 'value="His"' in refused.content.decode()
    assert other.post(f"/registers/events/{number}/act/", {"act": "withdraw", "version": "1"}).status_code == 422
    assert other.post(f"/registers/events/{number}/edit/", FILLED["events"]).status_code == 422
    assert [each.title for each in actions.listed(KINDS["events"], sue, on=ON)] == ["Hers"]
    assert other.post(f"/registers/events/{number}/act/", {"act": "withdraw", "version": "2"}).status_code == 302


@pytest.mark.django_db
def test_of_two_versions_written_at_a_time_the_second_is_refused(sue: Person) -> None:
    number = write(sue, "events")
    before = store.last("events", number)
    writing.withdraw("events", before, actor="sue", at=AT)
    with pytest.raises(StaleEntryError, match="read it again"):
        writing.withdraw("events", before, actor="adam", at=AT)


@pytest.mark.django_db
def test_what_stands_is_worked_out_on_the_day(sue: Person) -> None:
    prepared(sue, "audit-findings")
    told = {
        name: actions.entry(KINDS[name], write(sue, name), sue, on=ON).stands for name in ("memoranda", "events", "scan", "audit-findings")
    }
    assert told == {"memoranda": "ended", "events": "outcome missing", "scan": "8", "audit-findings": "overdue"}


@pytest.mark.django_db
def test_a_budget_adds_up_and_stands_once_it_is_accepted(sue: Person) -> None:
    number = write(sue, "budget")
    write(sue, "budget", directorate="Compliance", source="voluntary fund", amount="0.90")
    assert budget.totals()["2027/2028 EUR"][-1] == ("total", "1,001.00")
    write(sue, "budget-decisions")
    for act in (lambda: write(sue, "budget"), lambda: write(sue, "budget", number), lambda: write(sue, "budget", number, year="2030/2031")):
        with pytest.raises(DecidedError):
            act()
    with pytest.raises(DecidedError):
        actions.withdraw(sue, KINDS["budget"], number, at=AT)


@pytest.mark.django_db
def test_the_scan_is_frozen_and_what_changed_since_is_told_in_words(sue: Person) -> None:
    number = write(sue, "scan")
    edition.freeze(sue, "2026", at=AT)
    assert edition.changes(on=ON) == ()
    write(sue, "scan", number, impact="5")
    assert str(edition.changes(on=ON)[0]) == "TE1: impact was 4, and is 5"
    assert edition.editions()[0].items[0].impact == 4
    assert "impact was 4, and is 5" in browser(sue).get("/registers/scan/").content.decode()
    assert browser(sue).post("/registers/scan/freeze/", {"name": "2027"}).status_code == 302
    assert [each.name for each in edition.editions()] == ["2026", "2027"]


@pytest.mark.django_db
def test_an_accepted_paper_is_published_for_everybody_and_then_cited(sue: Person) -> None:
    number = accepted(sue)
    client = browser(sue)
    assert client.post(f"/registers/papers/{number}/act/", {"act": "publish"}).status_code == 302
    assert "On time" in Client().get(f"/registers/papers/{number}/").content.decode()
    write(
        sue,
        "papers",
        number,
        title="On time again",
        **{"citations.0.source": "Journal of Trade", "disseminations.0.channel": "Seminar", "disseminations.0.on": "2026-11-30"},
    )
    paper = msgspec.structs.asdict(actions.entry(KINDS["papers"], number, None, on=ON).document)
    assert paper["stage"] is review.Stage.PUBLISHED
    assert "Journal of Trade" in Client().get(f"/registers/papers/{number}/").content.decode()


@pytest.mark.django_db
def test_all_evidence_of_an_item_is_kept_and_goes_into_the_edition(sue: Person) -> None:
    write(sue, "scan")
    edition.freeze(sue, "2026", at=AT)
    told = [(each.source, each.quality.value, str(each.on)) for each in edition.editions()[0].items[0].evidence]
    assert told == [("Trade review", "stated", "None"), ("Own counts", "counted", "2026-09-30")]
    page = Client(headers={"Accept-Language": "fr"}).get("/registers/scan/1/").content.decode()
    assert "<td>Own counts</td><td>dénombré</td><td>2026-09-30</td>" in page
    assert "Trade review; stated; Own counts; counted; 2026-09-30" in Client().get("/registers/scan.csv").content.decode()


@pytest.mark.django_db
def test_an_item_that_was_written_with_one_piece_of_evidence_is_still_read_and_edited(sue: Person) -> None:
    old = {
        "code": "OLD",
        "category": "legal",
        "statement": "s",
        "evidence_source": "Law journal",
        "evidence_quality": "opinion",
        "evidence_on": None,
    }
    store.write("scan", store.Entry(1, 1, msgspec.json.encode(old).decode(), False, AT, "sue"))
    page = browser(sue).get("/registers/scan/1/edit/").content.decode()
    assert 'name="evidence.0.source" value="Law journal"' in page
    write(sue, "scan", 1, code="OLD")
    edition.freeze(sue, "2026", at=AT)
    assert [each.source for each in edition.editions()[0].items[0].evidence] == ["Trade review", "Own counts"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("events", {"begins_on": ""}),
        ("events", {"begins_on": "soon"}),
        ("events", {"activities": "99.1"}),
        ("stakeholders", {"interest": "6"}),
        ("budget", {"amount": "-1"}),
        ("budget", {"source": "a friend"}),
        ("scan", {"probability": "0"}),
        ("scan", {"evidence.1.source": ""}),
        ("papers", {"citations.0.source": "Journal"}),
        ("papers", {"data_sets": "Imports"}),
        ("papers", {"reviewers": "Bob"}),
        ("programme", {"begins_at": "25:00"}),
        ("programme", {"papers": "P1"}),
        ("events", {"outputs.0.what": "A guide", "outputs.0.indicator": "NONE-1"}),
        ("audits", {}),
        ("audit-findings", {}),
    ],
)
def test_what_is_no_entry_is_refused_and_what_was_typed_stays(sue: Person, name: str, changed: dict[str, str]) -> None:
    with pytest.raises(FaultyError):
        write(sue, name, **changed)
    page = browser(sue).post(f"/registers/{name}/new/", posted(FILLED[name] | changed))
    assert page.status_code == 422
    assert not actions.listed(KINDS[name], sue, on=ON)


@pytest.mark.django_db
def test_a_register_or_act_that_is_not_there_is_not_found(sue: Person) -> None:
    client = browser(sue)
    assert [client.get(path).status_code for path in ("/registers/nonsense/", "/registers/events/7/", "/registers/events/7/edit/")] == [
        404
    ] * 3
    assert client.post("/registers/events/7/act/", {"act": "publish"}).status_code == 404
    assert client.post("/registers/papers/7/act/", {"act": "publish"}).status_code == 404


@pytest.mark.django_db
def test_the_words_of_the_registers_are_all_in_french() -> None:
    class Untold(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"untold: {message}"

    with CATALOGUE.open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    french.add_fallback(Untold())
    words = {word for kind in KINDS.values() for word in (kind.title, kind.about)}
    for form in (*(kind.form for kind in KINDS.values()), author.ABSTRACT, reviewing.REVIEW):
        shown = [each for field in fields(form) for each in (field, *(part for row in field.rows for part in row))]
        words |= {form.wording(each.name) for each in shown} | {code for each in shown for code, _ in each.options}
    told = (review.Act, review.Stage, review.Verdict, secretariat.FollowUp, secretariat.plan.Placing, secretariat.tie.Untied)
    words |= {each.value for listed in told for each in listed}
    sheets = (budget.beside_plan(), audit.sheet(), actions.due(None, on=ON))
    words |= {word for sheet in sheets for word in (sheet.title, sheet.about, *sheet.columns)}
    words |= {"late", "reported", "reviewer", "round", "given on", "due on", "stands", "no plan that is adopted covers the year"}
    assert not [word for word in words if french.gettext(word).startswith("untold: ")]


@pytest.mark.django_db
def test_a_shipped_edition_of_the_scan_is_loaded_once_and_nothing_changed_since() -> None:
    said = io.StringIO()
    call_command("load_scan", "wco-2016", stdout=said)
    assert said.getvalue() == "16 items of wco-2016, and the edition frozen\n"
    assert edition.changes(on=ON) == ()
    assert "16 items, 0 of them rated" in str(edition.summary(on=ON)[0])
    french = Client(headers={"Accept-Language": "fr"}).get("/registers/scan/").content.decode()
    assert "16 éléments, dont 0 avec une cote." in french
    assert "Économique (4 éléments)" in french
    assert "Pour la douane : beaucoup de petits envois" in french.replace("\N{NO-BREAK SPACE}", " ")
    assert "Taxes on tobacco" not in french
    for name in ("wco-2016", "nonsense"):
        with pytest.raises(CommandError):
            call_command("load_scan", name)


@pytest.mark.django_db
def test_the_event_store_takes_what_openness_leaves_in_the_journal(sue: Person, written: Callable[[], list[tuple[str, str]]]) -> None:
    write(sue, "events")
    edition.freeze(sue, "2026", at=AT)
    table = event_table(Recorded(1, place, document) for place, (_, document) in enumerate(written()))
    assert table["kind"].to_pylist() == ["EntryWritten", "ScanFrozen"]


@pytest.mark.django_db
def test_an_activity_of_the_administrations_own_plan_counts_once_the_plan_is_adopted(sue: Person, person: Callable[..., Person]) -> None:
    editor = person("ada", Role.ADMINISTRATOR)
    plan_id = loaded(editor)
    with pytest.raises(FaultyError, match=r"1\.10 is in no strategic plan"):
        write(sue, "events", activities="6.3; 1.10")
    brought_to((editor, sue), plan_id, "operational_plan")
    number = write(sue, "events", activities="6.3; 1.10")
    assert actions.entry(KINDS["events"], number, None, on=ON).cells["activities"] == "6.3; 1.10"
    with pytest.raises(FaultyError, match=r"99\.1 is in no strategic plan"):
        write(sue, "events", activities="1.10; 99.1")
