"""Heat map: building blocks by goals as a drawing, the deeper the more activities; the figures stand in every cell."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from customhouse import strategy

_LABEL, _CELL, _ROW, _HEAD = 330, 58, 30, 28
_SHADES = (0, 8, 16, 24, 32)
"""How deep a cell is, in percent: light enough for the figure to be read on it."""


def heat_map(title: str, found: strategy.coverage.Coverage, goals: dict[int, str]) -> SafeString:
    """The coverage drawn: a row a building block, a column a goal, in each cell how many activities rest on it."""
    width, height = _LABEL + _CELL * len(found.goals), _HEAD + _ROW * len(found.blocks)
    heads = [(_LABEL + _CELL * place + _CELL // 2, _HEAD - 9, str(goal), goals[goal]) for place, goal in enumerate(found.goals)]
    labels = [(0, _HEAD + _ROW * place + 20, name) for place, name in enumerate(found.blocks.values())]
    cells = [
        (
            _LABEL + _CELL * column,
            _HEAD + _ROW * row,
            _CELL - 2,
            _ROW - 2,
            _shade(len(cell.activities)),
            ", ".join(cell.activities),
            _LABEL + _CELL * column + _CELL // 2 - 1,
            _HEAD + _ROW * row + 20,
            len(cell.activities) or "",
        )
        for row, code in enumerate(found.blocks)
        for column, cell in enumerate(found.row(code))
    ]
    return format_html(
        '<svg class="heat" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        *(width, height, title),
        format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}<title>{}</title></text>', heads),
        format_html_join("", '<text x="{}" y="{}">{}</text>', labels),
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}" fill-opacity="{}%"><title>{}</title></rect>'
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            cells,
        ),
    )


def _shade(count: int) -> int:
    return _SHADES[min(count, len(_SHADES) - 1)]
