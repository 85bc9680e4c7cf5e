"""Drawings: whole as XML whatever they are given, and nothing beyond the frame."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from customhouse_server.performance.drawing import Bar, Box, Point, bars, boxes, curve, series, shares, sparkline

amounts = st.floats(min_value=-1e9, max_value=1e9)
lengths = st.floats(min_value=0, max_value=1e9)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20)


def drawn(svg: str) -> etree._Element:
    """The drawing as XML, with every place in it within the frame."""
    found = etree.fromstring(svg)
    width, height = (float(found.get(name, "")) for name in ("width", "height"))
    for element in found:
        for name, most in (
            ("x", width),
            ("cx", width),
            ("x1", width),
            ("x2", width),
            ("y", height),
            ("cy", height),
            ("y1", height),
            ("y2", height),
        ):
            assert -0.11 <= float(element.get(name, "0")) <= most + 0.11, etree.tostring(element)
    return found


@given(st.lists(st.one_of(st.none(), amounts), max_size=12), words)
def test_a_small_line_marks_the_last_value_there_is(values: list[float | None], title: str) -> None:
    svg = sparkline(values, title)
    if any(each is not None for each in values):
        found = drawn(svg)
        assert found.get("aria-label") == title
        assert len(found.findall("{*}circle")) == 1
    else:
        assert svg == ""


@given(st.lists(st.tuples(st.one_of(st.none(), amounts), lengths, lengths), max_size=12), st.one_of(st.none(), amounts), words)
def test_a_series_shows_each_value_within_its_interval(
    rows: list[tuple[float | None, float, float]], target: float | None, label: str
) -> None:
    points = [
        Point(label, value, None if value is None else value - low, None if value is None else value + high) for value, low, high in rows
    ]
    svg = series(points, label, target=target, told_target=label, told=str)
    known = [each for each in points if each.value is not None]
    assert len(drawn(svg).findall("{*}circle")) == len(known) if known else svg == ""


@given(st.lists(st.tuples(words, st.lists(lengths, min_size=7, max_size=7)), max_size=6))
def test_a_box_stays_within_the_longest_time(rows: list[tuple[str, list[float]]]) -> None:
    given_boxes = [
        Box(label, label, least, lower, median, upper, most, (low, high))
        for label, times in rows
        for least, lower, low, median, high, upper, most in [sorted(times)]
    ]
    texts = drawn(boxes(given_boxes, "times")).findall("{*}text")
    assert len(texts) == 2 * len(rows)


@given(st.lists(st.tuples(words, lengths), min_size=1, max_size=6))
def test_parts_and_bars_name_each_of_theirs(rows: list[tuple[str, float]]) -> None:
    given_bars = [Bar(label, "told", value) for label, value in rows]
    assert len(drawn(shares(given_bars, "whole")).findall("{*}text")) == len(rows)
    assert len(drawn(bars(given_bars, "bars")).findall("{*}rect")) == len(rows)


@given(st.lists(st.tuples(st.floats(0.01, 50), st.floats(0, 1)), min_size=1, max_size=20))
def test_a_curve_of_release_is_a_line_within_its_band(steps: list[tuple[float, float]]) -> None:
    times = accumulate(time for time, _ in steps)
    shares_released = sorted(share for _, share in steps)
    points = [
        Point(f"{time:.4f}", share, max(0.0, share - 0.1), min(1.0, share + 0.1))
        for time, share in zip(times, shares_released, strict=True)
    ]
    found = drawn(curve(points, "release", ticks=[(0, "0 h"), (24, "24 h")]))
    assert len(found.findall("{*}polygon")) == len(found.findall("{*}path")) == 1


@pytest.mark.parametrize("draw", [boxes, shares, bars])
def test_nothing_to_draw_is_an_empty_drawing(draw: object) -> None:
    assert callable(draw)
    assert len(drawn(draw([], "nothing"))) == 0
