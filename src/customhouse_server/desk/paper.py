"""Paper: a report as a committee receives it: the blocks that every one is made of, and the file that is handed over."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NotRequired, TypedDict

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from customhouse_server.desk.pdf import REPORT, pdf
from customhouse_server.desk.templatetags.customs import named, tone
from customhouse_server.people.words import in_language
from customhouse_server.tariff.country import current_country

Block = dict[str, object]
Cell = str | dict[str, str]
"""A text, or a word with the tone of its traffic light."""


class Section(TypedDict):
    """A numbered part of a paper."""

    title: str
    blocks: list[Block]


class Paper(TypedDict):
    """What is read, in the reader's language: first page, then contents and sections.

    `first` are blocks of the first page, under the summary; a paper of few pages has no `contents`; `source` says where the figures are
    from.
    """

    title: str
    subtitle: str
    summary: str
    sections: list[Section]
    contents: NotRequired[str]
    notice: NotRequired[str]
    first: NotRequired[list[Block]]
    author: NotRequired[list[str]]
    source: NotRequired[str]


def paper_pdf(found: Paper, *, at: dt.datetime) -> bytes:
    """The paper as PDF, with the office that makes it at its head and the day at its foot; `at` is the instant that the file bears."""
    language = (get_language() or "en")[:2]
    office = _("%(country)s, customs administration") % {"country": in_language(current_country().name)}
    made = _("Made on %(day)s") % {"day": day_told(at.date())}
    return pdf(REPORT, {"language": language, "office": office, "made": made, **found}, at=at)


def paper_answer(name: str, found: Paper, *, at: dt.datetime) -> HttpResponse:
    """The paper as a file of that name, to be read in the browser or kept."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(paper_pdf(found, at=at), content_type="application/pdf", headers=headers)


def section(title: str, *blocks: Block) -> Section:
    """A part with its blocks."""
    return {"title": title, "blocks": list(blocks)}


def paragraph(text: str) -> Block:
    """A text."""
    return {"kind": "text", "text": text}


def paragraphs(text: str) -> list[Block]:
    """A text of several lines, a paragraph each."""
    return [paragraph(each) for each in text.splitlines() if each.strip()]


def label(text: str) -> Block:
    """A small head over what follows, within a part."""
    return {"kind": "label", "text": text}


def note(text: str) -> Block:
    """A small text: where figures come from, or how they are to be read."""
    return {"kind": "note", "text": text}


def bullets(items: Iterable[str]) -> Block:
    """A list in no order; where there is nothing, that is said."""
    told = list(items)
    return {"kind": "list", "items": told} if told else paragraph(_("None."))


def steps(items: Iterable[str]) -> Block:
    """A numbered list; where there is nothing, that is said."""
    told = list(items)
    return {"kind": "steps", "items": told} if told else paragraph(_("None."))


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """What is known, name by name."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, left: Iterable[int] = (), widths: Sequence[int] = ()) -> Block:
    """A table whose head stands on each of its pages; the first column and those named are read from the left.

    Columns are as wide as their contents, or in proportion to `widths`; where there is no row, that is said.
    """
    told = [list(row) for row in rows]
    if not told:
        return paragraph(_("None."))
    wide: Block = {"widths": list(widths)} if widths else {}
    return {"kind": "table", "head": list(head), "rows": told, "left": list(left)} | wide


def chart(title: str, svg: str) -> Block:
    """A chart under the sentence that it shows."""
    return {"kind": "chart", "title": title, "svg": str(svg)}


def charts(found: Iterable[tuple[str, str]]) -> Block:
    """Small charts with their titles, two beside each other."""
    return {"kind": "charts", "charts": [{"title": title, "svg": str(svg)} for title, svg in found]}


def day_told(day: dt.date | None) -> str:
    """A day as it is read in a paper, its month in full; nothing where there is none."""
    return date_format(day, "j F Y") if day else ""


def lamp(code: object) -> Cell:
    """A code of ours as its word, with its traffic light."""
    return lit(named(code), tone(code))


def lit(word: str, tone: str) -> Cell:
    """A word with the traffic light of a tone (good, warn, bad); without a tone only the word."""
    return {"word": word, "tone": tone} if tone else word
