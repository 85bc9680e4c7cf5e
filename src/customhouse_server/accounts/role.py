"""Role: what a person is to customs, which bounds what the person may do."""

from enum import StrEnum


class Role(StrEnum):
    """The roles; each act of the site names those that may do it."""

    TRADER = "trader"
    BROKER = "broker"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


TRADE = frozenset({Role.TRADER, Role.BROKER})
CUSTOMS = frozenset({Role.OFFICER, Role.SUPERVISOR})
