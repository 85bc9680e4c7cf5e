"""Disclosure: whose eyes a figure is for, by the three levels of the WCO's performance measurement."""

from customhouse.performance import indicator
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role

HOUSE = CUSTOMS | {Role.ADMINISTRATOR}
"""Those who work for the administration."""
HEADS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


def disclosed_to(person: Person | None) -> frozenset[indicator.Disclosure]:
    """The levels that somebody may see: anybody what is public, customs what is for the WCO too, supervisors and administrators all."""
    levels = {indicator.Disclosure.PUBLIC}
    if person and person.role in HOUSE:
        levels.add(indicator.Disclosure.WCO)
    if person and person.role in HEADS:
        levels.add(indicator.Disclosure.RESTRICTED)
    return frozenset(levels)
