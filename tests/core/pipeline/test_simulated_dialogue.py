"""What the public and customs say to each other in a simulated year, and that it fills what the declarations alone leave empty."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from pathlib import Path

import msgspec
import pytest

from customhouse import pipeline
from customhouse.performance import EventStore, Recorded, event_table
from customhouse.performance.indicator import evaluated, read_indicators
from customhouse.pipeline import dialogue, publication, simulated
from customhouse.strategy import implementation
from customhouse.tariff import ruling

SANDBOX = pipeline.load_country("sandbox")
SCENARIO = simulated.read_scenario(SANDBOX.scenario)
SETS = Path(__file__).resolve().parents[3] / "indicators"
INDICATORS = [each for name in ("customs", "tfa") for each in read_indicators((SETS / f"{name}.toml").read_text("utf-8")).indicators]
BREACHES = {"TFA-2.1": "DraftDecided", "EN-03": "GoodsExamined"}
"""Counts of what ought not to happen, with the events among which they would be found."""


@pytest.fixture(scope="module")
def world() -> simulated.World:
    return simulated.World.of(SANDBOX, SCENARIO, on=date(2026, 1, 1))


@pytest.fixture(scope="module")
def said(world: simulated.World) -> list[list[simulated.Happening]]:
    return [list(events) for events in simulated.simulated_dialogue(world, 2026, seed="1")]


@pytest.fixture(scope="module")
def year(world: simulated.World, said: list[list[simulated.Happening]], tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    days = list(simulated.year_days(2026, declarations=1_000))

    def happened(day: simulated.Day, words: Sequence[simulated.Happening]) -> list[simulated.Happening]:
        return [*simulated.simulated_day(world, day, seed="1"), *words]

    journal = simulated.in_order((day, happened(day, words)) for day, words in zip(days, said, strict=True))
    store = EventStore(tmp_path_factory.mktemp("year"))
    store.write(event_table(Recorded(place, place, msgspec.json.encode(event).decode()) for place, event in enumerate(journal, start=1)))
    return store


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
def test_each_indicator_is_made_of_events_or_names_the_source_it_waits_for(year: EventStore, indicator: object) -> None:
    found = evaluated(year.connect(for_many=True), indicator, start=date(2026, 1, 1), end=date(2027, 1, 1))  # type: ignore[arg-type] - of the list above
    if found.code in BREACHES:
        among = year.connect().execute("SELECT count(*) FROM event WHERE kind = ?", [BREACHES[found.code]]).fetchone()
        assert among
        assert among[0] > 0
    else:
        assert found.n > 0 or found.reason == getattr(indicator, "missing_source", "") != ""


def test_the_journal_written_anew_from_what_the_store_keeps_gives_the_same_standings(year: EventStore, tmp_path: Path) -> None:
    kept = year.connect().sql("SELECT document FROM event ORDER BY id").fetchall()
    again = EventStore(tmp_path)
    again.write(event_table(Recorded(place, place, row[0]) for place, row in enumerate(kept, start=1)))
    start, end = date(2026, 1, 1), date(2027, 1, 1)
    former, later = (implementation.facts_from(each.connect(for_many=True), INDICATORS, start=start, end=end) for each in (year, again))
    for name in ("tfa", "kyoto", "safe", "digital"):
        instrument = implementation.read_instrument((SETS.parent / "commitments" / f"{name}.toml").read_text("utf-8"))
        standings = [implementation.standing(each, former, on=end) for each in instrument.provisions]
        assert [implementation.standing(each, later, on=end) for each in instrument.provisions] == standings
        assert any(weighed.figure for each in standings for weighed in each.weighed) or name == "digital"


def test_the_same_seed_gives_the_same_words_and_another_seed_others(world: simulated.World, said: list[list[simulated.Happening]]) -> None:
    assert list(simulated.simulated_dialogue(world, 2026, seed="1")) == said
    assert list(simulated.simulated_dialogue(world, 2026, seed="2")) != said


def test_what_is_said_changes_no_declaration(world: simulated.World) -> None:
    silent = simulated.World.of(SANDBOX, msgspec.structs.replace(SCENARIO, dialogue=None), on=date(2026, 1, 1))
    day = simulated.Day(date(2026, 5, 12), 40, 6)
    assert simulated.simulated_day(silent, day, seed="1") == simulated.simulated_day(world, day, seed="1")
    assert not any(simulated.simulated_dialogue(silent, 2026, seed="1"))


def test_the_figures_of_the_scenario_are_those_of_the_year(said: list[list[simulated.Happening]]) -> None:
    kinds = [type(event) for events in said for event in events]
    assert SCENARIO.dialogue
    asked, opened = SCENARIO.dialogue.enquiries.questions, SCENARIO.dialogue.consultations.drafts
    counts = [kinds.count(each) for each in (dialogue.QuestionAsked, dialogue.DraftOpened, dialogue.DraftDecided)]
    assert counts == [asked, opened, opened]


def test_a_draft_is_commented_while_it_is_open_and_decided_once_each_comment_is_answered(said: list[list[simulated.Happening]]) -> None:
    events = sorted((event for events in said for event in events), key=lambda event: event.occurred_at)
    closes: dict[int, date] = {}
    waiting: set[int] = set()
    numbers: list[int] = []
    for event in events:
        on = SANDBOX.legal_day(at=event.occurred_at)
        if isinstance(event, dialogue.DraftOpened):
            closes[event.number] = event.closes_on
            assert event.closes_on == SANDBOX.transparency.comments_until(on=on)
        elif isinstance(event, dialogue.CommentMade):
            assert on <= closes[event.number]
            numbers.append(event.comment)
            waiting.add(event.comment)
        elif isinstance(event, dialogue.CommentDisposed):
            assert closes[event.number] < on
            waiting.remove(event.comment)
        elif isinstance(event, dialogue.DraftDecided) and event.effective_on:
            assert event.reason or event.effective_on >= (SANDBOX.transparency.binding_from(on=on) or on)
    assert numbers
    assert len(numbers) == len(set(numbers))
    assert not waiting


def test_a_question_is_answered_in_time_just_where_its_answer_says_so(said: list[list[simulated.Happening]]) -> None:
    due: dict[str, date | None] = {}
    answers = []
    for event in (event for events in said for event in events):
        if isinstance(event, dialogue.QuestionAsked):
            assert event.topic in (*publication.PUBLICATIONS, "other")
            due[event.reference] = event.due_on
        elif isinstance(event, dialogue.QuestionAnswered):
            until = due[event.reference]
            assert until
            assert event.in_time is (SANDBOX.legal_day(at=event.occurred_at) <= until)
            answers.append(event.in_time)
    assert 0.8 < sum(map(bool, answers)) / len(answers) < 1


def test_a_ruling_comes_to_an_end_that_its_events_tell(said: list[list[simulated.Happening]]) -> None:
    ends = []
    for events in said:
        by_ruling: dict[str, list[ruling.AnyEvent]] = {}
        for event in events:
            if isinstance(event, ruling.event.RulingEvent):
                by_ruling.setdefault(event.ruling_id, []).append(event)  # type: ignore[arg-type] - one of its kinds
        ends += [reduce(ruling.case.applied, told, ruling.Case(ruling_id=name)).state for name, told in by_ruling.items()]
    assert set(ends) == {ruling.State.ISSUED, ruling.State.REFUSED, ruling.State.WITHDRAWN}


def test_an_office_that_the_scenario_does_not_have_is_refused() -> None:
    with pytest.raises(simulated.UnreadableScenarioError, match="no office QZ999999"):
        simulated.read_scenario(SANDBOX.scenario.replace('office = "QZ000103"', 'office = "QZ999999"'))
