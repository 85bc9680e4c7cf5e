"""Notice: what a member tells the WTO under the agreement, when it was due, whether it came in time, and its text."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.kernel import months_after
from customhouse.strategy.commitment.arrangement import Arrangement
from customhouse.strategy.commitment.measure import Measure
from customhouse.strategy.commitment.pledge import Category, Item, NoticeDue, Register, Terms
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
    """Every notice that a member of this status owes, in the order of their last days; `in_force` is the day from which it is bound."""
    owed = [each for each in terms.notices if status in each.statuses]
    found = [_standing(each, given.get(each.code), due_on=_due_on(each, terms, in_force=in_force), on=on) for each in owed]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.due.code)))


def notice_text(
    instrument: Instrument,
    due: NoticeDue,
    *,
    measures: Mapping[str, Measure],
    answers: Mapping[str, str],
    translated: Callable[[str], str] = str,
) -> str:
    """A notice as a document in Markdown: who gives it, under which article, its items of content, and the measures with their dates.

    `measures` are by their articles, as they stand on the day. `answers` are by the item of content that they answer, in English or as
    translated, and go before what is registered; that to `Member` is who gives the notice.
    """
    of_category = {each.number: measures[each.number] for each in instrument.provisions if each.number in measures}
    of_category = {number: each for number, each in of_category.items() if each.category is due.category}
    given_by = f"**{translated('Member')}:** {answers.get('Member', '')}"
    lines = [f"# {translated(due.title)}", "", given_by, f"**{translated(instrument.title)}, {translated('Article')} {due.article}**", ""]
    for number, item in enumerate(due.content, start=1):
        stated = answers.get(item.text) or answers.get(translated(item.text))
        told = [stated] if stated else [*_registered(item, of_category, translated)] or [translated("to be stated")]
        lines += [f"{number}. **{translated(item.text)}**", "", *(f"   {line}" for line in told), ""]
    if due.category:
        lines += _table(instrument, of_category, translated)
    return "\n".join(lines) + "\n"


def _registered(item: Item, measures: Mapping[str, Measure], translated: Callable[[str], str]) -> Iterator[str]:
    """What is registered of the measures that answers an item."""
    match item.register:
        case Register.MEASURES:
            yield translated("in the table below")
        case Register.ASSISTANCE:
            yield from (f"- {number}: {_in_a_line(each.assistance_needed)}" for number, each in measures.items() if each.assistance_needed)
        case Register.ARRANGEMENTS:
            yield from (f"- {number}: {_arranged(with_, translated)}" for number, each in measures.items() for with_ in each.arrangements)
        case Register.PROGRESS:
            found = ((number, with_) for number, each in measures.items() for with_ in each.arrangements if with_.progress)
            yield from (f"- {number}: {_in_a_line(with_.donor)}: {_in_a_line(with_.progress)}" for number, with_ in found)


def _arranged(arrangement: Arrangement, translated: Callable[[str], str]) -> str:
    """A donor, what it gives, and from and until when."""
    days = {"agreed on {day}": arrangement.agreed_on, "until {day}": arrangement.until}
    told = ", ".join(translated(wording).format(day=day) for wording, day in days.items() if day)
    gives = f"{_in_a_line(arrangement.donor)}: {_in_a_line(arrangement.assistance)}"
    return f"{gives} ({told})" if told else gives


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def _table(instrument: Instrument, measures: Mapping[str, Measure], translated: Callable[[str], str]) -> list[str]:
    """The measures of the category that the notice is about, with their dates."""
    none = translated("none")
    told = [
        (each.number, translated(each.title), str(found.category), str(found.indicative_on or none), str(found.definitive_on or none))
        for each in instrument.provisions
        if (found := measures.get(each.number))
    ]
    heads = " | ".join(map(translated, ("Article", "Measure", "Category", "Indicative date", "Definitive date")))
    rows = [f"| {' | '.join(cells)} |" for cells in told] or [f"| {none} | | | | |"]
    return [f"| {heads} |", "| --- | --- | --- | --- | --- |", *rows]


def _due_on(due: NoticeDue, terms: Terms, *, in_force: date) -> date:
    """The last day of a notice.

    Who accepts the agreement after its entry into force counts the periods of categories B and C from that day all the same (TFA 24.4),
    but owes nothing before he is bound himself.
    """
    if due.category in (Category.B, Category.C):
        return max(months_after(terms.agreement_in_force, due.months), in_force)
    return months_after(in_force, due.months)


def _standing(due: NoticeDue, given: NoticeGiven | None, *, due_on: date, on: date) -> NoticeStanding:
    if given is None:
        timeliness = Timeliness.MISSING if on > due_on else Timeliness.TO_COME
    else:
        timeliness = Timeliness.LATE if given.given_on > due_on else Timeliness.IN_TIME
    return NoticeStanding(due=due, due_on=due_on, timeliness=timeliness, given=given)
