"""Stamps from outside: brought into the journal whole or not at all, each report once."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from customhouse.performance import EventStore, Happening, history, stamp
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import store as records
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.performance import actions, reported
from customhouse_server.performance.reported import FaultyStampsError
from load import sample

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
HEAD = "declaration,stage,instant,actor,source\n"


@pytest.fixture
def mrn(person: Callable[..., Person]) -> str:
    """The number of a lodged declaration."""
    declarations.lodge(person("owner"), Lodging(sample.xml("LRN-1")), at=AT)
    (record,) = records.records(records.Filter(), limit=2)
    assert record.mrn
    return record.mrn


@pytest.fixture
def officer(person: Callable[..., Person]) -> Person:
    return person("officer", Role.OFFICER)


def table(mrn: str) -> str:
    return f"{HEAD}{mrn},arrived,2026-11-23T08:00:00+01:00,carrier,port\n{mrn},available,2026-11-23T12:00:00+01:00,terminal,port\n"


def stage_events() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document->>'declaration_id', document->>'stage', document->>'occurred_at' FROM journal_event "
            "WHERE kind = 'StageReached' ORDER BY id"
        )
        return cursor.fetchall()


def told_of(store: EventStore, mrn: str) -> tuple[Happening, ...]:
    return history(store.connect(), str(records.record_of_number(mrn).id))


def test_a_table_becomes_events_and_a_second_time_it_becomes_none(officer: Person, mrn: str) -> None:
    assert reported.bring(officer, table(mrn), at=AT) == reported.Brought(2, 0)
    assert reported.bring(officer, table(mrn) + f"{mrn},removed,2026-11-24T08:00:00Z,carrier,port\n", at=AT) == reported.Brought(1, 2)
    identity = str(records.record_of_number(mrn).id)
    assert stage_events() == [
        (identity, "arrived", "2026-11-23T07:00:00Z"),
        (identity, "available", "2026-11-23T11:00:00Z"),
        (identity, "removed", "2026-11-24T08:00:00Z"),
    ]


def test_the_same_line_twice_in_one_table_is_one_event(officer: Person, mrn: str) -> None:
    text = table(mrn)
    assert reported.bring(officer, text + text.removeprefix(HEAD), at=AT) == reported.Brought(2, 2)


def test_a_declaration_is_also_found_by_its_reference(officer: Person, mrn: str) -> None:
    assert mrn
    assert reported.bring(officer, table("LRN-1"), at=AT).new == 2


def test_all_faults_are_told_at_once_and_nothing_is_brought_in(officer: Person, mrn: str) -> None:
    text = table(mrn) + f"NOBODY,arrived,2026-11-23T08:00:00Z,carrier,port\n{mrn},landed,2030-01-01T00:00:00Z,carrier,port\n"
    text += f"{mrn},removed,2030-01-01T00:00:00Z,carrier,port\n"
    with pytest.raises(FaultyStampsError) as refused:
        reported.bring(officer, text, at=AT)
    assert [fault.line for fault in refused.value.faults] == [4, 5, 6]
    assert stage_events() == []


@pytest.mark.parametrize("instant", ["1900-01-01T00:00:00Z", "2025-11-22T09:30:00Z"])
def test_an_instant_more_than_a_year_from_the_lodging_is_the_fault_of_its_line(officer: Person, mrn: str, instant: str) -> None:
    with pytest.raises(FaultyStampsError, match="more than a year from the day on which") as refused:
        reported.bring(officer, table(mrn) + f"{mrn},removed,{instant},carrier,port\n", at=AT)
    assert [fault.line for fault in refused.value.faults] == [4]
    assert stage_events() == []
    assert reported.bring(officer, f"{HEAD}{mrn},arrived,2025-11-23T09:30:00Z,carrier,port\n", at=AT).new == 1
    late = f"{HEAD}{mrn},removed,2027-11-26T09:30:00Z,carrier,port\n"
    with pytest.raises(FaultyStampsError, match="more than a year"):
        reported.bring(officer, late, at=AT + dt.timedelta(days=500))


def test_of_many_faults_the_first_hundred_are_told_by_line_and_the_others_counted(officer: Person, mrn: str) -> None:
    nobody = "".join(f"NOBODY-{number},arrived,2030-01-01T00:00:00Z,carrier,port\n" for number in range(80))
    with pytest.raises(FaultyStampsError) as refused:
        reported.bring(officer, table(mrn) + nobody + ",landed,x,carrier,port\n" * 40, at=AT)
    told = refused.value
    assert [fault.line for fault in told.faults] == [line for line in range(4, 54) for _ in range(2)]
    assert told.more == 80 * 2 + 40 * 3 - 100
    assert str(told).endswith("; and 180 more")


def test_a_reference_that_begins_many_others_still_finds_its_own_declaration(
    person: Callable[..., Person], officer: Person, mrn: str
) -> None:
    owner = person("owner")
    for number in range(51):
        declarations.lodge(owner, Lodging(sample.xml(f"LRN-1{number:02}")), at=AT + dt.timedelta(seconds=1))
    assert mrn
    assert reported.bring(officer, table("LRN-1"), at=AT).new == 2


def test_a_declaration_of_another_office_is_as_if_it_were_not_there(person: Callable[..., Person], mrn: str) -> None:
    with pytest.raises(FaultyStampsError, match="no declaration"):
        reported.bring(person("far", Role.OFFICER, office="QZ000102"), table(mrn), at=AT)


@pytest.mark.parametrize("role", [Role.TRADER, Role.ADMINISTRATOR])
def test_only_customs_brings_stamps_in(person: Callable[..., Person], role: Role) -> None:
    with pytest.raises(NotPermittedError):
        reported.bring(person("somebody", role), HEAD, at=AT)


def test_stamps_leave_the_life_of_the_declaration_as_it_is(officer: Person, mrn: str) -> None:
    identity = records.record_of_number(mrn).id
    before = declarations.view(officer, identity)
    reported.bring(officer, table(mrn), at=AT)
    assert declarations.view(officer, identity) == before
    assert declarations.events(officer, identity)


def test_a_file_is_brought_in_on_the_page_or_every_fault_of_it_is_shown(browser_of: Callable[..., Client], mrn: str) -> None:
    browser = browser_of("officer")

    def sent(content: bytes) -> tuple[int, str]:
        answer = browser.post("/performance/stamps/", {"stamps": SimpleUploadedFile("stamps.csv", content)}, follow=True)
        return answer.status_code, answer.content.decode()

    status, page = sent(table(mrn).encode())
    assert status == 200
    assert "2 stamps brought in; 0 had come before." in page
    status, page = sent((HEAD + "NOBODY,arrived,2026-11-23T08:00:00Z,c,p\n,,x,c,p\n").encode())
    assert status == 422
    assert "There is no declaration NOBODY at your offices." in page
    assert "Line 3:" in page
    assert sent("\u00e9".encode("latin-1"))[0] == 422
    status, page = sent((HEAD + f"{mrn}\x00,arrived,2026-11-23T08:00:00Z,c,p\n{mrn},arrived,2026-11-23T08:00:00+23:59,c,p\n").encode())
    assert status == 422
    assert "The column declaration holds a null character" in page
    assert "2026-11-23T08:00:00+23:59 is no instant" in page
    status, page = sent((HEAD + "NOBODY,arrived,2026-11-23T08:00:00Z,c,p\n" * 250).encode())
    assert (status, page.count("<li>Line "), "250 faults; nothing was brought in" in page, "and 150 more" in page) == (422, 100, True, True)


def test_the_page_names_every_stage_that_is_read(browser_of: Callable[..., Client]) -> None:
    page = browser_of("officer").get("/performance/stamps/").content.decode()
    assert not [stage for stage in stamp.STAGES if f"<code>{stage}</code>" not in page]


@pytest.mark.django_db(transaction=True)
def test_a_stamp_reaches_the_event_store_as_a_stage_of_its_declaration(officer: Person, mrn: str, tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    reported.bring(officer, table(mrn), at=AT)
    deadline = time.monotonic() + 20
    while not any(event.kind == "StageReached" for event in told_of(store, mrn)) and time.monotonic() < deadline:
        actions.export(store)
        time.sleep(0.02)
    told = told_of(store, mrn)
    assert [event.kind for event in told if event.kind == "StageReached"] == ["StageReached"] * 2
    assert all(event.office for event in told)
