"""Charts: each bar says what it stands for, reaches as far as its amount, and lets nothing of a label become markup."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse_server.desk.chart import Bar, bars, waterfall

AMOUNTS = st.decimals(-(10**9), 10**9, places=2)


def bar(amount: Decimal, label: str = "x") -> Bar:
    return Bar(label, amount, f"{amount:+,.2f}")


def drawn(svg: str) -> tuple[list[tuple[str, int, int]], list[str]]:
    """The rectangles, each with its class, start and width, and the texts."""
    tree = ET.fromstring(svg)  # noqa: S314 - drawn by us
    rectangles = [(str(each.get("class")), int(each.get("x", "")), int(each.get("width", ""))) for each in tree.iter("rect")]
    return rectangles, [each.text or "" for each in tree.iter("text")]


@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_bars_are_as_long_as_their_amounts_and_say_them(amounts: list[Decimal]) -> None:
    rectangles, texts = drawn(bars("title", [bar(each) for each in amounts]))
    assert texts[1::2] == [f"{each:+,.2f}" for each in amounts]
    most = max(abs(each) for each in amounts)
    for (tone, _, width), amount in zip(rectangles, amounts, strict=True):
        assert tone == ("less" if amount < 0 else "more")
        assert abs(width - rectangles[[abs(each) for each in amounts].index(most)][2] * (abs(amount) / most if most else 1)) <= 2


@given(AMOUNTS, st.lists(AMOUNTS, max_size=12))
def test_each_step_of_a_waterfall_begins_where_the_last_one_ended(start: Decimal, steps: list[Decimal]) -> None:
    end = start + sum(steps, Decimal(0))
    rectangles, texts = drawn(waterfall("title", bar(start, "before"), [bar(each) for each in steps], bar(end, "after")))
    assert (texts[0], texts[-2]) == ("before", "after")
    assert len(rectangles) == len(steps) + 2
    here = rectangles[0][1] + rectangles[0][2]
    for (_, left, width), step in zip(rectangles[1:-1], steps, strict=True):
        begins, ends = (left + width, left) if step < 0 else (left, left + width)
        assert abs(begins - here) <= 2
        here = ends


def test_a_waterfall_whose_steps_do_not_add_up_is_our_mistake() -> None:
    with pytest.raises(AssertionError):
        waterfall("title", bar(Decimal(1)), [bar(Decimal(1))], bar(Decimal(3)))


def test_a_label_never_becomes_markup_and_a_chart_has_no_style_of_its_own() -> None:
    svg = bars('"><script>', [bar(Decimal(1), "<b onload=x>")])
    assert "<script>" not in svg
    assert "<b " not in svg
    assert not re.search(r"style=|fill=|<style", svg)
