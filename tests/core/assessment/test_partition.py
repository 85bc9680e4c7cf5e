"""Items assessed in partitions, and on days of their own, come to the same lines as in one table."""

import pickle
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.assessment import batch
from customhouse.research import History

DAY = date(2026, 11, 20)
LAW = pipeline.load_country("sandbox").law
HISTORY = next(History(LAW, first_day=date(2026, 1, 1), seed=5).tables(1_000))


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(10)), st.integers(20, 70))
def test_each_line_keeps_the_id_of_its_item_whatever_the_partitions(order: list[int], size: int) -> None:
    whole = batch.assess_table(HISTORY, LAW, on=DAY).cast(batch.PLAIN_SCHEMA).to_pylist()
    numbered = HISTORY.append_column("item", pa.array(range(len(HISTORY)), pa.int64()))
    assessor = pickle.loads(pickle.dumps(batch.partition_assessor(LAW, numbered.schema, on=DAY)))  # noqa: S301 - our own
    lines = [
        line
        for partition in order
        for found in assessor(numbered.slice(partition * 100, 100).to_batches(max_chunksize=size))
        for line in found.to_pylist()
    ]
    assert sorted(lines, key=lambda line: line["item"]) == whole


def test_items_of_a_partition_need_an_id() -> None:
    with pytest.raises(batch.MissingColumnError):
        batch.partition_assessor(LAW, HISTORY.schema, on=DAY)


def test_days_that_the_law_does_not_tell_apart_are_assessed_as_each_alone() -> None:
    together = batch.assess_table(HISTORY, LAW, on=DAY).to_pylist()
    without = HISTORY.drop_columns(["on"])
    singly = []
    for day in sorted(set(HISTORY["on"].to_pylist())):
        places = [place for place, each in enumerate(HISTORY["on"].to_pylist()) if each == day]
        lines = batch.TableAssessor(LAW, without.schema, on=day).assess(without.take(places), first=places[0])
        singly += lines.to_pylist()
    assert together == singly
