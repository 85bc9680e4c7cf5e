from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.clearance import State
from customhouse.kernel import WorkingHours
from customhouse.performance import EventStore, Recorded, event_table
from customhouse.performance.kept_back import FEWEST
from customhouse.performance.release_time import STRATA, Design, Study, UnknownStratumError, data_package, members, study, trend
from customhouse.performance.release_time.passage import Sample, passages
from customhouse.performance.release_time.stage import TURN, Actor
from customhouse.performance.release_time.survival import kaplan_meier
from customhouse.performance.release_time.working_time import open_time
from customhouse.pipeline import simulated
from customhouse.saying import Saying

SANDBOX = pipeline.load_country("sandbox")
MARCH = Design(title="March", start=date(2026, 3, 1), end=date(2026, 4, 1), seen_until=date(2026, 6, 1))
HOURS = WorkingHours(opens=time(8), closes=time(18), weekdays=frozenset({1, 2, 3, 4, 5}), zone=ZoneInfo("Europe/Lisbon"))
HOUR = 3_600.0


def written(folder: Path, events: list[str]) -> EventStore:
    store = EventStore(folder)
    store.write(event_table(Recorded(place, place, event) for place, event in enumerate(events, start=1)))
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    """Two months of the sandbox, thinly."""
    world = simulated.World.of(SANDBOX, simulated.read_scenario(SANDBOX.scenario), on=date(2026, 1, 1))
    days = list(simulated.year_days(2026, declarations=4_000))[45:105]
    told = ((day, simulated.simulated_day(world, day, seed="1")) for day in days)
    events = [msgspec.json.encode(event).decode() for event in simulated.in_order(told)]
    return written(tmp_path_factory.mktemp("store"), events)


@pytest.fixture(scope="module")
def done(store: EventStore) -> Study:
    offices = SANDBOX.lists.named("offices")
    assert offices is not None
    design = msgspec.structs.replace(MARCH, targets={"arrived to released": 48.0})
    return study(store.connect(), design, hours={each.code: HOURS for each in offices.entries(on=MARCH.start)})


def test_the_journal_written_anew_from_what_the_store_keeps_gives_the_same_study(store: EventStore, tmp_path: Path) -> None:
    kept = [row[0] for row in store.connect().sql("SELECT document FROM event ORDER BY id").fetchall()]
    design = msgspec.structs.replace(MARCH, strata=("lane", "office"))
    former, again = (study(each.connect(), design, hours={}) for each in (store, written(tmp_path, kept)))
    assert former.outcomes["released"] > 100
    assert again == former


def story(*acts: tuple[str, float, dict[str, object]], name: str = "D1") -> list[str]:
    """Events of one declaration, by their kind, hours after midnight of 10 March, and what else they say."""
    start = datetime(2026, 3, 10, tzinfo=UTC)
    return [
        msgspec.json.encode(
            {"event": kind, "occurred_at": start + timedelta(hours=hour), "declaration_id": name, "actor": "a", "role": "system", **said}
        ).decode()
        for kind, hour, said in acts
    ]


def stage(name: str) -> dict[str, object]:
    return {"stage": name, "source": "port"}


PRELODGED = story(
    ("DeclarationPrelodged", 2, {"state": "prelodged"}),
    ("StageReached", 10, stage("arrived")),
    ("StageReached", 14, stage("unloaded")),
    ("StageReached", 15, stage("available")),
    ("DeclarationAccepted", 16, {"state": "accepted"}),
    ("DutyAssessed", 19, {"state": "assessed"}),
    ("PaymentRecorded", 24, {"state": "paid", "amount": "1.00"}),
    ("GoodsReleased", 25, {"state": "released"}),
    ("StageReached", 30, stage("removed")),
)


@pytest.mark.parametrize(("customs_saw", "paid_at"), [(True, 24), (False, 22)])
def test_a_payment_that_a_bank_tells_counts_where_customs_saw_none(tmp_path: Path, customs_saw: bool, paid_at: float) -> None:
    seen = [event for event in PRELODGED if customs_saw or "PaymentRecorded" not in event]
    told = written(tmp_path, [*seen, *story(("StageReached", 22, {"stage": "paid", "source": "bank"}))])
    (row,) = passages(told.connect(), Sample(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1))).to_pylist()
    assert row["paid"] - row["arrived"] == (paid_at - 10) * HOUR
    assert row["settled"] == row["paid"]


def test_a_payment_of_nothing_is_no_payment_in_no_time(tmp_path: Path) -> None:
    free = story(
        ("DeclarationAccepted", 1, {"state": "accepted"}),
        ("DutyAssessed", 2, {"state": "assessed", "payable": "0"}),
        ("PaymentRecorded", 2, {"state": "paid", "amount": "0"}),
        ("GoodsReleased", 2, {"state": "released"}),
        name="free",
    )
    found = passages(written(tmp_path, [*PRELODGED, *free]).connect(), Sample(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)))
    settled = {row["declaration_id"]: row["settled"] and row["settled"] - row["assessed"] for row in found.to_pylist()}
    assert settled == {"D1": 5 * HOUR, "free": None}


def test_a_time_that_ends_before_it_begins_is_told_as_left_out_and_a_few_are_not_numbered(tmp_path: Path) -> None:
    told = [event for each in range(12) for event in [one.replace('"D1"', f'"D{each}"') for one in PRELODGED]]
    design = Design(title="t", start=date(2026, 3, 1), end=date(2026, 4, 1), seen_until=date(2026, 6, 1))
    for bare, backwards, missing in ((9, "12", "9"), (3, "nearly all", "a few")):
        more = [event for each in range(bare) for event in story(("DeclarationAccepted", 1, {"state": "accepted"}), name=f"none{each}")]
        done = study(written(tmp_path / str(bare), [*told, *more]).connect(), design, hours={})
        said = " ".join(map(str, done.unmeasured))
        assert f"available to lodged: for {backwards} declarations the end came before the beginning" in said
        assert f"arrival: nobody reported it for {missing} declarations" in said


def test_each_hour_from_arrival_to_removal_is_held_by_one_actor(tmp_path: Path) -> None:
    (row,) = passages(written(tmp_path, PRELODGED).connect(), Sample(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1))).to_pylist()
    held = {actor: row[f"held_by_{actor}"] / HOUR for actor in Actor}
    assert held == {Actor.CARRIER: 4, Actor.TERMINAL: 1, Actor.DECLARANT: 1 + 5, Actor.CUSTOMS: 3 + 1, Actor.AGENCY: 0, Actor.PAYER: 5}
    assert row["outcome"] == "released"


def test_what_is_done_before_the_goods_are_at_hand_costs_no_time(tmp_path: Path) -> None:
    early = story(
        ("StageReached", 10, stage("arrived")),
        ("DeclarationAccepted", 11, {"state": "accepted"}),
        ("DutyAssessed", 12, {"state": "assessed"}),
        ("PaymentRecorded", 13, {"state": "paid", "amount": "1.00"}),
        ("GoodsReleased", 14, {"state": "released"}),
        ("StageReached", 15, stage("unloaded")),
        ("StageReached", 16, stage("available")),
        ("StageReached", 18, stage("removed")),
    )
    (row,) = passages(written(tmp_path, early).connect(), Sample(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1))).to_pylist()
    assert [row[f"held_by_{actor}"] / HOUR for actor in Actor] == [5, 1, 2, 0, 0, 0]


def asked(agency: str) -> dict[str, object]:
    return {"actor": agency, "source": agency}


def test_the_turn_of_customs_is_an_agencys_until_it_decides_and_that_of_declarant_and_payer_stays_theirs(tmp_path: Path) -> None:
    told = [
        *PRELODGED,
        *story(
            ("StageReached", 12, asked("plants") | {"stage": "agency_asked"}),
            ("StageReached", 18, asked("plants") | {"stage": "agency_decided"}),
            ("StageReached", 20, asked("food") | {"stage": "agency_asked"}),
            ("StageReached", 24.5, asked("food") | {"stage": "agency_decided"}),
        ),
    ]
    (row,) = passages(written(tmp_path, told).connect(), Sample(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1))).to_pylist()
    held = {actor: row[f"held_by_{actor}"] / HOUR for actor in Actor}
    assert held == {Actor.CARRIER: 4, Actor.TERMINAL: 1, Actor.DECLARANT: 6, Actor.CUSTOMS: 0.5, Actor.AGENCY: 3.5, Actor.PAYER: 5}
    assert row["agency"] == "several"


STAMPED = ("arrived", "unloaded", "available", "agency_asked", "agency_decided", "removed")


@given(
    stamps=st.dictionaries(st.sampled_from(STAMPED), st.integers(-20, 60)),
    acts=st.lists(st.integers(0, 30), min_size=4, max_size=4).map(sorted),
    is_prelodged=st.booleans(),
)
def test_the_shares_add_up_whatever_was_reported_and_in_whatever_order(
    stamps: dict[str, int], acts: list[int], is_prelodged: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    accepted, assessed, paid, released = acts
    told = story(
        *([("DeclarationPrelodged", -2, {"state": "prelodged"})] if is_prelodged else []),
        ("DeclarationAccepted", accepted, {"state": "accepted"}),
        ("DutyAssessed", assessed, {"state": "assessed"}),
        ("PaymentRecorded", paid, {"state": "paid", "amount": "1.00"}),
        ("GoodsReleased", released, {"state": "released"}),
        *(("StageReached", hour, stage(name)) for name, hour in stamps.items()),
    )
    store = written(tmp_path_factory.mktemp("any"), told)
    (row,) = passages(store.connect(), Sample(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1))).to_pylist()
    shares = [row[f"held_by_{actor}"] for actor in Actor]
    assert min(shares) >= 0
    assert sum(shares) == pytest.approx(row["ended"] - row["begun"])


def test_the_shares_of_the_actors_add_up_to_the_whole_time(store: EventStore) -> None:
    table = passages(store.connect(), Sample(MARCH.start, MARCH.end, MARCH.seen_until))
    whole = table["ended"].to_numpy() - table["begun"].to_numpy()
    shares = sum(table[f"held_by_{actor}"].to_numpy() for actor in Actor)
    ended = ~np.isnan(whole.astype(float))
    assert np.asarray(shares)[ended] == pytest.approx(whole[ended].astype(float))
    assert ended.sum() > 200


def test_a_sample_holds_each_declaration_once_by_its_first_lodging(store: EventStore) -> None:
    halves = [(date(2026, 3, 1), date(2026, 3, 16)), (date(2026, 3, 16), date(2026, 4, 1))]
    found = [passages(store.connect(), Sample(*half, MARCH.seen_until))["declaration_id"].to_pylist() for half in halves]
    whole = passages(store.connect(), Sample(MARCH.start, MARCH.end, MARCH.seen_until))["declaration_id"].to_pylist()
    assert sorted(found[0] + found[1]) == sorted(whole) == sorted(set(whole))


def test_goods_still_held_at_the_end_of_what_was_seen_wait_and_are_not_left_out(store: EventStore) -> None:
    seen = msgspec.structs.replace(MARCH, end=date(2026, 3, 20), seen_until=date(2026, 3, 20))
    early = study(store.connect(), seen, hours={})
    assert early.outcomes["waiting"] > 0
    found = passages(store.connect(), Sample(seen.start, seen.end, seen.seen_until)).to_pylist()
    assert early.release.n == sum(1 for each in found if each["accepted"] and each["outcome"] in {"waiting", "released"})
    assert early.release.censored == sum(1 for each in found if each["accepted"] and each["outcome"] == "waiting")


def test_a_study_measures_every_segment_and_divides_the_sample_by_every_stratum(done: Study) -> None:
    assert {"arrived to released", "available to lodged", "examination_ordered to examined"} <= {each.segment for each in done.segments}
    assert {each.stratum for each in done.strata} == {name for name, stratum in STRATA.items() if stratum.of}
    lodging = [each.n for each in done.strata if each.stratum == "lodging"]
    assert sum(lodging) == done.outcomes["released"] + done.outcomes.get("waiting", 0)


def test_a_stratum_without_a_source_is_named_and_stays_out(done: Study) -> None:
    assert any(str(each).startswith("partner: no source yet") for each in done.unmeasured)
    assert not [each for each in done.strata if each.stratum == "partner"]


def test_the_time_of_customs_is_also_told_in_opening_hours(done: Study) -> None:
    examined = next(each for each in done.segments if each.segment == "examination_ordered to examined")
    assert examined.working is not None
    assert examined.working.mean < examined.elapsed.mean


def test_the_reasons_that_cost_most_come_first_and_add_up(done: Study) -> None:
    totals = [each.total for each in done.reasons]
    assert totals == sorted(totals, reverse=True)
    assert done.reasons[-1].cumulative_share == pytest.approx(1)


def test_the_share_within_the_target_is_told_for_the_segment_that_has_one(done: Study) -> None:
    targeted = {each.segment for each in done.segments if each.elapsed.within_target is not None}
    assert targeted == {"arrived to released"}


def test_a_study_is_a_document_that_reads_back_as_itself(done: Study) -> None:
    assert msgspec.json.decode(msgspec.json.encode(done), type=Study) == done


def test_a_study_changes_nothing_against_itself(done: Study) -> None:
    changes = trend(done, done)
    assert changes
    assert all(each.before == each.after and not each.is_sure for each in changes)


def test_the_members_of_a_stratum_are_as_many_as_it_tells_and_the_slowest_come_first(store: EventStore, done: Study) -> None:
    connection = store.connect(for_many=True)
    for stratum in done.strata:
        found = members(connection, done.design, stratum=stratum.stratum, value=stratum.value)
        assert len(found) == stratum.n, (stratum.stratum, stratum.value)
        times = [each.elapsed for each in found if each.elapsed is not None]
        assert times == sorted(times, reverse=True)
    assert len(members(connection, done.design, stratum="", value="")) == sum(
        done.outcomes.get(each, 0) for each in ("released", "waiting")
    )


def test_a_sample_is_narrowed_by_as_many_strata_as_one_likes_and_divided_by_the_others(store: EventStore, done: Study) -> None:
    whole = {(each.stratum, each.value): each for each in done.strata}
    (lane,) = (value for stratum, value in whole if stratum == "lane" and value == "red")
    red = study(store.connect(), msgspec.structs.replace(done.design, only={"lane": lane}), hours={})
    assert sum(red.outcomes.get(each, 0) for each in ("released", "waiting")) == whole["lane", lane].n
    assert {each.value for each in red.strata if each.stratum == "lane"} == {lane}
    assert [each.elapsed for each in red.segments][:1] == [each.elapsed for each in whole["lane", lane].segments][:1]
    office = next(each.value for each in red.strata if each.stratum == "office")
    crossed = msgspec.structs.replace(done.design, only={"lane": lane, "office": office})
    assert len(members(store.connect(), crossed, stratum="", value="")) == next(each.n for each in red.strata if each.value == office)


def test_outside_no_stratum_is_told_that_leaves_too_few_beside_it(done: Study) -> None:
    outside = done.told_outside()
    assert {each.stratum for each in outside.strata} <= {each.stratum for each in done.strata}
    for name in {each.stratum for each in done.strata}:
        left = done.n - sum(each.n for each in outside.strata if each.stratum == name)
        assert left == 0 or left >= FEWEST
    only = msgspec.structs.replace(done.strata[0], stratum="lane", n=done.n - 1)
    assert msgspec.structs.replace(done, strata=(only,)).told_outside().strata == ()
    assert msgspec.structs.replace(done, n=0).told_outside().strata == ()


def test_of_a_stratum_and_of_a_narrowed_sample_nothing_is_told_that_few_declarations_make(store: EventStore, done: Study) -> None:
    assert min(segment.elapsed.n for stratum in done.strata for segment in stratum.segments) >= FEWEST
    narrowed = msgspec.structs.replace(done.design, only={"lane": "red"}, strata=())
    told = study(store.connect(), narrowed, hours={})
    assert told.segments
    assert min(each.elapsed.n for each in told.segments) >= FEWEST
    assert not told.reasons or min(each.n for each in told.reasons) >= FEWEST
    single = study(store.connect(), msgspec.structs.replace(narrowed, end=date(2026, 3, 2)), hours={})
    assert sum(single.outcomes.values()) < FEWEST
    assert (single.segments, single.actors, single.reasons, single.release.n) == ((), (), (), 0)


def test_half_of_the_goods_are_told_by_every_time_and_not_by_those_that_are_kept(store: EventStore, done: Study) -> None:
    found = passages(store.connect(), Sample(MARCH.start, MARCH.end, MARCH.seen_until)).to_pylist()
    accepted = [each for each in found if each["accepted"] and each["outcome"] in {"waiting", "released"}]
    until = datetime.combine(MARCH.seen_until, time(), UTC).timestamp()
    times = np.array([(each["released"] or until) - each["accepted"] for each in accepted], dtype=float)
    whole = kaplan_meier(np.maximum(times, 0.0), observed=np.array([each["released"] is not None for each in accepted]))
    assert len(whole.times) > len(done.release.times)
    assert done.release.median == whole.quantile(0.5)


def test_what_was_not_measured_is_told_in_any_language(done: Study) -> None:
    told = [each.told(lambda text: f"<{text}>") for each in done.unmeasured if isinstance(each, Saying)]
    assert len(told) == len(done.unmeasured)
    assert any(each.startswith("<partner: no source yet") for each in told)
    assert any(each.startswith("<<available to lodged>: for ") for each in told)


def test_a_sample_is_not_narrowed_by_what_has_no_source_or_does_not_exist(store: EventStore) -> None:
    for name, why in (("partner", "register of authorised"), ("moon", "there are: office")):
        with pytest.raises(UnknownStratumError, match=why):
            study(store.connect(), msgspec.structs.replace(MARCH, only={name: "x"}), hours={})


def test_a_data_package_holds_the_study_and_its_tables(done: Study) -> None:
    files = data_package(done)
    assert msgspec.json.decode(files["study.json"], type=Study) == done
    head, *rows = files["segments.csv"].decode().splitlines()
    assert head.startswith("stratum,value,segment,actor,n,mean,median")
    assert len(rows) == len(done.segments) + sum(len(stratum.segments) for stratum in done.strata)


def test_an_unknown_stratum_is_refused_with_those_that_there_are(store: EventStore) -> None:
    with pytest.raises(UnknownStratumError, match="there are: office, mode, lane"):
        study(store.connect(), msgspec.structs.replace(MARCH, strata=("moon",)), hours={})


def test_a_period_without_declarations_has_no_times(store: EventStore) -> None:
    empty = study(
        store.connect(), Design(title="none", start=date(2020, 1, 1), end=date(2020, 2, 1), seen_until=date(2020, 3, 1)), hours={"x": HOURS}
    )
    assert (empty.outcomes, empty.segments, empty.release.n) == ({}, (), 0)


def test_in_every_state_that_is_no_end_it_is_somebodys_turn() -> None:
    ends = {State.DRAFT, State.STORED, State.REJECTED, State.EXITED, State.INVALIDATED, State.SEIZED}
    assert set(State) - ends == set(TURN)


@given(st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(0, 900_000)), min_size=1, max_size=20))
def test_open_time_of_many_spans_at_once_is_that_of_each_alone(spans: list[tuple[int, int]]) -> None:
    base = datetime(2026, 3, 20, tzinfo=UTC).timestamp()
    starts = np.array([base + start for start, _ in spans])
    ends = starts + np.array([span for _, span in spans])
    together = open_time(HOURS, first=starts.min(), last=ends.max()).between(starts, ends)
    alone = [
        HOURS.between(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)).total_seconds()
        for start, end in zip(starts, ends, strict=True)
    ]
    assert together == pytest.approx(alone)
