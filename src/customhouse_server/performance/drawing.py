"""Drawing: figures and times as SVG, drawn on the server: labelled in place, readable in print, and in the dark by the style sheet.

Every drawing carries its colours for paper in itself; on a page the classes `mark`, `soft`, `faint`, `aim` and `text` take those of the
theme. Texts come in as they are to be read; a drawing adds no words of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10
from textwrap import shorten

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_WIDTH = 400.0
_LEFT = 48.0
_LONGEST_LABEL = 56
_INK, _ACCENT, _LINE, _AIM = "#16202a", "#0b5c8a", "#d3dae1", "#a11d1d"


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series with its interval, under its label; nothing where there is no value."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A distribution: 8 in 10 lie between `least` and `most`, half between the quartiles; the interval is that of the median."""

    label: str
    told: str
    least: float
    lower: float
    median: float
    upper: float
    most: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A length with what is told of it, and the whole that it is a part of, if it is."""

    label: str
    told: str
    value: float
    whole: float | None = None


def sparkline(values: Sequence[float | None], title: str) -> SafeString:
    """A small line of values, the last of them marked."""
    known = [each for each in values if each is not None]
    if not known:
        return mark_safe("")
    least, spread = min(known), (max(known) - min(known)) or 1.0
    step = 112.0 / max(1, len(values) - 1)
    places = [None if each is None else (4 + step * at, 26 - 22 * (each - least) / spread) for at, each in enumerate(values)]
    last = next(each for each in reversed(places) if each is not None)
    return _svg(120, 30, title, [_path(places), _dot(*last)], kind="spark")


def series(points: Sequence[Point], title: str, *, target: float | None, told_target: str, told: Callable[[float], str]) -> SafeString:
    """Values over time with their intervals, and the target as a line."""
    shown = [each for point in points for each in (point.value, point.low, point.high) if each is not None]
    if not shown:
        return mark_safe("")
    axis = _Axis.over([*shown, *([] if target is None else [target])], top=20.0, bottom=190.0)
    step = (_WIDTH - 80) / max(1, len(points) - 1)
    parts = list(axis.lines(told))
    if target is not None:
        parts.append(_line(_LEFT, axis.place(target), _WIDTH, axis.place(target), colour=_AIM, kind="aim", dashed=True))
        parts.append(_text(_WIDTH - 2, axis.place(target) - 5, told_target, anchor="end"))
    parts.append(_path([None if each.value is None else (60 + step * at, axis.place(each.value)) for at, each in enumerate(points)]))
    for at, each in enumerate(points):
        x = 60 + step * at
        if each.low is not None and each.high is not None:
            parts.append(_line(x, axis.place(each.low), x, axis.place(each.high), colour=_ACCENT, kind="mark", width=1.5))
        if each.value is not None:
            parts.append(_dot(x, axis.place(each.value)))
        if at % max(1, len(points) // 4) == 0:
            parts.append(_text(x, 210, each.label, anchor="middle"))
    return _svg(_WIDTH, 220, title, parts)


def boxes(rows: Sequence[Box], title: str) -> SafeString:
    """Distributions one below the other, on one scale that begins at nothing."""
    longest = max((each.most for each in rows), default=0.0) or 1.0
    parts: list[str] = []
    for at, each in enumerate(rows):
        y = 40.0 * at
        scale = (_WIDTH - 8) / longest
        parts.append(_text(0, y + 13, each.label))
        parts.append(_text(_WIDTH, y + 13, each.told, anchor="end"))
        parts.append(_line(each.least * scale, y + 26, each.most * scale, y + 26, colour=_LINE, kind="faint", width=3))
        parts.append(_rect(each.lower * scale, y + 20, (each.upper - each.lower) * scale, 12, kind="soft", opacity=0.35))
        low, high = (place * scale for place in each.interval)
        parts.append(_rect(low, y + 22, max(2.0, high - low), 8, kind="mark"))
        parts.append(_line(each.median * scale, y + 18, each.median * scale, y + 34, colour=_INK, kind="median", width=2))
    return _svg(_WIDTH, 40.0 * len(rows) + 4, title, parts)


def shares(rows: Sequence[Bar], title: str) -> SafeString:
    """Parts of one whole as one bar, each named below its place."""
    whole = sum(each.value for each in rows) or 1.0
    parts: list[str] = []
    left = 0.0
    for at, each in enumerate(rows):
        width = _WIDTH * each.value / whole
        middle, y = left + width / 2, 58.0 + 19 * at
        parts.append(_rect(left, 0, max(1.0, width - 2), 32, kind="mark", opacity=1 - 0.75 * at / max(1, len(rows))))
        parts.append(_line(middle, 32, middle, y - 10, colour=_LINE, kind="faint", width=1))
        is_left = middle < _WIDTH / 2
        parts.append(
            _text(
                min(max(0.0, middle + (-3 if is_left else 3)), _WIDTH),
                y,
                f"{each.label}: {each.told}",
                anchor="start" if is_left else "end",
            )
        )
        left += width
    return _svg(_WIDTH, 60.0 + 19 * len(rows), title, parts)


def bars(rows: Sequence[Bar], title: str) -> SafeString:
    """Lengths one below the other; what is part of a whole of its own is as long as its share of it, and the rest is faint."""
    longest = max((each.value for each in rows), default=0.0) or 1.0
    parts = [
        part
        for at, each in enumerate(rows)
        for part in (
            _text(0, 54.0 * at + 13, shorten(each.label, _LONGEST_LABEL, placeholder="\N{HORIZONTAL ELLIPSIS}")),
            *([_rect(0, 54.0 * at + 18, _WIDTH, 10, kind="soft", opacity=0.2)] if each.whole else []),
            _rect(0, 54.0 * at + 18, _length(each, longest), 10, kind="mark"),
            _text(0, 54.0 * at + 42, each.told),
        )
    ]
    return _svg(_WIDTH, 54.0 * len(rows) + 4, title, parts)


def _length(bar: Bar, longest: float) -> float:
    """How far a bar reaches: never beyond its whole, and what is more than nothing can be seen."""
    return max(2.0 if bar.value else 0.0, _WIDTH * min(1.0, bar.value / (bar.whole or longest)))


def curve(points: Sequence[Point], title: str, *, ticks: Sequence[tuple[float, str]]) -> SafeString:
    """A share that grows from nothing to one in steps, within its band; each point lies evenly along `label`, a number as text."""
    longest = max((float(each.label) for each in points), default=0.0) or 1.0
    axis = _Axis(0.0, 1.0, top=10.0, bottom=180.0)

    def x(value: float) -> float:
        return 48 + (_WIDTH - 60) * value / longest

    steps, lows, highs = [(x(0), axis.place(0))], [(x(0), axis.place(0))], [(x(0), axis.place(0))]
    for each in points:
        for line, value in ((steps, each.value), (lows, each.low), (highs, each.high)):
            line += [(x(float(each.label)), line[-1][1]), (x(float(each.label)), axis.place(value or 0.0))]
    band = " ".join(f"{across:.1f},{down:.1f}" for across, down in [*lows, *reversed(highs)])
    parts = list(axis.lines(lambda share: f"{share * 100:.0f} %"))
    parts.append(f'<polygon class="soft" points="{band}" fill="{_ACCENT}" fill-opacity="0.25"/>')
    parts.append(_path(steps))
    parts += [_text(min(x(at), _WIDTH - 28), 200, told, anchor="middle") for at, told in ticks if at <= longest]
    return _svg(_WIDTH, 206, title, parts)


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scale from below upwards, with lines at round numbers."""

    least: float
    most: float
    top: float
    bottom: float

    @classmethod
    def over(cls, values: Sequence[float], *, top: float, bottom: float) -> "_Axis":
        least, most = min(values), max(values)
        room = (most - least) * 0.08 or abs(most) * 0.1 or 1.0
        return cls(max(0.0, least - room) if least >= 0 else least - room, most + room, top, bottom)

    def place(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.least) / (self.most - self.least)

    def lines(self, told: Callable[[float], str]) -> Iterable[str]:
        step = _round_step((self.most - self.least) / 3)
        at = (floor(self.least / step) + 1) * step if self.least else 0.0
        while at <= self.most + step / 1e6:
            yield _line(_LEFT, self.place(at), _WIDTH, self.place(at), colour=_LINE, kind="faint", width=1)
            yield _text(_LEFT - 6, self.place(at) + 4, told(at), anchor="end")
            at += step


def _round_step(rough: float) -> float:
    size = 10.0 ** floor(log10(rough))
    return next(size * each for each in (1, 2, 5, 10) if rough <= size * each * (1 + 1e-9))


def _svg(width: float, height: float, title: str, parts: Iterable[str], *, kind: str = "chart") -> SafeString:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {width:.0f} {height:.0f}" '
    size = f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{escape(title)}" font-family="sans-serif">'
    return mark_safe(head + size + "".join(parts) + "</svg>")  # noqa: S308 - every text in it is escaped


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text class="text" x="{x:.1f}" y="{y:.1f}" font-size="13" fill="{_INK}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, *, colour: str, kind: str, width: float = 1, dashed: bool = False) -> str:  # noqa: PLR0913 - a line
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line class="{kind}" {ends} stroke="{colour}" stroke-width="{width}"{dashes}/>'


def _rect(x: float, y: float, width: float, height: float, *, kind: str, opacity: float = 1.0) -> str:  # noqa: PLR0913 - a rectangle
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{kind}" {size} fill="{_ACCENT}" fill-opacity="{opacity:.2f}"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_ACCENT}"/>'


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """A line through the places, broken where there is none."""
    text, pen = "", "M"
    for each in places:
        text += "" if each is None else f"{pen}{each[0]:.1f} {each[1]:.1f}"
        pen = "M" if each is None else "L"
    return f'<path class="line" d="{text}" fill="none" stroke="{_ACCENT}" stroke-width="2"/>'
