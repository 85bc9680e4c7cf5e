"""What is told of a table betrays nobody in it: neither by itself, nor by its totals, nor beside what was told before."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse.research.disclosure import ANY, Policy, ReleaseLog, TooFineError, k_anonymous, release

POLICY = Policy(k=3, share=Decimal(1))
Rows = list[tuple[str, str, str, int]]


def table(rows: Rows, *, since: int = 0) -> pa.Table:
    """Records of (contributor, chapter, origin, value), named by their place."""
    return pa.table(
        {
            "unit": [f"d{place + since}" for place in range(len(rows))],
            "contributor": [row[0] for row in rows],
            "chapter": [row[1] for row in rows],
            "origin": [row[2] for row in rows],
            "value": pa.array([Decimal(row[3]) for row in rows], pa.decimal128(18, 2)),
        }
    )


records = st.tuples(st.sampled_from("abcde"), st.sampled_from(["02", "87"]), st.sampled_from(["CN", "IN", "JP"]), st.integers(1, 9))


def betrayed(log: ReleaseLog, k: int) -> list[set[str]]:
    """An attack that knows every published sum: the groups of fewer than k contributors whose records alone some combination touches."""
    units = sorted({unit for each in log.published for unit in each.units})
    rows = [[Fraction(unit in each.units) for unit in units] for each in log.published]
    found = []
    for size in range(1, k):
        for few in combinations(sorted({contributor for _, contributor in units}), size):
            outside = [place for place, (_, contributor) in enumerate(units) if contributor not in few]
            if rank([[row[place] for place in outside] for row in rows]) < rank(rows):
                found.append(set(few))
    return found


def rank(rows: list[list[Fraction]]) -> int:
    rows, done = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((place for place in range(done, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        for place in range(done + 1, len(rows)):
            share = rows[place][column] / rows[done][column]
            rows[place] = [one - share * other for one, other in zip(rows[place], rows[done], strict=True)]
        done += 1
    return done


@settings(max_examples=60, deadline=None)
@given(st.lists(records, max_size=12))
def test_no_total_of_a_table_tells_of_fewer_than_k_contributors(rows: Rows) -> None:
    assert betrayed(release(table(rows), ["chapter", "origin"], policy=POLICY, log=ReleaseLog()).log, POLICY.k) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(records, min_size=1, max_size=9), st.lists(records, max_size=3))
def test_no_difference_between_releases_tells_of_fewer_than_k_contributors(rows: Rows, more: Rows) -> None:
    log = release(table(rows), ["chapter"], policy=POLICY, log=ReleaseLog()).log
    log = release(table(rows + more), ["chapter"], policy=POLICY, log=log).log
    log = release(table(rows[1:] + more, since=1), ["origin"], policy=POLICY, log=log).log
    assert betrayed(log, POLICY.k) == []


def test_the_attack_finds_what_a_careless_release_tells() -> None:
    rows = [("a", "02", "CN", 1), ("b", "02", "CN", 1), ("c", "02", "CN", 1), ("d", "02", "CN", 5)]
    careless = [release(table(found), ["chapter"], policy=POLICY, log=ReleaseLog()).log.published for found in (rows[:3], rows)]
    assert {"d"} in betrayed(ReleaseLog((*careless[0], *careless[1])), 3)


def test_a_second_release_that_differs_by_one_trader_is_kept_back() -> None:
    rows = [("a", "02", "CN", 1), ("b", "02", "CN", 1), ("c", "02", "CN", 1), ("d", "02", "CN", 5)]
    first = release(table(rows[:3]), ["chapter"], policy=POLICY, log=ReleaseLog())
    second = release(table(rows), ["chapter"], policy=POLICY, log=first.log)
    assert [each.value for each in first.cells] == [Decimal(3), Decimal(3)]
    assert [each.value for each in second.cells] == [None, None]
    assert second.cells[0].reason == "something protected could be worked out from it"


def test_one_small_cell_takes_another_with_it() -> None:
    rows = [(who, chapter, "CN", 2) for chapter in ("02", "87") for who in "abcd"] + [("e", "95", "CN", 7)]
    told = {each.key: each.value for each in release(table(rows), ["chapter"], policy=POLICY, log=ReleaseLog()).cells}
    assert told["all",] == Decimal(23)
    assert told["95",] is None
    assert [told["02",], told["87",]].count(None) == 1


def test_the_same_table_is_told_again() -> None:
    rows = [(who, "02", "CN", 2) for who in "abcd"]
    first = release(table(rows), ["chapter"], policy=POLICY, log=ReleaseLog())
    assert release(table(rows), ["chapter"], policy=POLICY, log=first.log).cells == first.cells


def test_a_cell_that_one_contributor_dominates_is_kept_back_and_sums_are_rounded() -> None:
    rows = [("a", "02", "CN", 9_000), ("b", "02", "CN", 10), ("c", "02", "CN", 10), *((who, "87", "CN", 1_333) for who in "abc")]
    policy = Policy(k=3, largest=1, share=Decimal("0.8"), rounding_step=Decimal(1000))
    told = {each.key: each.value for each in release(table(rows), ["chapter"], policy=policy, log=ReleaseLog()).cells}
    assert (told["02",], told["87",]) == (None, None) or (told["02",], told["all",]) == (None, None)
    assert all(each is None or each % 1000 == 0 for each in told.values())


@given(st.lists(records, max_size=15), st.integers(1, 5))
def test_each_combination_in_a_k_anonymous_table_is_shared_by_k_records(rows: Rows, k: int) -> None:
    found = k_anonymous(table(rows), ["contributor", "origin"], k=k)
    shared = Counter(zip(found["contributor"].to_pylist(), found["origin"].to_pylist(), strict=True))
    assert all(count >= k for count in shared.values())
    assert len(found) in {0, len(rows)}
    originals = {(row[0], row[2]) for row in rows}
    assert set(shared) <= originals | {(ANY, ANY)}


def test_a_unit_stands_once() -> None:
    twice = pa.concat_tables([table([("a", "02", "CN", 1)])] * 2)
    with pytest.raises(ValueError, match="twice"):
        release(twice, ["chapter"], policy=POLICY, log=ReleaseLog())


def test_a_table_too_fine_to_be_looked_through_is_refused_and_not_released_unseen() -> None:
    pairs = [(f"{chapter}{who}", f"{chapter:03}", "CN", 2) for chapter in range(400) for who in "abc"]
    singles = [(f"s{chapter}", f"{chapter:03}", "IN", 2) for chapter in range(400)]
    with pytest.raises(TooFineError, match="too many to protect"):
        release(table(pairs + singles), ["chapter", "origin"], policy=POLICY, log=ReleaseLog())
