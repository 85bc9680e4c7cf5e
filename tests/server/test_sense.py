"""What makes no sense is refused at its field before it is kept, all of it at once; and what was kept before takes no page down."""

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec
import pytest
from django.test import Client
from tests.server.test_register import AT, FILLED, ON, browser, prepared, write

from customhouse.strategy import secretariat
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import actions, store
from customhouse_server.register.kind import KINDS
from customhouse_server.register.office import Finding

SEEN = {"follow_ups.0.by": "Ann", "follow_ups.0.seen": "done"}


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The supervisor."""
    return person("sue", Role.SUPERVISOR)


def days_of(form: type[msgspec.Struct]) -> Iterator[str]:
    """The fields of a document that are days."""
    return (each.name for each in msgspec.structs.fields(form) if each.type in (dt.date, dt.date | None))


DATED = [(name, field) for name, kind in KINDS.items() for field in days_of(kind.document)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changed", "faulty"),
    [
        ("stakeholders", {"interest": "0", "influence": "6"}, {"interest", "influence"}),
        ("memoranda", {"signed_on": "2099-01-01", "ends_on": "2026-01-31", "parties": "7; Port"}, {"signed_on", "ends_on", "parties"}),
        ("memoranda", {"review_on": "2025-12-31"}, {"review_on"}),
        ("memoranda", {"parties": "", "ends_on": "soon"}, {"parties", "ends_on"}),
        ("memoranda", {"review_on": "2026-07-01"}, {"review_on"}),
        ("events", {"ends_on": "2026-09-30", "participants": "-5"}, {"ends_on", "participants"}),
        ("events", {"begins_on": "2099-12-01", "decisions": "Yes.", "outcome": "A guide"}, {"decisions", "outcome"}),
        ("scan", {"probability": "0", "impact": "9", "evidence.0.on": "2099-01-01"}, {"probability", "impact", "evidence.0.on"}),
        ("budget", {"year": "banana", "currency": "XXX", "amount": "-1"}, {"year", "currency", "amount"}),
        ("budget", {"year": "2027/2029", "currency": "euro"}, {"year", "currency"}),
        ("budget", {"amount": "1E+30"}, {"amount"}),
        ("budget", {"amount": "0.0000001"}, {"amount"}),
        ("budget", {"year": "20277"}, {"year"}),
        ("budget-decisions", {"decided_on": "2099-01-01"}, {"decided_on"}),
        ("audit-universe", {"last_audited_on": "2099-01-01"}, {"last_audited_on"}),
        ("audit-years", {"year": "20277"}, {"year"}),
        ("audit-years", {"year": "0", "decided_on": "2099-01-01"}, {"year", "decided_on"}),
        ("audits", {"year": "20277", "began_on": "2099-01-01"}, {"year", "began_on"}),
        ("audit-findings", {"days": "20270131"}, {"days"}),
        ("audit-findings", {"days": "3661"}, {"days"}),
        ("audit-findings", {"days": "-1", "agreed_on": ""}, {"days", "agreed_on"}),
        ("audit-findings", {"days": "", "response": ""}, {"days", "response"}),
        ("audit-findings", SEEN | {"follow_ups.0.on": "2025-12-31"}, {"follow_ups.0.on"}),
        ("audit-findings", SEEN | {"follow_ups.0.on": "2099-01-01", "closed_on": "2026-11-24"}, {"follow_ups.0.on", "closed_on"}),
        ("calls", {"closes_on": "2025-12-31", "conference_on": "2025-12-30"}, {"closes_on", "conference_on"}),
        ("data-sets", {"fewest_contributors": "-1", "released_on": "2099-01-01"}, {"fewest_contributors", "released_on"}),
    ],
)
def test_what_makes_no_sense_is_refused_at_each_field_and_nothing_is_kept(
    sue: Person, name: str, changed: dict[str, str], faulty: set[str]
) -> None:
    prepared(sue, name)
    with pytest.raises(FaultyError) as refused:
        write(sue, name, **changed)
    assert refused.value.faults.keys() == faulty
    assert browser(sue).post(f"/registers/{name}/new/", FILLED[name] | changed).status_code == 422
    assert not actions.listed(KINDS[name], sue, on=ON)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "field"), DATED)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01", "1899-12-31"])
def test_a_day_of_no_year_of_the_calendar_is_refused_in_every_register(sue: Person, name: str, field: str, day: str) -> None:
    prepared(sue, name)
    reported = {"began_on": day, "conclusion": "sound"} if field == "reported_on" else {}
    with pytest.raises(FaultyError) as refused:
        write(sue, name, **{field: day}, **reported)
    assert "between 1900 and 2199" in str(refused.value.faults[field])


@pytest.mark.django_db
def test_what_makes_no_sense_is_told_in_the_language_of_the_reader(sue: Person) -> None:
    client = browser(sue)
    wrong = FILLED["memoranda"] | {"ends_on": "2025-12-31", "signed_on": "2026-01-01"}
    told = client.post("/registers/memoranda/new/", wrong, headers={"accept-language": "fr"}).content.decode()
    assert "2025-12-31 est avant la signature, le 2026-01-01" in told


def kept_before(name: str, document: msgspec.Struct) -> int:
    """An entry as an earlier release kept it, which refused nothing of this."""
    number = store.next_number(name)
    store.write(name, store.Entry(number, 1, store.document(document), False, AT, "sue"))
    return number


@pytest.mark.django_db
@pytest.mark.parametrize(("agreed_on", "days"), [("2026-01-01", 20270131), ("2026-01-01", 3661), ("2026-01-01", -1), ("9999-12-31", 30)])
def test_a_finding_that_was_kept_with_days_that_no_clock_runs_takes_no_page_down(
    sue: Person, caller: Callable[..., Client], agreed_on: str, days: int
) -> None:
    prepared(sue, "audit-findings")
    agreed = dt.date.fromisoformat(agreed_on)
    number = kept_before(
        "audit-findings", Finding(audit="A1", statement="s", recommendation="r", response="yes", agreed_on=agreed, days=days)
    )
    paths = ("audit-findings/", "audit-findings.csv", f"audit-findings/{number}/", f"audit-findings/{number}/edit/", "due/", "audits/1/")
    for path in (*paths, "audit-universe.pdf"):
        assert browser(sue).get(f"/registers/{path}").status_code == 200, path
    assert caller("ida", Role.SUPERVISOR).get("/api/registers/audit-findings").status_code == 200
    write(sue, "audit-findings", number)
    assert actions.entry(KINDS["audit-findings"], number, sue, on=ON).stands == "overdue"


@pytest.mark.django_db
@pytest.mark.parametrize("year", [20277, 0])
def test_days_for_audits_that_were_kept_for_no_year_of_the_calendar_take_no_page_down(sue: Person, year: int) -> None:
    write(sue, "audit-universe")
    write(sue, "audit-years")
    kept_before("audit-years", secretariat.AuditYear(year=year, days=10))
    for path in ("audits/plan/", "audit-universe.pdf", "audit-years/"):
        assert browser(sue).get(f"/registers/{path}").status_code == 200, path
    assert "2027" in browser(sue).get("/registers/audits/plan/").content.decode()


@pytest.mark.django_db
def test_a_program_sends_no_memorandum_between_nobody(sue: Person) -> None:
    with pytest.raises(FaultyError, match="between whom"):
        actions.write(sue, KINDS["memoranda"], None, FILLED["memoranda"] | {"parties": []}, at=AT)
