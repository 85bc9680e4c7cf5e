import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.availability import actions
from customhouse_server.availability.state import State
from customhouse_server.availability.store import Report
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.tasks import study

AT = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
OUT = Report(
    title="No lodging by message", meanwhile="Lodge on paper at the office of entry.", begins_at=AT - HOUR, expected_until=AT + HOUR
)


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The supervisor."""
    return person("sue", Role.SUPERVISOR)


def _worker_lives(*, at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


@pytest.mark.django_db
def test_an_interruption_is_told_on_every_page_until_it_is_over(sue: Person) -> None:
    now = timezone.now()
    number = actions.report(sue, Report(title="No lodging", meanwhile="Lodge on paper.", begins_at=now - HOUR), at=now)
    assert "Lodge on paper." in Client().get("/tariff/").content.decode()
    actions.say(sue, number, "The disk is full.", at=now)
    assert "The disk is full." in Client().get("/service/").content.decode()
    actions.say(sue, number, "Room was made.", at=now, ends=True)
    assert "Lodge on paper." not in Client().get("/tariff/").content.decode()
    assert "Room was made." in Client().get("/service/").content.decode()
    with pytest.raises(actions.OverError):
        actions.say(sue, number, "Still?", at=now)


@pytest.mark.django_db
def test_a_planned_interruption_is_on_from_its_beginning_and_costs_no_time_if_called_off(sue: Person) -> None:
    number = actions.report(sue, Report(title="New version", meanwhile="Wait.", begins_at=AT + HOUR), at=AT)
    before, after = actions.standing(at=AT), actions.standing(at=AT + 2 * HOUR)
    assert ([each.number for each in before.planned], before.on) == ([number], ())
    assert ([each.number for each in after.on], after.planned) == ([number], ())
    actions.say(sue, number, "Not today.", at=AT, ends=True)
    called_off = actions.standing(at=AT + 2 * HOUR)
    assert called_off.share == 1
    assert [each.lasted for each in called_off.over] == [dt.timedelta()]


@pytest.mark.django_db
def test_hours_that_two_interruptions_share_count_once(sue: Person) -> None:
    for begin, end in ((10, 7), (8, 5), (9, 8)):  # hours ago: 10 to 5 in all
        report = Report(title="Out", meanwhile="Wait.", begins_at=AT - begin * HOUR)
        actions.say(sue, actions.report(sue, report, at=AT), "Over.", at=AT - end * HOUR, ends=True)
    assert actions.standing(at=AT).share == pytest.approx(1 - 5 / (90 * 24))


@pytest.mark.django_db
def test_all_that_is_wrong_with_a_report_is_said_at_once(sue: Person) -> None:
    with pytest.raises(FaultyError) as refused:
        actions.report(sue, Report(title=" ", meanwhile="", begins_at=AT, expected_until=AT - HOUR), at=AT)
    assert refused.value.faults.keys() == {"title", "meanwhile", "expected_until"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRADER, Role.BROKER, Role.OFFICER])
def test_others_report_nothing(person: Callable[..., Person], role: Role) -> None:
    with pytest.raises(NotPermittedError):
        actions.report(person("olu", role), OUT, at=AT)
    with pytest.raises(NotPermittedError):
        actions.say(person("ova", role), 1, "Over.", at=AT, ends=True)


@pytest.mark.django_db
def test_jobs_are_stopped_without_a_worker_and_behind_where_one_does_not_keep_up() -> None:
    now = timezone.now()
    assert actions.standing(at=now).parts[1].state is State.STOPPED
    _worker_lives(at=now)
    assert actions.standing(at=now).state is State.WORKING
    study.defer(study_id="00000000-0000-0000-0000-000000000000")
    assert actions.standing(at=now).parts[1].state is State.WORKING
    later = timezone.now() + dt.timedelta(minutes=16)
    _worker_lives(at=later)
    assert actions.standing(at=later).parts[1].state is State.BEHIND


@pytest.mark.django_db
def test_a_probe_needs_no_key_and_is_told_parts_and_interruptions(sue: Person) -> None:
    actions.report(sue, Report(title="Out", meanwhile="Wait.", begins_at=timezone.now()), at=timezone.now())
    told = Client().get("/api/service").json()
    assert (told["state"], [each["name"] for each in told["parts"]]) == ("behind", ["desk", "jobs"])
    assert [each["report"]["meanwhile"] for each in told["on"]] == ["Wait."]


@pytest.mark.django_db
def test_an_interruption_is_reported_and_ended_over_the_interface(caller: Callable[..., Client]) -> None:
    program = caller("sue", Role.SUPERVISOR)
    sent = {"title": "Out", "meanwhile": "Wait."}
    first = program.post("/api/service/interruptions", sent, "application/json", headers={"Idempotency-Key": "out-1"})
    again = program.post("/api/service/interruptions", sent, "application/json", headers={"Idempotency-Key": "out-1"})
    assert (first.status_code, again.json()) == (201, first.json())
    naive = program.post("/api/service/interruptions", sent | {"expected_until": "2026-12-01T10:00:00"}, "application/json")
    assert naive.status_code == 422
    address = f"/api/service/interruptions/{first.json()['number']}/updates"
    assert program.post(address, {"text": ""}, "application/json").status_code == 422
    assert program.post(address, {"text": "Over.", "ends": True}, "application/json").status_code == 200
    assert program.post(address, {"text": "Over."}, "application/json").status_code == 409
    assert program.post("/api/service/interruptions/0/updates", {"text": "Over."}, "application/json").status_code == 404
    assert len(actions.standing(at=timezone.now()).over) == 1


@pytest.mark.django_db
def test_what_was_typed_stays_where_the_report_is_refused(browser_of: Callable[..., Client]) -> None:
    desk = browser_of("sue", Role.SUPERVISOR)
    answer = desk.post("/service/report/", {"title": "Out", "meanwhile": "", "begins_at": "soon", "expected_until": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Out"' in page
    assert 'id="meanwhile-error"' in page
    assert "soon is not a day and hour" in page
    typed = {"title": "Out", "meanwhile": "Wait.", "begins_at": "2026-01-01T09:30", "expected_until": ""}
    assert desk.post("/service/report/", typed).status_code == 302
    on = actions.standing(at=timezone.now()).on
    assert [each.report.begins_at.astimezone(dt.UTC).date() for each in on] == [dt.date(2026, 1, 1)]
