"""Where a declaration stands, what may be done next and by whom, and the events each act leaves (RKC General Annex, chapter 3)."""

from customhouse.clearance.act import Act, Deed, Role
from customhouse.clearance.advance import RefusedError, advance, allowed_acts
from customhouse.clearance.case import Case, replay
from customhouse.clearance.declared import Declared
from customhouse.clearance.event import AnyEvent
from customhouse.clearance.life_cycle import State
from customhouse.clearance.next_step import next_step

__all__ = [
    "Act",
    "AnyEvent",
    "Case",
    "Declared",
    "Deed",
    "RefusedError",
    "Role",
    "State",
    "advance",
    "allowed_acts",
    "next_step",
    "replay",
]
