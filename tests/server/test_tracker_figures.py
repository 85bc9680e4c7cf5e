"""Figures of the trackers: worked out by the job, read by the pages without an event store, and followed back to their events."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from tests.server.test_tracker import AT, PAPER, TODAY, Register, browser, exported_row, state_of

from customhouse.performance import EventStore, Recorded, event_table
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.consultation import actions as consultation
from customhouse_server.consultation.store import Draft
from customhouse_server.enquiry import actions as enquiry
from customhouse_server.performance import actions as performance
from customhouse_server.performance.current import current_indicators, known_indicators
from customhouse_server.performance.period import month_of, year_up_to
from customhouse_server.tracker import actions, current
from customhouse_server.tracker.actions import Stated
from customhouse_server.tracker.matter import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def events(settings: LazySettings, tmp_path: Path) -> Path:
    settings.EVENT_STORE = str(tmp_path)
    return tmp_path


@pytest.fixture
def own_indicators(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """An installation whose own set of indicators has none."""
    settings.INDICATORS = str(tmp_path / "own.toml")
    (tmp_path / "own.toml").write_text('name = "own"\nindicators = []\n', "utf-8")
    for kept in (current_indicators, known_indicators):
        kept.cache_clear()
    yield
    for kept in (current_indicators, known_indicators):
        kept.cache_clear()


@pytest.fixture
def olu(person: Register) -> Person:
    return person("olu", Role.OFFICER)


@pytest.fixture
def ada(person: Register) -> Person:
    return person("ada", Role.SUPERVISOR)


def happened(folder: Path, kinds: list[str]) -> None:
    """Events of these kinds in the store, each of a declaration of its own."""
    text = '{{"event": "{kind}", "occurred_at": "2026-11-02T09:00:00Z", "declaration_id": "{place}"}}'
    rows = [Recorded(1, place, text.format(kind=kind, place=place)) for place, kind in enumerate(kinds, start=1)]
    EventStore(folder).write(event_table(rows))
    worked_out(folder)


def exported(folder: Path) -> None:
    """Whatever the journal holds, in the event store."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction, id, document::text FROM journal_event")
        EventStore(folder).write(event_table([Recorded(*row) for row in cursor.fetchall()]))
    worked_out(folder)


def worked_out(folder: Path, *, on: dt.date = TODAY) -> None:
    """The figures of the year up to a day and of its month, as the job works them out every night."""
    performance.compute(EventStore(folder), [month_of(on), year_up_to(on)], at=AT)


def test_a_live_figure_moves_the_state_as_events_come(olu: Person, events: Path) -> None:
    worked_out(events)
    assert state_of(olu, "7.1") == "nothing happened"
    happened(events, ["DeclarationAccepted"] * 40)
    assert state_of(olu, "7.1") == "short of its threshold"
    assert state_of(olu, "10.3") == "carried out"


def test_pages_read_what_was_kept_and_no_event_store_and_say_of_which_day_it_is(olu: Person, events: Path) -> None:
    happened(events, ["DeclarationAccepted"] * 40)
    events.rename(events.with_name("elsewhere"))
    day = f"{TODAY:%-d %b %Y}"
    for path in ("", "tfa/", "tfa/7.1/"):
        page = browser(olu).get(f"/trackers/{path}").content.decode()
        assert f"Figures of the 365 days up to {day}" in page
    assert "0 % (40 events); at least" in page
    assert "/performance/indicators/TF-01/events/?period=2026-11" in page
    assert exported_row(olu, "10.3")["state"] == "carried out"


def test_before_any_figure_was_worked_out_pages_say_so_and_paper_is_not_taken_for_it(olu: Person, ada: Person, events: Path) -> None:
    entry = actions.record(olu, Stated(Kind.EVIDENCE, "tfa/10.3", PAPER.document), at=AT)
    actions.verify(ada, entry.matter, version=1, at=AT)
    happened(events, ["DeclarationAccepted"])
    yesterday = TODAY - dt.timedelta(days=1)
    assert actions.tracked(olu, on=yesterday).year is None
    assert actions.tracked(olu, on=yesterday).standings["tfa"]["10.3"].state.value == "no source"
    assert actions.tracked(olu, on=TODAY).standings["tfa"]["10.3"].state.value == "carried out"


@pytest.mark.parametrize("path", ["/trackers/", "/trackers/tfa/", "/trackers/tfa/7.1/"])
def test_a_new_installation_says_that_no_figures_are_worked_out(olu: Person, path: str) -> None:
    assert "No figures are worked out yet" in browser(olu).get(path).content.decode()


def test_a_figure_of_the_year_leads_to_the_events_that_it_counts(olu: Person, events: Path, caller: Callable[..., Client]) -> None:
    happened(events, ["DeclarationAccepted"] * 40)
    year = actions.tracked(olu, on=TODAY + dt.timedelta(days=3)).year
    assert year is not None
    assert (year.last_day, year.events) == (TODAY, {"DeclarationAccepted": 40})
    assert year.figures["TF-01"].n == 40
    assert caller("root", Role.ADMINISTRATOR).get("/api/trackers/tfa").json()["figures_up_to"] == str(TODAY)
    page = browser(olu).get(f"/performance/indicators/TF-01/events/?period={year.period.name}").content.decode()
    assert "40 events" in page


def test_the_last_year_worked_out_is_not_offered_as_a_period_of_the_dashboard(events: Path) -> None:
    happened(events, ["DeclarationAccepted"] * 40)
    assert performance.shown_periods(on=TODAY) == (month_of(TODAY),)


@pytest.mark.usefixtures("own_indicators")
def test_whatever_proves_an_agreement_is_worked_out_under_a_set_of_ones_own_too() -> None:
    wanted = {code for each in current.instruments().values() for code in each.indicators}
    assert current.indicators().keys() == wanted
    assert not current_indicators().indicators


def test_questions_answered_and_drafts_consulted_on_prove_their_articles(olu: Person, ada: Person, events: Path) -> None:
    worked_out(events)
    assert (state_of(olu, "1.3"), state_of(olu, "2.1"), state_of(olu, "2.2")) == ("nothing happened", *["short of its threshold"] * 2)
    for number in range(30):
        receipt = enquiry.ask(enquiry.Asking("taxes", f"Question {number}", "en"), at=AT if number else AT - dt.timedelta(days=30))
        enquiry.answer(olu, receipt.reference, "Answered.", at=AT)
    opened = AT - dt.timedelta(days=60)
    closes_on = dt.date(2026, 11, 10)
    number = consultation.open_draft(ada, Draft(title="Hours", text="Six to ten.", closes_on=closes_on), at=opened)
    consultation.adopt(ada, number, consultation.Adopting(dt.date(2026, 12, 31)), at=AT)
    exported(events)
    assert [state_of(olu, article) for article in ("1.3", "2.1", "2.2")] == ["carried out"] * 3
    assert actions.tracked(olu, on=TODAY).facts.figures["TFA-1.3"].value == pytest.approx(29 / 30)


def test_a_rule_that_applied_at_once_without_urgency_is_counted(olu: Person, events: Path) -> None:
    text = '{{"event": "DraftDecided", "occurred_at": "2026-11-02T09:00:00Z", "number": {place}, "decision": "adopted", {rest}}}'
    rest = ['"effective_on": "2026-11-02"', '"effective_on": "2026-11-02", "reason": "disease"', '"effective_on": "2026-11-03"']
    EventStore(events).write(event_table(Recorded(1, place, text.format(place=place, rest=each)) for place, each in enumerate(rest)))
    worked_out(events)
    assert actions.tracked(olu, on=TODAY).facts.figures["TFA-2.1"].value == 1
    assert (state_of(olu, "2.1"), state_of(olu, "2.2")) == ("short of its threshold", "carried out")


def test_events_of_the_registers_go_to_the_event_store_like_any_other(olu: Person, events: Path) -> None:
    actions.record(olu, PAPER, at=AT)
    exported(events)
    found = EventStore(events).connect().execute("SELECT kind, actor, role, version FROM event").fetchall()
    assert found == [("EntryRecorded", "olu", "officer", 1)]
