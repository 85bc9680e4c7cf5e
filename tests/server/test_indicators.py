"""Indicators on the site: worked out from the event store alone, kept, traced, and each for the eyes it is for."""

import csv
import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from customhouse.performance import EventStore, indicator, kept_back
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.performance import actions, behind, store
from customhouse_server.performance.current import current_indicators, known_indicators
from customhouse_server.performance.period import Period, UnknownPeriodError, month_of, periods_of, read_period, year_of

pytestmark = pytest.mark.django_db
APRIL = month_of(dt.date(2026, 4, 1))
NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def measured(year: EventStore) -> EventStore:
    """The store, with the figures of April worked out."""
    actions.compute(year, [APRIL], at=NOW)
    return year


def shown(page: str) -> set[str]:
    return set(re.findall(r"/performance/indicators/([A-Z]{2}-\d\d)/\?", page))


def test_every_indicator_has_the_figure_that_the_library_gives(measured: EventStore) -> None:
    chosen = current_indicators().indicators
    kept = store.figures_of(chosen, [APRIL])
    assert len(kept) == len(chosen)
    connected = measured.connect()
    for each in chosen:
        assert kept[each.code, APRIL.start, APRIL.end] == indicator.evaluated(connected, each, start=APRIL.start, end=APRIL.end)


def test_working_out_the_same_events_again_changes_nothing(measured: EventStore) -> None:
    assert actions.compute(measured, [APRIL], at=NOW + dt.timedelta(days=1)) == 0
    assert store.computed_at(APRIL) == NOW


def test_figures_come_from_the_event_store_and_never_from_the_live_tables(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    browser = browser_of("officer")
    with CaptureQueriesContext(connection) as captured:
        actions.compute(measured, [APRIL], at=NOW)
        for path in ("", "indicators/TF-02/", "indicators/TF-02/events/"):
            assert browser.get(f"/performance/{path}?period=2026-04").status_code == 200
    tables = " ".join(each["sql"] for each in captured.captured_queries)
    assert "performance_keptfigure" in tables
    assert "declaration_" not in tables
    assert "journal_" not in tables


def test_a_new_version_of_a_formula_begins_a_series_of_its_own(measured: EventStore) -> None:
    found = current_indicators().named("TF-02")
    assert found is not None
    assert measured.days()
    assert store.figures_of([msgspec.structs.replace(found, version=found.version + 1)], [APRIL]) == {}


@pytest.mark.parametrize(
    ("who", "role", "levels"),
    [
        ("", Role.TRADER, {"public"}),
        ("trader", Role.TRADER, {"public"}),
        ("officer", Role.OFFICER, {"public", "wco"}),
        ("head", Role.SUPERVISOR, {"public", "wco", "restricted"}),
        ("admin", Role.ADMINISTRATOR, {"public", "wco", "restricted"}),
    ],
)
def test_everybody_sees_the_indicators_of_his_level_and_no_other(
    measured: EventStore, browser_of: Callable[..., Client], who: str, role: Role, levels: set[str]
) -> None:
    assert measured.days()
    browser = browser_of(who, role)
    page = browser.get("/performance/?period=2026-04").content.decode()
    allowed = {each.code for each in current_indicators().indicators if each.disclosure.value in levels}
    assert shown(page) == allowed
    for each in current_indicators().indicators:
        for path in ("", "data.csv", "events/"):
            if path != "events/" or each.code in {"TF-06", "EN-01", "OR-03"}:
                status = browser.get(f"/performance/indicators/{each.code}/{path}?period=2026-04").status_code
                assert status == (200 if each.code in allowed else 404), (each.code, path)


def test_the_events_behind_a_figure_are_as_many_as_it_counts(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    assert measured.days()
    figure = actions.reading(None, "TF-06", APRIL).figure
    assert figure
    page = browser_of("officer").get("/performance/indicators/TF-06/events/?period=2026-04").content.decode()
    assert f"{figure.n} events" in html.unescape(page)


def test_a_declaration_of_another_office_is_not_named_behind_a_figure(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    assert measured.days()
    browser = browser_of("officer")
    page = browser.get("/performance/indicators/TF-06/events/?period=2026-04").content.decode()
    linked = set(re.findall(r"/performance/history/([\w-]+)/", page))
    assert linked
    assert "at another office" in page
    found = measured.connect().sql("SELECT declaration_id, max(office) FROM event GROUP BY declaration_id").fetchall()
    offices = {declaration: office for declaration, office in found if declaration}
    assert {offices[each] for each in linked} == {"QZ000101"}
    elsewhere = next(each for each, office in offices.items() if office == "QZ000103")
    assert browser.get(f"/performance/history/{elsewhere}/").status_code == 404
    assert elsewhere not in page
    own = browser.get(f"/performance/history/{linked.pop()}/")
    assert own.status_code == 200
    assert "Lane chosen" in own.content.decode()


@pytest.mark.parametrize(("who", "role"), [("", Role.TRADER), ("trader", Role.TRADER), ("broker", Role.BROKER)])
def test_the_public_is_shown_days_and_no_single_event(
    measured: EventStore, browser_of: Callable[..., Client], who: str, role: Role
) -> None:
    assert measured.days()
    browser = browser_of(who, role, party="QZ7700000001")
    page = browser.get("/performance/indicators/TF-06/events/?period=2026-04").content.decode()
    assert "history/" not in page
    assert "S2026-" not in page
    assert not re.search(r"\d\d:\d\d", page.split("<main", 1)[1].split("</main", 1)[0])
    tracing = actions.tracing(None, "TF-06", APRIL, limit=50, offset=0)
    assert not tracing.events
    told, untold = ([day.n for day in tracing.days if (day.counts is None) is kept] for kept in (False, True))
    assert told
    assert min(told) >= kept_back.FEWEST
    assert not untold or sum(untold) >= kept_back.FEWEST  # what is left of the month without the days that are told
    assert sum(n >= kept_back.FEWEST for n in untold) <= 1
    figure = actions.reading(None, "TF-06", APRIL).figure
    assert figure
    assert sum(day.n for day in tracing.days) == figure.n


PAYMENTS = "SELECT transaction, id, declaration_id, 7.0 AS value FROM event WHERE day >= $start AND day < $end QUALIFY row_number() OVER (ORDER BY transaction, id) <= {most}"  # noqa: E501 - SQL


@pytest.fixture
def few(year: EventStore, settings: Settings, tmp_path: Path) -> Iterator[EventStore]:
    """Two indicators of one's own, of four events and of five in any period, the one beside the other."""
    rows = [
        f"""[[indicators]]
code = "ZZ-0{most}"
name = "Payments"
dimension = "revenue collection"
measure = "total"
unit = "of the currency of the accounts"
direction = "level"
owner = "revenue"
paired_with = "ZZ-0{9 - most}"
narrative = "So much was paid."
events = """
        + repr(PAYMENTS.format(most=most))
        for most in (4, 5)
    ]
    file = tmp_path / "few.toml"
    file.write_text('name = "few"\n' + "\n".join(rows))
    settings.INDICATORS = str(file)
    current_indicators.cache_clear()
    known_indicators.cache_clear()
    actions.compute(year, [APRIL, year_of(APRIL.start)], at=NOW)
    yield year
    current_indicators.cache_clear()
    known_indicators.cache_clear()


def test_what_fewer_than_five_events_came_to_is_told_to_nobody_outside(few: EventStore, browser_of: Callable[..., Client]) -> None:
    assert few.days()
    public, officer = browser_of(), browser_of("officer")
    for period in ("2026-04", "2026"):
        for path in ("indicators/ZZ-04/", "indicators/ZZ-04/events/", "indicators/ZZ-04/data.csv", "indicators/ZZ-05/", ""):
            outside, inside = (each.get(f"/performance/{path}?period={period}").content.decode() for each in (public, officer))
            assert "28" in inside, path
            assert not re.search(r"\b28\b", outside.split("<main", 1)[-1]), path
            assert "kept back" in outside, path
    assert "35" in public.get("/performance/indicators/ZZ-05/?period=2026-04").content.decode()
    row = next(csv.DictReader(public.get("/performance/indicators/ZZ-04/data.csv?period=2026-04").content.decode().splitlines()))
    assert (row["value"], row["low"], row["high"], row["quality"]) == ("", "", "", "kept back")
    times = {row["code"]: row for row in public.get("/rules/times.json?on=2026-11-24").json()["rows"]}
    assert (times["ZZ-04"]["figure"], times["ZZ-05"]["figure"]) == ("kept back: too few events", "35")


def test_nobody_outside_reads_any_days_but_months_and_years(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    assert measured.days()
    public, officer = browser_of(), browser_of("officer")
    for path in ("", "indicators/RV-02/", "indicators/RV-02/data.csv", "indicators/RV-02/events/"):
        assert public.get(f"/performance/{path}?period=2026-04-11--2026-04-12").status_code == 404, path
        assert officer.get(f"/performance/{path}?period=2026-04-11--2026-04-12").status_code == 200, path
    asked = known_indicators()["RV-02"]
    assert behind.events_of(None, asked, start=dt.date(2026, 4, 11), end=dt.date(2026, 4, 12)) == ""


def test_a_year_is_kept_back_where_it_would_give_a_month_of_few_events_away(measured: EventStore) -> None:
    found = known_indicators()["RV-02"]
    months = [month_of(dt.date(2026, month, 1)) for month in (2, 3)]
    whole = year_of(dt.date(2026, 1, 1))
    april = store.figures_of([found], [APRIL])["RV-02", APRIL.start, APRIL.end]

    def kept(period: Period, n: int) -> None:
        store.keep_figures([msgspec.structs.replace(april, start=period.start, end=period.end, n=n, value=float(n))], at=NOW)

    assert measured.days()
    kept(months[0], 3)
    kept(whole, april.n + 3)
    assert actions.reading(None, "RV-02", whole).figure.value is None
    kept(months[1], 4)
    kept(whole, april.n + 7)
    assert actions.reading(None, "RV-02", whole).figure.value == april.n + 7
    assert [figure.value for _, figure in actions.reading(None, "RV-02", whole).months if figure] == [None, None, april.value]


def test_a_missing_source_is_said_by_its_name(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    assert measured.days()
    page = browser_of().get("/performance/?period=2026-04").content.decode()
    assert "No source yet: the register of authorised economic operators" in page


def test_the_page_says_that_the_year_is_made_up(
    year: EventStore, browser_of: Callable[..., Client], settings: Settings, tmp_path: Path
) -> None:
    assert year.is_made_up
    assert "A made-up year" in browser_of().get("/performance/").content.decode()
    settings.EVENT_STORE = str(tmp_path)
    assert "A made-up year" not in browser_of().get("/performance/").content.decode()


def test_an_indicator_says_how_often_it_is_read_and_that_nobody_stated_where_it_began(
    measured: EventStore, browser_of: Callable[..., Client]
) -> None:
    assert measured.days()
    page = browser_of().get("/performance/indicators/OR-04/").content.decode()
    assert "<dt>How often it is read</dt><dd>every quarter</dd><dt>Baseline</dt><dd>no baseline stated</dd>" in page
    assert "<dt>Owner</dt><dd>legal</dd>" in page


def test_the_data_of_an_indicator_are_told_as_csv(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    assert measured.days()
    rows = list(csv.DictReader(browser_of().get("/performance/indicators/TF-02/data.csv?period=2026-04").content.decode().splitlines()))
    figure = actions.reading(None, "TF-02", APRIL).figure
    assert figure
    assert [(row["start"], float(row["value"]), int(row["n"])) for row in rows] == [("2026-04-01", figure.value, figure.n)]


def test_the_command_works_out_every_month_and_year_with_events(year: EventStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert actions.due_periods(year, on=dt.date(2026, 5, 31))[:1] == (APRIL,)
    call_command("compute_indicators", "2026-04", "2026")
    assert "2 periods worked out" in capsys.readouterr().out
    assert store.periods() == (APRIL, year_of(dt.date(2026, 1, 1)))
    with pytest.raises(CommandError, match="is no period"):
        call_command("compute_indicators", "soon")


def test_a_period_is_worked_out_anew_for_as_long_as_its_events_come_late(year: EventStore) -> None:
    assert [each.name for each in actions.late_periods(year, on=dt.date(2026, 5, 20))] == ["2026-04", "2026-05", "2026"]
    assert [each.name for each in actions.late_periods(year, on=dt.date(2026, 8, 15))] == ["2026-05", "2026"]
    assert [each.name for each in actions.late_periods(year, on=dt.date(2026, 11, 24))][-1] == "2026"
    assert actions.late_periods(year, on=dt.date(2027, 6, 1)) == ()


@pytest.mark.parametrize("text", ["2026-13", "26", "0000", "9999", "soon", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UnknownPeriodError):
        read_period(text)


def test_months_and_years_cover_the_days_between() -> None:
    found = periods_of([dt.date(2025, 12, 30), dt.date(2025, 12, 31), dt.date(2026, 2, 1)])
    assert [each.name for each in found] == ["2025-12", "2026-01", "2026-02", "2025", "2026"]
    assert [each.name for each in APRIL.months(3)] == ["2026-02", "2026-03", "2026-04"]
    assert all(read_period(each.name) == each for each in found)


def test_one_day_of_long_ago_brings_its_own_month_and_year_and_no_century() -> None:
    found = periods_of([dt.date(1900, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 4, 2)])
    assert [each.name for each in found] == ["1900-01", "2026-04", "1900", "2026"]
    assert periods_of([]) == ()
    assert len(periods_of([dt.date(2025, 1, 1), dt.date(2026, 1, 31)])) == 13 + 2
    assert len(periods_of([dt.date(2025, 1, 1), dt.date(2026, 2, 1)])) == 2 + 2


def test_what_proves_a_measure_of_the_tfa_has_its_page_and_its_events(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    browser, found = browser_of("officer"), known_indicators()["TFA-7.9"]
    figure = indicator.evaluated(measured.connect(), found, start=APRIL.start, end=APRIL.end)
    assert figure.n
    assert store.figures_of([found], [APRIL])["TFA-7.9", APRIL.start, APRIL.end] == figure
    assert browser.get("/performance/indicators/TFA-7.9/?period=2026-04").status_code == 200
    told = browser.get("/performance/indicators/TFA-7.9/events/?period=2026-04").content.decode()
    assert re.search(rf"<caption>{figure.n} event", told)
    assert "TFA-7.9" not in browser.get("/performance/?period=2026-04").content.decode()


def test_a_figure_of_any_days_is_worked_out_when_it_is_asked_for(measured: EventStore, browser_of: Callable[..., Client]) -> None:
    days = {"start": dt.date(2026, 4, 11), "end": dt.date(2026, 4, 21)}
    figure = indicator.evaluated(measured.connect(), known_indicators()["TF-06"], **days)
    assert figure.n
    told = browser_of("officer").get("/performance/indicators/TF-06/events/?period=2026-04-11--2026-04-21").content.decode()
    assert re.search(rf"<caption>{figure.n} event", told)
    assert "11 Apr 2026 to 20 Apr 2026" in told


@pytest.mark.parametrize("text", ["2026-04-21--2026-04-11", "2026-04-11--2026-04-11", "2026-04-11--", "--", "2026-04-11--2026-04-31"])
def test_days_that_are_no_period_are_refused(text: str) -> None:
    with pytest.raises(UnknownPeriodError):
        read_period(text)


@pytest.mark.parametrize("text", ["2026", "2026-04", "2026-04-11--2027-04-11", "2026-04-11--2026-05-01"])
def test_a_period_is_named_as_it_is_read(text: str) -> None:
    assert read_period(text).name == text


def test_a_figure_opens_only_for_whom_its_indicator_is_and_by_its_own_formula(person: Callable[..., Person]) -> None:
    restricted = next(each for each in current_indicators().indicators if each.disclosure is indicator.Disclosure.RESTRICTED)
    officer, head = person("olga", Role.OFFICER), person("hal", Role.SUPERVISOR)
    assert [bool(behind.page_of(who, restricted)) for who in (None, officer, head)] == [False, False, True]
    asked = known_indicators()["TFA-7.9"]
    period = {"start": APRIL.start, "end": APRIL.end}
    assert behind.events_of(None, asked, **period) == "/performance/indicators/TFA-7.9/events/?period=2026-04"
    assert behind.events_of(None, msgspec.structs.replace(asked, events="SELECT 1"), **period) == ""
