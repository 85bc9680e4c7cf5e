"""A reform over a history: what it changes and what it leaves, equal to the cent to the assessments of the single items."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.assessment import Law, batch
from customhouse.research import SUMS, Comparison, Elasticities, History, Outcome, Reform, UnreadableDraftError, drafted, summed
from customhouse.research.outcome import Change
from customhouse.spreadsheet import COMMANDS

DAY = date(2026, 11, 20)
SANDBOX = pipeline.load_country("sandbox").law
LOWER = drafted(SANDBOX, {"amending.csv": "commodity,area,kind,preference,rate\n61091000,1011,ICD,100,6 %\n"}, on=None)
HISTORY = next(History(SANDBOX, first_day=date(2026, 1, 1), seed=3).tables(3_000))
DIMENSIONS = ("chapter", "origin", "importer", "month", "commodity", "preference", "procedure")
SEEDS = st.integers(0, 2**32)
CENT = Decimal("0.01")


def outcome(draft: Law, history: pa.Table = HISTORY, elasticities: Elasticities | None = None) -> Outcome:
    reform = Reform(SANDBOX, draft, DAY, elasticities or Elasticities())
    comparison = Comparison(reform, history.schema)
    halves = (history.slice(0, len(history) // 2), history.slice(len(history) // 2))
    parts = pa.concat_tables([comparison.sums(each) for each in halves])
    return Outcome(summed(parts.to_reader()), currency="EUR")


def drawn(seed: int, items: int = 300) -> pa.Table:
    return next(History(SANDBOX, first_day=date(2026, 1, 1), seed=seed).tables(items))


def owed(law: Law, history: pa.Table) -> dict[int, Decimal | None]:
    """What each item owes by itself; nothing where a tax of it is undetermined."""
    found: dict[int, Decimal | None] = dict.fromkeys(range(len(history)), Decimal(0))
    assessor = batch.TableAssessor(law, history.schema, on=DAY)
    for place in range(len(history)):
        lines = assessor.assess(history.slice(place, 1))["payable"].to_pylist()
        found[place] = None if None in lines else sum(lines, Decimal(0))
    return found


def rate_of(chapter: str, percent: Decimal) -> Law:
    rows = [
        f"{each.id},{each.commodity},{each.area},ICD,{' '.join(each.preferences)},{percent} %"
        for each in SANDBOX.tariff.measures
        if each.kind == "ICD" and each.commodity.startswith(chapter) and each.area == "1011"
    ]
    return drafted(SANDBOX, {"amending.csv": "\n".join(["id,commodity,area,kind,preference,rate", *rows])}, on=None)


@settings(max_examples=3, deadline=None)
@given(SEEDS)
def test_the_law_in_force_against_itself_changes_nothing(seed: int) -> None:
    found = outcome(SANDBOX, drawn(seed), Elasticities(otherwise=Decimal(-2)))
    assert found.total.before == found.total.after > 0
    assert found.headline() == "Revenue does not change."
    assert not [each for dimension in DIMENSIONS for each in found.by(dimension) if each.difference]
    assert found.total.figure("value") == found.total.figure("value_after")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("100.00", "100.00", "Revenue does not change."),
        ("100.00", "102.25", "Revenue rises by 2.25 (+2.3 %)."),
        ("100.00", "97.75", "Revenue falls by 2.25 (-2.3 %)."),
        ("100000.00", "99999.00", "Revenue falls by 1.00 (less than 0.1 %)."),
        ("0", "5.00", "Revenue rises by 5.00 (nothing was owed before)."),
    ],
)
def test_what_happens_to_revenue_is_told_in_one_sentence(before: str, after: str, told: str) -> None:
    assert str(Change("", "", {"before": Decimal(before), "after": Decimal(after)}).headline(str)) == told


@pytest.mark.parametrize("command", COMMANDS)
def test_no_key_of_a_table_begins_a_formula(command: str) -> None:
    row = dict.fromkeys(SUMS.names, 0) | {"dimension": "importer", "key": f"{command}A", "tax": ""}
    table = Outcome(pa.Table.from_pylist([row], schema=SUMS), currency="EUR").table("importer")
    assert table["key"].to_pylist() == [f"'{command}A"]


@settings(max_examples=5, deadline=None)
@given(SEEDS, st.decimals(0, 60, places=2), st.sampled_from(["61", "85", "22", "87"]))
def test_the_parts_of_every_dimension_add_up_to_the_whole(seed: int, percent: Decimal, chapter: str) -> None:
    found = outcome(rate_of(chapter, percent), drawn(seed), Elasticities({"61": Decimal("-0.7")}, Decimal("-1.3")))
    for dimension in DIMENSIONS:
        keys = found.by(dimension)
        for name in found.total.figures:
            assert sum(each.figures[name] for each in keys) == found.total.figures[name], (dimension, name)
    for side in ("before", "after", "after_unanswered"):
        assert sum(each.figures[side] for each in found.by_tax()) == found.total.figures[side]


@settings(max_examples=4, deadline=None)
@given(SEEDS, st.decimals(0, 60, places=2))
def test_revenue_is_the_sum_of_single_assessments_of_what_can_be_told(seed: int, percent: Decimal) -> None:
    history, draft = drawn(seed, 80), rate_of("8", percent)
    before, after = owed(SANDBOX, history), owed(draft, history)
    told = [place for place in before if before[place] is not None and after[place] is not None]
    found = outcome(draft, history)
    assert found.total.before == sum(before[place] or 0 for place in told)
    assert found.total.after == sum(after[place] or 0 for place in told)
    assert found.total.figure("left_out") == len(history) - len(told)
    assert found.total.figure("undetermined_before") == sum(each is None for each in before.values())


def test_a_lower_rate_lowers_revenue_only_where_its_measure_applies() -> None:
    found = outcome(LOWER)
    changed = {each.key for each in found.by("commodity") if each.difference}
    assert changed == {"61091000"}
    assert all(each.difference <= 0 for dimension in DIMENSIONS for each in found.by(dimension))
    assert found.total.difference < 0
    assert {each.tax for each in found.by_tax() if each.difference} == {"ICD", "VAT"}
    assert found.losers("importer", 5) == []
    assert found.winners("importer", 5)[0].difference == min(each.difference for each in found.by("importer"))


def test_an_elasticity_of_zero_is_as_none() -> None:
    assert outcome(LOWER).sums == outcome(LOWER, elasticities=Elasticities({"61": Decimal(0)})).sums


@settings(max_examples=4, deadline=None)
@given(SEEDS, st.decimals(-5, 0, places=4), st.decimals(0, 200, places=2))
def test_imports_answer_by_the_elasticity_times_the_change_of_the_price(seed: int, elasticity: Decimal, percent: Decimal) -> None:
    history, draft = drawn(seed, 60), rate_of("61", percent)
    expected = Decimal(0)
    assessors = [batch.TableAssessor(law, history.schema, on=DAY) for law in (SANDBOX, draft)]
    for place in range(len(history)):
        item = history.slice(place, 1)
        lines = [each.assess(item)["payable"].to_pylist() for each in assessors]
        if None in lines[0] + lines[1]:
            continue
        before, after = (sum(each, Decimal(0)) for each in lines)
        price = item["value"].to_pylist()[0] + before
        answer = max(1 + Fraction(elasticity) * Fraction(after - before) / Fraction(price), Fraction(0)) if price else Fraction(1)
        for each in lines[1]:
            exact = Fraction(each) * answer * 100
            expected += Decimal((2 * exact.numerator + exact.denominator) // (2 * exact.denominator)) * CENT
    assert outcome(draft, history, Elasticities(otherwise=elasticity)).total.after == expected.quantize(CENT, ROUND_HALF_UP)


def test_what_a_preference_is_worth_is_what_would_be_owed_without_the_claim() -> None:
    item = pa.table(
        {
            "commodity": ["61091000"],
            "origin": ["BD"],
            "preference": ["200"],
            "documents": ["N865"],
            "value": pa.array([Decimal(1000)], pa.decimal128(18, 2)),
        }
    )
    with_claim = batch.assess_table(item, SANDBOX, on=DAY)
    without = batch.assess_table(item.drop_columns(["preference"]), SANDBOX, on=DAY)
    worth = pc.sum(without["payable"]).as_py() - pc.sum(with_claim["payable"]).as_py()
    assert worth > 0
    assert outcome(SANDBOX, item).total.figure("by_preference_before") == worth


def test_what_is_relieved_or_suspended_is_told_and_not_collected() -> None:
    item = {"commodity": ["61091000"] * 2, "origin": ["BD"] * 2, "procedure": ["4000", "5100"], "additional_codes": ["C20", ""]}
    found = outcome(LOWER, pa.table({**item, "value": pa.array([Decimal(1000)] * 2, pa.decimal128(18, 2))})).total
    assert (found.before, found.after) == (0, 0)
    assert (found.figure("relieved_before"), found.figure("relieved_after")) == (Decimal("270.00"), Decimal("210.00"))
    assert (found.figure("suspended_before"), found.figure("suspended_after")) == (Decimal("288.00"), Decimal("219.00"))


def test_an_item_that_one_law_cannot_assess_stays_out_of_both_sums_and_is_counted() -> None:
    unknown = drafted(SANDBOX, {"amending.csv": "commodity,area,kind,preference,rate\n61091000,1011,ICD,100,Entry Price\n"}, on=None)
    found = outcome(unknown)
    goods = next(each for each in found.by("commodity") if each.key == "61091000")
    assert goods.figure("left_out") == goods.figure("undetermined_after") > goods.figure("undetermined_before")
    assert not [each for each in found.by("commodity") if each.difference]
    assert any("Not in the sums" in each for each in found.remarks(answers=False))


def test_a_history_without_importers_and_days_is_compared_all_the_same() -> None:
    bare = HISTORY.drop_columns(["importer", "on", "preference", "procedure", "origin", "documents"])
    found = outcome(LOWER, bare)
    assert [(each.key, each.figure("items")) for each in found.by("month")] == [("2026-11", len(bare))]
    assert [each.key for each in found.by("importer")] == [""]


def test_the_same_seed_gives_the_same_history() -> None:
    assert drawn(9).equals(drawn(9))
    assert not drawn(9).equals(drawn(10))


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"other.csv": ""},
        {"amending.csv": "commodity,kind,rate\n"},
        {"measures.csv": "commodity,kind,rate,valid_from\n0101,ICD,5 %,x\n"},
        {"amending.csv": "x\n"},
    ],
)
def test_a_draft_that_cannot_be_read_is_refused(texts: dict[str, str]) -> None:
    with pytest.raises(UnreadableDraftError):
        drafted(SANDBOX, texts, on=None)
