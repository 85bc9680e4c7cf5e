"""Heat map: what many rows and columns hold, drawn the deeper the more; the figure stands in every cell.

On a page the style sheet colours it; the colours that it names itself are for paper, where there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_LETTER, _ROW, _HEAD = 7, 30, 28
_DEEPEST = 32
"""How deep the fullest cell is, in percent: light enough for its figure to be read on it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, what stands behind it, and how full it is, from 0 to 100."""

    told: str
    behind: str
    percent: int


def heat_map(title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> SafeString:
    """The drawing; every row has a cell for each head."""
    label = _LETTER * max((len(name) for name, _ in rows), default=0) + 12
    column = max(58, 9 * max((len(cell.told) for _, cells in rows for cell in cells), default=0) + 12)
    middle = [label + column * place + column // 2 - 1 for place in range(len(heads))]
    cells = [
        (
            *(label + column * place, _HEAD + _ROW * line, column - 2, _ROW - 2, cell.percent * _DEEPEST // 100, cell.behind),
            *(middle[place], _HEAD + _ROW * line + 20, cell.told),
        )
        for line, (_, row) in enumerate(rows)
        for place, cell in enumerate(row)
    ]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="heat" viewBox="0 0 {} {}" role="img" aria-label="{}" font-size="13" fill="#17212b">'
        "{}{}{}</svg>",
        *(label + column * len(heads), _HEAD + _ROW * len(rows), title),
        format_html_join("", '<text x="{}" y="19" text-anchor="middle">{}</text>', zip(middle, heads, strict=True)),
        format_html_join("", '<text x="0" y="{}">{}</text>', ((_HEAD + _ROW * line + 20, name) for line, (name, _) in enumerate(rows))),
        format_html_join(
            "",
            '<rect fill="#0b5c8a" x="{}" y="{}" width="{}" height="{}" fill-opacity="{}%"><title>{}</title></rect>'
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            cells,
        ),
    )
