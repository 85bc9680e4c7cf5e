"""The budget stands beside the plan, audits are planned by risk and entered, what is due is told, and events lead to indicators."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from tests.server.test_register import AT, FILLED, ON, browser, write
from tests.server.test_strategy import brought_to, loaded

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import actions, audit, author, budget, reviewing
from customhouse_server.register.drawing import matrix
from customhouse_server.register.kind import KINDS
from customhouse_server.register.partner import Sort, Stakeholder
from customhouse_server.register.sample import write_samples


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The supervisor."""
    return person("sue", Role.SUPERVISOR)


@pytest.mark.django_db
def test_audits_are_planned_by_risk_and_entered_once(sue: Person) -> None:
    write(sue, "audit-universe")
    write(sue, "audit-universe", name="Procurement", inherent_risk="5")
    write(sue, "audit-universe", name="Travel", inherent_risk="1", audit_days="1")
    write(sue, "audit-years")
    told = [(each.area.name, each.placing.value) for each in audit.plan()]
    assert told == [("Procurement", "planned"), ("Payroll", "planned"), ("Travel", "the days do not suffice")]
    desk = browser(sue)
    assert "Enter the planned audits of 2027" in desk.get("/registers/audits/plan/").content.decode()
    for _ in range(2):
        assert desk.post("/registers/audits/enter/", {"year": "2027"}).status_code == 302
    found = actions.listed(KINDS["audits"], sue, on=ON)
    assert [(each.cells["area"], each.cells["audit_days"], each.stands) for each in found] == [
        ("Procurement", "20", "planned"),
        ("Payroll", "20", "planned"),
    ]
    assert [each.placing.value for each in audit.plan()] == ["entered", "entered", "the days do not suffice"]
    assert desk.get("/registers/audits/plan.csv").content.decode().count("the days do not suffice") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRADER, Role.OFFICER])
def test_the_plan_of_audits_is_for_customs_and_entered_by_its_heads(person: Callable[..., Person], role: Role) -> None:
    other = browser(person("other", role))
    assert other.get("/registers/audits/plan/").status_code == (200 if role is Role.OFFICER else 403)
    assert other.post("/registers/audits/enter/", {"year": "2027"}).status_code == 403


@pytest.mark.django_db
def test_a_finding_is_followed_on_the_page_of_its_audit_until_somebody_saw_it_done(sue: Person) -> None:
    write(sue, "audit-universe")
    number = write(sue, "audits")
    finding = write(sue, "audit-findings")
    page = browser(sue).get(f"/registers/audits/{number}/").content.decode()
    assert "2026-01-31" in page
    assert "Overdue" in page
    with pytest.raises(FaultyError, match="follow-up"):
        write(sue, "audit-findings", finding, closed_on="2026-11-20")
    seen = {"follow_ups.0.on": "2026-11-19", "follow_ups.0.by": "Ann", "follow_ups.0.seen": "Three bids in each file"}
    write(sue, "audit-findings", finding, closed_on="2026-11-20", **seen)
    shown = actions.entry(KINDS["audit-findings"], finding, sue, on=ON)
    assert (shown.stands, shown.due_on) == ("closed", None)


@pytest.mark.django_db
def test_an_audit_and_the_days_of_a_year_stand_once(sue: Person) -> None:
    write(sue, "audit-universe")
    number = write(sue, "audits")
    with pytest.raises(FaultyError, match="A1 already"):
        write(sue, "audits")
    write(sue, "audits", number, lead="Ann")
    write(sue, "audit-years")
    with pytest.raises(FaultyError, match="2027 are settled"):
        write(sue, "audit-years", days="50")


@pytest.mark.django_db
def test_a_budget_without_a_plan_says_so_for_every_line(sue: Person) -> None:
    write(sue, "budget")
    told = budget.beside_plan().rows
    assert told == (("2027/2028", "", "", "budget", "1000.10", "", "", "EUR", ("Tariff", "p", "no plan that is adopted covers the year")),)


@pytest.mark.django_db
def test_a_budget_stands_beside_the_costs_of_the_adopted_plan(sue: Person, person: Callable[..., Person]) -> None:
    ada = person("ada", Role.ADMINISTRATOR)
    plan_id = loaded(ada)
    brought_to((ada, sue), plan_id, "operational_plan")
    plan = budget.plan_of(2026)
    assert plan is not None
    line = plan.operation.costs[0]
    year, currency = f"{line.year}/{line.year + 1}", plan.operation.currency
    write(sue, "budget", year=year, activities=line.activity, currency=currency, amount="7")
    write(sue, "budget", year=year, currency=currency, amount="5")
    rows = [dict(zip(budget.beside_plan().columns, row, strict=True)) for row in budget.beside_plan().rows]
    tied = next(each for each in rows if each["activity"] == line.activity and each["source"] == "budget")
    assert (tied["goal"], tied["proposed"], tied["planned"], tied["difference"]) == ("1", "7.00", "1000.10", "-993.10")
    untied = [each for each in rows if "it names no activity" in each["remarks"]]
    assert [each["proposed"] for each in untied] == ["5"]
    assert "elle ne nomme aucune activité" in Client(headers={"Accept-Language": "fr"}).get("/registers/budget/plan/").content.decode()
    for form in ("csv", "json"):
        assert Client().get(f"/registers/budget/plan.{form}").status_code == 200


@pytest.mark.django_db
def test_what_is_due_is_told_to_whom_it_concerns_the_earliest_first(sue: Person) -> None:
    write(sue, "memoranda", ends_on="2027-01-31", review_on="2026-12-01")
    write(sue, "memoranda", title="Far off", ends_on="2028-01-31")
    write(sue, "audit-universe")
    write(sue, "audits")
    write(sue, "audit-findings")
    write(sue, "events")
    told = [(row[0], row[4], row[5]) for row in actions.due(sue, on=ON).rows]
    assert told == [
        ("Audit findings", "2026-01-31", "late"),
        ("Events and meetings", "2026-10-01", "late"),
        ("Memoranda of understanding", "2026-12-01", ""),
    ]
    assert [row[0] for row in actions.due(None, on=ON).rows] == ["Events and meetings", "Memoranda of understanding"]
    assert "Audit findings" not in Client().get("/registers/due.csv").content.decode()
    assert "Ce qui est dû" in Client(headers={"Accept-Language": "fr"}).get("/registers/due/").content.decode()


@pytest.mark.django_db
def test_an_event_leads_over_what_came_of_it_to_the_page_of_an_indicator(sue: Person) -> None:
    code = next(iter(outcome_codes()))
    number = write(sue, "events", **{"outputs.0.what": "A guide for brokers", "outputs.0.indicator": code, "outputs.1.what": "A photo"})
    page = browser(sue).get(f"/registers/events/{number}/").content.decode()
    assert f'A guide for brokers → <a href="/performance/indicators/{code}/">' in page
    assert "A photo → no indicator named" in page
    assert actions.entry(KINDS["events"], number, sue, on=ON).stands == "outcome recorded"


def outcome_codes() -> list[str]:
    """The indicators that everybody may open."""
    from customhouse_server.performance.current import current_indicators  # noqa: PLC0415

    return [each.code for each in current_indicators().indicators if each.disclosure.value == "public"]


@pytest.mark.django_db
def test_stakeholders_are_drawn_by_interest_and_influence_for_customs_alone(sue: Person) -> None:
    write(sue, "stakeholders", influence="4")
    write(sue, "stakeholders", name="Port", interest="", influence="")
    page = browser(sue).get("/registers/stakeholders/").content.decode()
    assert "1 of 2 stakeholders has much interest and much influence" in page
    assert "1 stakeholder is not rated" in page
    assert "<title>Chamber</title>" in page
    assert "much influence" not in Client().get("/registers/stakeholders/").content.decode()


def test_a_cell_of_the_matrix_names_those_who_stand_in_it() -> None:
    chamber = Stakeholder(name="Chamber", sort=Sort.BUSINESS, interest=5, influence=1)
    title, drawing, unrated = matrix([chamber, msgspec.structs.replace(chamber, name="Port"), Stakeholder(name="Bank", sort=Sort.BUSINESS)])
    assert title.startswith("0 of 3")
    assert "<title>Chamber, Port</title>" in drawing
    assert unrated == 1


@pytest.mark.django_db
def test_a_form_takes_what_its_address_says(sue: Person) -> None:
    page = browser(sue).get("/registers/audit-findings/new/?audit=A7").content.decode()
    assert 'name="audit" value="A7"' in page
    assert FILLED["audits"]["code"] == "A1"


@pytest.mark.django_db
def test_a_row_far_down_a_form_is_no_row(sue: Person) -> None:
    page = browser(sue).post("/registers/scan/new/", FILLED["scan"] | {"evidence.999999999.source": "x", "impact": "9"})
    assert page.status_code == 422
    assert page.content.decode().count('name="evidence.') == 3 * 5
    assert AT.date() == ON


@pytest.mark.django_db
def test_the_entries_of_the_demo_are_written_once_and_fill_every_page(person: Callable[..., Person], sue: Person) -> None:
    text = (Path(__file__).resolve().parents[2] / "countries/sandbox/samples/registers.toml").read_text("utf-8")
    people = {
        "supervisor": sue,
        "trader": person("trader"),
        "broker": person("broker", Role.BROKER),
        "officer": person("officer", Role.OFFICER),
    }
    assert write_samples(text, people, at=AT) == text.count("[[entries]]") + text.count("[[answers]]")
    assert write_samples(text, people, at=AT) == 0
    assert [each.paper.stage.value for each in author.mine(people["trader"])] == ["accepted"]
    assert [each.title for each in reviewing.to_review(people["officer"])] == ["Who gains from an early message"]
    assert {each.placing.value for each in audit.plan()} >= {"entered", "planned", "not due", "the days do not suffice"}
    assert [row[5] for row in actions.due(sue, on=ON).rows].count("late") >= 3
