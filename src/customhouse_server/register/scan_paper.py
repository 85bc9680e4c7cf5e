"""Scan paper: an edition of the environmental scan as a committee receives it: summary, what is likely and grave, items with evidence."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from customhouse.strategy import scan
from customhouse_server.accounts.person import Person
from customhouse_server.desk.heat_map import Cell, heat_map
from customhouse_server.desk.paper import Block, Paper, Section, bullets, chart, day_told, note, paragraph, section, table
from customhouse_server.desk.templatetags.published import retold, worded
from customhouse_server.register import actions, edition

_SCALE = range(1, 6)
_MOST = 25


def as_it_stands(_reader: Person | None, *, on: dt.date) -> Paper:
    """The scan of today, with what changed since its last edition."""
    found = _paper(edition.standing(on=on), _("As it stood on %(day)s, not frozen as an edition") % {"day": day_told(on)}, on=on)
    changes = section(_("Since the last edition"), bullets(map(retold, edition.changes(on=on))))
    return {**found, "sections": [*found["sections"], changes]}


def of_edition(frozen: scan.Edition) -> Paper:
    """An edition as it was frozen, under its seal."""
    subtitle = _("Edition %(name)s, published on %(day)s") % {"name": frozen.name, "day": day_told(frozen.published_on)}
    seal = _("Sealed as %(seal)s.") % {"seal": frozen.seal}
    return {**_paper(frozen, subtitle, on=frozen.published_on), "source": f"{frozen.source} {seal}".strip()}


def grid_title(items: Iterable[scan.Item]) -> str:
    """Which of the items weighs most."""
    rated = [each for each in items if each.score is not None]
    if not rated:
        return _("No item is rated yet")
    heaviest = max(rated, key=lambda each: each.score or 0)
    told = _("%(number)s weighs most: %(score)s of 25 (probability %(probability)s, impact %(impact)s)")
    numbers = {"number": heaviest.number, "score": heaviest.score, "probability": heaviest.probability, "impact": heaviest.impact}
    return told % numbers


def grid(items: Iterable[scan.Item]) -> SafeString:
    """The rated items by their probability and impact, the heaviest at the top right; no drawing where none is rated."""
    found = [each for each in items if each.score is not None]
    if not found:
        return SafeString()
    heads = [_("Impact %(level)s") % {"level": level} for level in _SCALE]
    rows = [(_("Probability %(level)s") % {"level": level}, [_cell(found, level, impact) for impact in _SCALE]) for level in _SCALE[::-1]]
    return heat_map(grid_title(found), heads, rows)


def _cell(items: Iterable[scan.Item], probability: int, impact: int) -> Cell:
    here = [each for each in items if (each.probability, each.impact) == (probability, impact)]
    return Cell(", ".join(each.number for each in here), "; ".join(each.statement for each in here), probability * impact * 100 // _MOST)


def _paper(found: scan.Edition, subtitle: str, *, on: dt.date) -> Paper:
    told = [retold(each) for each in scan.summary(found, on=on)]
    return {
        "title": worded(found.title),
        "subtitle": subtitle,
        "summary": " ".join(told[:1]),
        "first": [*_drawn(found.items), *map(paragraph, told[1:2])],
        "contents": _("Contents"),
        "sections": [
            section(_("Executive summary"), *map(paragraph, told)),
            section(_("Probability and impact"), *_weights(found.items)),
            *_items(found.items),
            section(_("Evidence"), _evidence(found.items)),
            section(_("Activities of the plan that are concerned"), _activities(found.items)),
        ],
    }


def _drawn(items: tuple[scan.Item, ...]) -> list[Block]:
    drawing = grid(items)
    return [chart(grid_title(items), drawing)] if drawing else [paragraph(f"{grid_title(items)}.")]


def _weights(items: tuple[scan.Item, ...]) -> Iterator[Block]:
    rated = sorted((each for each in items if each.score is not None), key=lambda each: (-(each.score or 0), each.number))
    head = (_("Code"), _("Statement"), _("Probability"), _("Impact"), _("Weight"))
    rows = [(each.number, worded(each.statement), str(each.probability), str(each.impact), str(each.score)) for each in rated]
    yield table(head, rows, left=(1,))
    unrated = [each.number for each in items if each.score is None]
    if unrated:
        yield note(_("Nobody has rated yet: %(numbers)s.") % {"numbers": ", ".join(unrated)})


def _items(items: tuple[scan.Item, ...]) -> Iterator[Section]:
    """A part for each kind of surroundings."""
    head = (_("Code"), _("Statement"), _("Trend"), _("Horizon"), _("What follows for customs"), _("Owner"), _("Review on"))
    for category in scan.Category:
        rows = [
            (
                each.number,
                f"{worded(each.statement)} ({worded(each.geography)})",
                worded(each.trend),
                worded(each.horizon or ""),
                worded(each.implication),
                each.owner,
                day_told(each.review_on),
            )
            for each in items
            if each.category is category
        ]
        if rows:
            yield section(worded(category.capitalize()), table(head, rows, left=range(7), widths=(6, 15, 5, 6, 11, 6, 7)))


def _evidence(items: tuple[scan.Item, ...]) -> Block:
    rows = [(each.number, found.source, worded(found.quality), day_told(found.on)) for each in items for found in each.evidence]
    return table((_("Code"), _("Source"), _("Quality"), _("Of the day")), rows, left=range(4), widths=(3, 14, 4, 5))


def _activities(items: tuple[scan.Item, ...]) -> Block:
    concerned = {number for each in items for number in each.activities}
    known = actions.activities()
    titles = known | dict.fromkeys(sorted(concerned - known.keys()), "")
    rows = [
        (number, title, ", ".join(each.number for each in items if number in each.activities))
        for number, title in titles.items()
        if number in concerned
    ]
    return table((_("Activity"), _("Title"), _("Items")), rows, left=range(3), widths=(3, 12, 6))
