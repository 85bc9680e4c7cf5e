"""Mirroring: what a partner's table says was sent here beside what the event store says came, the gaps ranked.

mirrored(person, values, table, at=) -> Mirrored      supervisors and administrators; refuses with `UnfitQuestionError`, table and all
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from customhouse.research import mirror
from customhouse_server.accounts.person import Person
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.research.question import A_YEAR, Typed, period
from customhouse_server.tariff.country import current_country

MOST_BYTES = 1_000_000
_FACTORS = ("low", "usual", "high")
_LEAST, _MOST = Decimal("0.5"), Decimal(3)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The gaps, by how much the cost of carriage leaves unexplained, and what could not be shared out."""

    currency: str
    factor: mirror.CarriageFactor
    gaps: tuple[mirror.Gap, ...]
    unattributed: mirror.Unattributed
    is_made_up: bool

    @property
    def sure(self) -> tuple[mirror.Gap, ...]:
        """The gaps that neither carriage nor goods declared beside others explain."""
        return tuple(each for each in self.gaps if each.verdict not in (mirror.Verdict.EXPLAINED, mirror.Verdict.UNTOLD))

    @property
    def is_untold(self) -> bool:
        """Whether there are gaps of which nothing can be told."""
        return any(each.verdict is mirror.Verdict.UNTOLD for each in self.gaps)


def mirrored(person: Person, values: Mapping[str, str], table: str, *, at: dt.datetime) -> Mirrored:
    """Lay a partner's table beside the store: `start`, `end`, the factors `low`, `usual`, `high` and their `source`, each as typed."""
    person.require(HEADS, "comparing trade with a partner's")
    store, typed = event_store(), Typed(values)
    start, end = period(typed, store, on=current_country().legal_day(at=at), most=A_YEAR)
    factors = [typed.number(name, None, least=_LEAST, most=_MOST) for name in _FACTORS]
    for name, value in zip(_FACTORS, factors, strict=True):
        if value is None:
            typed.faults.setdefault(name, _("Write a number from %(least)s to %(most)s.") % {"least": _LEAST, "most": _MOST})
    known = [each for each in factors if each is not None]
    if len(known) == len(factors) and known != sorted(known):
        typed.faults["usual"] = _("The usual factor lies between the least and the most.")
    if not typed.text("source"):
        typed.faults["source"] = _("Say where the factors are from.")
    reported = _reported(typed, table)
    typed.refuse()
    factor = mirror.CarriageFactor(low=known[0], usual=known[1], high=known[2], source=typed.text("source"))
    recorded, rest = mirror.imports_from(store.connect(), start=start, end=end)
    partners = {each.partner for each in reported}
    found = mirror.gaps(reported, [each for each in recorded if each.partner in partners], factors={"*": factor})
    return Mirrored(current_country().currency, factor, found, rest, store.is_made_up)


def _reported(typed: Typed, table: str) -> tuple[mirror.Flow, ...]:
    if len(table.encode()) > MOST_BYTES:
        typed.faults["table"] = _("Choose a table of at most 1 MB.")
        return ()
    try:
        return mirror.by_chapter(mirror.read_partner_trade(table))
    except mirror.UnreadableTradeError as refusal:
        for place, fault in enumerate(refusal.faults):
            typed.faults[f"table/{place}"] = _("Line %(line)s: %(why)s") % {"line": fault.row, "why": _(fault.wrong).format(**fault.told)}
        return ()
