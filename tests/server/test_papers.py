"""Papers for committees: they hold what their pages hold, in the reader's language, and are for who may read the page."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.translation import override
from tests.browser.pdf_text import pdf_text
from tests.core.strategy.test_reading import YAML
from tests.server.test_register import FILLED
from tests.server.test_strategy import approved, brought_to, loaded

from customhouse.development import project
from customhouse.performance import EventStore
from customhouse.strategy import Form, beside, read_plan, review
from customhouse_server.accounts import store as accounts_store
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.paper import Paper, label, note, paper_pdf, section, steps, table
from customhouse_server.desk.templatetags.customs import amount
from customhouse_server.development import actions as development
from customhouse_server.development.dossier import Kind as DossierKind
from customhouse_server.performance import actions as performance
from customhouse_server.performance.current import event_store
from customhouse_server.performance.period import month_of, year_up_to
from customhouse_server.register import actions as registers
from customhouse_server.register import budget, edition
from customhouse_server.register.kind import KINDS
from customhouse_server.strategy import actions as plans
from customhouse_server.strategy.report_paper import content, figure
from customhouse_server.tracker import actions as trackers
from customhouse_server.tracker import current
from customhouse_server.tracker.actions import Stated
from customhouse_server.tracker.matter import Kind

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
MEETING = {
    "title": "Fourth meeting",
    "held_on": "2026-11-20",
    "place": "Port Alder",
    "agenda": ["Release times", "Second tests"],
    "present": ["Cora Lane"],
    "minutes": "The chair opened the meeting.",
    "decisions": ["Examiners are trained"],
}
TRAIN = {"title": "Train examiners", "owner": "olu", "agency": "customs", "meeting": "Fourth meeting"}
Register = Callable[..., Person]
Browser = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_events(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENT_STORE = str(tmp_path)


@pytest.fixture
def committee(person: Register) -> str:
    """A committee that met, a measure with its category, and two actions, one late; the address of the meeting."""
    olu = person("olu", Role.OFFICER)

    def record(kind: Kind, subject: str, document: dict[str, object]) -> str:
        return str(trackers.record(olu, Stated(kind, subject, document), at=AT).matter)

    record(Kind.COMMITTEE_MEMBER, "committee", {"name": "Ada Harbour", "agency": "Customs", "duty": "chair"})
    record(Kind.PLEDGE, "tfa/5.3", {"category": "C", "definitive_on": "2090-06-30"})
    record(Kind.ACTION, "tfa/7.4", TRAIN | {"due_on": "2020-01-31"})
    record(Kind.ACTION, "tfa/5.3", TRAIN | {"title": "Name the laboratories", "due_on": "2090-01-31", "meeting": "Third meeting"})
    return f"/trackers/committee/{record(Kind.MEETING, 'committee', MEETING)}/"


@pytest.fixture
def sue(person: Register) -> Person:
    return person("sue", Role.SUPERVISOR)


def squeezed(text: str) -> str:
    """A text without what a line break may add or take away."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]", "", text)


def read(client: Client, address: str, language: str = "en") -> str:
    """What a paper says."""
    answer = client.get(address, headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), address
    return squeezed(pdf_text(answer.content))


def unsaid(paper: str, *told: str) -> list[str]:
    return [each for each in told if squeezed(each) not in paper]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("WTO Trade Facilitation Agreement", "Category C: after a time, with assistance", "0 of 2 actions are done, 1 is overdue")),
        (
            "fr",
            (
                "la facilitation des échanges",
                "Catégorie C : après un délai, avec assistance",
                "Actions faites : 0 sur 2",
                "1 est en retard",
            ),
        ),
    ],
)
@pytest.mark.usefixtures("committee")
def test_the_report_of_an_agreement_says_what_its_page_says(browser_of: Browser, language: str, told: tuple[str, ...]) -> None:
    client = browser_of("olu")
    rows = client.get("/trackers/tfa/?format=json").json()
    done = sum(row["is_carried_out"] for row in rows)
    paper = read(client, "/trackers/tfa/?format=pdf", language)
    counted = {"en": f"{done} of {len(rows)} provisions", "fr": f"{done} sur {len(rows)}"}[language]
    dates = {"en": "30 June 2090", "fr": "30 juin 2090"}[language]
    assert not unsaid(paper, *told, counted, dates, "Train examiners", "olu, customs", "Name the laboratories")
    assert not [row["number"] for row in rows if squeezed(row["number"]) not in paper]
    assert b"?format=pdf" in client.get("/trackers/tfa/").content


@pytest.mark.parametrize("name", ["kyoto", "safe", "digital"])
@pytest.mark.usefixtures("committee")
def test_every_agreement_has_its_report(browser_of: Browser, name: str) -> None:
    client = browser_of("olu")
    rows = client.get(f"/trackers/{name}/?format=json").json()
    assert not unsaid(read(client, f"/trackers/{name}/?format=pdf"), f"of {len(rows)} provisions are carried out", "No action is planned.")


@pytest.mark.usefixtures("committee")
def test_the_reasons_in_a_report_call_each_indicator_by_its_name(browser_of: Browser) -> None:
    performance.compute(event_store(), [year_up_to(AT.date())], at=AT)
    client = browser_of("olu")
    named = current.indicators()
    reasons = [reason for row in client.get("/trackers/tfa/?format=json").json() for reason in row["reasons"] if not row["is_carried_out"]]
    codes = {code for code in named for reason in reasons if reason.startswith((f"{code} ", f"{code}:"))}
    assert codes
    assert not unsaid(read(client, "/trackers/tfa/?format=pdf"), *(f"{named[code].name} ({code})" for code in codes))


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ("Agenda", "Actions decided here", "late")), ("fr", ("Ordre du jour", "Actions décidées ici", "retard"))],
)
def test_the_paper_of_a_meeting_has_agenda_minutes_decisions_and_actions(
    browser_of: Browser, committee: str, language: str, told: tuple[str, ...]
) -> None:
    client = browser_of("olu")
    paper = read(client, f"{committee}?format=pdf", language)
    said = (*MEETING["agenda"], *MEETING["present"], MEETING["minutes"], *MEETING["decisions"], "Ada Harbour", "Port Alder")
    assert not unsaid(paper, *told, *said, "Train examiners", "Name the laboratories")
    assert b"?format=pdf" in client.get(committee).content


@pytest.mark.parametrize("address", ["/trackers/tfa/?format=pdf", "{meeting}?format=pdf"])
def test_a_paper_of_the_trackers_is_for_those_who_read_the_page(browser_of: Browser, committee: str, address: str) -> None:
    there = address.format(meeting=committee)
    assert browser_of("ann", Role.TRADER).get(there).status_code == 403
    assert browser_of().get(there).status_code == 302


def written(sue: Person, register: str, **changed: str) -> int:
    return registers.write(sue, KINDS[register], None, FILLED[register] | changed, at=AT)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("A1 weighs most: 20 of 25 (probability 5, impact 4)", "2 items, 1 of them rated", "Evidence")),
        (
            "fr",
            ("A1 pèse le plus : 20 sur 25 (probabilité 5, incidence 4)", "Activités du plan concernées", "encore coté : B2"),
        ),
    ],
)
def test_the_paper_of_the_scan_has_its_summary_weights_items_and_evidence(
    browser_of: Browser, sue: Person, language: str, told: tuple[str, ...]
) -> None:
    evidence = {"evidence.0.source": "Post office"}
    written(sue, "scan", code="A1", statement="Parcels grow", probability="5", impact="4", activities="1.1", **evidence)
    written(sue, "scan", code="B2", statement="Seas rise", probability="", impact="", implication="Ports move")
    edition.freeze(sue, "autumn", at=AT)
    written(sue, "scan", code="C3", statement="Coffee is dear")
    client = browser_of()
    frozen = read(client, "/registers/scan/editions/1.pdf", language)
    assert not unsaid(frozen, *told, "autumn", "Parcels grow", "Post office", "Ports move", "Conventions, guidelines, standards")
    assert unsaid(frozen, "Coffee is dear")
    assert not unsaid(read(client, "/registers/scan.pdf", language), "Coffee is dear", "C3")
    page = client.get("/registers/scan/").content.decode()
    assert "A1 weighs most: 20 of 25" in page
    assert 'href="/registers/scan/editions/1.pdf"' in page
    assert client.get("/registers/scan/editions/2.pdf").status_code == 404


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ("1,350.35 EUR", "100.25 EUR")), ("fr", ("1 350,35 EUR", "Renvoyé", "100,25 EUR"))],
)
def test_the_paper_of_the_budget_adds_up_as_its_page_does(browser_of: Browser, sue: Person, language: str, told: tuple[str, ...]) -> None:
    written(sue, "budget", activities="1.1; 2.1")
    written(sue, "budget", directorate="Revenue", amount="250.00")
    written(sue, "budget", directorate="Revenue", amount="100.25", source="lent time")
    written(sue, "budget-decisions", decision="returned", remarks="Say more")
    paper = read(browser_of(), "/registers/budget.pdf", language)
    assert not unsaid(paper, *told, "2027/2028", "Finance", "Say more", "1.1 Conventions, guidelines, standards")
    assert budget.totals()["2027/2028 EUR"][-1] == ("total", "1,350.35")
    assert b"/registers/budget.pdf" in browser_of().get("/registers/budget/").content


def test_the_paper_of_the_budget_sets_the_costs_of_the_adopted_plan_beside_it(browser_of: Browser, person: Register, sue: Person) -> None:
    editor = person("ada", Role.ADMINISTRATOR)
    plan = brought_to((editor, sue), loaded(editor), "operational_plan").plan
    cost = next(each for each in plan.operation.costs if each.source.value == "budget")
    year = f"{cost.year}/{cost.year + 1}"
    written(sue, "budget", year=year, currency=plan.operation.currency, amount="7.00", activities=cost.activity)
    alike = (cost.source, cost.year, cost.activity)
    planned = sum(each.amount for each in plan.operation.costs if (each.source, each.year, each.activity) == alike)
    paper = read(browser_of(), "/registers/budget.pdf")
    assert not unsaid(paper, "against the plan", str(plan.shown(planned)), str(plan.shown(7 - planned)))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Seized goods 4 5 20 never", "Overdue", "1 agreed measure is overdue")),
        ("fr", ("Seized goods 4 5 20 jamais", "En retard", "1 mesure convenue est en retard")),
    ],
)
def test_the_paper_of_audits_ranks_the_universe_and_follows_findings_up(
    browser_of: Browser, sue: Person, language: str, told: tuple[str, ...]
) -> None:
    written(sue, "audit-universe")
    written(sue, "audit-universe", name="Seized goods", inherent_risk="4", control_weakness="5")
    written(sue, "audits")
    written(sue, "audit-findings", statement="Keys lie about", recommendation="Lock them", owner="Depot")
    client = browser_of("sue")
    paper = read(client, "/registers/audit-universe.pdf", language)
    assert not unsaid(paper, *told, "Keys lie about", "Lock them", "Depot")
    assert paper.index("Seizedgoods") < paper.index("Payroll")
    assert b"/registers/audit-universe.pdf" in client.get("/registers/audit-universe/").content


def test_a_paper_of_a_register_is_for_those_who_read_the_register(browser_of: Browser, sue: Person) -> None:
    for each in ("audit-universe", "audits", "audit-findings"):
        written(sue, each)
    for reader in (browser_of(), browser_of("ann", Role.TRADER)):
        assert reader.get("/registers/audit-universe.pdf").status_code == 404
        assert reader.get("/registers/budget.pdf").status_code == 200
    assert browser_of("sue").get("/registers/stakeholders.pdf").status_code == 404


def test_a_long_table_has_its_head_on_each_page_and_an_endless_word_is_broken() -> None:
    rows = [(f"{place}", "A" * 400) for place in range(40)]
    found: Paper = {
        "title": "T",
        "subtitle": "",
        "summary": "",
        "sections": [section("S", table(("Place", "Headword"), rows, widths=(1, 4)))],
    }
    made = paper_pdf(found, at=AT)
    pages = len(re.findall(rb"/Type\s*/Page\b", made))
    assert pages > 2
    assert pdf_text(made).count("Headword") == pages
    assert made == paper_pdf(found, at=AT)


def test_every_block_says_what_it_is_given_and_an_empty_one_says_so() -> None:
    blocks = (label("Head"), note("Small"), steps(["First", "Second"]), table(("A",), []))
    made = paper_pdf({"title": "T", "subtitle": "", "summary": "", "sections": [section("S", *blocks)]}, at=AT)
    assert not unsaid(squeezed(pdf_text(made)), "Head", "Small", "First", "2. Second", "None.", "Made on 24 November 2026")


@pytest.fixture
def council(person: Register, committee: str, sue: Person, year: EventStore) -> str:
    """The address of a report on a plan: an approved indicator of a made-up year, a project that serves the plan, and one that does not."""
    assert committee
    editor = person("ada", Role.ADMINISTRATOR)
    plan_id = loaded(editor, YAML.replace("2026-07-01", "2025-07-01"))
    brought_to((editor, sue), plan_id, "operational_plan")
    approved((editor, sue), plan_id)
    performance.compute(year, [month_of(dt.date(2026, 4, 1)), month_of(dt.date(2026, 5, 1))], at=AT)
    for title, activity in (("Faster borders", "1.1"), ("Clean rivers", "")):
        open_project(sue, title, activity)
    return f"/plans/{plan_id}/reports/{plans.write_report(editor, plan_id, 2025, halves=2, at=AT)}/"


def open_project(sue: Person, title: str, activity: str) -> None:
    line = project.budget.BudgetLine(code="L1", activity="A1", what="Days", quantity=Decimal(3), unit_cost=Decimal("150.25"))
    value = project.Project(
        title=title,
        administration="Customs",
        region="East",
        country="QZ",
        theme="facilitation",
        instrument="advice",
        currency="EUR",
        owner="sue",
        strategic_activity=activity,
        budget=(line,),
    )
    development.opened(sue, DossierKind.PROJECT, value, at=AT)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("0 / 2", "No goal of the plan", "Overdue")),
        ("fr", ("Aucun objectif du plan", "En retard", "Accord de l")),
    ],
)
def test_the_report_to_the_council_has_figures_commitments_projects_and_costs(
    browser_of: Browser, council: str, language: str, told: tuple[str, ...]
) -> None:
    client = browser_of("ada")
    report = client.get(f"{council}report.json").json()
    [series] = report["beside"]["series"]
    months = [each["value"] for each in series["months"] if each["value"] is not None]
    assert len(series["months"]) == 12
    assert months
    first = report["beside"]["commitments"][0]
    paper = read(client, f"{council}report.pdf", language)
    with override(language):
        shown = [figure(each) for each in months]
        money = amount(Decimal("450.75"), "EUR")
    assert not unsaid(paper, *told, *shown, money, f"{first['carried_out']} / {first['provisions']}", "Train examiners", "olu, customs")
    page = client.get(council, headers={"accept-language": language}).content.decode()
    assert "<svg" in page
    assert not [each for each in (*shown, money, "Train examiners") if each not in page]
    assert [(each["goal"], each["projects"]) for each in report["beside"]["projects"]] == [(1, 1), (None, 1)]


def test_a_report_that_was_written_before_says_what_it_said_then(council: str, person: Register) -> None:
    assert council
    olu, plan_id, number = accounts_store.person_named("olu"), UUID(council.split("/")[2]), int(council.split("/")[4])
    assert olu
    before, _kept = plans.report(olu, plan_id, number)
    trackers.record(olu, Stated(Kind.ACTION, "tfa/7.1", TRAIN | {"due_on": "2090-01-31"}), at=AT)
    assert plans.report(olu, plan_id, number)[0].beside == before.beside
    assert before.beside.commitments[0].actions == 2
    with pytest.raises(NotPermittedError):
        plans.report(person("ann", Role.TRADER), plan_id, number)


def test_a_plan_without_a_costed_goal_has_no_drawing_of_costs_and_an_old_report_nothing_beside() -> None:
    period = review.report.Period(start=AT.date(), end=AT.date(), stood_on=AT.date())
    nothing = review.report.Money(planned=Decimal(0), spent=Decimal(0), person_months=Decimal(0))
    fields = {"plan": "p", "title": "P", "version": 1, "status": "draft", "currency": "", "period": period, "goals": [], "cost": nothing}
    more = {"cost_by_source": {}, "risks": [], "decisions_open": [], "skipped": []}
    kept = msgspec.json.decode(msgspec.json.encode(fields | more), type=review.Report)
    assert kept.beside == beside.Beside()
    told = content(kept)
    assert not [block for part in told["sections"] for block in part["blocks"] if block["kind"] == "chart"]


def test_a_goal_with_a_cost_that_no_rule_values_says_so_on_the_first_page() -> None:
    plan = read_plan(YAML.replace("year: 2026, monthly", "year: 2028, monthly"), Form.YAML)
    period = review.reported_period(plan, 2026, halves=2, on=AT.date())
    told = content(review.report_on(plan, review.standing.Standing(), period=period, figures=review.report.Figures({}, {})))
    assert not [each for each in ("1,000.10, in part undetermined", "1. One") if each not in str(told["first"])]
    assert "no rate values the months of technical attach" in str(told["sections"])
