"""Perception survey: no group of fewer than k can be worked out, whatever is subtracted from whatever."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse.development import integrity
from customhouse.development.integrity.perception import Survey, Tally, changes, results, sampled, scores

SURVEY = integrity.perception.read_survey((Path(__file__).resolve().parents[3] / "integrity" / "perception.toml").read_text("utf-8"))
K = 10
Cell = tuple[str, ...]

counts_of_cells = st.dictionaries(
    st.tuples(st.sampled_from(["officer", "trader", "agent"]), st.sampled_from(["A", "B", "C"])), st.integers(0, 25), min_size=1, max_size=7
)


def rows(cells: list[Cell], leaves: list[Cell]) -> np.ndarray:
    """Each told cell as the set of leaves that it adds up."""
    return np.array([[leaf[: len(cell)] == cell for leaf in leaves] for cell in cells], dtype=float).reshape(len(cells), len(leaves))


def worked_out(told: list[Cell], counts: dict[Cell, int]) -> list[int]:
    """How many people stand behind each group of leaves that some sum and difference of told cells gives."""
    leaves = [leaf for leaf, count in counts.items() if count]
    known = rows(told, leaves)
    rank = np.linalg.matrix_rank(known) if len(told) else 0
    found = []
    for choice in product((0.0, 1.0), repeat=len(leaves)):
        group = np.array(choice)
        if group.any() and len(told) and np.linalg.matrix_rank(np.vstack([known, group])) == rank:
            found.append(sum(counts[leaf] for leaf, chosen in zip(leaves, choice, strict=True) if chosen))
    return found


@settings(deadline=None)
@given(counts_of_cells)
def test_no_sum_or_difference_of_what_is_told_gives_fewer_than_k_people(counts: dict[Cell, int]) -> None:
    told = sorted(integrity.disclosure.disclosed(counts, k=K))
    assert all(people >= K for people in worked_out(told, counts))


@given(counts_of_cells)
def test_a_told_cell_and_its_complement_have_k_answers_or_the_complement_is_empty(counts: dict[Cell, int]) -> None:
    for cell in integrity.disclosure.disclosed(counts, k=K):
        own = sum(count for leaf, count in counts.items() if leaf[: len(cell)] == cell)
        rest = sum(count for leaf, count in counts.items() if leaf[: len(cell) - 1] == cell[:-1]) - own if cell else 0
        assert own >= K
        assert rest == 0 or rest >= K


def test_subtraction_would_work_if_only_the_small_cell_were_hidden() -> None:
    counts = {("officer", "A"): 30, ("officer", "B"): 20, ("officer", "C"): 3}
    naive = [(), ("officer",), ("officer", "A"), ("officer", "B")]
    assert 3 in worked_out(naive, counts)
    assert integrity.disclosure.disclosed(counts, k=K) == {(), ("officer",), ("officer", "A")}


def test_below_a_hidden_group_nothing_is_told() -> None:
    counts = {("officer", "A"): 40, ("trader", "A"): 15, ("trader", "B"): 12, ("agent", "A"): 2}
    assert integrity.disclosure.disclosed(counts, k=K) == {(), ("officer",), ("officer", "A")}


def tallied(answers: list[tuple[Cell, dict[str, int]]]) -> dict[Cell, Tally]:
    tallies: dict[Cell, Tally] = {}
    for cell, levels in answers:
        for factor, score in scores(SURVEY, cell[0], levels=levels).items():
            tally = tallies.setdefault(cell, {}).setdefault(factor, {})
            tally[score] = tally.get(score, 0) + 1
    return tallies


waves = st.lists(
    st.tuples(
        st.tuples(st.sampled_from(["officer", "trader"]), st.sampled_from(["A", "B", "C"])),
        st.fixed_dictionaries({"PS-011": st.integers(1, 5), "PS-012": st.integers(1, 5)}),
    ),
    max_size=90,
)


@settings(deadline=None, max_examples=60)
@given(waves, waves)
def test_two_waves_with_their_changes_give_no_group_of_fewer_than_k(
    first: list[tuple[Cell, dict]], second: list[tuple[Cell, dict]]
) -> None:
    told = []
    counts: dict[Cell, int] = {}
    found = []
    for wave, answers in (("1", first), ("2", second)):
        tallies = tallied(answers)
        found.append(results(SURVEY, tallies))
        counts |= {(wave, *leaf): sum(tally["1"].values()) for leaf, tally in tallies.items()}
        told += [(wave, *each.cell) for each in found[-1] if each.factor == 1 and not each.is_hidden]
    told_twice = {cell[1:] for cell in told if cell[0] == "1"} & {cell[1:] for cell in told if cell[0] == "2"}
    assert {each.cell for each in changes(found[1], found[0])} <= told_twice
    assert all(people >= K for people in worked_out(told, counts))


def test_a_statement_against_integrity_counts_the_other_way() -> None:
    assert scores(SURVEY, "officer", levels={"PS-011": 5, "PS-012": 1}) == {"1": "5"}
    assert scores(SURVEY, "officer", levels={"PS-011": 4, "PS-012": 4}) == {"1": "3"}
    assert scores(SURVEY, "officer", levels={"PS-011": 4, "PS-012": 3}) == {"1": "7/2"}


@pytest.mark.parametrize("levels", [{}, {"PS-022": 3}, {"PS-011": 0}, {"PS-011": 6}, {"nothing": 1}])
def test_answers_to_what_was_not_asked_are_refused(levels: dict[str, int]) -> None:
    with pytest.raises(integrity.perception.UnfitAnswerError):
        scores(SURVEY, "officer", levels=levels)


def test_a_result_is_the_mean_of_people_with_an_interval_around_it() -> None:
    answers: list[tuple[Cell, dict[str, int]]] = [(("officer", "A"), {"PS-011": level}) for level in [2] * 10 + [4] * 10]
    whole = next(each for each in results(SURVEY, tallied(answers)) if each.cell == () and each.factor == 1)
    assert (whole.n, whole.mean) == (20, 3.0)
    assert whole.low == pytest.approx(3 - 1.959964 * (20 / 19 / 20) ** 0.5)
    assert whole.high == pytest.approx(3 + 1.959964 * (20 / 19 / 20) ** 0.5)


def test_a_hidden_cell_tells_not_even_how_many_answered() -> None:
    answers: list[tuple[Cell, dict[str, int]]] = [(("officer", "A"), {"PS-011": 2})] * 12 + [(("trader", "A"), {"PS-011": 2})] * 3
    hidden = [each for each in results(SURVEY, tallied(answers)) if each.factor == 1 and each.is_hidden]
    assert {each.cell for each in hidden} == {("officer",), ("officer", "A"), ("trader",), ("trader", "A")}
    assert all(msgspec.to_builtins(each)["n"] is None for each in hidden)


def test_a_change_between_waves_is_clear_where_its_interval_leaves_out_zero() -> None:
    low, high = ([(("officer", "A"), {"PS-011": level}) for level in [base] * 20 + [base + 1] * 20] for base in (2, 4))
    (change,) = [each for each in changes(results(SURVEY, tallied(high)), results(SURVEY, tallied(low))) if each.cell == ()]
    assert change.by == 2.0
    assert change.is_clear


@given(st.dictionaries(st.text("ab", max_size=2), st.sets(st.integers(0, 50).map(str), min_size=1), min_size=1), st.integers(1, 10))
def test_a_sample_takes_the_share_of_every_stratum_and_is_the_same_for_the_same_seed(people: dict[str, set[str]], tenths: int) -> None:
    drawn = sampled(people, share=Fraction(tenths, 10), seed="s")
    assert drawn == sampled(people, share=Fraction(tenths, 10), seed="s")
    for stratum, names in people.items():
        assert set(drawn[stratum]) <= names
        assert len(drawn[stratum]) == -(-len(names) * tenths // 10)


def test_every_factor_has_a_statement_for_officers_and_one_for_traders() -> None:
    for group in SURVEY.groups:
        assert {each.factor for each in SURVEY.asked_of(group)} == set(range(1, 11))


def test_a_survey_with_a_crowd_of_one_is_refused() -> None:
    text = 'name="x"\nk=1\ngroups=[]\nstatements=[]'
    with pytest.raises(integrity.perception.UnreadableSurveyError, match="2 at least"):
        integrity.perception.read_survey(text)


def test_the_survey_is_a_document_that_can_be_sent() -> None:
    assert msgspec.json.decode(msgspec.json.encode(SURVEY), type=Survey) == SURVEY
