"""Baselines and narratives: what the administration says of an indicator stands beside its figures, and leaves its event."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from customhouse.performance import EventStore
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.performance import actions, stated
from customhouse_server.performance.kept import Baseline, UnfitStatementError, UnknownIndicatorError
from customhouse_server.performance.period import month_of

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
APRIL = month_of(dt.date(2026, 4, 1))
BEGUN = Baseline(0.1, dt.date(2025, 12, 31), "yearly report")


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    return person("sue", Role.SUPERVISOR)


def test_a_baseline_stands_beside_the_target_with_the_way_travelled_and_leaves_its_event(
    year: EventStore, sue: Person, browser_of: Callable[..., Client]
) -> None:
    actions.compute(year, [APRIL], at=AT)
    before = actions.reading(None, "TF-01", APRIL)
    assert before.travelled is None
    stated.state_baseline(sue, "TF-01", Baseline(0.3, dt.date(2024, 12, 31), "estimate"), at=AT)
    stated.state_baseline(sue, "TF-01", BEGUN, at=AT)
    found = actions.reading(None, "TF-01", APRIL)
    assert (found.indicator.baseline, found.indicator.baseline_on, found.indicator.baseline_source) == (0.1, BEGUN.on, "yearly report")
    assert found.figure
    assert found.figure.value
    assert found.travelled == pytest.approx((found.figure.value - 0.1) / (0.5 - 0.1))
    page = browser_of().get("/performance/indicators/TF-01/?period=2026-04").content.decode()
    assert "31 Dec 2025: yearly report" in page
    assert "of the way from the baseline to the target" in page
    assert "State the baseline" not in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, document ->> 'source' FROM journal_event WHERE kind = 'BaselineStated' ORDER BY id")
        assert cursor.fetchall() == [("sue", "estimate"), ("sue", "yearly report")]


def test_what_an_owner_says_of_a_period_is_read_on_its_page_and_over_the_interface(
    year: EventStore, browser_of: Callable[..., Client], caller: Callable[..., Client]
) -> None:
    assert year.days()
    browser = browser_of("head", Role.SUPERVISOR)
    address = "/performance/indicators/TF-01/state/?period=2026-04"
    assert browser.post(address, {"narrative": "A strike at the port."}).status_code == 302
    assert "A strike at the port." in browser_of().get("/performance/indicators/TF-01/?period=2026-04").content.decode()
    assert "A strike at the port." not in browser_of().get("/performance/indicators/TF-01/?period=2026-05").content.decode()
    client = caller("tina")
    assert client.get("/api/performance/indicators/TF-01?period=2026-04").json()["narrative"]["text"] == "A strike at the port."
    browser.post(address, {"narrative": ""})
    assert client.get("/api/performance/indicators/TF-01?period=2026-04").json()["narrative"] is None


def test_a_baseline_is_stated_in_a_form_and_what_is_wrong_with_it_is_said(browser_of: Callable[..., Client]) -> None:
    browser = browser_of("head", Role.SUPERVISOR)
    address = "/performance/indicators/TF-01/state/?period=2026-04"
    posted = {"baseline": "", "value": "0.25", "of_day": "2025-06-30", "source": "study"}
    wrong = browser.post(address, posted | {"value": "much"}, headers={"Accept-Language": "fr"}, follow=True).content.decode()
    assert "écrivez la valeur de départ comme un nombre" in wrong
    assert stated.known()["TF-01"].baseline is None
    browser.post(address, posted)
    assert stated.known()["TF-01"].baseline == 0.25


@pytest.mark.parametrize(
    ("baseline", "refusal"),
    [
        (Baseline(float("nan"), BEGUN.on, "report"), "no number"),
        (Baseline(0.1, BEGUN.on, " "), "no source"),
        (Baseline(0.1, dt.date(2026, 11, 25), "report"), "a day that has come"),
    ],
)
def test_a_baseline_is_a_number_of_a_day_that_has_come_from_a_source(sue: Person, baseline: Baseline, refusal: str) -> None:
    with pytest.raises(UnfitStatementError, match=refusal):
        stated.state_baseline(sue, "TF-01", baseline, at=AT)
    with pytest.raises(UnknownIndicatorError):
        stated.state_baseline(sue, "ZZ-99", BEGUN, at=AT)


@pytest.mark.parametrize("role", [Role.TRADER, Role.OFFICER])
def test_only_supervisors_and_administrators_speak_for_the_administration(person: Callable[..., Person], role: Role) -> None:
    other = person("other", role)
    with pytest.raises(NotPermittedError):
        stated.state_baseline(other, "TF-01", BEGUN, at=AT)
    with pytest.raises(NotPermittedError):
        stated.narrate(other, "TF-01", APRIL, text="-", at=AT)


def test_the_database_itself_keeps_every_baseline(sue: Person) -> None:
    stated.state_baseline(sue, "TF-01", BEGUN, at=AT)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE performance_statedbaseline SET value = 0")
    assert stated.known()["TF-01"].baseline == 0.1


def test_a_baseline_and_what_a_figure_means_are_stated_over_the_interface_by_heads_once_under_a_key(
    year: EventStore, caller: Callable[..., Client]
) -> None:
    assert year.days()
    sue, olu = caller("sue", Role.SUPERVISOR), caller("olu", Role.OFFICER)

    def send(client: Client, path: str, body: dict[str, object], *, key: str = "") -> Any:  # noqa: ANN401 - an answer
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(f"/api/performance/indicators/{path}", body, content_type="application/json", headers=headers)

    begun: dict[str, object] = {"value": 0.1, "on": "2025-12-31", "source": "yearly report"}
    meant: dict[str, object] = {"period": "2026-04", "text": "A strike at the port."}
    for path, body in (("TF-01/baseline", begun), ("TF-01/narrative", meant)):
        assert send(olu, path, body).status_code == 403
        assert send(sue, path.replace("TF-01", "XX-99"), body).status_code == 404
        first, again = (send(sue, path, body, key=path) for _ in range(2))
        assert (first.status_code, first.content) == (201, again.content)
    for wrong in ({"source": " "}, {"on": "2099-01-01"}):
        assert send(sue, "TF-01/baseline", begun | wrong).status_code == 422
    assert send(sue, "TF-01/narrative", meant | {"period": "soon"}).status_code == 400
    told = olu.get("/api/performance/indicators/TF-01?period=2026-04").json()
    assert (told["indicator"]["baseline"], told["indicator"]["baseline_on"]) == (0.1, "2025-12-31")
    assert (told["narrative"]["text"], told["narrative"]["said_by"]) == ("A strike at the port.", "Sue")
    assert send(sue, "TF-01/narrative", meant | {"text": ""}).json()["narrative"] is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM journal_event WHERE kind IN ('BaselineStated', 'FigureNarrated') ORDER BY id")
        assert [kind for (kind,) in cursor.fetchall()] == ["BaselineStated", "FigureNarrated", "FigureNarrated"]
