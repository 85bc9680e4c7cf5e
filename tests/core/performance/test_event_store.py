from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customhouse import messages, pipeline
from customhouse.performance import EventStore, Recorded, StageReached, event_table

SAMPLES = Path(__file__).resolve().parents[3] / "countries" / "sandbox" / "samples"
SANDBOX = pipeline.load_country("sandbox")
START = datetime(2026, 3, 30, 22, tzinfo=UTC)


def journal(*names: str, start: datetime = START) -> list[Recorded]:
    """The events of sample declarations, lodged an hour apart."""
    events = [
        event
        for place, name in enumerate(names)
        for event in pipeline.clear(
            messages.read((SAMPLES / f"{name}.xml").read_bytes()), SANDBOX, at=start + timedelta(hours=place), seed=b"green"
        ).events
    ]
    return [Recorded(place // 2, place, msgspec.json.encode(event).decode()) for place, event in enumerate(events, start=1)]


def rows(store: EventStore, columns: str = "kind, id") -> list[tuple[object, ...]]:
    return store.connect().view("event").order("id").project(columns).fetchall()


def test_what_was_written_is_read_back_event_by_event_to_the_letter(tmp_path: Path) -> None:
    events = journal("books", "preference", "cigarettes", "many_mistakes")
    store = EventStore(tmp_path)
    store.write(event_table(events))
    assert rows(store, "transaction, id, document") == [(each.transaction, each.id, each.document) for each in events]


def test_events_lie_under_the_day_on_which_they_occurred(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.write(event_table(journal("books", "preference", "cigarettes")))
    assert store.days() == (date(2026, 3, 30), date(2026, 3, 31))
    assert store.connect().execute("SELECT count(*) FROM event WHERE day <> occurred_at::DATE").fetchone() == (0,)


def test_columns_say_what_the_events_say(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.write(event_table(journal("preference")))
    assessed = store.connect().execute("SELECT payable, taxes FROM event WHERE kind = 'DutyAssessed'").fetchone()
    accepted = store.connect().execute("SELECT office, chapters, origins FROM event WHERE kind = 'DeclarationAccepted'").fetchone()
    journey = pipeline.clear(messages.read((SAMPLES / "preference.xml").read_bytes()), SANDBOX, at=START, seed=b"green")
    brief = pipeline.declared_in_brief(journey.declaration)
    assert assessed is not None
    assert accepted is not None
    assert assessed[0] == journey.assessment.totals.payable
    assert assessed[1] == {tax: total.payable for tax, total in journey.assessment.totals.by_tax.items()}
    assert accepted == (brief.office, list(brief.chapters), list(brief.origins))


def test_the_same_stretch_written_again_stands_once(tmp_path: Path) -> None:
    events = journal("books", "preference", "cigarettes")
    store = EventStore(tmp_path)
    store.write(event_table(events[:4]))
    store.write(event_table(events))
    store.write(event_table(events))
    assert [row[1] for row in rows(store)] == [each.id for each in events]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_however_the_journal_is_cut_the_store_comes_out_the_same(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    events = journal("books", "preference", "cigarettes")
    store = EventStore(tmp_path_factory.mktemp("store"))
    place = 0
    for length in [*cuts, len(events)]:
        store.write(event_table(events[place : place + length]))
        place = min(place + length, len(events))
    assert [row[1] for row in rows(store)] == [each.id for each in events]


def test_an_event_of_a_kind_that_nobody_foresaw_is_kept_whole(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    strange = '{"event":"MoonRisen","occurred_at":"2026-03-30T22:00:00Z","phase":"full"}'
    store.write(event_table([Recorded(1, 1, strange)]))
    assert rows(store, "kind, document, payable") == [("MoonRisen", strange, None)]


def test_a_stage_that_others_saw_has_its_column(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    arrived = StageReached(occurred_at=START, declaration_id="d", stage="arrived", actor="carrier", source="port")
    store.write(event_table([Recorded(1, 1, msgspec.json.encode(arrived).decode())]))
    assert rows(store, "declaration_id, stage, actor") == [("d", "arrived", "carrier")]


def test_an_empty_store_has_no_events_and_no_days(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "nothing")
    assert rows(store) == []
    assert store.days() == ()


def test_amounts_keep_every_place(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    paid = '{"event":"PaymentRecorded","occurred_at":"2026-03-30T22:00:00Z","declaration_id":"d","amount":"123456789012345.678901"}'
    store.write(event_table([Recorded(1, 1, paid)]))
    assert rows(store, "amount") == [(Decimal("123456789012345.678901"),)]
