"""Chart: bars drawn as SVG on the server, with a title that says the finding, direct labels, and the figures as a table beside them.

Colours are those of the style sheet, by class alone, so that a chart is read in the dark and on paper; nothing in it is a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH, _ROW, _BAR = 480, 30, 18
_LABEL, _FIGURE = 90, 132
_ROOM = _WIDTH - _LABEL - 2 * _FIGURE


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, how much it is, and how that is written."""

    label: str
    amount: Decimal
    told: str


def bars(title: str, rows: Sequence[Bar]) -> SafeString:
    """Bars from one line on: to the right what is more than nothing, to the left what is less, each with its figure at its end."""
    scale = _Scale.of([Decimal(0), *(row.amount for row in rows)])
    drawn = [_Drawn(row, scale.place(Decimal(0)), scale.place(row.amount), place) for place, row in enumerate(rows)]
    return _framed(title, drawn)


def waterfall(title: str, start: Bar, steps: Sequence[Bar], end: Bar) -> SafeString:
    """How one amount becomes another: where it starts, a step a row from where the last one ended, and where it ends."""
    levels = [start.amount]
    for step in steps:
        levels.append(levels[-1] + step.amount)
    assert levels[-1] == end.amount, "the steps of a waterfall lead from its start to its end"
    spread = max(levels) - min(levels)
    scale = _Scale.of([*levels, min(levels) - spread / 4])
    foot = scale.place(scale.least)
    drawn = [_Drawn(start, foot, scale.place(start.amount), 0)]
    drawn += [_Drawn(step, scale.place(levels[place]), scale.place(levels[place + 1]), place + 1) for place, step in enumerate(steps)]
    return _framed(title, [*drawn, _Drawn(end, foot, scale.place(end.amount), len(steps) + 1)])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where amounts lie between the least and the most, in units of the drawing."""

    least: Decimal
    most: Decimal

    @classmethod
    def of(cls, amounts: Sequence[Decimal]) -> "_Scale":
        return cls(min(amounts), max(amounts))

    def place(self, amount: Decimal) -> int:
        spread = self.most - self.least
        return _LABEL + _FIGURE + (int((amount - self.least) * _ROOM / spread) if spread else 0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One bar in its place."""

    bar: Bar
    start: int
    end: int
    row: int

    @property
    def svg(self) -> SafeString:
        is_less = self.end < self.start
        tone = "less" if self.bar.amount < 0 else "more"
        top = self.row * _ROW + (_ROW - _BAR) // 2
        base = self.row * _ROW + _ROW // 2 + 4
        figure, anchor = (self.end - 6, "end") if is_less else (self.end + 6, "start")
        return format_html(
            '<text x="{}" y="{}" text-anchor="end">{}</text><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
            '<text x="{}" y="{}" text-anchor="{}">{}</text>',
            *(_LABEL - 8, base, self.bar.label, tone, min(self.start, self.end), top, max(abs(self.end - self.start), 1), _BAR),
            *(figure, base, anchor, self.bar.told),
        )


def _framed(title: str, drawn: Sequence[_Drawn]) -> SafeString:
    inside = format_html_join("", "{}", ((each.svg,) for each in drawn))
    box = f"0 0 {_WIDTH} {max(len(drawn), 1) * _ROW}"
    return format_html('<svg class="chart" viewBox="{}" role="img" aria-label="{}">{}</svg>', box, title, inside)
