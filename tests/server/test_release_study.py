"""Time release studies on the site: asked for, done by a job, read, followed by a plan, published, and handed on as files."""

import datetime as dt
import io
import re
import uuid
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from customhouse.performance import EventStore, release_time
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.performance import drawing, release_study, store, study_report, study_view
from customhouse_server.performance.kept import PlannedAction, PlanStatus, Progress, UnknownStudyError, Words
from customhouse_server.performance.release_study import Asked, NotDoneYetError, UnfitDesignError
from customhouse_server.performance.strata import listing
from customhouse_server.tariff.country import current_country

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
DESIGN = release_time.Design(
    title="Two weeks of April",
    start=dt.date(2026, 4, 13),
    end=dt.date(2026, 4, 27),
    seen_until=dt.date(2026, 5, 20),
    strata=("office", "lane", "partner"),
    targets={"arrived to released": 48},
)
ACTION = PlannedAction(
    0, "Late lodging", "arrived to released", "Ask brokers to lodge early", "Trade relations", dt.date(2026, 12, 1), PlanStatus.PLANNED
)
FORM = {
    "title": DESIGN.title,
    "start": "2026-04-13",
    "end": "2026-04-27",
    "seen_until": "2026-05-20",
    "strata": ["office", "lane"],
    "target:arrived to released": "48",
}


@pytest.fixture
def officer(person: Callable[..., Person], year: EventStore) -> Person:
    assert year.days()
    return person("officer", Role.OFFICER)


@pytest.fixture
def head(person: Callable[..., Person]) -> Person:
    return person("head", Role.SUPERVISOR)


@pytest.fixture
def study_id(officer: Person) -> uuid.UUID:
    """A study that is done."""
    made = release_study.design(officer, Asked(DESIGN, objectives="To know where the time goes."), at=AT)
    release_study.do(made)
    return made


def test_a_study_and_the_job_that_does_it_are_asked_for_together(officer: Person) -> None:
    made = release_study.design(officer, Asked(DESIGN), at=AT)
    job = ProcrastinateJob.objects.get(task_name="performance.study")
    assert job.args == {"study_id": str(made)}
    assert store.study_of(made).status is Progress.WAITING


def test_a_part_of_the_sample_is_studied_told_and_refused_where_nothing_can_be_chosen_by_it(
    officer: Person, browser_of: Callable[..., Client]
) -> None:
    browser = browser_of(officer.username)
    asked = browser.post("/performance/studies/new/", FORM | {"only:lane": " red "})
    number = uuid.UUID(asked["Location"].rstrip("/").rsplit("/", 1)[1])
    release_study.do(number)
    found = store.study_of(number)
    assert found.result
    assert found.design.only == {"lane": "red"}
    assert {each.value for each in found.result.strata if each.stratum == "lane"} == {"red"}
    assert "<dt>Lane</dt><dd>Red</dd>" in browser.get(asked["Location"]).content.decode()
    with pytest.raises(UnfitDesignError, match="partner"):
        release_study.design(officer, Asked(msgspec.structs.replace(DESIGN, only={"partner": "x"})), at=AT)


def test_all_that_is_done_with_a_study_has_its_event(officer: Person, head: Person, written: Callable[[], list[tuple[str, str]]]) -> None:
    study_id = release_study.design(officer, Asked(DESIGN), at=AT)
    release_study.do(study_id)
    release_study.word(head, study_id, Words(conclusions="Brokers wait."), at=AT)
    number = release_study.plan(head, study_id, ACTION, at=AT)
    release_study.move(head, study_id, number, status=PlanStatus.FINISHED, at=AT)
    for is_public in (True, False):
        release_study.publish(head, study_id, is_public=is_public, at=AT)
    release_study.fail(study_id, "it broke off")
    with pytest.raises(UnknownStudyError):
        release_study.move(head, study_id, number + 1, status=PlanStatus.FINISHED, at=AT)
    told = [(kind, msgspec.json.decode(document)) for kind, document in written()]
    assert [kind for kind, _ in told] == [
        *("StudyOrdered", "StudyFinished", "StudyWorded", "ActionPlanned", "ActionMoved"),
        *("StudyPublished", "StudyPublished", "StudyFailed"),
    ]
    events = dict(told)
    assert {event["study"] for _, event in told} == {str(study_id)}
    assert (events["StudyOrdered"]["title"], events["StudyOrdered"]["start"]) == (DESIGN.title, "2026-04-13")
    assert events["StudyFinished"]["declarations"] > 0
    assert (events["ActionMoved"]["action"], events["ActionMoved"]["status"]) == (number, "finished")
    assert [event["is_public"] for kind, event in told if kind == "StudyPublished"] == [True, False]
    assert events["StudyFailed"]["why"] == "it broke off"


def test_a_study_done_on_the_site_is_the_study_of_the_library(study_id: uuid.UUID, year: EventStore) -> None:
    found = store.study_of(study_id)
    hours = current_country().office_hours(on=DESIGN.start)
    assert found.status is Progress.DONE
    assert found.result == release_time.study(year.connect(), DESIGN, hours=hours)


def test_a_study_done_again_after_it_broke_off_is_the_same(study_id: uuid.UUID) -> None:
    before = store.study_of(study_id).result
    release_study.fail(study_id, "it broke off; the log of the site says why")
    release_study.do(study_id)
    assert store.study_of(study_id).result == before


def test_a_period_without_declarations_ends_in_a_sentence_and_no_result(officer: Person) -> None:
    design = release_time.Design(title="Empty", start=dt.date(2025, 1, 1), end=dt.date(2025, 2, 1), seen_until=dt.date(2025, 3, 1))
    made = release_study.design(officer, Asked(design), at=AT)
    release_study.do(made)
    found = store.study_of(made)
    assert (found.status, found.result) == (Progress.FAILED, None)
    assert found.failure


@pytest.mark.parametrize(("role", "may"), [(Role.OFFICER, True), (Role.SUPERVISOR, True), (Role.ADMINISTRATOR, False)])
def test_a_study_that_failed_offers_a_new_one_to_whoever_may_design_it(
    officer: Person, browser_of: Callable[..., Client], role: Role, *, may: bool
) -> None:
    made = release_study.design(officer, Asked(DESIGN), at=AT)
    release_study.fail(made, "it broke off")
    browser = browser_of("reader", role)
    page = browser.get(f"/performance/studies/{made}/").content.decode()
    assert "it broke off" in page
    assert ('href="/performance/studies/new/"' in page) is may
    assert (browser.get("/performance/studies/new/").status_code == 200) is may


def test_every_fault_of_a_design_is_told_at_once(officer: Person) -> None:
    wrong = release_time.Design(
        title="", start=dt.date(2026, 5, 1), end=dt.date(2026, 4, 1), seen_until=dt.date(2027, 1, 1), strata=("weather",)
    )
    with pytest.raises(UnfitDesignError) as refused:
        release_study.design(officer, Asked(wrong), at=AT)
    assert set(refused.value.faults) == {"title", "end", "seen_until", "strata"}
    assert store.studies() == ()


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(browser_of: Callable[..., Client], year: EventStore) -> None:
    assert year.days()
    wrong = FORM | {"title": "Our study", "end": "soon", "target:arrived to released": "many"}
    answer = browser_of("officer").post("/performance/studies/new/", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Our study"' in page
    assert "Write a day" in page
    assert "Write a number of hours" in page


@pytest.mark.parametrize(("who", "role"), [("trader", Role.TRADER), ("broker", Role.BROKER), ("admin", Role.ADMINISTRATOR)])
def test_only_customs_designs_a_study(person: Callable[..., Person], who: str, role: Role) -> None:
    with pytest.raises(NotPermittedError):
        release_study.design(person(who, role), Asked(DESIGN), at=AT)


def test_a_study_is_for_the_administration_until_it_is_published(
    study_id: uuid.UUID, head: Person, browser_of: Callable[..., Client]
) -> None:
    paths = [f"/performance/studies/{study_id}/{file}" for file in ("", "package.zip", "study.pdf")]
    assert {browser_of().get(path).status_code for path in paths} == {404}
    assert {browser_of("officer").get(path).status_code for path in paths} == {200}
    release_study.publish(head, study_id, is_public=True, at=AT)
    assert {browser_of().get(path).status_code for path in paths} == {200}
    assert DESIGN.title in browser_of().get("/performance/").content.decode()
    release_study.publish(head, study_id, is_public=False, at=AT)
    assert {browser_of().get(path).status_code for path in paths} == {404}


def test_what_a_supervisor_does_nobody_else_does(study_id: uuid.UUID, officer: Person, head: Person) -> None:
    for act in (
        lambda: release_study.publish(officer, study_id, is_public=True, at=AT),
        lambda: release_study.word(officer, study_id, Words(conclusions="all is well"), at=AT),
        lambda: release_study.plan(officer, study_id, ACTION, at=AT),
        lambda: release_study.move(officer, study_id, 1, status=PlanStatus.FINISHED, at=AT),
    ):
        with pytest.raises(NotPermittedError):
            act()
    with pytest.raises(UnknownStudyError):
        release_study.move(head, study_id, 1, status=PlanStatus.FINISHED, at=AT)


def test_what_is_no_act_on_a_study_is_not_done_and_what_is_refused_is_said_in_our_words(
    study_id: uuid.UUID, browser_of: Callable[..., Client]
) -> None:
    browser, page = browser_of("head", Role.SUPERVISOR), f"/performance/studies/{study_id}/act/"
    for posted in (
        {},
        {"act": "burn"},
        {"act": "move", "action": "x", "status": "finished"},
        {"act": "move", "action": "1", "status": "x"},
    ):
        assert browser.post(page, posted).status_code == 404, posted
    planned = {"act": "plan", "finding": "Late", "action": "Ask", "owner": "Trade"}
    assert "Write a day, as 2026-03-01" in browser.post(page, planned | {"due": "soon"}, follow=True).content.decode()
    assert "Say what was found" in browser.post(page, planned | {"due": "2026-12-01", "owner": ""}, follow=True).content.decode()
    assert store.plan_of(study_id) == ()


def test_what_was_not_measured_is_told_in_french_and_a_study_kept_before_its_sayings_can_be_read(study_id: uuid.UUID) -> None:
    done = store.study_of(study_id).result
    assert done
    with translation.override("fr"):
        assert any(each.startswith("opérateur agréé : pas encore de source") for each in study_view.unmeasured(done))
    before = msgspec.to_builtins(done, str_keys=True) | {"unmeasured": ["moon: nobody looked"]}
    before["release"].pop("median")
    kept = msgspec.convert(before, release_time.Study, str_keys=True)
    assert study_view.unmeasured(kept) == ["moon: nobody looked"]
    assert study_view.release_title(kept).startswith("Half of what was accepted was released within")


def test_a_study_that_is_not_done_is_not_published(officer: Person, head: Person) -> None:
    made = release_study.design(officer, Asked(DESIGN), at=AT)
    with pytest.raises(NotDoneYetError):
        release_study.publish(head, made, is_public=True, at=AT)


def test_the_effect_of_an_action_is_told_by_the_study_that_follows(study_id: uuid.UUID, officer: Person, head: Person) -> None:
    release_study.plan(head, study_id, ACTION, at=AT)
    ((planned, effect),) = release_study.plan_of(store.study_of(study_id))
    assert (planned.action, effect) == (ACTION.action, None)
    release_study.move(head, study_id, planned.id, status=PlanStatus.FINISHED, at=AT)
    following = release_study.design(officer, Asked(DESIGN, earlier_id=study_id), at=AT)
    release_study.do(following)
    ((planned, effect),) = release_study.plan_of(store.study_of(study_id))
    assert planned.status is PlanStatus.FINISHED
    assert effect is not None
    assert effect.segment == ACTION.segment
    assert not effect.is_sure
    assert study_view.told_change(effect) == "no more than chance"


def test_the_declarations_behind_a_stratum_are_as_many_as_it_tells(
    study_id: uuid.UUID, officer: Person, browser_of: Callable[..., Client]
) -> None:
    done = store.study_of(study_id).result
    assert done
    for stratum in done.strata:
        found = release_study.members(officer, study_id, stratum=stratum.stratum, value=stratum.value)
        assert len(found) == stratum.n
        assert all(each.is_open == (each.member.office == "QZ000101") for each in found)
    page = browser_of("officer").get(f"/performance/studies/{study_id}/declarations/?stratum=office&value=QZ000103")
    assert "at another office" in page.content.decode()
    assert "history/" not in page.content.decode()
    assert browser_of("officer").get(f"/performance/studies/{study_id}/declarations/?stratum=weather").status_code == 404
    assert browser_of("trader", Role.TRADER).get(f"/performance/studies/{study_id}/declarations/").status_code == 403


def test_strata_are_sorted_and_filtered_by_the_address(study_id: uuid.UUID) -> None:
    done = store.study_of(study_id).result
    assert done
    rows = listing(done, {"stratum": "office", "sort": "-n"})["rows"]
    assert isinstance(rows, list)
    assert {row["stratum"] for row in rows} == {"office"}
    assert [row["n"] for row in rows] == sorted((row["n"] for row in rows), reverse=True)
    found = listing(done, {"q": "000101"})["rows"]
    assert isinstance(found, list)
    assert [row["value"] for row in found] == ["QZ000101"]


def test_the_package_on_the_site_is_the_package_of_the_library(study_id: uuid.UUID, browser_of: Callable[..., Client]) -> None:
    done = store.study_of(study_id).result
    assert done
    content = browser_of("officer").get(f"/performance/studies/{study_id}/package.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        assert {name: folder.read(name) for name in folder.namelist()} == release_time.data_package(done)


def test_the_report_goes_in_the_order_of_the_guide_and_says_what_was_said(study_id: uuid.UUID, head: Person) -> None:
    release_study.plan(head, study_id, ACTION, at=AT)
    release_study.word(head, study_id, Words(objectives="To know where the time goes.", conclusions="Brokers wait."), at=AT)
    found = store.study_of(study_id)
    told = study_report.content(found, release_study.plan_of(found), ())
    sections = told["sections"]
    assert isinstance(sections, list)
    titles = ["Objectives", "Scope", "Method", "Analysis", "Conclusions", "Recommendations", "Action plan"]
    assert [each["title"] for each in sections] == titles
    assert sections[0]["blocks"] == [{"kind": "text", "text": "To know where the time goes."}]
    assert sections[4]["blocks"] == [{"kind": "text", "text": "Brokers wait."}]
    assert sections[5]["blocks"] == [{"kind": "list", "items": ["Late lodging: Ask brokers to lodge early"]}]
    assert len([block for block in sections[3]["blocks"] if block["kind"] == "chart"]) == 4


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_is_a_pdf_and_the_same_each_time(study_id: uuid.UUID, language: str) -> None:
    found = store.study_of(study_id)
    made = study_report.report(found, (), (), language=language)
    assert made.startswith(b"%PDF-")
    assert made == study_report.report(found, (), (), language=language)


def test_a_chart_escapes_what_it_is_given() -> None:
    drawn = drawing.bars([drawing.Bar("<script>", "1 & 2", 1.0)], 'a "title"')
    assert "<script>" not in drawn
    assert re.search(r"&lt;script&gt;.*1 &amp; 2", drawn)


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_the_study_that_was_asked_for_on_the_page(browser_of: Callable[..., Client], year: EventStore) -> None:
    assert year.days()
    answer = browser_of("officer").post("/performance/studies/new/", FORM)
    page = answer.headers["Location"]
    assert "data-again" in browser_of("officer").get(page).content.decode()
    call_command("procrastinate", "worker", "--one-shot")
    told = browser_of("officer").get(page).content.decode()
    assert "Half of all goods took at most" in told
    assert "data-again" not in told
