"""Strategic plans on the site: from a file to adoption, approvals and reports, with each act for those who may do it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from tests.core.strategy.test_reading import YAML
from tests.server.test_development import browser

from customhouse.performance import EventStore, Recorded, event_table
from customhouse.strategy import Form, UnreadablePlanError, review
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.accounts.store import person_named
from customhouse_server.journal import store as journal
from customhouse_server.strategy import actions, annex, store
from customhouse_server.strategy.actions import StalePlanError, StepDone
from customhouse_server.strategy.report_paper import content, figure

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
DAY = AT.date()
DECIDED = review.standing.Decision(text="AC/4", on=DAY, actor="", reason="no quorum before", meeting="the 4th session")
Refused = review.standing.RefusedError
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def people(person: Callable[..., Person]) -> tuple[Person, Person]:
    return person("ada", Role.ADMINISTRATOR), person("sue", Role.SUPERVISOR)


def loaded(editor: Person, text: str = YAML) -> UUID:
    return actions.load(editor, text, Form.YAML, reason="first", at=AT).record.id


def step(view: actions.View, act: review.Act = review.Act.CONCLUDE, *, reason: str = "") -> StepDone:
    due = view.standing.due
    assert due
    return StepDone(
        step=due.step.value, year=due.year, act=act, decision="D/1", decided_on=DAY, reason=reason, meeting="the autumn session"
    )


def brought_to(people: tuple[Person, Person], plan_id: UUID, name: str) -> actions.View:
    editor, second = people
    while (seen := actions.view(editor, plan_id)).record.due_step != name:
        if seen.record.due_step == "adoption":
            actions.put_up(editor, plan_id, at=AT)
            actions.take_step(second, plan_id, step(seen), at=AT)
        else:
            actions.take_step(editor, plan_id, step(seen), at=AT)
    return seen


def approved(people: tuple[Person, Person], plan_id: UUID) -> None:
    actions.put_forward(people[0], plan_id, "TF-02", at=AT)
    actions.decide_indicator(people[1], plan_id, "TF-02", told=DECIDED, approved=True, at=AT)


def test_a_plan_goes_from_a_file_to_adoption_and_leaves_an_event_for_each_act(people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    seen = brought_to(people, plan_id, "operational_plan")
    assert (seen.record.status, seen.record.due_year, seen.record.due_on) == ("adopted", 2026, dt.date(2026, 7, 31))
    kinds = [each.kind for each in journal.events_of(plan_id)]
    assert kinds == ["PlanVersionKept", *["PlanStepTaken"] * 6, "PlanAdoptionProposed", "PlanStepTaken"]
    exported = event_table(Recorded(1, number, each.document) for number, each in enumerate(journal.events_of(plan_id)))
    assert exported["kind"].to_pylist() == kinds


def test_only_another_person_records_an_adoption_or_an_approval(people: tuple[Person, Person]) -> None:
    editor, second = people
    plan_id = loaded(editor)
    seen = brought_to(people, plan_id, "adoption")
    actions.put_up(editor, plan_id, at=AT)
    with pytest.raises(Refused, match="another person"):
        actions.take_step(editor, plan_id, step(seen), at=AT)
    actions.put_forward(editor, plan_id, "TF-02", at=AT)
    with pytest.raises(Refused, match="another person"):
        actions.decide_indicator(editor, plan_id, "TF-02", told=DECIDED, approved=True, at=AT)
    assert actions.take_step(second, plan_id, step(seen), at=AT).record.status == "adopted"


def test_what_is_adopted_stays_and_only_its_annex_changes(people: tuple[Person, Person]) -> None:
    editor, _ = people
    plan_id = loaded(editor)
    seen = brought_to(people, plan_id, "operational_plan")
    with pytest.raises(Refused, match="what is adopted stays"):
        loaded(editor, YAML.replace("title: First", "title: Other"))
    raw = annex.changed(seen.plan, "risks", None, {"code": "R2", "title": "Storm", "likelihood": "2", "impact": "5"})
    after = actions.revise(editor, plan_id, raw, reason="risk", over=seen.record.version, at=AT)
    assert [each.code for each in after.plan.operation.risks] == ["R1", "R2"]
    assert after.record.status == "adopted"
    with pytest.raises(StalePlanError, match="you changed version 1"):
        actions.revise(editor, plan_id, raw, reason="risk", over=seen.record.version, at=AT)
    wrong = annex.changed(seen.plan, "risks", 0, {"code": "R1", "title": "-", "activity": "77", "likelihood": "1", "impact": "1"})
    with pytest.raises(UnreadablePlanError, match="no activity 77"):
        actions.revise(editor, plan_id, wrong, reason="risk", over=after.record.version, at=AT)


@pytest.mark.usefixtures("two_events")
def test_a_report_shows_live_figures_only_of_what_is_approved(people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    brought_to(people, plan_id, "operational_plan")
    first = actions.write_report(people[0], plan_id, 2026, halves=1, at=AT)
    approved(people, plan_id)
    second = actions.write_report(people[0], plan_id, 2026, halves=1, at=AT)
    before, after = (actions.report(people[0], plan_id, number)[0] for number in (first, second))
    assert before.goals[0].activities[0].indicators == ()
    assert [each.subject for each in before.decisions_open if each.what == "indicator"] == ["TF-02"]
    [told] = after.goals[0].activities[0].indicators
    assert (told.code, told.value, told.status) == ("TF-02", 2.0, "green")
    assert "2 hours" in str(content(after))


@pytest.mark.usefixtures("two_events")
def test_indicators_are_named_in_the_language_of_the_reader(people: tuple[Person, Person], caller: Callable[..., Client]) -> None:
    plan_id = loaded(people[0])
    brought_to(people, plan_id, "operational_plan")
    approved(people, plan_id)
    number = actions.write_report(people[0], plan_id, 2026, halves=1, at=AT)
    french = {"Accept-Language": "fr"}
    reader = caller("olga", Role.OFFICER)
    pages = [reader.get(f"/plans/{plan_id}/{each}", headers=french).content.decode() for each in (f"reports/{number}/", "indicators/")]
    with override("fr"):
        paper = str(content(actions.report(people[0], plan_id, number)[0]))
    for told in (*pages, paper):
        assert "à la mainlevée" in told
        assert "Hours from acceptance" not in told
        assert "heures" in told


@pytest.mark.usefixtures("two_events")
def test_the_figure_of_a_restricted_indicator_is_for_supervisors_and_in_no_form_for_an_officer(
    people: tuple[Person, Person], caller: Callable[..., Client]
) -> None:
    own = OWN.replace("owner: CB", "disclosure: restricted, owner: CB")
    formula = "SELECT transaction, id, declaration_id FROM event WHERE day >= $start AND day < $end"
    plan_id = loaded(people[0], YAML.replace("{code: TF-02, activity: 1.1, target: 4.5}", own.replace("FORMULA", formula)))
    actions.put_forward(people[0], plan_id, "OWN", at=AT)
    actions.decide_indicator(people[1], plan_id, "OWN", told=DECIDED, approved=True, at=AT)
    number = actions.write_report(people[0], plan_id, 2026, halves=1, at=AT)
    officer = caller("olga", Role.OFFICER)
    for address in (f"/plans/{plan_id}/reports/{number}/report.json", f"/api/plans/{plan_id}/reports/{number}"):
        answer = officer.get(address).json()
        [told] = answer.get("report", answer)["goals"][0]["activities"][0]["indicators"]
        assert (told["value"], told["n"]) == (None, 0), address
    assert "not disclosed to you" in officer.get(f"/plans/{plan_id}/reports/{number}/").content.decode()
    [found] = actions.report(people[1], plan_id, number)[0].goals[0].activities[0].indicators
    assert found.value == 2.0


@pytest.fixture
def two_events(settings: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an event store in which one declaration was accepted, and released two hours later."""
    folder = tmp_path_factory.mktemp("events") / "store"
    common = {"declaration_id": "0192-1", "state": "released"}
    events = [
        {"event": "DeclarationAccepted", "occurred_at": "2026-09-01T08:00:00Z"} | common,
        {"event": "GoodsReleased", "occurred_at": "2026-09-01T10:00:00Z"} | common,
    ]
    recorded = [Recorded(1, number, msgspec.json.encode(each).decode()) for number, each in enumerate(events, start=1)]
    EventStore(folder).write(event_table(recorded))
    settings.EVENT_STORE = str(folder)  # type: ignore[attr-defined] - of the framework's tests
    return folder


OWN = (
    "{code: OWN, activity: 1.1, definition: {code: OWN, name: Own, dimension: organizational development, measure: count, unit: events, "
    "direction: up, owner: CB, narrative: '-', events: \"FORMULA\"}}"
)
COLUMNS = "SELECT 1 AS transaction, 1 AS id, '' AS declaration_id"


@pytest.mark.parametrize(
    ("formula", "value", "reason"),
    [
        ("SELECT transaction, id, declaration_id FROM event WHERE day >= $start AND day < $end", 2.0, ""),
        (f"{COLUMNS} FROM read_text('FILE')", None, "cannot be run"),
        (f"{COLUMNS}; COPY (SELECT 1) TO 'FILE'", None, "one query"),
        (f"{COLUMNS}) SELECT 1; COPY (SELECT 1) TO 'FILE'; SELECT (1", None, "cannot be read"),
        ("SET enable_external_access = true", None, "one query"),
        ("DELETE FROM event", None, "one query"),
    ],
)
def test_a_formula_that_a_plan_brings_is_one_query_over_the_event_store_alone(
    people: tuple[Person, Person], two_events: Path, formula: str, value: float | None, reason: str
) -> None:
    file = two_events.parent / "secret.txt"
    file.write_text("secret", "utf-8")
    own = OWN.replace("FORMULA", formula.replace("FILE", str(file)))
    plan_id = loaded(people[0], YAML.replace("{code: TF-02, activity: 1.1, target: 4.5}", own))
    actions.put_forward(people[0], plan_id, "OWN", at=AT)
    actions.decide_indicator(people[1], plan_id, "OWN", told=DECIDED, approved=True, at=AT)
    report, _ = actions.report(people[0], plan_id, actions.write_report(people[0], plan_id, 2026, halves=1, at=AT))
    [told] = report.goals[0].activities[0].indicators
    assert told.value == value
    assert reason in told.reason
    assert file.read_text("utf-8") == "secret"


@pytest.mark.parametrize(
    ("value", "told"), [(3.585138, "3.585 h"), (19987.4, "19,987 h"), (4.0, "4 h"), (0.00012, "0.00012 h"), (-2.5, "-2.5 h")]
)
def test_a_figure_is_written_as_it_is_read(value: float, told: str) -> None:
    assert figure(value, "h") == told


def test_a_skipped_step_needs_its_reason_and_shows_in_the_report(people: tuple[Person, Person]) -> None:
    editor, _ = people
    plan_id = loaded(editor)
    seen = brought_to(people, plan_id, "costing")
    with pytest.raises(Refused, match="reason"):
        actions.take_step(editor, plan_id, step(seen, review.Act.SKIP), at=AT)
    actions.take_step(editor, plan_id, step(seen, review.Act.SKIP, reason="No quorum"), at=AT)
    told, _kept = actions.report(editor, plan_id, actions.write_report(editor, plan_id, 2026, halves=2, at=AT))
    assert [each.reason for each in told.skipped] == ["No quorum"]
    assert "No quorum" in str(content(told))


@pytest.mark.parametrize("role", [Role.TRADER, Role.BROKER, Role.OFFICER, Role.SUPERVISOR])
def test_nobody_but_an_administrator_changes_a_plan(person: Callable[..., Person], role: Role) -> None:
    plan_id = loaded(person("ada", Role.ADMINISTRATOR))
    other = person("other", role)
    forbidden: list[Callable[[], object]] = [
        lambda: loaded(other),
        lambda: actions.revise(other, plan_id, {}, reason="", over=1, at=AT),
        lambda: actions.put_up(other, plan_id, at=AT),
        lambda: actions.put_forward(other, plan_id, "TF-02", at=AT),
        lambda: actions.answer(other, plan_id, 1, disposition=review.comment.Disposition.NOTED, text="-", at=AT),
        lambda: actions.write_report(other, plan_id, 2026, halves=1, at=AT),
        lambda: actions.take_step(other, plan_id, StepDone("outline", None, review.Act.CONCLUDE, "D", DAY), at=AT),
    ]
    if role is not Role.SUPERVISOR:
        forbidden.append(lambda: actions.comment(other, plan_id, said=review.comment.Said("Hm"), at=AT))
    if role in (Role.TRADER, Role.BROKER):
        forbidden += [lambda: actions.view(other, plan_id), lambda: actions.versions(other, plan_id), lambda: actions.text(other, plan_id)]
    for act in forbidden:
        with pytest.raises(NotPermittedError):
            act()


def test_the_database_itself_refuses_to_change_a_version(people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    for sql in ("UPDATE strategy_planversion SET number = 9", "DELETE FROM strategy_planversion"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert store.version_of(plan_id, 1).version == 1


def test_a_decision_of_another_month_without_its_reason_is_refused_in_the_language_of_the_reader(
    caller: Callable[..., Client], people: tuple[Person, Person]
) -> None:
    now = timezone.now()
    months = dict.fromkeys(("audit_review", "indicator_approval"), now.month % 12 + 1)
    plan_id = loaded(people[0], YAML.replace("currency: EUR", f"currency: EUR\n  due_months: {months}"))
    actions.put_forward(people[0], plan_id, "TF-02", at=now)
    second = browser(people[1])
    posted = {"code": "TF-02", "approve": "", "decision": "AC/4", "meeting": "the 4th session", "decided_on": now.date().isoformat()}
    address = f"/plans/{plan_id}/indicators/"
    told = second.post(address, posted, headers={"Accept-Language": "fr"}, follow=True).content.decode()
    assert f"le plan nomme un autre mois que celui du {now.date()}" in told
    second.post(address, posted | {"reason": "No quorum before"})
    assert "No quorum before" in caller("olga", Role.OFFICER).get(address).content.decode()
    report, _ = actions.report(people[0], plan_id, actions.write_report(people[0], plan_id, 2026, halves=1, at=AT))
    assert "No quorum before" in str(content(report))


ADDRESSES = ("", "versions/", "coverage/", "cycle/", "indicators/", "reports/", "plan.json", *(f"annex/{name}/" for name in annex.LISTS))


def test_each_page_is_there_for_customs_and_for_nobody_else(caller: Callable[..., Client], people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    number = actions.write_report(people[0], plan_id, 2026, halves=1, at=AT)
    officer, trader = caller("olga", Role.OFFICER), caller("tina")
    for address in (*ADDRESSES, *(f"reports/{number}/{form}" for form in ("", "report.json", "report.pdf"))):
        assert officer.get(f"/plans/{plan_id}/{address}").status_code == 200, address
        assert trader.get(f"/plans/{plan_id}/{address}").status_code == 403, address
        assert Client().get(f"/plans/{plan_id}/{address}").status_code == 302, address
    assert officer.get(f"/plans/{plan_id}/reports/{number}/report.pdf").content.startswith(b"%PDF")
    assert officer.post(f"/plans/{plan_id}/annex/costs/", {"version": "1"}).status_code == 403
    for address in (f"{plan_id}/annex/nothing/", f"{plan_id}/reports/99/", f"{plan_id}/versions/?from=99"):
        assert officer.get(f"/plans/{address}").status_code == 404


def test_a_plan_of_nothing_but_its_name_has_its_pages(caller: Callable[..., Client], people: tuple[Person, Person]) -> None:
    bare = "{name: bare, title: '', valid_from: 2026-07-01, valid_to: 2027-07-01, building_blocks: {}, goals: []}"
    plan_id = loaded(people[0], bare)
    number = actions.write_report(people[0], plan_id, 2026, halves=2, at=AT)
    officer = caller("olga", Role.OFFICER)
    for address in (*ADDRESSES, *(f"reports/{number}/{form}" for form in ("", "report.json", "report.pdf"))):
        assert officer.get(f"/plans/{plan_id}/{address}").status_code == 200, address


def test_everybody_reads_what_is_adopted_and_nothing_earlier(caller: Callable[..., Client], people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    assert Client().get("/plans/adopted/own/").status_code == 404
    assert b"Own" not in Client().get("/plans/").content
    brought_to(people, plan_id, "operational_plan")
    assert b'"status": "adopted"' in caller("olga", Role.OFFICER).get(f"/plans/{plan_id}/plan.json").content
    assert b"We serve" in Client().get("/plans/adopted/own/").content
    assert b"/plans/adopted/own/" in Client().get("/plans/").content


def test_a_file_with_faults_is_refused_with_all_of_them_and_a_good_one_comes_back_as_it_was(caller: Callable[..., Client]) -> None:
    client = caller("ada", Role.ADMINISTRATOR)
    bad = YAML.replace("year: 2027", "year: 2035").replace("likelihood: 3", "likelihood: 6")
    told = client.post("/plans/load/", {"file": SimpleUploadedFile("own.yaml", bad.encode()), "reason": "new targets"})
    assert 'value="new targets"' in told.content.decode()
    assert told.status_code == 422
    assert b"2035" in told.content
    assert b"from 1 to 5" in told.content
    french = client.post("/plans/load/", {"file": SimpleUploadedFile("own.yaml", bad.encode())}, headers={"Accept-Language": "fr"})
    assert "exercice 2035" in french.content.decode()
    assert client.post("/plans/load/", {"file": SimpleUploadedFile("own.exe", b"-")}).status_code == 422
    assert client.post("/plans/load/", {"file": SimpleUploadedFile("own.yaml", b"\xff\xfe\x00")}).status_code == 422
    address = client.post("/plans/load/", {"file": SimpleUploadedFile("own.yaml", YAML.encode())})["Location"]
    exported = client.get(f"{address}plan.json").content
    assert client.post("/plans/load/", {"file": SimpleUploadedFile("own.json", exported)})["Location"] == address
    assert store.record_named("own").version == 2  # type: ignore[union-attr] - it was just kept


def test_costs_are_edited_on_their_page_and_added_up(caller: Callable[..., Client], people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    client = caller("ada", Role.ADMINISTRATOR)
    address = f"/plans/{plan_id}/annex/costs/"
    entry = {"activity": "1.1", "year": "2028", "source": "budget", "amount": "99.90", "person_months": "0"}
    assert client.post(address, entry | {"version": "1"}).status_code == 302
    refused = client.post(address, entry | {"version": "2", "amount": "much", "what": "two\0ships"})
    assert refused.status_code == 422
    for name in ("amount", "what"):
        assert f'<span class="error" id="{name}-fault">' in refused.content.decode()
    assert 'name="amount" value="much"' in refused.content.decode()
    assert '<option value="1.1" selected>' in refused.content.decode()
    assert client.post(address, entry | {"version": "2", "entry": "3", "amount": "100.10"}).status_code == 302
    assert str(store.version_of(plan_id, 3).operation.costs[3].amount) == "100.10"
    told = client.get(f"/plans/{plan_id}/versions/?from=2&to=3").content.decode()
    assert "1.1 · 2028 · budget · 100.10" in told
    assert "1.1 · 2028 · budget · 99.90" in told
    assert client.post(address, {"version": "3", "entry": "3", "remove": ""}).status_code == 302
    assert store.version_of(plan_id, 4).operation == store.version_of(plan_id, 1).operation


def test_an_edit_keeps_what_the_form_does_not_show(people: tuple[Person, Person]) -> None:
    defined = YAML.replace(
        "{code: TF-02, activity: 1.1, target: 4.5}",
        "{code: OWN, activity: 1.1, definition: {code: OWN, name: Trust, dimension: organizational development, measure: share, "
        "unit: of traders, direction: up, missing_source: a survey, owner: CB, narrative: Asked each year}}",
    )
    plan_id = loaded(people[0], defined)
    seen = actions.view(people[0], plan_id)
    raw = annex.changed(seen.plan, "indicators", 0, {"code": "OWN", "activity": "1.10", "target": "0.8"})
    after = actions.revise(people[0], plan_id, raw, reason="-", over=1, at=AT).plan.operation.indicators[0]
    assert (after.activity, after.target) == ("1.10", 0.8)
    assert after.definition == seen.plan.operation.indicators[0].definition


def test_the_shipped_plans_load_and_tell_their_difference_in_both_languages(caller: Callable[..., Client]) -> None:
    client = caller("ada", Role.ADMINISTRATOR)
    ids = {}
    for name in ("wco-2013-2016-implied", "wco-2016-2019"):
        file = SimpleUploadedFile(f"{name}.toml", (ROOT / "plans" / f"{name}.toml").read_bytes())
        ids[name] = client.post("/plans/load/", {"file": file})["Location"]
    other = ids["wco-2013-2016-implied"].strip("/").split("/")[-1]
    address = f"{ids['wco-2016-2019']}versions/?other={other}"
    plan = store.version_of(UUID(other), 1)
    assert list(plan.building_blocks)[:3] == ["GNC", "CBM", "RISK"]  # in the order of the file
    assert "Goal 5 is new" in client.get(address).content.decode()
    french = client.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "objectif 5 est nouveau" in french
    assert "La douane numérique" in french
    plan_id = UUID(ids["wco-2016-2019"].strip("/").split("/")[-1])
    number = actions.write_report(person_named("ada"), plan_id, 2016, halves=2, at=AT)
    for place in (ids["wco-2016-2019"], f"{ids['wco-2016-2019']}coverage/", f"{ids['wco-2016-2019']}reports/{number}/", "/plans/"):
        told = client.get(place, headers={"Accept-Language": "fr"}).content.decode()
        assert "Plan stratégique de l" in told, place
        assert "Strategic Plan of the World Customs Organization</" not in told, place
    kept = client.get(f"{ids['wco-2016-2019']}reports/{number}/report.json", headers={"Accept-Language": "fr"}).json()
    assert kept["title"] == "Strategic Plan of the World Customs Organization"
