"""Releasing: tables over the declarations of the event store given out so that, beside all earlier ones, they betray nobody.

asked(person, values, at=) -> Asked                       supervisors and administrators; refuses with `UnfitQuestionError`
previewed(person, Asked) -> disclosure.Release            what would be told, what is kept back and why; nothing is kept
release(person, Asked, at=) -> int                        the same, kept and recorded for good; supervisors and administrators
releases(); released(number) -> Released                  for everybody; `UnknownReleaseError`
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from customhouse.kernel import Event
from customhouse.research import disclosure
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.journal import store as journal
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.research import store
from customhouse_server.research.question import A_YEAR, Typed, UnfitQuestionError, period
from customhouse_server.research.released import Asked, Released
from customhouse_server.tariff.country import current_country

STEPS = ("1", "10", "100", "1000")
_MOST_DIMENSIONS, _MOST_RECORDS, _MOST_CELLS = 3, 50_000, 400
_FEWEST, _MOST_FEWEST = 3, 20


class UnknownReleaseError(Refusal, LookupError):
    """There is no release of this number."""


class DataReleased(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A table over the declarations was released under disclosure control."""

    number: int
    measure: str
    dimensions: tuple[str, ...]
    start: dt.date
    end: dt.date
    cells: int
    kept_back: int


def asked(person: Person, values: Mapping[str, str], *, at: dt.datetime) -> Asked:
    """What is typed as a question: `start`, `end`, `measure`, `dimensions` parted by commas, `fewest` and `step`."""
    person.require(HEADS, "releasing data")
    found, typed = event_store(), Typed(values)
    start, end = period(typed, found, on=current_country().legal_day(at=at), most=A_YEAR)
    dimensions = tuple(dict.fromkeys(each.strip() for each in typed.text("dimensions").split(",") if each.strip()))
    if not 1 <= len(dimensions) <= _MOST_DIMENSIONS or any(each not in disclosure.DIMENSIONS for each in dimensions):
        typed.faults["dimensions"] = _("Choose one to three dimensions.")
    if typed.text("measure") not in disclosure.MEASURES:
        typed.faults["measure"] = _("Choose what is summed.")
    if typed.text("step") not in STEPS:
        typed.faults["step"] = _("Choose to what sums are rounded.")
    fewest = typed.whole_number("fewest", _FEWEST, least=_FEWEST, most=_MOST_FEWEST)
    typed.refuse()
    return Asked(
        measure=typed.text("measure"),
        dimensions=dimensions,
        start=start,
        end=end,
        fewest=fewest,
        rounding_step=Decimal(typed.text("step")),
        is_made_up=found.is_made_up,
    )


def previewed(person: Person, question: Asked) -> disclosure.Release:
    """What a release would tell beside all earlier ones."""
    person.require(HEADS, "releasing data")
    return _worked_out(question, store.release_log(question.measure, is_made_up=question.is_made_up))


@transaction.atomic
def release(person: Person, question: Asked, *, at: dt.datetime) -> int:
    """Release a table for good; its number."""
    person.require(HEADS, "releasing data")
    before = store.release_log(question.measure, is_made_up=question.is_made_up, locked=True)
    found = _worked_out(question, before)
    added = disclosure.ReleaseLog(found.log.published[len(before.published) :])
    number = store.keep_release(question, found, added, actor=person.username, at=at)
    event = DataReleased(
        occurred_at=at,
        number=number,
        measure=question.measure,
        dimensions=question.dimensions,
        start=question.start,
        end=question.end,
        cells=len(found.cells),
        kept_back=sum(each.value is None for each in found.cells),
    )
    journal.record(event, actor=person.username)
    return number


def releases() -> tuple[Released, ...]:
    """What was released, the last first."""
    return store.releases()


def released(number: int) -> Released:
    """One release as it was given out."""
    found = store.release_of(number)
    if found is None:
        raise UnknownReleaseError("there is no release {number}", number=number)
    return found


def _worked_out(question: Asked, log: disclosure.ReleaseLog) -> disclosure.Release:
    dimensions = question.dimensions
    table = disclosure.records_from(event_store().connect(), dimensions, measure=question.measure, start=question.start, end=question.end)
    if not len(table):
        raise UnfitQuestionError({"end": _("Nothing was assessed in this period.")})
    if len(table) > _MOST_RECORDS or table.group_by(list(dimensions)).aggregate([]).num_rows > _MOST_CELLS:
        raise UnfitQuestionError({"dimensions": _("The table is too fine: choose a shorter period or fewer dimensions.")})
    policy = disclosure.Policy(k=question.fewest, rounding_step=question.rounding_step)
    try:
        return disclosure.release(table, dimensions, policy=policy, log=log)
    except disclosure.TooFineError as refusal:
        raise UnfitQuestionError({"dimensions": _("The table is too fine: choose a shorter period or fewer dimensions.")}) from refusal
