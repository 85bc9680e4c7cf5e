"""Data released under disclosure control: seen before, kept for good, and never one that betrays somebody beside the others."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from customhouse.performance import EventStore, Recorded, event_table
from customhouse_server.accounts.role import Role
from customhouse_server.performance.study_report import MADE_UP

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year")]
ASKED = {"start": "2026-04", "end": "2026-05", "measure": "customs_value", "dimensions": ["month"], "fewest": "3", "step": "1"}


def test_a_table_is_seen_before_it_is_released_and_then_given_out_to_everybody(
    browser_of: Callable[..., Client], written: Callable[[], list[tuple[str, str]]]
) -> None:
    head = browser_of("sue", Role.SUPERVISOR)
    seen = head.get("/research/releases/new/", ASKED | {"dimensions": ["chapter"]}).content.decode()
    assert "cells would be kept back" in seen
    assert "too few or too unequal contributors" in seen
    assert MADE_UP in seen
    assert "Nothing was released yet" in browser_of().get("/research/releases/").content.decode()
    released = head.post("/research/releases/new/", ASKED | {"dimensions": ["chapter"]})
    assert released.status_code == 302
    address = released["Location"].rstrip("/")
    public = browser_of()
    assert MADE_UP in public.get(f"{address}/").content.decode()
    rows = list(csv.DictReader(io.StringIO(public.get(f"{address}.csv").content.decode())))
    assert {bool(row["customs_value"]) for row in rows} == {True, False}
    assert all(bool(row["customs_value"]) != bool(row["kept back because"]) for row in rows)
    assert len(json.loads(public.get(f"{address}.json").content)["cells"]) == len(rows)
    events = [json.loads(document) for kind, document in written() if kind == "DataReleased"]
    assert [each["cells"] for each in events] == [len(rows)]
    assert events[0]["kept_back"] == sum(not row["customs_value"] for row in rows)


@pytest.fixture
def six_importers(year: EventStore, settings: Settings, tmp_path: Path) -> EventStore:
    """A store in which five importers came in April and a sixth alone in May."""
    assert year.is_made_up, "its place is taken by this store"
    events = []
    for place, importer in enumerate("ABCDEF", start=1):
        base = {"occurred_at": f"2026-0{4 + (importer == 'F')}-15T10:00:00Z", "declaration_id": f"D{place}"}
        declared = {"type_code": "IMA", "office": "X", "item_count": 1, "chapters": ["87"], "origins": ["CN"], "importer": importer}
        events.append(base | {"event": "DeclarationAccepted", "declared": declared})
        events.append(base | {"event": "DutyAssessed", "customs_value": str(100 + place)})
    store = EventStore(tmp_path / "six")
    store.write(event_table(Recorded(place, place, json.dumps(each)) for place, each in enumerate(events, start=1)))
    settings.EVENT_STORE = str(store.folder)
    return store


@pytest.mark.usefixtures("six_importers")
def test_what_would_tell_of_somebody_beside_an_earlier_release_is_kept_back(caller: Callable[..., Client]) -> None:
    head = caller("sue", Role.SUPERVISOR)

    def told(**changed: str) -> dict[tuple[str, ...], tuple[str | None, str]]:
        answer = head.post("/api/research/releases", ASKED | {"dimensions": "office"} | changed, content_type="application/json")
        assert answer.status_code == 201, answer.content
        return {tuple(each["key"]): (each["value"], each["reason"]) for each in answer.json()["cells"]}

    april = told(end="2026-04")
    assert april == {("X",): ("515", ""), ("all",): ("515", "")}
    both = told()
    assert both == dict.fromkeys(april, (None, "something protected could be worked out from it")), "the difference is F alone"
    assert told(end="2026-04") == april, "what is told already is told again"
    assert told(measure="declarations")["X",] == ("6", ""), "of another measure nothing was told before"
    assert len(head.get("/api/research/releases").json()["releases"]) == 4


def test_a_release_asked_for_twice_under_one_key_is_made_once(caller: Callable[..., Client]) -> None:
    head = caller("sue", Role.SUPERVISOR)
    body = json.dumps(ASKED | {"dimensions": "month"})
    answers = [
        head.post("/api/research/releases", body, content_type="application/json", headers={"Idempotency-Key": "once"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len(head.get("/api/research/releases").json()["releases"]) == 1


@pytest.mark.parametrize(
    ("changed", "pointers"),
    [
        ({"dimensions": "", "measure": "weight", "step": "7", "fewest": "1"}, {"dimensions", "measure", "step", "fewest"}),
        ({"start": "2027-01", "end": "2027-02"}, {"end"}),
        ({"dimensions": "month,office,chapter,origin"}, {"dimensions"}),
    ],
)
def test_every_fault_of_what_is_asked_is_told_at_once(caller: Callable[..., Client], changed: dict[str, str], pointers: set[str]) -> None:
    body = ASKED | {"dimensions": "month"} | changed
    answer = caller("sue", Role.SUPERVISOR).post("/api/research/releases", body, content_type="application/json")
    assert answer.status_code == 422
    assert {each["pointer"] for each in answer.json()["findings"]} == pointers


def test_only_supervisors_and_administrators_release_and_everybody_reads(browser_of: Callable[..., Client]) -> None:
    for client, status in ((browser_of(), 302), (browser_of("olu"), 403), (browser_of("ann", Role.TRADER), 403)):
        assert client.get("/research/releases/new/").status_code == status
        assert client.post("/research/releases/new/", ASKED).status_code == status
        assert client.get("/research/releases/").status_code == 200
        assert client.get("/research/releases/1000/").status_code == 404


def test_a_table_is_seen_over_the_interface_before_it_is_released_and_nothing_is_kept(caller: Callable[..., Client]) -> None:
    head, asked = caller("sue", Role.SUPERVISOR), ASKED | {"dimensions": "chapter"}
    seen = head.post("/api/research/releases/preview", asked, content_type="application/json")
    assert seen.status_code == 200, seen.content
    assert {bool(each["reason"]) for each in seen.json()["cells"]} == {True, False}
    assert head.get("/api/research/releases").json()["releases"] == []
    assert head.post("/api/research/releases", asked, content_type="application/json").json()["cells"] == seen.json()["cells"]
    for wrong, status in ((asked | {"dimensions": "colour"}, 422), (asked | {"step": "7"}, 422)):
        assert head.post("/api/research/releases/preview", wrong, content_type="application/json").status_code == status
    officer = caller("olu", Role.OFFICER)
    assert officer.post("/api/research/releases/preview", asked, content_type="application/json").status_code == 403
