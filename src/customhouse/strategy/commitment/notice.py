"""Notice: what a member tells the WTO under the agreement, when it was due, whether it came in time, and its text."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.kernel import months_after
from customhouse.strategy.commitment.pledge import NoticeDue, Pledge, Terms
from customhouse.strategy.implementation.instrument import Instrument


class Timeliness(StrEnum):
    """Whether a notice came in time."""

    IN_TIME = "in time"
    LATE = "late"
    MISSING = "overdue, not given"
    TO_COME = "not due yet"


class NoticeGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A notice as it was given: on which day, under which symbol of the WTO, with what in it."""

    given_on: date
    symbol: str = ""
    said: str = ""


class NoticeStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A notice owed, its last day, and how it stands."""

    due: NoticeDue
    due_on: date
    timeliness: Timeliness
    given: NoticeGiven | None = None


def notices(terms: Terms, given: Mapping[str, NoticeGiven], *, status: str, in_force: date, on: date) -> tuple[NoticeStanding, ...]:
    """Every notice that a member of this status owes, in the order of their last days."""
    owed = [each for each in terms.notices if status in each.statuses]
    found = [_standing(each, given.get(each.code), due_on=months_after(in_force, each.months), on=on) for each in owed]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.due.code)))


def notice_text(
    instrument: Instrument,
    due: NoticeDue,
    *,
    pledges: Mapping[str, Pledge],
    answers: Mapping[str, str],
    translated: Callable[[str], str] = str,
) -> str:
    """A notice as a document in Markdown: who gives it, under which article, its items of content, and the measures with their dates.

    `answers` are by the item of content that they answer, in English or as translated; that to `Member` is who gives the notice.
    """
    given_by = f"**{translated('Member')}:** {answers.get('Member', '')}"
    lines = [f"# {translated(due.title)}", "", given_by, f"**{translated(instrument.title)}, {translated('Article')} {due.article}**", ""]
    for number, item in enumerate(due.content, start=1):
        answer = answers.get(item) or answers.get(translated(item)) or translated("to be stated")
        lines += [f"{number}. **{translated(item)}**", "", f"   {answer}", ""]
    if due.category:
        lines += _measures(instrument, due, pledges, translated)
    return "\n".join(lines) + "\n"


def _measures(instrument: Instrument, due: NoticeDue, pledges: Mapping[str, Pledge], translated: Callable[[str], str]) -> list[str]:
    """The measures of the category that the notice is about, as a table."""
    found = [(each, pledges[each.number]) for each in instrument.provisions if each.number in pledges]
    none = translated("none")
    told = [
        (each.number, translated(each.title), str(pledge.category), str(pledge.indicative_on or none), str(pledge.definitive_on or none))
        for each, pledge in found
        if pledge.category is due.category
    ]
    heads = " | ".join(map(translated, ("Article", "Measure", "Category", "Indicative date", "Definitive date")))
    rows = [f"| {' | '.join(cells)} |" for cells in told] or [f"| {none} | | | | |"]
    return [f"| {heads} |", "| --- | --- | --- | --- | --- |", *rows]


def _standing(due: NoticeDue, given: NoticeGiven | None, *, due_on: date, on: date) -> NoticeStanding:
    if given is None:
        timeliness = Timeliness.MISSING if on > due_on else Timeliness.TO_COME
    else:
        timeliness = Timeliness.LATE if given.given_on > due_on else Timeliness.IN_TIME
    return NoticeStanding(due=due, due_on=due_on, timeliness=timeliness, given=given)
