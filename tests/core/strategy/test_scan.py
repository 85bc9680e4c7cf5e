"""The environmental scan: editions, their difference in words, and the summary that its items write."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.strategy import read_plan, scan

ROOT = Path(__file__).resolve().parents[3]
FIRST = scan.read_edition((ROOT / "scans/wco-2016.toml").read_text("utf-8"))
ON = date(2017, 1, 1)
ITEM = scan.Item(number="TE1", category=scan.Category.TECHNOLOGICAL, statement="Ledgers are shared", probability=2, impact=4)


def edition(*items: scan.Item) -> scan.Edition:
    return scan.Edition(name="e", title="Scan", published_on=ON, items=items)


def test_the_first_edition_is_that_of_the_plan_and_each_item_bears_on_its_activities() -> None:
    plan = read_plan((ROOT / "plans/wco-2016-2019.toml").read_text("utf-8"))
    assert len(FIRST.items) == 16
    assert scan.unlinked(FIRST, plan) == ()
    assert {each.score for each in FIRST.items} == {None}  # the plan rates nothing


def test_a_link_to_no_activity_and_an_item_without_a_link_are_told() -> None:
    plan = read_plan((ROOT / "plans/wco-2016-2019.toml").read_text("utf-8"))
    stray = msgspec.structs.replace(ITEM, number="X1", activities=("9.9",))
    assert [each.split()[0] for each in scan.unlinked(edition(ITEM, stray), plan)] == ["TE1", "X1"]


def test_a_change_is_told_in_words() -> None:
    graver = msgspec.structs.replace(ITEM, impact=5, owner="research unit")
    told = scan.difference(edition(ITEM), edition(graver, msgspec.structs.replace(ITEM, number="TE2")))
    assert tuple(map(str, told)) == (
        "TE1: impact was 4, and is 5",
        'TE1: owner was not said, and is "research unit"',
        "TE1: it weighs more (8 before, 10 now)",
        "TE2 is new: Ledgers are shared",
    )


def test_the_summary_is_written_from_the_items_heaviest_first() -> None:
    lighter = msgspec.structs.replace(ITEM, number="TE0", statement="Paper lingers", impact=1, review_on=ON, activities=("5.1",))
    told = [str(each) for each in scan.summary(edition(lighter, ITEM), on=ON)]
    assert told[0] == "Scan: 2 items, 2 of them rated."
    assert told[1].startswith("Heaviest: Ledgers are shared (8 of 25)")
    assert "Activities concerned: 5.1 (1 item)." in told
    assert f"Due for review on {ON}: TE0." in told


def test_every_item_stands_in_the_summary() -> None:
    told = " ".join(map(str, scan.summary(FIRST, on=ON)))
    assert not [each.number for each in FIRST.items if each.statement not in told]


items = st.builds(
    scan.Item,
    number=st.sampled_from(["A1", "B2", "C3"]),
    category=st.sampled_from(scan.Category),
    statement=st.sampled_from(["One", "Two"]),
    probability=st.none() | st.integers(1, 5),
    impact=st.none() | st.integers(1, 5),
)
editions = st.lists(items, unique_by=lambda each: each.number).map(lambda found: edition(*found))


@given(editions, editions)
def test_there_is_no_difference_only_between_equals(first: scan.Edition, second: scan.Edition) -> None:
    same = {each.number: each for each in first.items} == {each.number: each for each in second.items}
    assert (scan.difference(first, second) == ()) is same


@given(editions)
def test_an_edition_keeps_its_seal_when_it_is_written_and_read(found: scan.Edition) -> None:
    assert msgspec.json.decode(msgspec.json.encode(found), type=scan.Edition).seal == found.seal


@pytest.mark.parametrize(
    "text",
    [
        "x = ",
        'name = "a"',
        "name='a'\ntitle='b'\npublished_on=2016-07-01\n[[items]]\nnumber='1'\ncategory='legal'\nstatement='s'\nimpact=6",
    ],
)
def test_what_is_no_scan_is_refused(text: str) -> None:
    with pytest.raises(scan.UnreadableScanError):
        scan.read_edition(text)


def test_a_number_stands_once() -> None:
    item = "[[items]]\nnumber='1'\ncategory='legal'\nstatement='s'\n"
    with pytest.raises(scan.UnreadableScanError, match="twice: 1"):
        scan.read_edition(f"name='a'\ntitle='b'\npublished_on=2016-07-01\n{item}{item}")
