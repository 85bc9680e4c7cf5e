from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import pytest

from customhouse import pipeline
from customhouse.performance import EventStore, Recorded, event_table
from customhouse.performance.indicator import (
    Figure,
    FormulaError,
    Quality,
    UnreadableIndicatorsError,
    evaluated,
    read_indicators,
    traced,
)
from customhouse.pipeline import simulated

SANDBOX = pipeline.load_country("sandbox")
CUSTOMS = read_indicators((Path(__file__).resolve().parents[3] / "indicators" / "customs.toml").read_text("utf-8"))
TFA = read_indicators((Path(__file__).resolve().parents[3] / "indicators" / "tfa.toml").read_text("utf-8"))
START, END = date(2026, 1, 1), date(2027, 1, 1)
MEASURED = [each.code for each in CUSTOMS.indicators if each.events]
Event = dict[str, Any]


@pytest.fixture(scope="module")
def journal() -> list[Event]:
    """Five weeks of the sandbox as the journal has them."""
    world = simulated.World.of(SANDBOX, simulated.read_scenario(SANDBOX.scenario), on=START)
    days = list(simulated.year_days(2026, declarations=6_000))[100:135]
    told = simulated.in_order((day, simulated.simulated_day(world, day, seed="1")) for day in days)
    return [msgspec.json.decode(msgspec.json.encode(event)) for event in told]


def stored(journal: list[Event], folder: Path) -> EventStore:
    store = EventStore(folder)
    store.write(event_table(Recorded(place, place, msgspec.json.encode(event).decode()) for place, event in enumerate(journal, start=1)))
    return store


@pytest.fixture(scope="module")
def store(journal: list[Event], tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    return stored(journal, tmp_path_factory.mktemp("store"))


def figure(store: EventStore, code: str, *, start: date = START, end: date = END) -> Figure:
    indicator = CUSTOMS.named(code)
    assert indicator is not None
    return evaluated(store.connect(), indicator, start=start, end=end)


def of_kind(journal: list[Event], *kinds: str) -> list[Event]:
    return [event for event in journal if event["event"] in kinds]


def share_of_examinations_that_find_something(journal: list[Event]) -> float:
    drawn = {event["declaration_id"] for event in of_kind(journal, "LaneAssigned") if event.get("random_control")}
    results = [event["result_code"] for event in of_kind(journal, "GoodsExamined") if event["declaration_id"] not in drawn]
    return sum(result != "conform" for result in results) / len(results)


def hours_to_release(journal: list[Event]) -> float:
    accepted: dict[str, datetime] = {}
    for event in of_kind(journal, "DeclarationAccepted"):
        accepted.setdefault(event["declaration_id"], datetime.fromisoformat(event["occurred_at"]))
    released = [event for event in of_kind(journal, "GoodsReleased") if event["state"] == "released"]
    spans = [datetime.fromisoformat(event["occurred_at"]) - accepted[event["declaration_id"]] for event in released]
    return median(span.total_seconds() / 3_600 for span in spans)


def share_rejected(journal: list[Event]) -> float:
    rejected = {event["declaration_id"] for event in of_kind(journal, "DeclarationRejected")}
    lodged = {event["declaration_id"] for event in of_kind(journal, "DeclarationPrelodged", "DeclarationAccepted")}
    return len(rejected) / len(rejected | lodged)


def paid(journal: list[Event]) -> float:
    return sum(float(event["amount"]) for event in of_kind(journal, "PaymentRecorded"))


TOLD = {"assessed", "paid", "secured", "released", "exited"}


def last_told(journal: list[Event]) -> list[Event]:
    """What each declaration was told last that it owes; of one that was amended or void since, nothing."""
    last: dict[str, Event | None] = {}
    for event in journal:
        if event["event"] in ("DeclarationAmended", "DeclarationInvalidated"):
            last[event["declaration_id"]] = None
        elif event["event"] in ("DutyAssessed", "QuotaAllotted", "ValueDetermined") and event["state"] in TOLD:
            last[event["declaration_id"]] = event
    return [event for event in last.values() if event]


def forgone(journal: list[Event]) -> float:
    return sum(float(amount) for event in last_told(journal) for amount in event.get("forgone", {}).values())


def owed(journal: list[Event]) -> float:
    return sum(float(event.get("payable", 0)) for event in last_told(journal) if not event.get("undetermined"))


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("EN-01", share_of_examinations_that_find_something),
        ("TF-02", hours_to_release),
        ("TF-05", share_rejected),
        ("RV-01", owed),
        ("RV-02", paid),
        ("RV-03", forgone),
        ("EN-03", lambda journal: len(of_kind(journal, "GoodsSeized"))),
    ],
)
def test_a_figure_is_what_the_raw_journal_gives_by_hand(
    journal: list[Event], store: EventStore, code: str, by_hand: Callable[[list[Event]], float]
) -> None:
    assert figure(store, code).value == pytest.approx(by_hand(journal))


def test_what_is_owed_is_what_was_told_last_by_whichever_act_and_nothing_of_what_is_void(tmp_path: Path) -> None:
    def event(kind: str, of: str, **told: object) -> Event:
        return {"event": kind, "occurred_at": "2026-03-01T10:00:00Z", "declaration_id": of, "state": "assessed", **told}

    told = [event("DutyAssessed", each, payable="10", forgone={"VAT": "3"}) for each in ("quota", "value", "free", "void", "anew")]
    told += [
        event("QuotaAllotted", "quota", payable="4", forgone={"VAT": "1"}),
        event("ValueDetermined", "value", payable="25"),
        event("QuotaAllotted", "free"),
        event("DeclarationInvalidated", "void", state="invalidated"),
        event("DeclarationAmended", "anew", state="accepted"),
        event("ValueDetermined", "anew", state="accepted", payable="99"),
    ]
    store = stored(told, tmp_path)
    assert (figure(store, "RV-01").value, figure(store, "RV-01").n) == (29, 3)
    assert figure(store, "RV-03").value == 1


def happened(day: int, kind: str, *, of: str = "a", role: str = "system", month: int = 3, **told: object) -> Event:
    return {"event": kind, "occurred_at": f"2026-{month:02}-{day:02}T10:00:00Z", "declaration_id": of, "role": role, **told}


TOLD_100 = happened(1, "DeclarationAccepted", payable="100", state="accepted")
PUT_RIGHT = [
    TOLD_100,
    happened(2, "DeclarationAmended", role="officer"),
    happened(3, "DutyAssessed", state="assessed", payable="150"),
    happened(4, "DeclarationAmended", role="officer"),
    happened(5, "DutyAssessed", state="assessed", payable="180"),
]
NOTHING_OWED = [
    happened(1, "DutyAssessed", of="free", state="assessed"),
    happened(1, "PaymentRecorded", of="free", amount="0", state="paid"),
]
AT_THE_COUNTER = [
    happened(2, "DutyAssessed", state="assessed", payable="50"),
    happened(4, "PaymentRecorded", role="officer", amount="50", state="paid"),
    happened(6, "DeclarationAmended", role="officer"),
    happened(7, "DutyAssessed", state="assessed", payable="60"),
]
SECURED = [happened(1, "SecurityRecorded", amount="9", state="secured"), happened(3, "GoodsReleased", state="released")]
PAID_AFTER_ALL = [SECURED[0], happened(2, "PaymentRecorded", amount="9", state="paid"), SECURED[1]]
LANES = [
    happened(1, "LaneAssigned", lane="green"),
    happened(2, "LaneRerouted", role="supervisor", lane="red"),
    happened(3, "DocumentsRequested", role="officer"),
    happened(4, "ExaminationOrdered", role="officer"),
]


@pytest.mark.parametrize(
    ("code", "journal", "value", "n"),
    [
        ("RV-04", PUT_RIGHT, 80, 2),
        ("RV-04", [*PUT_RIGHT, happened(6, "DeclarationInvalidated")], 0, 0),
        ("RV-04", [TOLD_100, happened(2, "ValueDetermined", role="officer", state="accepted"), PUT_RIGHT[2]], 50, 1),
        ("RV-04", [TOLD_100, PUT_RIGHT[2], happened(6, "ValueDetermined", role="officer", state="paid", payable="170")], 20, 1),
        ("RV-05", NOTHING_OWED + AT_THE_COUNTER, 48, 1),
        ("RV-06", SECURED, 1, 1),
        ("RV-06", PAID_AFTER_ALL, 0, 1),
        ("TF-04", [happened(1, "DeclarationAccepted", month=1), happened(20, "GoodsReleased", state="released")], 1, 1),
        (
            "TF-05",
            [
                happened(1, "DeclarationPrelodged", state="prelodged"),
                happened(2, "DeclarationRejected", state="rejected"),
                happened(1, "DeclarationAccepted", state="accepted", of="b"),
            ],
            0.5,
            2,
        ),
        ("TF-06", [happened(1, "LaneAssigned", lane="green"), happened(2, "LaneAssigned", lane="red")], 1, 1),
        (
            "TF-07",
            [
                happened(1, "DocumentsReceived", role="trader"),
                happened(2, "DeclarationAmended", role="trader"),
                happened(5, "DutyAssessed", role="officer"),
            ],
            96,
            1,
        ),
        (
            "EN-04",
            [
                happened(1, "DocumentsReceived"),
                happened(2, "DocumentsReceived"),
                happened(3, "DeclarationAmended", role="officer"),
                happened(1, "DocumentsReceived", of="b"),
            ],
            0.5,
            2,
        ),
        (
            "OR-01",
            [
                happened(1, "ExaminationOrdered"),
                happened(2, "GoodsExamined"),
                happened(20, "ExaminationOrdered"),
                happened(21, "GoodsExamined"),
            ],
            24,
            2,
        ),
        ("OR-03", LANES, 0, 1),
        ("OR-03", [*LANES, happened(5, "LaneRerouted", role="supervisor", lane="blue")], 1, 1),
    ],
)
def test_a_formula_counts_what_it_says_once(tmp_path: Path, code: str, journal: list[Event], value: float, n: int) -> None:
    found = figure(stored(journal, tmp_path), code, start=date(2026, 3, 1), end=date(2026, 4, 1))
    assert (found.value, found.n) == (value if n else None, n)


@pytest.mark.parametrize(
    ("code", "journal", "value"), [("TFA-7.2", NOTHING_OWED + AT_THE_COUNTER, 0), ("TFA-7.3", PAID_AFTER_ALL, 0), ("TFA-7.3", SECURED, 1)]
)
def test_what_proves_a_measure_of_the_tfa_counts_no_more_than_it_says(
    tmp_path: Path, code: str, journal: list[Event], value: float
) -> None:
    indicator = TFA.named(code)
    assert indicator is not None
    assert evaluated(stored(journal, tmp_path).connect(), indicator, start=START, end=END).value == value


def test_the_journal_written_anew_from_what_the_store_keeps_gives_the_same_figures(store: EventStore, tmp_path: Path) -> None:
    kept = [msgspec.json.decode(row[0]) for row in store.connect().sql("SELECT document FROM event ORDER BY id").fetchall()]
    again = stored(kept, tmp_path)
    assert [figure(again, code) for code in MEASURED] == [figure(store, code) for code in MEASURED]


@pytest.mark.parametrize("code", MEASURED)
def test_the_events_behind_a_figure_make_it(store: EventStore, code: str) -> None:
    indicator = CUSTOMS.named(code)
    assert indicator is not None
    found = figure(store, code)
    counts = traced(store.connect(), indicator, start=START, end=END)["counts"].to_pylist()
    made = {"count": len, "total": sum, "share": lambda each: sum(each) / len(each), "median": median}[indicator.measure.value]
    assert found.n == len(counts)
    assert found.value == (pytest.approx(made(counts)) if counts or indicator.measure == "count" else None)


@pytest.mark.parametrize("code", MEASURED)
def test_each_event_stands_once_behind_a_figure(store: EventStore, code: str) -> None:
    indicator = CUSTOMS.named(code)
    assert indicator is not None
    places = traced(store.connect(), indicator, start=START, end=END)
    assert len(places) == len(places.group_by(["transaction", "id"]).aggregate([]))


@pytest.mark.parametrize("code", ["RV-02", "EN-03", "TF-06"])
def test_what_is_counted_over_two_periods_is_counted_over_both_together(store: EventStore, code: str) -> None:
    middle = date(2026, 5, 1)
    halves = figure(store, code, end=middle), figure(store, code, start=middle)
    assert sum(half.n for half in halves) == figure(store, code).n


def test_an_indicator_whose_source_is_missing_says_so_and_has_no_value(store: EventStore) -> None:
    found = figure(store, "TF-08")
    assert (found.value, found.quality, found.reason) == (None, Quality.NO_SOURCE, "the register of authorised economic operators")


def test_where_nothing_happened_there_is_no_share_and_a_count_of_none(store: EventStore) -> None:
    before = date(2020, 1, 1), date(2020, 2, 1)
    assert figure(store, "TF-01", start=before[0], end=before[1]).quality is Quality.NONE
    assert figure(store, "TF-01", start=before[0], end=before[1]).value is None
    assert figure(store, "EN-03", start=before[0], end=before[1]).value == 0


def test_a_share_comes_with_its_interval_and_a_status_against_its_target(store: EventStore) -> None:
    found = figure(store, "TF-01")
    assert found.value is not None
    assert found.interval is not None
    assert found.interval.low < found.value < found.interval.high
    assert found.status == "amber"


def test_speed_stands_beside_what_controls_find() -> None:
    pairs = {each.code: each.paired_with for each in CUSTOMS.indicators}
    assert pairs["TF-02"] == pairs["TF-03"] == pairs["TF-06"] == "EN-01"
    assert pairs["EN-01"] == "EN-02"


def test_the_set_covers_the_four_dimensions() -> None:
    assert len({each.dimension for each in CUSTOMS.indicators}) == 4


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"code": "TF-01", "paired_with": "ZZ-99"}, "paired with ZZ-99, which there is not"),
        ({"code": "TF-01", "missing_source": "the moon"}, "either the events or the source"),
        ({"code": "TF-01", "alarm": 0.9}, "better side of the target"),
        ({"code": "TF-02"}, "stands twice"),
        ({"baseline": 0.1}, "TF-01: the baseline has no day"),
        ({"baseline": 0.1, "baseline_on": date(2025, 12, 31)}, "TF-01: the baseline has no source"),
        ({"baseline": "nan", "baseline_on": date(2025, 12, 31), "baseline_source": "the yearly report"}, "cannot be read"),
        ({"baseline_source": "the yearly report"}, "TF-01: a day or a source of a baseline stands there, and no baseline"),
    ],
)
def test_a_set_that_does_not_hold_together_is_refused_with_every_fault(change: dict[str, Any], fault: str) -> None:
    text = (Path(__file__).resolve().parents[3] / "indicators" / "customs.toml").read_text("utf-8")
    first, rest = text.split('code = "TF-02"', 1)
    for name, value in change.items():
        said = f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
        kept = "\n".join(line for line in first.split("\n") if not line.startswith(f"{name} ="))
        first = kept.replace('owner = "clearance"', f'{said}\nowner = "clearance"', 1)
    with pytest.raises(UnreadableIndicatorsError, match=fault):
        read_indicators(first + 'code = "TF-02"' + rest)


def test_a_formula_that_cannot_be_run_is_told_with_its_indicator(store: EventStore) -> None:
    indicator = CUSTOMS.named("TF-01")
    assert indicator is not None
    with pytest.raises(FormulaError, match="formula of TF-01 cannot be run"):
        evaluated(store.connect(), msgspec.structs.replace(indicator, events="SELECT moon FROM event"), start=START, end=END)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [
        (0.2, 0.6, 0.3, 0.25),
        (24.0, 4.0, 19.0, 0.25),
        (0.2, 0.6, 0.1, -0.25),
        (0.2, 0.6, 0.8, 1.5),
        (0.6, 0.6, 0.6, None),
        (None, 0.6, 0.3, None),
    ],
)
def test_the_way_from_the_baseline_to_the_target_is_travelled_in_shares(
    baseline: float | None, target: float, value: float, share: float | None
) -> None:
    found = CUSTOMS.named("TF-01")
    assert found is not None
    told = msgspec.structs.replace(found, baseline=baseline, target=target).travelled(value)
    assert told == (None if share is None else pytest.approx(share))


def test_a_baseline_is_read_with_its_day_and_its_source() -> None:
    text = (Path(__file__).resolve().parents[3] / "indicators" / "customs.toml").read_text("utf-8")
    stated = 'baseline = 0.12\nbaseline_on = 2025-12-31\nbaseline_source = "the yearly report"\nowner = "clearance"'
    found = read_indicators(text.replace('owner = "clearance"', stated, 1)).named("TF-01")
    assert found is not None
    assert (found.baseline, found.baseline_on, found.baseline_source) == (0.12, date(2025, 12, 31), "the yearly report")
