"""Forecasting: the revenue to expect of the coming months, from those that were worked out, with how far it would have been off.

foretold(person, values, at=) -> Foretold      supervisors and administrators; refuses with `UnfitQuestionError`
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from customhouse.research import forecast
from customhouse.saying import Saying
from customhouse_server.accounts.person import Person
from customhouse_server.performance import store as kept
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.research.question import Typed, period
from customhouse_server.tariff.country import current_country

_CENT = Decimal("0.01")
_MOST_MONTHS, _USUAL_MONTHS, _KNOWN = 36, 12, 3


@dataclass(frozen=True, slots=True)
class Line:
    """A coming month: what is expected of it, between what 8 of 10 outcomes are to lie (none where too few are known), and from what."""

    month: dt.date
    revenue: Decimal
    low: Decimal | None
    high: Decimal | None
    basis: Saying


@dataclass(frozen=True, slots=True)
class Foretold:
    """What came, what is expected, on which assumptions, and the test on the past; no test where the history is too short for one.

    `computed_at` is when what came was worked out.
    """

    currency: str
    history: tuple[forecast.Month, ...]
    lines: tuple[Line, ...]
    assumptions: forecast.Assumptions
    backtest: forecast.Backtest | None
    is_made_up: bool
    computed_at: dt.datetime

    @property
    def total(self) -> Decimal:
        """What is expected of all months together."""
        return sum((each.revenue for each in self.lines), Decimal(0))


def foretold(person: Person, values: Mapping[str, str], *, at: dt.datetime) -> Foretold:
    """Foretell the months after a stretch of the store: `start`, `end`, `months`, `elasticity` and `growth`, each as typed."""
    person.require(HEADS, "foretelling revenue")
    store, typed = event_store(), Typed(values)
    start, end = period(typed, store, on=current_country().legal_day(at=at))
    months = typed.whole_number("months", _USUAL_MONTHS, least=1, most=_MOST_MONTHS)
    elasticity = typed.number("elasticity", Decimal(1), least=Decimal(-5), most=Decimal(5))
    growth = typed.number("growth", None, least=Decimal("-0.9"), most=Decimal(9))
    computed_at = kept.months_computed_at()
    if computed_at is None:
        typed.faults.setdefault("end", _("No month is worked out yet: a job does so every night."))
    typed.refuse()
    assert computed_at is not None, "else it is refused"
    assert elasticity is not None, "it has a default"
    history = kept.months(start=start, end=end)
    assumptions = forecast.Assumptions(elasticity=elasticity, value_growth=growth)
    try:
        expected = forecast.forecast(history, months=months, assumptions=assumptions)
    except ValueError:
        typed.faults["end"] = _("Between these months there is one without an assessment: choose a stretch without a gap.")
        typed.refuse()
        raise
    tried = [_tried(history, assumptions, ahead=ahead) for ahead in range(1, len(expected) + 1)]
    lines = tuple(map(_line, expected, tried))
    return Foretold(current_country().currency, history, lines, assumptions, tried[0], store.is_made_up, computed_at)


def _tried(history: tuple[forecast.Month, ...], assumptions: forecast.Assumptions, *, ahead: int) -> forecast.Backtest | None:
    """How far off it would have been so many months ahead; nothing where the history is too short to say."""
    if not any(each.revenue > 0 for each in history[_KNOWN + ahead - 1 :]):
        return None
    return forecast.backtest(history, after=_KNOWN, assumptions=assumptions, ahead=ahead)


def _line(each: forecast.Expected, tried: forecast.Backtest | None) -> Line:
    low, high = (tried.low, tried.high) if tried else (None, None)
    bounds = (None if share is None else (each.revenue * share).quantize(_CENT) for share in (low, high))
    return Line(each.first_day, each.revenue.quantize(_CENT), *bounds, each.basis)
