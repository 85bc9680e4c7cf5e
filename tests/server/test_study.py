"""Studies on the event store: who may see them, that pages, files and interface tell the same, and that nothing typed is lost."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from customhouse.performance import EventStore, Recorded, event_table
from customhouse.research import disclosure, mirror
from customhouse_server.accounts.role import Role
from customhouse_server.performance import actions as performance
from customhouse_server.performance.study_report import MADE_UP
from customhouse_server.research.question import whole_months

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 1, 1, 3, 15, tzinfo=dt.UTC)
REVENUES = [100, 90, 120, 110, 100, 95, 80, 70, 130, 140, 150, 200] * 2
ASKED = {"start": "2024-01", "end": "2025-12", "low": "1.02", "usual": "1.06", "high": "1.10", "source": "a study of freight"}
TABLE = "hs,partner,value,quantity,unit\n870323,CN,5000,,\n02,CN,1,,\n"


@pytest.fixture
def two_years(db: None, settings: Settings, tmp_path: Path) -> EventStore:  # noqa: ARG001 - months are rows
    """A store of two years with one declaration a month, of chapter 87 from China, its months worked out."""
    events = []
    for place, revenue in enumerate(REVENUES):
        day = dt.datetime(2024 + place // 12, place % 12 + 1, 28, tzinfo=dt.UTC)
        base = {"occurred_at": day.isoformat(), "declaration_id": f"D{place}"}
        declared = {"type_code": "IMA", "office": "X", "item_count": 1, "chapters": ["87"], "origins": ["CN"]}
        events.append(base | {"event": "DeclarationAccepted", "declared": declared})
        events.append(base | {"event": "DutyAssessed", "customs_value": str(revenue * 10), "taxes": {"A00": str(revenue)}})
    store = EventStore(tmp_path / "two-years")
    store.write(event_table(Recorded(place, place, json.dumps(each)) for place, each in enumerate(events, start=1)))
    settings.EVENT_STORE = str(store.folder)
    performance.compute_months(store, at=AT)
    return store


@pytest.mark.usefixtures("two_years")
def test_a_forecast_is_told_alike_on_the_page_in_its_files_and_over_the_interface(
    browser_of: Callable[..., Client], caller: Callable[..., Client]
) -> None:
    head = browser_of("sue", Role.SUPERVISOR)
    asked = "start=2024-01&end=2025-12&months=12"
    page = head.get(f"/research/forecast/?{asked}").content.decode()
    assert "1,385.00" in page
    assert page.count("<svg") == 1
    lines = head.get(f"/research/forecast.csv?{asked}").content.decode().splitlines()
    assert len(lines) == 1 + 24 + 12
    assert lines[25].startswith("2026-01,expected,100.00,")
    assert "the same month a year before, times 1.0000" in lines[25]
    told = caller("adam", Role.ADMINISTRATOR).get(f"/api/research/forecast?{asked}").json()
    assert [Decimal(each["revenue"]) for each in told["lines"]] == [Decimal(each) for each in REVENUES[:12]]
    assert json.loads(head.get(f"/research/forecast.json?{asked}").content) == told
    assert all(Decimal(each["low"]) <= Decimal(each["high"]) for each in told["lines"])


@pytest.mark.usefixtures("two_years")
def test_every_fault_of_a_question_is_told_at_once_and_what_was_typed_stays(
    browser_of: Callable[..., Client], caller: Callable[..., Client]
) -> None:
    asked = "start=soon&end=2199-12&months=1.5&elasticity=NaN&growth=1E99999"
    answer = browser_of("sue", Role.SUPERVISOR).get(f"/research/forecast/?{asked}")
    assert answer.status_code == 422
    assert 'value="1E99999"' in answer.content.decode()
    told = caller("adam", Role.ADMINISTRATOR).get(f"/api/research/forecast?{asked}")
    assert told.status_code == 422
    assert {each["pointer"] for each in told.json()["findings"]} == {"start", "end", "months", "elasticity", "growth"}


@pytest.mark.usefixtures("two_years")
@pytest.mark.parametrize("month", ["9999-12", "1899-01", "0000-01", "2025-13"])
def test_a_month_beyond_the_calendar_is_told_like_any_other_fault(
    browser_of: Callable[..., Client], caller: Callable[..., Client], month: str
) -> None:
    head, program = browser_of("sue", Role.SUPERVISOR), caller("adam", Role.ADMINISTRATOR)
    assert "Write a month" in head.get(f"/research/forecast/?end={month}").content.decode()
    assert "Write a month" in head.post("/research/mirror/", ASKED | {"table": TABLE, "end": month}).content.decode()
    told = program.post(f"/api/research/mirror?end={month}&low=1&usual=1&high=1&source=x", TABLE, content_type="text/csv")
    assert (told.status_code, [each["pointer"] for each in told.json()["findings"]]) == (422, ["end"])


@pytest.mark.usefixtures("two_years")
def test_decimals_are_read_as_the_language_of_the_reader_writes_them(browser_of: Callable[..., Client]) -> None:
    head = browser_of("sue", Role.SUPERVISOR)
    english, french = (
        head.get(f"/research/forecast.csv?start=2024-01&end=2025-12&growth={typed}", headers={"Accept-Language": language})
        for typed, language in (("0.25", "en"), ("0,25", "fr"))
    )
    assert english.status_code == french.status_code == 200
    assert [row.split(",")[:3] for row in english.content.decode().splitlines()[1:]] == [
        row.split(",")[:3] for row in french.content.decode().splitlines()[1:]
    ]


@pytest.mark.usefixtures("two_years")
def test_a_partners_table_becomes_ranked_gaps_on_the_page_in_files_and_over_the_interface(
    browser_of: Callable[..., Client], caller: Callable[..., Client]
) -> None:
    head = browser_of("sue", Role.SUPERVISOR)
    page = head.post("/research/mirror/", ASKED | {"file": SimpleUploadedFile("theirs.csv", TABLE.encode())}).content.decode()
    assert "The largest gap is in chapter 87 from CN: we record more" in page
    assert "870323,CN,5000" in page, "the table stays, to be compared again"
    assert page.count("<svg") == 1
    rows = head.post("/research/mirror/", ASKED | {"table": TABLE, "form": "csv"}).content.decode().splitlines()
    assert [row.split(",")[:4] for row in rows[1:]] == [["87", "CN", "5000", "27700.000000"], ["02", "CN", "1", "0"]]
    query = "&".join(f"{name}={text.replace(' ', '+')}" for name, text in ASKED.items())
    told = caller("adam", Role.ADMINISTRATOR).post(f"/api/research/mirror?{query}", TABLE, content_type="text/csv").json()
    assert [each["verdict"] for each in told["gaps"]] == ["we record more", "we record nothing"]
    assert json.loads(head.post("/research/mirror/", ASKED | {"table": TABLE, "form": "json"}).content) == told


@pytest.mark.usefixtures("two_years")
@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"table": "hs,partner,value\nx,CN,1\n87,,-1\n", "low": "9", "source": ""}, 5),
        ({"table": ""}, 1),
        ({"file": SimpleUploadedFile("theirs.csv", b"\xff\xfe")}, 1),
        ({"file": SimpleUploadedFile("theirs.csv", b"9" * 1_000_001)}, 1),
        ({"table": TABLE, "low": "1.2"}, 1),
        ({"table": TABLE, "start": "2023-12", "end": "2025-12"}, 1),
    ],
)
def test_what_is_wrong_with_a_comparison_is_told_at_once_and_nothing_typed_is_lost(
    browser_of: Callable[..., Client], changed: dict[str, object], faults: int
) -> None:
    answer = browser_of("sue", Role.SUPERVISOR).post("/research/mirror/", ASKED | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.split('class="findings"')[1].split("</ul>")[0].count("<li>") == faults
    assert 'value="1.06"' in page
    assert "a study of freight" in page or changed.get("source") == ""
    assert page.count("87,,-1") == str(changed.get("table")).count("87,,-1")


def test_a_study_on_a_made_up_year_says_so(year: EventStore, browser_of: Callable[..., Client]) -> None:
    performance.compute_months(year, at=AT)
    head = browser_of("sue", Role.SUPERVISOR)
    assert MADE_UP in head.get("/research/forecast/").content.decode()
    period = {"start": "2026-04", "end": "2026-05", "table": TABLE}
    assert MADE_UP in head.post("/research/mirror/", ASKED | period).content.decode()
    assert "made-up-" in head.get("/research/forecast.csv")["Content-Disposition"]
    (year.folder / "made_up").rename(year.folder / "kept")
    try:
        assert MADE_UP not in head.get("/research/forecast/").content.decode()
    finally:
        (year.folder / "kept").rename(year.folder / "made_up")


@pytest.mark.parametrize("path", ["/research/forecast/", "/research/forecast.csv", "/research/mirror/"])
def test_studies_are_for_supervisors_and_administrators(browser_of: Callable[..., Client], path: str) -> None:
    assert browser_of().get(path).status_code == 302
    assert browser_of("olu").get(path).status_code == 403
    assert browser_of("ann", Role.TRADER).get(path).status_code == 403
    assert browser_of("adam", Role.ADMINISTRATOR).get(path).status_code == 200


def test_an_empty_store_says_what_it_waits_for(browser_of: Callable[..., Client], settings: Settings, tmp_path: Path) -> None:
    settings.EVENT_STORE = str(tmp_path / "none")
    for path in ("/research/forecast/", "/research/mirror/"):
        assert "holds no month yet" in browser_of("sue", Role.SUPERVISOR).get(path).content.decode()


def test_a_month_that_has_begun_or_not_ended_is_left_out_unless_there_is_no_other(two_years: EventStore, tmp_path: Path) -> None:
    assert whole_months(two_years, on=AT.date()) == (dt.date(2024, 2, 1), dt.date(2025, 12, 1))
    assert whole_months(two_years, on=AT.date(), most=12) == (dt.date(2025, 1, 1), dt.date(2025, 12, 1))
    assert whole_months(two_years, on=AT.date(), most=99) == (dt.date(2024, 2, 1), dt.date(2025, 12, 1))
    assert whole_months(two_years, on=dt.date(2025, 7, 31)) == (dt.date(2024, 2, 1), dt.date(2025, 6, 1)), (
        "no month is whole before it is over"
    )
    assert whole_months(two_years, on=dt.date(2023, 1, 1)) == (dt.date(2024, 1, 1), dt.date(2024, 1, 1))
    assert whole_months(EventStore(tmp_path / "none"), on=AT.date()) is None


def made_unreadable(store: EventStore, days: Iterable[dt.date]) -> None:
    """Make of these days what nobody can read; the columns are told by the first file of all, which stays."""
    for file in (file for day in days for file in store.files(day)):
        file.write_bytes(b"nothing that is read")


def test_a_forecast_reads_what_was_worked_out_and_says_when(
    two_years: EventStore, browser_of: Callable[..., Client], settings: Settings, tmp_path: Path
) -> None:
    before = browser_of("sue", Role.SUPERVISOR).get("/research/forecast.csv?start=2024-01&end=2025-12").content
    table = event_table([Recorded(1, 1, '{"event": "DeclarationAccepted", "occurred_at": "2025-12-01T09:00:00Z", "declaration_id": "D"}')])
    EventStore(tmp_path / "bare").write(table)
    settings.EVENT_STORE = str(tmp_path / "bare")
    page = browser_of("sue").get("/research/forecast/?start=2024-01&end=2025-12").content.decode()
    assert two_years.days()
    assert "worked out from the event store 1 Jan 2026" in page
    assert browser_of("sue").get("/research/forecast.csv?start=2024-01&end=2025-12").content == before


def test_what_lies_between_the_first_and_the_last_days_is_not_read_to_tell_the_months(tmp_path: Path) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=each) for each in range(151)]
    text = '{{"event": "DeclarationAccepted", "occurred_at": "{day}T09:00:00Z", "declaration_id": "{day}"}}'
    store = EventStore(tmp_path)
    store.write(event_table(Recorded(1, place, text.format(day=day)) for place, day in enumerate(days)))
    made_unreadable(store, days[31:124])
    assert whole_months(store, on=dt.date(2026, 7, 1)) == (dt.date(2026, 1, 1), dt.date(2026, 5, 1))


def test_before_the_months_are_worked_out_a_forecast_says_so(year: EventStore, browser_of: Callable[..., Client]) -> None:
    assert year.days()
    assert "No month is worked out yet" in browser_of("sue", Role.SUPERVISOR).get("/research/forecast/").content.decode()


def test_a_comparison_and_a_release_read_no_day_before_their_period(two_years: EventStore) -> None:
    period = {"start": dt.date(2025, 11, 1), "end": dt.date(2025, 12, 1)}
    whole = mirror.imports_from(two_years.connect(), **period)
    records = disclosure.records_from(two_years.connect(), ["chapter"], measure="revenue", **period)
    made_unreadable(two_years, two_years.days()[1:22])
    assert mirror.imports_from(two_years.connect(), **period) == whole
    assert [each.value for each in whole[0]] == [Decimal(1500)]
    assert disclosure.records_from(two_years.connect(), ["chapter"], measure="revenue", **period) == records
    assert records["value"].to_pylist() == [Decimal(150)]


def test_a_month_in_which_only_payments_trail_is_no_month_of_declarations(tmp_path: Path) -> None:
    days = [("DeclarationAccepted", f"2025-12-{day:02}") for day in range(1, 32)] + [("PaymentRecorded", "2026-01-31")]
    text = '{{"event": "{kind}", "occurred_at": "{day}T09:00:00Z", "declaration_id": "{day}"}}'
    store = EventStore(tmp_path)
    store.write(event_table(Recorded(1, place, text.format(kind=kind, day=day)) for place, (kind, day) in enumerate(days)))
    assert whole_months(store, on=AT.date()) == (dt.date(2025, 12, 1), dt.date(2025, 12, 1))
