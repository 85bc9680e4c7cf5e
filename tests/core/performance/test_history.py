from datetime import date
from pathlib import Path

import msgspec
import pytest

from customhouse.performance import EventStore, Recorded, event_table, happenings, history

LODGED = {"event": "DeclarationAccepted", "state": "accepted", "declared": {"type_code": "IMD", "office": "QZ000101", "declarant": "QZ1"}}
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
RELEASED = {"event": "GoodsReleased", "state": "released", "role": "officer"}


@pytest.fixture
def store(tmp_path: Path) -> EventStore:
    """Two declarations, each accepted and released, and a rate that changed for nobody's declaration."""
    told = [
        {**event, "occurred_at": f"2026-03-0{day}T09:00:00Z", "declaration_id": name}
        for name, day in (("a", 1), ("b", 2))
        for event in (LODGED, RELEASED)
    ]
    told.append({"event": "RateChanged", "occurred_at": "2026-03-03T09:00:00Z"})
    documents = [msgspec.json.encode(event).decode() for event in told]
    store = EventStore(tmp_path)
    store.write(event_table(Recorded(7, place, document) for place, document in enumerate(documents, start=1)))
    return store


def test_an_event_is_told_with_the_office_and_the_declarant_of_its_declaration(store: EventStore) -> None:
    (released,) = happenings(store.connect(), [(7, 4)], **MARCH)
    assert (released.kind, released.declaration_id, released.office, released.declarant) == ("GoodsReleased", "b", "QZ000101", "QZ1")
    assert msgspec.json.decode(released.document)["role"] == "officer"


def test_an_event_of_no_declaration_has_no_office(store: EventStore) -> None:
    (changed,) = happenings(store.connect(), [(7, 5)], **MARCH)
    assert (changed.kind, changed.declaration_id, changed.office) == ("RateChanged", "", "")


def test_places_that_the_journal_has_not_give_nothing(store: EventStore) -> None:
    assert happenings(store.connect(), [(8, 1)], **MARCH) == ()
    assert happenings(store.connect(), [], **MARCH) == ()


def test_what_a_declaration_said_before_the_days_asked_for_is_told_with_its_event(store: EventStore) -> None:
    paid = Recorded(8, 6, '{"event":"PaymentRecorded","occurred_at":"2026-12-01T09:00:00Z","declaration_id":"a","amount":"1.00"}')
    store.write(event_table([paid]))
    (found,) = happenings(store.connect(), [(8, 6), (7, 4)], start=date(2026, 12, 1), end=date(2026, 12, 2))
    assert (found.kind, found.office, found.declarant) == ("PaymentRecorded", "QZ000101", "QZ1")


def test_a_history_is_all_that_happened_to_one_declaration_in_order(store: EventStore) -> None:
    assert [event.kind for event in history(store.connect(), "a")] == ["DeclarationAccepted", "GoodsReleased"]
    assert history(store.connect(), "c") == ()


def test_a_store_with_a_made_up_year_says_so(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "new")
    assert not store.is_made_up
    store.mark_made_up()
    assert store.is_made_up
    assert store.days() == ()
