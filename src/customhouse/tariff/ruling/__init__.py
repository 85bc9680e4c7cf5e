"""How an advance ruling comes about and ends: application, clock, consultation, draft, four eyes, issue, notice, review (TFA Article 3)."""

from customhouse.tariff.ruling.act import Act, Deed, Role
from customhouse.tariff.ruling.advance import RefusedError, advance
from customhouse.tariff.ruling.application import Application
from customhouse.tariff.ruling.case import Case
from customhouse.tariff.ruling.decision import Decision
from customhouse.tariff.ruling.event import AnyEvent
from customhouse.tariff.ruling.life_cycle import TRANSITIONS, State
from customhouse.tariff.ruling.terms import Terms

__all__ = [
    "TRANSITIONS",
    "Act",
    "AnyEvent",
    "Application",
    "Case",
    "Decision",
    "Deed",
    "RefusedError",
    "Role",
    "State",
    "Terms",
    "advance",
]
